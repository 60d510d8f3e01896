"""The faults of a case where their owner looks: red cells in a copy of the workbook, or a table.

The copy keeps what the workbook had; nothing of a user's file is ever written over.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties

from optimizer.errors import CallError, Issue, Text
from optimizer.guard import guarded
from optimizer.text import clean
from optimizer.written import write_bytes, write_text

SEARCHED_ROWS = 41  # where heads are looked for, as in reading
FILLS = {"error": "FFFF9999", "warning": "FFFFE699"}
HEADS: Mapping[str, tuple[str, ...]] = {
    "zh": ("级别", "文件", "工作表", "行", "列", "值", "原因", "怎么改", "代码"),
    "en": ("severity", "file", "sheet", "row", "column", "value", "reason", "fix", "code"),
}
SEVERITY = {"error": Text("错误", "error"), "warning": Text("提示", "warning")}
WIDTHS = (8, 18, 14, 7, 18, 20, 50, 40, 18)


def write_marked(issues: Sequence[Issue], data: Path, target: Path, lang: str) -> None:
    """Write the *issues* of *data* to *target*, a new file: .xlsx, or .csv for the table alone.

    Raises CallError where *target* exists or is of another kind.
    """
    if target.exists():
        raise CallError(Text(f"{target} 已存在。", f"{target} exists."))
    if target.suffix.lower() == ".csv":
        write_text(target, _csv(issues, lang), "utf-8-sig")
    elif target.suffix.lower() == ".xlsx":
        content = io.BytesIO()
        _book(issues, data, lang).save(content)
        write_bytes(target, content.getvalue())
    else:
        raise CallError(Text("--mark 应为 .xlsx 或 .csv。", "--mark must be .xlsx or .csv."))


def _cells(issue: Issue, lang: str) -> tuple[str, ...]:
    return (
        SEVERITY[issue.severity].get(lang),
        issue.file,
        issue.sheet,
        str(issue.row or ""),
        issue.column,
        issue.value,
        issue.message.get(lang),
        issue.advice(lang),
        issue.code,
    )


def _csv(issues: Sequence[Issue], lang: str) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADS[lang])
    for issue in issues:
        cells = _cells(issue, lang)
        writer.writerow([guarded(cell) for cell in cells])
    return buffer.getvalue()


def _book(issues: Sequence[Issue], data: Path, lang: str) -> Any:
    book = Workbook()
    if data.suffix.lower() != ".xlsx" or not _is_readable(issues):
        book.remove(book.worksheets[0])
    else:
        book = load_workbook(data)
        for issue in sorted(issues, key=lambda i: i.severity, reverse=True):  # errors over all
            if issue.sheet in book.sheetnames and issue.row:
                _paint(book[issue.sheet], issue, lang)
    title = "问题清单" if lang == "zh" else "Faults"
    sheet = book.create_sheet(title if title not in book.sheetnames else f"{title} 2", 0)
    sheet.append(HEADS[lang])
    for row, issue in enumerate(sorted(issues, key=lambda i: i.severity), start=2):
        for column, cell in enumerate(_cells(issue, lang), start=1):
            target = sheet.cell(row, column)
            target.value, target.data_type = cell, "s"  # never a formula
            target.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = _fill(issue)
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[chr(64 + number)].width = width
        sheet.cell(1, number).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    book.active = 0
    return book


def _is_readable(issues: Sequence[Issue]) -> bool:
    """The workbook could be opened: some fault stands in a sheet, or none is of the whole file."""
    whole = {"workbook", "workbook-too-large", "sheet-too-large", "xml-entities", "old-workbook"}
    unopened = whole | {"no-regular-file", "file-too-large", "link-outside", "unreadable"}
    return not any(issue.code in unopened for issue in issues)


def _fill(issue: Issue) -> PatternFill:
    return PatternFill("solid", start_color=FILLS[issue.severity])


def _paint(sheet: Any, issue: Issue, lang: str) -> None:
    cell = sheet.cell(issue.row, _column(sheet, issue.column))
    if type(cell).__name__ == "MergedCell":
        return
    cell.fill = _fill(issue)
    said = f"{issue.message.get(lang)} {issue.advice(lang)}"
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(before + said, "Linli", width=320, height=120)


def _column(sheet: Any, head: str) -> int:
    """The number of the column whose head is *head*; the first where there is none."""
    for cells in sheet.iter_rows(max_row=min(SEARCHED_ROWS, sheet.max_row)):
        for cell in cells:
            if head and clean(str(cell.value or "")) == clean(head):
                return int(cell.column)
    return 1
