"""The workbook offices file: summary, projects, allocation, communities, clauses, gaps, funding.

Text is never a formula; money, areas and shares are real numbers with real formats.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from optimizer.export.sheets import SHEETS, Sheet
from optimizer.result import Result

FORMATS: Mapping[str, str] = {
    "money": "#,##0.00",
    "area": "#,##0.00",
    "persons": "#,##0.0",
    "count": "#,##0",
    "share": "0.0%",
    "walk": "#,##0",
}
HEAD_COLOUR, BAND_COLOUR = "#1F4E79", "#EEF3F8"
WIDEST, NARROWEST = 46, 8
WIDE_SHEET = 16  # columns; wider sheets print on A3


def write_workbook(result: Result, path: Path, lang: str) -> None:
    """Write *result* to *path* as .xlsx with heads in *lang*."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": str(result.plan_json["scenario"]["name"])})
        styles = _styles(book)
        for sheet in SHEETS:
            _write_sheet(book, sheet, result, lang, styles)


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
    styles = {
        name: book.add_format({**base, "num_format": code, "align": "right"})
        for name, code in FORMATS.items()
    }
    styles["text"] = book.add_format({**base, "num_format": "@"})
    styles["long"] = book.add_format({**base, "text_wrap": True})
    styles["title"] = book.add_format({**base, "font_size": 15, "bold": True})
    styles["head"] = book.add_format(
        {
            **base,
            "bold": True,
            "font_color": "white",
            "bg_color": HEAD_COLOUR,
            "text_wrap": True,
            "align": "center",
            "border": 1,
            "border_color": "#FFFFFF",
        }
    )
    return styles


def _write_sheet(
    book: Any, sheet: Sheet, result: Result, lang: str, styles: dict[str, Any]
) -> None:
    page = book.add_worksheet(sheet.title(lang))
    columns = sheet.columns(result, lang)
    rows = [list(row) for row in sheet.rows(result, lang)]
    page.write_string(
        0, 0, f"{result.plan_json['scenario']['name']} · {sheet.title(lang)}", styles["title"]
    )
    page.set_row(0, 26)
    for position, column in enumerate(columns):
        page.write_string(2, position, column.head, styles["head"])
        page.set_column(position, position, _width(column.head, (row[position] for row in rows)))
    page.set_row(2, 32)
    for number, row in enumerate(rows, start=3):
        for position, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write_cell(page, number, position, column.kind, value, styles)
    _set_up(page, len(rows), columns, sheet.frozen)


def _write_cell(page: Any, row: int, position: int, kind: str, value: Any, styles: Any) -> None:
    if value is None or value == "":
        return
    if kind == "figure" and isinstance(value, Decimal | int | float):
        number = float(value)
        kind = "count" if number.is_integer() else ("share" if abs(number) < 1 else "area")
    if isinstance(value, Decimal | int | float) and kind in FORMATS:
        page.write_number(row, position, float(value), styles[kind])
    else:
        page.write_string(row, position, str(value), styles["long" if kind == "long" else "text"])


def _set_up(page: Any, count: int, columns: Sequence[Any], frozen: int) -> None:
    page.freeze_panes(3, frozen)
    if count:
        page.autofilter(2, 0, count + 2, len(columns) - 1)
    page.set_landscape()
    page.set_paper(8 if len(columns) > WIDE_SHEET else 9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    page.set_footer("&C&P / &N")
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)


def _width(head: str, values: Iterable[Any]) -> float:
    longest = max([_cells(head) * 0.75, *(_cells(_shown(value)) for value in values)], default=8)
    return min(WIDEST, max(NARROWEST, longest + 2))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal | float):
        return f"{float(value):,.2f}"
    return str(value)


def _cells(text: str) -> int:
    """Width of *text* in character cells; a Chinese sign takes two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
