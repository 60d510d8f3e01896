"""The template as a workbook: notes, drop-downs, units in frozen heads, codes as text."""

import io
from pathlib import Path
from typing import Any

import xlsxwriter

from optimizer.tables import CODE, LEVEL, LIST, TABLES, TEXT, YEAR
from optimizer.template.notes import HEADS, NOTES, column_notes
from optimizer.template.rows import EXAMPLES, OPTIONAL, columns_of, head_of, word_of, words_of
from optimizer.text import NUMERIC
from optimizer.written import write_bytes

LAST_ROW = 5000  # of drop-downs
FONT = "Microsoft YaHei"
A3, A4, WIDE = 8, 9, 14


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
    for column, width in enumerate((14, 30, 16, 60, 26)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(first + 1, 0)
    _print_on(sheet, first)


def _write_table(book: Any, looks: dict[str, Any], table: str, lang: str) -> None:
    sheet = book.add_worksheet(table if lang == "en" else TABLES[table].zh[0])
    for position, column in enumerate(columns_of(table)):
        head = head_of(column, lang)
        sheet.write_string(0, position, head, looks["required" if column.required else "head"])
        is_text = column.kind in (CODE, TEXT, LIST)
        width = max(12, 2 * len(head) if lang == "zh" else len(head) + 2)
        sheet.set_column(position, position, width, looks["text" if is_text else "plain"])
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
    _print_on(sheet, 0, is_wide=len(columns_of(table)) > WIDE)


def _print_on(sheet: Any, head: int, *, is_wide: bool = False) -> None:
    """One page wide, on A3 where columns are many, the row *head* on every page."""
    sheet.set_landscape()
    sheet.set_paper(A3 if is_wide else A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C&A  &P / &N")
