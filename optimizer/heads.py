"""Column heads as people write them: English or Chinese, units in brackets, 万 in front of them."""

import difflib
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from optimizer import tables
from optimizer.errors import Text
from optimizer.tables import TABLES, Column
from optimizer.text import clean
from optimizer.units import factor_of, is_unit, plain

BRACKETS = re.compile(r"[(\[【{](.*?)[)\]】}]")
SEPARATED = re.compile(r"[/_:\-、,\s]+")
LOOSE = re.compile(r"[\s*#＊]+")
NUMERIC = (tables.COUNT, tables.AREA, tables.MONEY, tables.NUMBER, tables.METRES, tables.DEGREE)
APART = re.compile(r"[,;、\s]+")
SCALED = re.compile("[十百千万亿]")  # a unit of ours that we do not know, or another
ONE, MONTHS = Decimal(1), Decimal(12)


@dataclass(frozen=True, slots=True)
class Head:
    """What a head means: its column, the factor of its unit, and what is wrong with the unit."""

    column: Column
    factor: Decimal = ONE
    unit: str = ""  # as written, when the head names one
    fault: tuple[str, str, Text] | None = None  # severity, code, what it must be


@lru_cache(maxsize=4096)
def read_head(table: str, head: str) -> Head | None:
    """The meaning of *head* in *table*; None if it is no column of it."""
    text = clean(head)
    if not text:
        return None
    units = BRACKETS.findall(text)
    bare = LOOSE.sub("", BRACKETS.sub("", text))
    found = _column_called(table, bare)
    if found is not None:
        return _with_unit(*found, _unit_among(units))
    return _monthly(table, bare, _unit_among(units)) or _unit_at_the_end(table, bare)


def _unit_among(brackets: list[str]) -> str:
    """The unit that stands in one of *brackets*, alone or beside other words; else the first."""
    parts = (part for text in brackets for part in (text, *APART.split(text)))
    return next(filter(is_unit, parts), brackets[0] if brackets else "")


def _column_called(table: str, bare: str) -> tuple[Column, Decimal] | None:
    lower = bare.lower()
    for column in TABLES[table].columns:
        if lower == column.name or bare in column.zh or lower in column.zh:
            return column, ONE
        if column.name.endswith("_yuan") and lower == f"{column.name[:-5]}_10k_yuan":
            return column, Decimal(10_000)
        if "_yuan_per" in column.name and lower == column.name.replace("_yuan", "_10k_yuan"):
            return column, Decimal(10_000)
    return None


def _monthly(table: str, bare: str, unit: str) -> Head | None:
    """``月租金`` of a column ``年租金``: twelve times as much a year, and that is told."""
    found = _column_called(table, "年" + bare[1:]) if bare.startswith("月") else None
    if found is None or found[0].unit != "元/年":
        return None
    said, _, per = plain(unit or "元").partition("/")
    times = factor_of(said, "元") if per in ("", "月") else None
    if times is None:
        must = Text(
            f"单位 {unit} 不能用于月租金,应为 元/月。",
            f"cannot be in {unit}; it must be in yuan a month.",
        )
        return Head(found[0], ONE, unit, ("error", "unit-wrong", must))
    must = Text(
        "是每月的数,按 12 个月折算成每年。", "is by month and is read as 12 times that a year."
    )
    return Head(found[0], MONTHS * times, unit, ("warning", "unit-month", must))


def _unit_at_the_end(table: str, bare: str) -> Head | None:
    """``建筑面积㎡``, ``户数/万户``: the longest end that is a unit, the rest a column."""
    for cut in range(1, len(bare)):
        name, unit = SEPARATED.sub("", bare[:cut]), SEPARATED.sub("", bare[cut:])
        found = _column_called(table, name) if is_unit(unit) else None
        if found is not None:
            return _with_unit(*found, unit)
    return None


def _with_unit(column: Column, factor: Decimal, unit: str) -> Head:
    if not unit or column.kind not in NUMERIC:
        return Head(column, factor)
    times = factor_of(unit, column.unit) if column.unit else None
    if times is not None and factor in (ONE, times):
        return Head(column, times, unit)
    if is_unit(unit) or SCALED.search(unit):
        must = Text(
            f"单位 {unit} 不能用于这一列,应为 {column.unit or '无单位'}。",
            f"cannot be in {unit}; it must be in {column.unit or 'no unit'}.",
        )
        return Head(column, factor, unit, ("error", "unit-wrong", must))
    must = Text(
        f"括号里的“{unit}”不是单位,按{column.unit or '无单位'}读取。",
        f"has {unit!r} in brackets, which is no unit; read as {column.unit or 'a plain number'}.",
    )
    return Head(column, factor, "", ("warning", "unit-unknown", must))


def nearest(table: str, head: str) -> str:
    """The column name closest to *head*; empty where none is close."""
    columns = TABLES[table].columns
    names = [name for column in columns for name in (column.name, *column.zh)]
    close = difflib.get_close_matches(clean(head), names, 1, 0.4)
    return close[0] if close else ""
