"""Files to raw tables: a folder of CSV or one .xlsx, text cell by text cell, rows as users count.

CSV in utf-8 (with or without BOM) or GB18030; which one was taken is said. Workbooks are read cell
by cell, so formulas without a value, error cells and codes kept as numbers are seen, not guessed.
Source: contract section 1; reliability.md sections 2.3 and 5.
"""

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optimizer.errors import InputError, Issue, Text
from optimizer.tables import TABLES
from optimizer.text import clean


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of text cells; ``number`` as the user's program shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as it stands in a file."""

    name: str
    file: str
    sheet: str
    heads: tuple[str, ...]
    rows: tuple[RawRow, ...]


@dataclass(frozen=True)
class RawCase:
    """All tables of a case, the digest of every file, and what reading had to decide."""

    tables: Mapping[str, RawTable]
    digests: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict)


def load(data: Path) -> RawCase:
    """Read the folder or workbook *data*; InputError where it is neither or has no tables."""
    if data.is_dir():
        return _load_folder(data)
    if data.suffix.lower() == ".xlsx" and data.is_file():
        return _load_workbook(data)
    raise InputError([_no_data(data)])


def _no_data(data: Path) -> Issue:
    return Issue(
        "no-data",
        Text("没有这个数据文件夹或 .xlsx。", "is no folder of CSV and no .xlsx workbook."),
        Text("请检查方案中的 data。", "Check `data` in the scenario."),
        file=data.name,
    )


def _load_folder(folder: Path) -> RawCase:
    tables: dict[str, RawTable] = {}
    digests: dict[str, str] = {}
    notes: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        name = _table_called(path.stem)
        if name is None or not path.is_file():
            continue
        content = path.read_bytes()
        digests[path.name] = hashlib.sha256(content).hexdigest()
        text, notes[path.name] = _decoded(content, path.name)
        tables[name] = _csv_table(name, path.name, text)
    if not tables:
        raise InputError([_no_data(folder)])
    return RawCase(tables, digests, notes)


def _decoded(content: bytes, file: str) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise InputError(
        [
            Issue(
                "encoding",
                Text("既不是 UTF-8 也不是 GB18030。", "is neither UTF-8 nor GB18030."),
                Text("请另存为 UTF-8 CSV。", "Save it as UTF-8 CSV."),
                file=file,
            )
        ]
    )


def _csv_table(name: str, file: str, text: str) -> RawTable:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[RawRow] = []
    try:
        for cells in reader:
            rows.append(RawRow(reader.line_num, tuple(cells)))
    except csv.Error as error:
        raise InputError(
            [
                Issue(
                    "csv",
                    Text(f"CSV 格式有误:{error}。", f"is no valid CSV: {error}."),
                    Text("请检查引号。", "Check the quotes."),
                    file=file,
                    row=reader.line_num,
                )
            ]
        ) from None
    return _with_head(name, file, "", rows)


def _load_workbook(path: Path) -> RawCase:
    from openpyxl import load_workbook

    content = path.read_bytes()
    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
    except Exception as error:  # openpyxl raises whatever a broken archive made it meet
        raise InputError(
            [
                Issue(
                    "workbook",
                    Text("无法作为 .xlsx 打开。", "cannot be opened as .xlsx."),
                    Text("请用 Excel 或 WPS 另存一次。", "Save it again with Excel or WPS."),
                    file=path.name,
                )
            ]
        ) from error
    tables = {}
    for sheet in book.worksheets:
        name = _table_called(sheet.title)
        if name is not None:
            rows = [
                RawRow(number, tuple(_cell_text(value) for value in cells))
                for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1)
            ]
            tables[name] = _with_head(name, path.name, sheet.title, rows)
    if not tables:
        raise InputError([_no_data(path)])
    return RawCase(tables, {path.name: hashlib.sha256(content).hexdigest()})


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _with_head(name: str, file: str, sheet: str, rows: list[RawRow]) -> RawTable:
    filled = [row for row in rows if any(clean(cell) for cell in row.cells)]
    if not filled:
        return RawTable(name, file, sheet, (), ())
    heads = tuple(clean(cell) for cell in filled[0].cells)
    while heads and not heads[-1]:
        heads = heads[:-1]
    return RawTable(name, file, sheet, heads, tuple(filled[1:]))


def _table_called(title: str) -> str | None:
    wanted = clean(title)
    for name, spec in TABLES.items():
        if wanted == name or wanted in spec.zh:
            return name
    return None
