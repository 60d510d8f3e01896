"""Column heads as people write them: English or Chinese, units in brackets, 万 in front of them."""

import difflib
import re
from collections.abc import Mapping
from decimal import Decimal

from optimizer.tables import Column, TableSpec
from optimizer.text import clean

BRACKETS = re.compile(r"[(\[【](.*?)[)\]】]")
UNIT_FACTORS: Mapping[str, Decimal] = {
    **dict.fromkeys(
        (
            "㎡",
            "m2",
            "m²",
            "平方米",
            "平米",
            "元",
            "yuan",
            "户",
            "人",
            "米",
            "m",
            "°",
            "度",
            "年",
            "元/年",
            "元/㎡",
            "元/m2",
            "%",
        ),
        Decimal(1),
    ),
    **dict.fromkeys(
        ("万元", "万人", "万户", "万㎡", "万m2", "万平方米", "万元/年"), Decimal(10_000)
    ),
    "亿元": Decimal(100_000_000),
    "公里": Decimal(1000),
    "km": Decimal(1000),
    "亩": Decimal(2000) / 3,
}


def column_of(spec: TableSpec, head: str) -> tuple[Column, Decimal] | None:
    """The column that *head* means and the factor of its unit; None if it means none."""
    text = clean(head)
    unit = next(iter(BRACKETS.findall(text)), "")
    bare = BRACKETS.sub("", text).strip()
    factor = UNIT_FACTORS.get(clean(unit).replace("m²", "m2"), None) if unit else Decimal(1)
    if factor is None or unit == "亩":
        factor = UNIT_FACTORS.get(unit, Decimal(1))
    for column in spec.columns:
        if bare.lower() == column.name or bare in column.zh:
            return column, factor
        if column.name.endswith("_yuan") and bare == f"{column.name[:-5]}_10k_yuan":
            return column, Decimal(10_000)
    return None


def nearest(spec: TableSpec, head: str) -> str:
    """The column name closest to *head*, or all of them."""
    names = [name for column in spec.columns for name in (column.name, *column.zh)]
    close = difflib.get_close_matches(clean(head), names, 1, 0.4)
    return close[0] if close else ", ".join(column.name for column in spec.columns)
