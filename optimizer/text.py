"""Reading one cell: the strict grammar of codes, numbers, flags and choices, full width or not.

Nothing is guessed: what is not exactly of the kind is a fault that says what it must be.
Source: contract section 1, reliability.md section 5 (reading rules).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from optimizer import tables
from optimizer.errors import Text
from optimizer.tables import Column

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u2060"), None)
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?|[+-]?\.\d+")
GROUPED_NUMBER = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
LEVELS_TEXT = re.compile(r"-?\d+(--?\d+)?(,-?\d+(--?\d+)?)*")
DECIMALS = {tables.AREA: 2, tables.MONEY: 2, tables.METRES: 2}
YES, NO = {"1", "是", "有", "yes", "true"}, {"0", "否", "无", "no", "false"}
CHINESE_CHOICES: Mapping[str, str] = {
    "社区": "community",
    "村": "village",
    "网格": "grid",
    "其他": "other",
    "新建": "new",
    "既有": "existing",
    "必选": "required",
    "候选": "candidate",
    "排除": "excluded",
    "国有": "state",
    "市属国企": "municipal_soe",
    "部门": "department",
    "集体": "collective",
    "社会": "social",
    "划转": "transfer",
    "腾退补建": "vacated",
    "腾退": "vacated",
    "转型": "conversion",
    "租赁": "lease",
    "购置": "purchase",
    "置换": "swap",
    "补建": "supplement",
    "配建": "allocation",
    "一级": "I",
    "二级": "II",
    "三级": "III",
    "四级": "IV",
    "免费": "free",
    "低偿": "low",
    "有偿": "paid",
    "提升": "upgrade",
    "可提升": "upgrade",
}


class CellFault(Exception):
    """The cell is not of its column's kind; carries what it must be."""

    def __init__(self, code: str, must: Text) -> None:
        super().__init__(must.en)
        self.code, self.must = code, must


def clean(cell: str) -> str:
    """*cell* without blanks around it and invisible signs, digits and letters at half width."""
    return unicodedata.normalize("NFKC", cell.translate(INVISIBLE)).strip()


def read_cell(column: Column, cell: str, factor: Decimal = Decimal(1)) -> Any:
    """The value of *cell* in *column* (None when empty), its number times *factor*."""
    text = clean(cell)
    if not text:
        return None
    value = READERS[column.kind](column, text, factor)
    _check_range(column, value)
    return value


def _number(column: Column, text: str, factor: Decimal) -> Decimal:
    if GROUPED_NUMBER.fullmatch(text):
        text = text.replace(",", "")
    if not PLAIN_NUMBER.fullmatch(text):
        raise CellFault("not-a-number", Text("应为数字。", "must be a number."))
    value = Decimal(text) * factor
    places = DECIMALS.get(column.kind)
    if column.kind != tables.METRES and places is not None and value != round(value, places):
        raise CellFault(
            "too-many-decimals",
            Text(f"最多 {places} 位小数。", f"must have at most {places} decimals."),
        )
    return value


def _whole(column: Column, text: str, factor: Decimal) -> int:
    value = _number(column, text, factor)
    if value != value.to_integral_value():
        raise CellFault("not-whole", Text("应为整数。", "must be a whole number."))
    return int(value)


def _level(column: Column, text: str, factor: Decimal) -> int:
    value = _whole(column, text.removesuffix("层").removesuffix("F"), factor)
    if value == 0:
        raise CellFault(
            "level-zero",
            Text("没有 0 层;首层为 1,地下一层为 -1。", "must not be 0: 1 is the ground floor."),
        )
    return value


def _year(column: Column, text: str, factor: Decimal) -> int:
    value = _whole(column, text.removesuffix("年"), factor)
    if not 1900 <= value <= 2200:
        raise CellFault("not-a-year", Text("应为年份,如 2025。", "must be a year such as 2025."))
    return value


def _flag(_: Column, text: str, __: Decimal) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise CellFault("not-a-flag", Text("应为 0 或 1。", "must be 0 or 1."))


def _choice(column: Column, text: str, _: Decimal) -> str:
    word = CHINESE_CHOICES.get(text, text)
    if set(column.choices) >= {"0", "1"} and word.lower() in YES | NO:
        word = "1" if word.lower() in YES else "0"
    if word not in column.choices:
        listed = ", ".join(column.choices)
        raise CellFault("not-a-choice", Text(f"应为其一:{listed}。", f"must be one of: {listed}."))
    return word


def _list(_: Column, text: str, __: Decimal) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;；]", text) if part.strip())


def _levels(_: Column, text: str, __: Decimal) -> str:
    for part in text.replace(" ", "").split(";"):
        kind, _colon, ranges = part.rpartition(":")
        if kind not in ("", "I", "II", "III", "IV") or not LEVELS_TEXT.fullmatch(ranges):
            raise CellFault(
                "not-levels",
                Text("应如 1-3;III:1-2;IV:1。", "must look like 1-3;III:1-2;IV:1."),
            )
    return text.replace(" ", "")


def _plain(_: Column, text: str, __: Decimal) -> str:
    return text


Reader = Callable[[Column, str, Decimal], Any]
READERS: Mapping[str, Reader] = {
    tables.TEXT: _plain,
    tables.CODE: _plain,
    tables.COUNT: _whole,
    tables.AREA: _number,
    tables.MONEY: _number,
    tables.NUMBER: _number,
    tables.DEGREE: _number,
    tables.METRES: _number,
    tables.FLAG: _flag,
    tables.CHOICE: _choice,
    tables.LIST: _list,
    tables.YEAR: _year,
    tables.LEVEL: _level,
    tables.LEVELS: _levels,
}


def _check_range(column: Column, value: Any) -> None:
    if column.minimum is not None and (
        value < column.minimum or (column.is_open_below and value == column.minimum)
    ):
        sign = ">" if column.is_open_below else "≥"
        must = f"{sign} {column.minimum}"
        raise CellFault("too-small", Text(f"应{must}。", f"must be {must}."))
    if column.maximum is not None and value > column.maximum:
        raise CellFault(
            "too-large", Text(f"应 ≤ {column.maximum}。", f"must be ≤ {column.maximum}.")
        )
