"""Units as offices write them, by what they measure, with their exact factors.

Only factors that are whole numbers are taken: 亩 (2,000/3 m²) is refused, not rounded.
"""

from collections.abc import Mapping
from decimal import Decimal

MEASURES: Mapping[str, Mapping[str, int]] = {
    "㎡": {
        **dict.fromkeys(("m2", "平", "平方", "sqm"), 1),
        **dict.fromkeys(("万m2", "万平", "公顷", "ha"), 10_000),
        **dict.fromkeys(("km2", "平方公里", "平方千米"), 1_000_000),
    },
    "元": {
        **dict.fromkeys(("元", "圆", "人民币元", "yuan", "rmb", "cny"), 1),
        "千元": 1000,
        **dict.fromkeys(("万元", "万", "10k yuan"), 10_000),
        "百万元": 1_000_000,
        **dict.fromkeys(("亿元", "亿"), 100_000_000),
    },
    "人": {**dict.fromkeys(("人", "口", "名", "位", "persons"), 1), "千人": 1000, "万人": 10_000},
    "户": {**dict.fromkeys(("户", "households"), 1), "千户": 1000, "万户": 10_000},
    "米": {**dict.fromkeys(("米", "m", "metres"), 1), "千米": 1000, "公里": 1000, "km": 1000},
    "°": dict.fromkeys(("°", "度", "degrees"), 1),
    "年": dict.fromkeys(("年", "years"), 1),
    "分": dict.fromkeys(("分", "points"), 1),
}
TEN_THOUSAND = ("万", "万个")
FOREIGN = frozenset(
    [
        "亩",
        "市亩",
        "坪",
        "顷",
        "英亩",
        "acre",
        "acres",
        "sqft",
        "ft2",
        "平方英尺",
        "美元",
        "usd",
        "$",
        "港元",
        "欧元",
        "英里",
        "里",
        "英尺",
        "%",
        "‰",
    ]
)


def plain(unit: str) -> str:
    """*unit* in one spelling: small letters, no blanks, squares as ``m2``."""
    text = unit.lower().replace("单位:", "").replace("单位：", "")
    text = (
        text.replace("㎡", "m2").replace("m²", "m2").replace("平方米", "m2").replace("平米", "m2")
    )
    return text.replace("每", "/").replace(" ", "") if text != "10k yuan" else text


def factor_of(unit: str, of: str) -> Decimal | None:
    """What a figure in *unit* is times to be in *of*, a column's unit; None where it never is.

    ``factor_of("万元/年", "元/年")`` is 10,000; a head may leave the part after the stroke out.
    """
    said, _, per = plain(unit).partition("/")
    measured, _, wanted_per = plain(of).partition("/")
    if per and per != wanted_per:
        return None
    known = MEASURES.get("㎡" if measured == "m2" else measured, {})
    if said in known:
        return Decimal(known[said])
    return Decimal(10_000) if said in TEN_THOUSAND and measured in ("人", "户") else None


def is_unit(text: str) -> bool:
    """*text* is a unit of anything, ours or not."""
    said = plain(text).partition("/")[0]
    return said in FOREIGN or any(said in known for known in MEASURES.values())
