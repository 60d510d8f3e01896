"""A folder of .csv, one file a sheet: utf-8 with BOM for Excel and WPS, heads in words.

``csv`` puts ``'`` before a text that a spreadsheet would take for a formula; ``csv-raw`` leaves
every text as it is, for programs. Numbers are plain in both. Source: reliability.md section 7, S38.
"""

import csv
import io
from pathlib import Path
from typing import Any

from optimizer.export.grid import Grid, is_number
from optimizer.export.sheets import SHEETS
from optimizer.export.visible import visible
from optimizer.export.workbook import sheet_name
from optimizer.guard import guarded
from optimizer.result import Result
from optimizer.written import write_text


def write_csv(result: Result, path: Path, lang: str) -> None:
    """Write the sheets of *result* into the folder *path*, formulas disarmed."""
    _write(result, path, lang, is_guarded=True)


def write_raw_csv(result: Result, path: Path, lang: str) -> None:
    """Write the sheets of *result* into the folder *path*, every text as it is."""
    _write(result, path, lang, is_guarded=False)


def _write(result: Result, path: Path, lang: str, *, is_guarded: bool) -> None:
    path.mkdir()
    taken: set[str] = set()
    for sheet in SHEETS:
        grid = sheet.grid(result, lang)
        text = io.StringIO()
        _write_grid(csv.writer(text), grid, is_guarded)
        file = path / f"{sheet_name(grid.title, taken)}.csv"
        write_text(file, text.getvalue(), "utf-8-sig")


def _write_grid(writer: Any, grid: Grid, is_guarded: bool) -> None:
    writer.writerow([_cell(column.head, is_guarded) for column in grid.columns])
    for row in grid.rows:
        writer.writerow([_cell(value, is_guarded) for value in row])


def _cell(value: Any, is_guarded: bool) -> str:
    if value is None:
        return ""
    if is_number(value):
        return f"{value:f}" if not isinstance(value, int) else str(value)
    text = visible(str(value))
    return guarded(text) if is_guarded else text
