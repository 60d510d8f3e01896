"""One label: Chinese, English, unit."""

from collections.abc import Mapping
from dataclasses import dataclass

UNITS_EN: Mapping[str, str] = {
    "㎡": "m²",
    "元": "yuan",
    "元/年": "yuan/year",
    "万元": "10,000 yuan",
    "万元/年": "10,000 yuan/year",
    "人": "persons",
    "米": "m",
    "户": "households",
    "分": "points",
    "年": "years",
    "人·m": "person-metres",
    "㎡/人": "m²/person",
    "人/千人": "persons/1,000",
    "分/人": "points/person",
    "元/㎡": "yuan/m²",
    "元/㎡·年": "yuan/m²/year",
    "%": "%",
}


@dataclass(frozen=True, slots=True)
class Label:
    """What a code name is called; ``unit`` is empty for counts and words."""

    zh: str
    en: str
    unit: str = ""

    def word(self, lang: str) -> str:
        """The label without its unit."""
        return self.en if lang == "en" else self.zh

    def head(self, lang: str) -> str:
        """The label as a column head, unit in brackets."""
        word = self.word(lang)
        unit = UNITS_EN.get(self.unit, self.unit) if lang == "en" else self.unit
        if unit == word.lower():  # Persons (persons)
            return word
        return f"{word}({unit})" if unit and lang == "zh" else f"{word} ({unit})" if unit else word
