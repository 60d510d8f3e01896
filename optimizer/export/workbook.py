"""Workbooks that can be filed: one sheet a table, printable, text never a formula.

``write_book`` writes any tables; ``write_workbook`` the sheets of a result.
"""

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from optimizer.export.grid import TEXTS, Column, Grid, as_text, is_number, kind_of, width_of
from optimizer.export.sheets import SHEETS
from optimizer.export.visible import visible
from optimizer.result import Result
from optimizer.written import write_bytes

FORMATS: Mapping[str, str] = {
    "money": "#,##0.00",
    "area": "#,##0.00",
    "persons": "#,##0.0#####",
    "count": "#,##0",
    "share": "0.0%",
    "walk": "#,##0.0#",
    "plain": "General",
}
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
HEAD_COLOUR, TOTAL_COLOUR, BAR_COLOUR = "#1F4E79", "#EEF3F8", "#56B4E9"
LINE_COLOUR, WARN_COLOUR = "#BFC8D0", "#FBE3D3"
NARROWEST = 7
#: Characters; then text wraps.
WIDEST: Mapping[str, int] = {"text": 20, "verdict": 14, "figure": 15, "wide": 28, "long": 40}
A3, A4 = 8, 9
WIDE_SHEET, WIDEST_PAGE = 200, 400  # characters: beyond, A3; beyond, more pages side by side
ONE_PAGE = 24  # so few rows print on one page
LONGEST_CELL, LONGEST_NAME = 32_767, 31
NOT_IN_NAMES = str.maketrans({sign: " " for sign in "[]:*?/\\'"})
LEAST_SHEET = 72  # characters: title and notes stand above narrow columns too
LINE_HEIGHT, TALLEST = 14, 400  # points


def write_workbook(result: Result, path: Path, lang: str) -> None:
    """Write *result* to *path* as .xlsx with heads in *lang*."""
    title = str(result.plan_json["scenario"]["name"])
    write_book(path, title, [sheet.grid(result, lang) for sheet in SHEETS])


def write_book(path: Path, title: str, grids: Iterable[Grid]) -> None:
    """Write *grids* to *path* as .xlsx, one sheet each, under the heading *title*."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {**TEXT_ONLY, "in_memory": True}) as book:
        book.set_properties({"title": visible(title)})
        styles = _styles(book)
        taken: set[str] = set()
        for grid in grids:
            page = book.add_worksheet(sheet_name(grid.title, taken))
            _write_sheet(page, grid, title, styles)
    write_bytes(path, content.getvalue())


def sheet_name(title: str, taken: set[str]) -> str:
    """*title* as a sheet's name: allowed signs, at most 31, none of *taken*, which it joins."""
    plain = visible(title).translate(NOT_IN_NAMES).strip() or "-"
    name, number = plain[:LONGEST_NAME], 1
    while name.lower() in taken or name.lower() == "history":
        number += 1
        mark = f" ({number})"
        name = plain[: LONGEST_NAME - len(mark)] + mark
    taken.add(name.lower())
    return name


def _styles(book: Any) -> dict[str, Any]:
    def style(**more: Any) -> Any:
        return book.add_format({**FONT, **more})

    line = {"border": 1, "border_color": LINE_COLOUR}
    kinds: dict[str, dict[str, Any]] = {}
    kinds |= {name: {"num_format": code, "align": "right"} for name, code in FORMATS.items()}
    kinds["text"] = {"num_format": "@", "text_wrap": True, "indent": 1}
    kinds["said"] = {**kinds["text"], "align": "center", "indent": 0}  # words among figures
    total = {"bold": True, "bg_color": TOTAL_COLOUR}
    styles = {name: style(**line, **kind) for name, kind in kinds.items()}
    styles |= {f"total {name}": style(**line, **kind, **total) for name, kind in kinds.items()}
    lines = {"border": 1, "border_color": "#FFFFFF", "text_wrap": True, "align": "center"}
    return styles | {
        "title": style(font_size=15, bold=True),
        "title in lines": style(font_size=15, bold=True, text_wrap=True),
        "note": style(text_wrap=True, font_size=11),
        "head": style(bold=True, font_color="white", bg_color=HEAD_COLOUR, **lines),
        "warn": style(bg_color=WARN_COLOUR, bold=True),
    }


def _write_sheet(page: Any, grid: Grid, title: str, styles: Mapping[str, Any]) -> None:
    last = len(grid.columns) - 1
    widths = [_width(grid, position) for position in range(last + 1)]
    words = max(map(width_of, (f"{title} · {grid.title}", *grid.notes)))
    widths[0] += max(0, min(LEAST_SHEET, words * 1.5) - sum(widths))
    _write_title(page, f"{title} · {grid.title}", widths, grid.frozen, styles)
    for number, note in enumerate(grid.notes, start=1):
        page.merge_range(number, 0, number, last, "", styles["note"])
        page.write_string(number, 0, _cut(visible(note)), styles["note"])
        page.set_row(number, (LINE_HEIGHT + 2) * _lines(note, sum(widths) * 0.85))
    head = 2 + len(grid.notes)
    for position, column in enumerate(grid.columns):
        page.write_string(head, position, visible(column.head), styles["head"])
        page.set_column(position, position, widths[position])
    page.set_row(head, 32)
    for number, row in enumerate(grid.rows, start=head + 1):
        page.set_row(number, _height(row, grid.columns, widths))
        _write_row(page, number, row, grid.columns, styles, "")
    first_total = head + len(grid.rows) + 2
    for number, row in enumerate(grid.totals, start=first_total):
        _write_total(page, number, row, grid.columns, styles)
    _mark(page, grid, head, styles)
    _set_up(page, grid, head, sum(widths))


