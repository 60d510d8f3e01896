"""Reading one cell: the strict grammar of codes, numbers, flags and choices, full width or not.

Nothing is guessed: what is not exactly of the kind is a fault that says what it must be.
Source: contract section 1, reliability.md section 5 (reading rules).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from optimizer import tables
from optimizer.errors import Text
from optimizer.tables import Column
from optimizer.units import factor_of

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\ufeff\u2060\u00ad"), None)
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?|[+-]?\.[0-9]+")
GROUPED_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
WITH_UNIT = re.compile(r"([+-]?[0-9][0-9,]*(?:\.[0-9]*)?)\s*([^0-9.,+\-\s].*)")
DATE = re.compile(
    r"([0-9]{4})(?:[-/]([0-9]{1,2})|年([0-9]{1,2})月?)(?:(?<=月)([0-9]{1,2})日?|[-/]([0-9]{1,2}))?"
    r"|([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})"
)
TIME_OF_DAY = re.compile(r"[ T][0-9:.]+$")
TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")
FLOOR = re.compile(
    rf"(B|地下|负|-)?第?([0-9]+|{TENS.pattern}|[一二三四五六七八九])(?:层|楼|F)?", re.IGNORECASE
)
FIRST_FLOOR = ("首层", "底层")
DIGITS = "〇一二三四五六七八九"
SERIAL_DAYS = range(36_526, 73_051)  # 2000 to 2099, counted from 1899-12-30 as spreadsheets do
LEVELS_TEXT = re.compile(r"-?[0-9]+(--?[0-9]+)?(,-?[0-9]+(--?[0-9]+)?)*")
QUOTED = re.compile(r'="([^"]*)"')
SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]+")
SHEET_ERROR = re.compile(
    r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)|#{3,}"
)
DITTO = ("同上", "同左", "〃", "″", "”", '"', "''", "ditto")
NOTHING = re.compile(r"[/\\?–—-]|——|无|暂无|没有|不详|待定")
DECIMALS = {tables.AREA: 2, tables.MONEY: 2, tables.METRES: 2}
LARGEST = {
    tables.AREA: Decimal(10) ** 7,
    tables.MONEY: Decimal(10) ** 12,
    tables.COUNT: Decimal(10) ** 7,
    tables.METRES: Decimal(10) ** 6,
    tables.NUMBER: Decimal(10) ** 9,
    tables.LEVEL: Decimal(200),
}
HUGE = Decimal(10) ** 15  # beyond it 28 digits would round
YES = {"1", "是", "有", "合格", "同意", "通过", "yes", "y", "true", "√", "✓", "✔"}
NO = {"0", "否", "无", "不合格", "不同意", "未通过", "no", "n", "false", "×", "✗", "✘"}
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
    "居民": "residents",
    "婴幼儿": "infants",
    "小学生": "pupils",
    "60岁以上": "elderly",
    "65岁以上": "elderly65",
    "住户": "households",
    "免费": "free",
    "低偿": "low",
    "有偿": "paid",
    "提升": "upgrade",
    "可提升": "upgrade",
    "Ⅰ": "I",
    "Ⅱ": "II",
    "Ⅲ": "III",
    "Ⅳ": "IV",
}

#: the word we write for a choice: the first of those read for it
CHINESE_OF: Mapping[str, str] = {
    **{code: word for word, code in [*CHINESE_CHOICES.items()][::-1]},
    **{"0": "否", "1": "是"},
}


class CellFault(Exception):
    """The cell is not of its column's kind; carries what it must be."""

    def __init__(self, code: str, must: Text) -> None:
        super().__init__(must.en)
        self.code, self.must = code, must


def clean(cell: str) -> str:
    """A head or title in its plainest form: no blanks around it, no invisible signs, NFKC."""
    return unicodedata.normalize("NFKC", cell.translate(INVISIBLE)).strip()


def half_width(cell: str) -> str:
    """*cell* without blanks around it and invisible signs, letters and digits at half width."""
    if cell.isascii():
        return cell.strip()
    return cell.translate(INVISIBLE).translate(HALF_WIDTH).strip()


def as_typed(column: Column, cell: str) -> str:
    """*cell* as it is read: names keep their signs, codes lose what spreadsheets put before them.

    A code that a spreadsheet was kept from counting, ``="0012"`` or ``'0012``, is the code itself.
    """
    if not cell:
        return ""
    if column.kind in (tables.TEXT, tables.GEOMETRY):
        return cell.strip() if cell.isascii() else cell.translate(INVISIBLE).strip()
    text = half_width(cell)
    if column.kind == tables.CODE:
        quoted = QUOTED.fullmatch(text)
        text = quoted[1].strip() if quoted else text.removeprefix("'").strip()
    return text


