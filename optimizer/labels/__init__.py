"""Code name -> Chinese, English, unit: the one source for columns, reports and screens."""

from decimal import Decimal
from fractions import Fraction

from optimizer.labels.assessing import ASSESSING
from optimizer.labels.columns import COLUMNS
from optimizer.labels.comparing import COMPARING
from optimizer.labels.label import Label
from optimizer.labels.reasons import REASONS
from optimizer.labels.words import WORDS as OTHER_WORDS

__all__ = ["Label", "head", "is_known", "label", "number_text"]

WORDS = {**OTHER_WORDS, **REASONS, **COMPARING, **ASSESSING}


def head(column: str, lang: str) -> str:
    """The head of *column* in *lang*, with its unit."""
    found = COLUMNS.get(column) or WORDS.get(column)
    return found.head(lang) if found else column


def label(word: str, lang: str) -> str:
    """The word for a code name in *lang*; the name itself where it has none."""
    if "+" in word and all(map(is_known, word.split("+"))):
        return " + ".join(label(part, lang) for part in word.split("+"))
    found = WORDS.get(word) or COLUMNS.get(word)
    return (found.en if lang == "en" else found.zh) if found else word


def is_known(column: str) -> bool:
    """The column has a label in both languages."""
    return column in COLUMNS or column in WORDS


def number_text(value: float | str | Decimal | Fraction) -> str:
    """A figure for the screen: thousands apart, two decimals at most."""
    return f"{float(value):,.2f}".rstrip("0").rstrip(".")