def _write_title(
    page: Any,
    text: str,
    widths: Sequence[float],
    frozen: int,
    styles: Mapping[str, Any],
) -> None:
    """The heading; where pages stand side by side, within the columns that are on each."""
    shown, style, height = _cut(visible(text)), styles["title"], 26
    if sum(widths) > WIDEST_PAGE and frozen > 1:
        style = styles["title in lines"]
        page.merge_range(0, 0, 0, frozen - 1, "", style)
        height *= _lines(text, sum(widths[:frozen]) / 1.6)
    page.write_string(0, 0, shown, style)
    page.set_row(0, height)


def _write_row(
    page: Any,
    number: int,
    row: Sequence[Any],
    columns: Sequence[Column],
    styles: Mapping[str, Any],
    total: str,
) -> None:
    for position, (column, value) in enumerate(zip(columns, row, strict=True)):
        kind = kind_of(column.kind, value)
        if value is None or value == "":
            page.write_blank(number, position, None, styles[f"{total}text"])
        elif is_number(value) and kind not in TEXTS:
            page.write_number(number, position, float(value), styles[f"{total}{kind}"])
        else:
            style = styles[total + ("said" if column.is_number else "text")]
            page.write_string(number, position, _cut(visible(str(value))), style)


def _write_total(
    page: Any, number: int, row: Sequence[Any], columns: Sequence[Column], styles: Mapping[str, Any]
) -> None:
    """A row of totals; its word goes on over the empty cells beside it."""
    page.set_row(number, LINE_HEIGHT + 3)
    _write_row(page, number, row, columns, styles, "total ")
    filled = (at for at, value in enumerate(row) if at and value is not None and value != "")
    last = next(filled, len(row)) - 1
    if last > 0:
        style = styles["total text"]
        page.merge_range(number, 0, number, last, "", style)
        page.write_string(number, 0, _cut(visible(str(row[0]))), style)


def _height(row: Sequence[Any], columns: Sequence[Column], widths: Sequence[float]) -> float:
    """Points for the cell with most lines; programs do not size rows of a file by themselves."""
    texts = (
        (as_text(column.kind, value), width)
        for column, value, width in zip(columns, row, widths, strict=True)
    )
    lines = max(sum(_lines(line, width) for line in text.split("\n")) for text, width in texts)
    return float(min(TALLEST, LINE_HEIGHT * lines + 3))


def _lines(text: str, width: float) -> int:
    return max(1, -(-width_of(text) // int(width - 2)))


def _mark(page: Any, grid: Grid, head: int, styles: Mapping[str, Any]) -> None:
    """Data bars where they help, and missed verdicts tinted beside their sign."""
    last = head + len(grid.rows)
    if not grid.rows:
        return
    for position in grid.bars:
        is_share = grid.columns[position].kind == "share"
        highest = {"max_type": "num", "max_value": 1} if is_share else {}
        bar = {"type": "data_bar", "bar_solid": True, "bar_color": BAR_COLOUR, **highest}
        lowest = {"min_type": "num", "min_value": 0}
        page.conditional_format(head + 1, position, last, position, {**bar, **lowest})
    for position, column in enumerate(grid.columns):
        if column.kind == "verdict":
            rule = {"type": "text", "criteria": "begins with", "value": "✗"}
            rule["format"] = styles["warn"]
            page.conditional_format(head + 1, position, last, position, rule)


def _set_up(page: Any, grid: Grid, head: int, width: float) -> None:
    """What is printed: nothing smaller than half its size, heads on every page."""
    last_column = len(grid.columns) - 1
    last_row = head + len(grid.rows) + (1 + len(grid.totals) if grid.totals else 0)
    page.freeze_panes(head + 1, grid.frozen)
    if grid.rows:
        page.autofilter(head, 0, head + len(grid.rows), last_column)
    page.print_area(0, 0, max(last_row, head), last_column)
    page.set_landscape()
    page.set_paper(A3 if width > WIDE_SHEET else A4)
    side_by_side = math.ceil(width / WIDEST_PAGE)
    page.fit_to_pages(side_by_side, 1 if len(grid.rows) <= ONE_PAGE else 0)
    if side_by_side > 1 and grid.frozen:
        page.repeat_columns(0, grid.frozen - 1)
    page.center_horizontally()
    page.repeat_rows(head)
    page.set_footer("&C&P / &N")
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.hide_gridlines(2)


def _width(grid: Grid, position: int) -> float:
    """Characters wide enough for heads and cells, within the limit of the kind."""
    column = grid.columns[position]
    rows = [*grid.rows, *(grid.totals if position else ())]
    longest = max((width_of(as_text(column.kind, row[position])) for row in rows), default=0)
    words = max(map(width_of, column.head.split()), default=0) if column.head.isascii() else 0
    for_head = max(width_of(column.head) / 2, words) + 3  # two lines, and the filter's arrow
    widest = WIDEST.get(column.kind, 24)
    return max(NARROWEST, for_head, min(widest, longest + 3))


def _cut(text: str) -> str:
    """*text* as long as a cell may be; the whole stands in the CSV files."""
    mark = "…(CSV)"
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(mark)] + mark