def read_cell(column: Column, cell: str, factor: Decimal = Decimal(1)) -> Any:
    """The value of *cell* in *column* (None when empty), its number times *factor*."""
    text = as_typed(column, cell)
    if not text:
        return None
    _check_readable(text)
    _check_said(column, text)
    value = READERS[column.kind](column, text, factor)
    _check_range(column, value)
    return value


def _check_readable(text: str) -> None:
    if SHEET_ERROR.fullmatch(text):
        raise CellFault(
            "error-cell",
            Text("是表格软件的错误值。", "is an error of the spreadsheet, no value."),
        )
    if "\ufffd" in text or "锟斤拷" in text:
        raise CellFault(
            "text-damaged", Text("文字已损坏(乱码)。", "is damaged: characters were lost.")
        )
    if not text.isprintable() and any(ord(sign) < 32 and sign not in "\n\r\t" for sign in text):
        raise CellFault("control-character", Text("含控制字符。", "has control characters."))


def _check_said(column: Column, text: str) -> None:
    """It says something by itself: a mark for nothing would be a code that many rows share."""
    if text in DITTO:
        raise CellFault(
            "ditto", Text("要写明内容,不能写“同上”。", "must be written out, no ditto.")
        )
    if NOTHING.fullmatch(text) and (
        column.kind == tables.CODE or column.name in ("district", "street")
    ):
        raise CellFault(
            "no-value",
            Text(f"“{text}”会被当作名称。", f"would be taken for a name: {text!r}."),
        )


def remark(column: Column, cell: str) -> str:
    """What reading *cell* had to understand: a key of ``typed.REMARKS``; "" for nothing."""
    if not cell:
        return ""
    text = as_typed(column, cell)
    if column.kind == tables.LEVEL and text and not PLAIN_NUMBER.fullmatch(text):
        return "words"
    if column.kind in NUMERIC and text and not PLAIN_NUMBER.fullmatch(text):
        return _numeric_remark(column, text)
    return "cleaned" if text != cell.strip() else ""


def _numeric_remark(column: Column, text: str) -> str:
    if column.kind == tables.YEAR:
        return "date" if DATE.fullmatch(TIME_OF_DAY.sub("", text)) else ""
    if GROUPED_NUMBER.fullmatch(text):
        return "grouped"
    return "unit" if WITH_UNIT.fullmatch(text) and column.unit else ""


def _number(column: Column, text: str, factor: Decimal) -> Decimal:
    text, factor = _without_unit(column, text, factor)
    if GROUPED_NUMBER.fullmatch(text):
        text = text.replace(",", "")
    if not PLAIN_NUMBER.fullmatch(text) or len(text) > 40:
        raise _no_number(text)
    value = Decimal(text) * factor
    if abs(value) > HUGE:
        raise CellFault("too-large", Text("太大。", "is too large."))
    places = DECIMALS.get(column.kind)
    if column.kind != tables.METRES and places is not None and value != round(value, places):
        raise CellFault(
            "too-many-decimals",
            Text(f"最多 {places} 位小数。", f"must have at most {places} decimals."),
        )
    return value


def _without_unit(column: Column, text: str, factor: Decimal) -> tuple[str, Decimal]:
    """The figure of ``1200㎡`` or ``0.3万元`` and the factor of its unit."""
    found = WITH_UNIT.fullmatch(text)
    times = factor_of(found[2], column.unit) if found and column.unit else None
    if not found or times is None:
        return text, factor
    if factor not in (1, times):
        raise CellFault(
            "unit-twice",
            Text("表头与单元格的单位不一致。", "has a unit other than that of the head."),
        )
    return found[1].rstrip(","), times


def _no_number(text: str) -> CellFault:
    day = TIME_OF_DAY.sub("", text)
    if DATE.fullmatch(day):
        return CellFault(
            "number-as-date", Text("是日期,应为数字。", "is a date and must be a number.")
        )
    return CellFault("not-a-number", Text("应为数字。", "must be a number."))


def _whole(column: Column, text: str, factor: Decimal) -> int:
    value = _number(column, text, factor)
    if value != value.to_integral_value():
        raise CellFault("not-whole", Text("应为整数。", "must be a whole number."))
    return int(value)


