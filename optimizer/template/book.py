"""The template as a workbook: notes, drop-downs, units in frozen heads, codes as text."""

import io
import math
from pathlib import Path
from typing import Any

import xlsxwriter

from optimizer.export.grid import width_of
from optimizer.tables import CODE, LEVEL, LIST, TABLES, TEXT, YEAR, Column
from optimizer.template.notes import HEADS, NOTES, column_notes
from optimizer.template.rows import EXAMPLES, OPTIONAL, columns_of, head_of, word_of, words_of
from optimizer.text import NUMERIC
from optimizer.written import write_bytes

LAST_ROW = 5000  # of drop-downs
FONT = "Microsoft YaHei"
A4 = 9
PAGE_WIDTH = 160  # characters beside each other on one page
NARROWEST, LINE_POINTS = 10, 17
NOTED = (14, 30, 16, 60, 26)  # characters wide that the columns of the notes are


def write_book(path: Path, lang: str) -> None:
    """Write the template workbook to *path*."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    looks = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "font_name": FONT}
        ),
        "required": book.add_format(
            {"bold": True, "bg_color": "#FCE4D6", "border": 1, "text_wrap": True, "font_name": FONT}
        ),
        "text": book.add_format({"num_format": "@"}),
        "plain": book.add_format({}),
        "note": book.add_format({"text_wrap": True, "font_name": FONT, "valign": "top"}),
    }
    _write_notes(book, looks, lang)
    for table in (*EXAMPLES, *OPTIONAL):
        _write_table(book, looks, table, lang)
    book.close()
    write_bytes(path, content.getvalue())


def _write_notes(book: Any, looks: dict[str, Any], lang: str) -> None:
    sheet = book.add_worksheet("填表说明" if lang == "zh" else "notes")
    for row, note in enumerate(NOTES[lang]):
        sheet.merge_range(row, 0, row, 4, note, looks["note"])
        sheet.set_row(row, 34)
    first = len(NOTES[lang]) + 1
    sheet.write_row(first, 0, HEADS[lang], looks["head"])
    for row, cells in enumerate(column_notes(lang), start=first + 1):
        sheet.write_row(row, 0, cells, looks["note"])
        lines = (-(-width_of(cell) // (wide - 2)) for cell, wide in zip(cells, NOTED, strict=True))
        sheet.set_row(row, LINE_POINTS * max(1, *lines))
    for column, width in enumerate(NOTED):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(first + 1, 0)
    _print_on(sheet, first, sum(NOTED))


def _write_table(book: Any, looks: dict[str, Any], table: str, lang: str) -> None:
    sheet = book.add_worksheet(table if lang == "en" else TABLES[table].zh[0])
    widths = []
    for position, column in enumerate(columns_of(table)):
        head = head_of(column, lang)
        sheet.write_string(0, position, head, looks["required" if column.required else "head"])
        is_text = column.kind in (CODE, TEXT, LIST)
        widths.append(_width(table, column, lang))
        sheet.set_column(position, position, widths[-1], looks["text" if is_text else "plain"])
        words = words_of(column, lang)
        if words:
            sheet.data_validation(
                1,
                position,
                LAST_ROW,
                position,
                {"validate": "list", "source": list(words), "error_type": "warning"},
            )
        for row, values in enumerate(EXAMPLES.get(table, ()), start=1):
            cell = values.get(column.name)
            if cell is None:
                continue
            if column.kind in (*NUMERIC, LEVEL, YEAR):
                sheet.write_number(row, position, float(cell))
            else:
                sheet.write_string(row, position, word_of(column, cell, lang))
    sheet.freeze_panes(1, 1)
    _print_on(sheet, 0, sum(widths))


def _width(table: str, column: Column, lang: str) -> int:
    """Characters wide that *column* is: its head and the examples in it."""
    said = [word_of(column, row.get(column.name, ""), lang) for row in EXAMPLES.get(table, ())]
    return max(NARROWEST, *(width_of(text) + 2 for text in (head_of(column, lang), *said)))


def _print_on(sheet: Any, head: int, width: float) -> None:
    """As many pages wide as *width* characters ask for, head and first column on each."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    side_by_side = math.ceil(width / PAGE_WIDTH)
    sheet.fit_to_pages(side_by_side, 0)
    if side_by_side > 1:
        sheet.repeat_columns(0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C&A  &P / &N")
