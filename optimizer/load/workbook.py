"""One .xlsx to grids, cell by cell: what a planner sees, and what only the file shows.

Formulas without a value, dates in codes, struck and hidden rows, merged cells and codes kept as
numbers are marked, not guessed. Source: contract section 1; reliability.md sections 2.3 and 5.
"""

import datetime
import io
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from optimizer import tables
from optimizer.errors import Issue, Text
from optimizer.load.files import Refused
from optimizer.load.number_format import shown_as
from optimizer.load.raw import Cell, Grid, Mark, RawRow, Reading, table_called, tables_called
from optimizer.load.sheet import table_of
from optimizer.load.workbook_limits import check_archive, no_workbook
from optimizer.tables import TABLES
from optimizer.text import clean

NOTE_SHEETS = ("填表说明", "说明", "封面", "目录", "问题清单", "notes", "readme", "faults")
ZEROS = re.compile(r"0{2,}")
CODES = frozenset((tables.CODE,))
NUMERIC = frozenset(
    (tables.COUNT, tables.AREA, tables.MONEY, tables.NUMBER, tables.METRES, tables.DEGREE)
)
RETYPE = Text("请把该列设为文本后重新填写。", "Format the column as text and enter it again.")
NO_VALUE = Mark(
    "formula-without-value",
    Text("是公式,但没有算好的值。", "is a formula without a calculated value."),
    Text("请用 Excel 或 WPS 打开、计算并保存。", "Open, calculate and save it in Excel or WPS."),
)
CODE_AS_DATE = Mark(
    "code-damaged",
    Text("编码已被表格软件改成日期。", "is a code that a spreadsheet turned into a date."),
    RETYPE,
    CODES,
)
HIDDEN = Mark(
    "hidden-row",
    Text("是隐藏行,仍会读取。", "is a hidden row and is read all the same."),
    Text("如不需要,请删除该行。", "Delete it if it is not meant."),
    severity="warning",
)
HIDDEN_COLUMN = Mark(
    "hidden-column",
    Text("是隐藏列,仍会读取。", "is a hidden column and is read all the same."),
    Text("如不需要,请删除该列。", "Delete it if it is not meant."),
    severity="warning",
)
STRUCK = Mark(
    "struck-row",
    Text("有删除线,不知是否作废。", "is struck through: unclear whether it still holds."),
    Text("作废的行请删除,否则去掉删除线。", "Delete the row, or remove the strike-through."),
)
STRUCK_PART = Mark(
    "struck-text",
    Text("有一部分画了删除线,不知哪些有效。", "is struck through in part: unclear what holds."),
    Text("请删去作废的部分。", "Delete what no longer holds."),
)
RAISED = Mark(
    "raised-digit",
    Text("数字后面有上标数字,像是注释号。", "has a raised digit after its own, as notes have."),
    Text("请删去上标。", "Delete the raised digit."),
    NUMERIC | CODES,
)
SCALED = Mark(
    "shown-smaller",
    Text(
        "显示的数比实际存的小(单元格格式),不知以哪个为准。",
        "is shown smaller than it is kept, by its format: unclear which is meant.",
    ),
    Text("请改用常规格式,单位写进表头。", "Format it as General; write the unit into the head."),
    NUMERIC,
)


def read_workbook(content: bytes, file: str, reading: Reading) -> None:
    """Add every table in the workbook to *reading*; Refused where it cannot be opened safely."""
    has_formulas = check_archive(content, file)
    values = _opened(content, file, is_formulas=False)
    formulas = _opened(content, file, is_formulas=True) if has_formulas else None
    called = tables_called(sheet.title for sheet in values.worksheets)
    for sheet in values.worksheets:
        name = called.get(sheet.title)
        if name is None:
            reading.issues += _unknown_sheet(file, sheet)
            continue
        if table_called(sheet.title) is None:
            reading.issues.append(_taken_for(name, file, sheet.title))
        twin = formulas[sheet.title] if formulas else None
        if sheet.sheet_state != "visible":
            reading.issues.append(_hidden_sheet(file, sheet.title))
        reading.add(*table_of(name, _grid(file, sheet, twin)))