def _level(column: Column, text: str, factor: Decimal) -> int:
    found = FLOOR.fullmatch("1" if text in FIRST_FLOOR else text)
    if found:
        text = ("-" if found[1] else "") + _digits(found[2])
    elif not PLAIN_NUMBER.fullmatch(text):
        raise CellFault("not-a-level", Text("应为楼层,如 1、-1。", "must be a floor: 1, -1."))
    value = _whole(column, text, factor)
    if value == 0:
        raise CellFault(
            "level-zero",
            Text("没有 0 层;首层为 1,地下一层为 -1。", "must not be 0: 1 is the ground floor."),
        )
    return value


def _digits(number: str) -> str:
    """A number below 100 in digits, where it is in Chinese: 十二 is 12."""
    tens = TENS.fullmatch(number)
    if tens:
        return f"{DIGITS.index(tens[1] or '一')}{DIGITS.index(tens[2] or '〇')}"
    return number if number.isascii() else str(DIGITS.index(number))


def _year(column: Column, text: str, factor: Decimal) -> int:
    day = DATE.fullmatch(TIME_OF_DAY.sub("", text))
    if day:
        text = _year_of(*(part for part in day.groups() if part))
    value = _whole(column, text.removesuffix("年"), factor)
    if value in SERIAL_DAYS:
        then = date(1899, 12, 30) + timedelta(days=value)
        raise CellFault(
            "not-a-year",
            Text(
                f"像是日期 {then} 的序号,应为年份,如 {then.year}。",
                f"looks like the serial number of the date {then}; must be a year, "
                f"like {then.year}.",
            ),
        )
    if not 1900 <= value <= 2200:
        raise CellFault("not-a-year", Text("应为年份,如 2025。", "must be a year such as 2025."))
    return value


def _year_of(year: str, month: str, day: str = "1") -> str:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        raise CellFault("no-such-day", Text("没有这一天。", "is no day there is.")) from None
    return year


def _flag(_: Column, text: str, __: Decimal) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise CellFault("not-a-flag", Text("应为 0 或 1。", "must be 0 or 1."))


def _choice(column: Column, text: str, _: Decimal) -> str:
    word = CHINESE_CHOICES.get(text, text)
    word = {choice.lower(): choice for choice in column.choices}.get(word.lower(), word)
    if set(column.choices) >= {"0", "1"} and word.lower() in YES | NO:
        word = "1" if word.lower() in YES else "0"
    if word not in column.choices:
        words = "、".join(CHINESE_OF.get(choice, choice) for choice in column.choices)
        listed = ", ".join(column.choices)
        raise CellFault("not-a-choice", Text(f"应为其一:{words}。", f"must be one of: {listed}."))
    return word


def _list(_: Column, text: str, __: Decimal) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;；]", text) if part.strip())


def _levels(_: Column, text: str, __: Decimal) -> str:
    for part in text.replace(" ", "").split(";"):
        kind, _colon, ranges = part.rpartition(":")
        is_whole = LEVELS_TEXT.fullmatch(ranges) and all(map(_rises, ranges.split(",")))
        if kind not in ("", "I", "II", "III", "IV") or not is_whole:
            raise CellFault(
                "not-levels",
                Text("应如 1-3;III:1-2;IV:1。", "must look like 1-3;III:1-2;IV:1."),
            )
    return text.replace(" ", "")


def _rises(piece: str) -> bool:
    """A range of levels ends no lower than it begins."""
    low, _, high = piece[1:].partition("-")
    return not high or int(piece[0] + low) <= int(high)


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
    tables.GEOMETRY: _plain,
}
NUMERIC = (
    tables.COUNT,
    tables.AREA,
    tables.MONEY,
    tables.NUMBER,
    tables.METRES,
    tables.DEGREE,
    tables.YEAR,
    tables.LEVEL,
)


def _check_range(column: Column, value: Any) -> None:
    if column.minimum is not None and (
        value < column.minimum or (column.is_open_below and value == column.minimum)
    ):
        sign = ">" if column.is_open_below else "≥"
        must = f"{sign} {column.minimum}"
        raise CellFault("too-small", Text(f"应 {must}。", f"must be {must}."))
    most = LARGEST.get(column.kind) if column.maximum is None else column.maximum
    if most is not None and abs(value) > most:
        raise CellFault("too-large", Text(f"应 ≤ {most:f}。", f"must be ≤ {most:f}."))