def _opened(content: bytes, file: str, *, is_formulas: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(
                io.BytesIO(content),
                data_only=not is_formulas,
                keep_links=False,
                rich_text=not is_formulas,
            )
        except Exception as error:  # openpyxl raises whatever a broken archive made it meet
            raise Refused(no_workbook(file)) from error


def _hidden_sheet(file: str, title: str) -> Issue:
    return Issue(
        "hidden-sheet",
        Text("是隐藏的工作表,仍会读取。", "is a hidden sheet and is read all the same."),
        Text("如不需要,请删除它。", "Delete it if it is not meant."),
        file=file,
        sheet=title,
        severity="warning",
    )


def _taken_for(name: str, file: str, title: str) -> Issue:
    return Issue(
        "sheet-taken",
        Text(f"按“{TABLES[name].zh[0]}”表读取。", f"is read as the table {name}."),
        Text("如不是,请改名或删除。", "Rename or delete it if it is another."),
        file=file,
        sheet=title,
        severity="warning",
    )


def _unknown_sheet(file: str, sheet: Worksheet) -> Iterator[Issue]:
    """A sheet that is no table by its name; notes, covers and empty sheets are let be."""
    is_empty = sheet.max_row <= 1 and sheet.max_column <= 1
    if not is_empty and clean(sheet.title).lower() not in NOTE_SHEETS:
        yield Issue(
            "sheet-unknown",
            Text("不是认识的表,不读。", "is no table by its name and is not read."),
            Text(
                f"表名:{'、'.join(spec.zh[0] for spec in TABLES.values())}。",
                f"Tables are called {', '.join(TABLES)}.",
            ),
            file=file,
            sheet=sheet.title,
            severity="warning",
        )


def _grid(file: str, sheet: Worksheet, formulas: Worksheet | None) -> Grid:
    rows: list[RawRow] = []
    marks: dict[Cell, Mark] = {}
    row_marks: dict[int, Mark] = {}
    for number, cells in enumerate(sheet.iter_rows(), start=sheet.min_row):
        rows.append(RawRow(number, _texts(cells)))
        marks |= {(number, position): mark for position, mark in _cell_marks(cells)}
        mark = _row_mark(sheet, number, cells)
        if mark is not None:
            row_marks[number] = mark
    if formulas is not None:
        marks |= dict.fromkeys(_without_value(sheet, formulas), NO_VALUE)
    hidden = dict.fromkeys(_hidden_columns(sheet), HIDDEN_COLUMN)
    return Grid(file, sheet.title, rows, marks, row_marks, _merged(sheet), hidden)


def _texts(cells: tuple[Any, ...]) -> tuple[str, ...]:
    before = ("",) * (cells[0].column - 1) if cells else ()
    return before + tuple(_text(cell) for cell in cells)


def _text(cell: Any) -> str:
    """The cell as its program shows it, numbers to the 15 digits it keeps."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ") if value.time() != datetime.time() else str(value.date())
    if isinstance(value, int | float):
        shown = f"{value:.15g}" if isinstance(value, float) or abs(value) >= 10**15 else str(value)
        pattern = cell.number_format
        scale, unit = shown_as(value, pattern)
        if unit:
            return f"{(Decimal(shown) / scale).normalize():f}{unit}"
        return shown.zfill(len(pattern)) if ZEROS.fullmatch(pattern) and "." not in shown else shown
    return str(value)


def _cell_marks(cells: tuple[Any, ...]) -> Iterator[tuple[int, Mark]]:
    for cell in cells:
        if isinstance(cell.value, datetime.date | datetime.time | datetime.timedelta):
            yield cell.column - 1, CODE_AS_DATE
        elif isinstance(cell.value, CellRichText):
            yield from ((cell.column - 1, mark) for mark in _parts(cell.value))
        elif isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            scale, unit = shown_as(cell.value, cell.number_format)
            if scale != 1 and not unit:
                yield cell.column - 1, SCALED


def _parts(text: CellRichText) -> Iterator[Mark]:
    """What only the look of a part of *text* says."""
    before = ""
    for part in text:
        font = part.font if isinstance(part, TextBlock) else None
        if font is not None and font.strike:
            yield STRUCK_PART
        is_raised = font is not None and font.vertAlign == "superscript"
        if is_raised and before[-1:].isdigit() and str(part).strip().isdigit():
            yield RAISED
        before += str(part)


def _row_mark(sheet: Worksheet, number: int, cells: tuple[Any, ...]) -> Mark | None:
    for cell in cells:
        if cell.value is not None and cell.has_style and cell.font.strike:
            return STRUCK
    height = sheet.row_dimensions.get(number)
    return HIDDEN if height is not None and height.hidden else None


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    """Positions from 0; columns hidden together share one entry."""
    for width in sheet.column_dimensions.values():
        if width.hidden:
            yield from range((width.min or 1) - 1, width.max or 0)


def _without_value(values: Worksheet, formulas: Worksheet) -> Iterator[Cell]:
    for cells in formulas.iter_rows():
        for cell in cells:
            row, column = int(cell.row or 0), int(cell.column or 0)
            if cell.data_type == "f" and values.cell(row, column).value is None:
                yield row, column - 1


def _merged(sheet: Worksheet) -> dict[Cell, Cell]:
    """Covered cell -> the cell it shows."""
    covered = {}
    for area in sheet.merged_cells.ranges:
        origin = (area.min_row, area.min_col - 1)
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col - 1, area.max_col):
                if (row, column) != origin:
                    covered[row, column] = origin
    return covered
