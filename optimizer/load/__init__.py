"""Files to raw tables: a folder of CSV and layers, one .xlsx, or one .gpkg.

Every fault of every file is collected; only data that holds no table at all ends the reading.
Source: contract section 1; reliability.md sections 2.3, 2.4 and 5.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from optimizer.errors import InputError, Issue, Text
from optimizer.load.csv_file import csv_grid
from optimizer.load.files import Refused, cannot_open, content_of, digest_of
from optimizer.load.geojson import read_geojson
from optimizer.load.geopackage import read_geopackage
from optimizer.load.raw import RawCase, RawRow, RawTable, Reading, table_called
from optimizer.load.sheet import table_of
from optimizer.tables import TABLES

__all__ = ["RawCase", "RawRow", "RawTable", "load"]

MOST_FILES = 200
SIDE_FILES = (".md", ".txt", ".qgz", ".qml", ".png", ".pdf", ".docx")


def load(data: Path) -> RawCase:
    """Read the folder, workbook or GeoPackage *data*; InputError where it holds no table."""
    reading = Reading()
    reader = _reader_of(data) if not data.is_dir() else None
    if data.is_dir():
        _read_folder(data, reading)
    elif reader is None or not data.exists():
        raise InputError([_no_data(data)])
    else:
        _read_file(data, data.parent, reader, reading)
    if not reading.tables and not reading.unread:
        raise InputError([*reading.issues, _no_data(data)])
    return reading.case()


Reader = Callable[[Path, Path, Reading], None]


def _read_csv(path: Path, root: Path, reading: Reading) -> None:
    name = table_called(path.stem)
    if name is None:
        reading.issues.append(_unknown_file(path))
        return
    content = content_of(path, root)
    reading.digests[path.name] = hashlib.sha256(content).hexdigest()
    grid, reading.notes[path.name] = csv_grid(name, path.name, content)
    reading.add(*table_of(name, grid))


def _read_xlsx(path: Path, root: Path, reading: Reading) -> None:
    from optimizer.load.workbook import read_workbook

    content = content_of(path, root)
    reading.digests[path.name] = hashlib.sha256(content).hexdigest()
    read_workbook(content, path.name, reading)


def _read_gpkg(path: Path, root: Path, reading: Reading) -> None:
    read_geopackage(path, root, reading)
    reading.digests[path.name] = digest_of(path)


def _read_json(path: Path, root: Path, reading: Reading) -> None:
    name = table_called(path.stem)
    if name is None:
        reading.issues.append(_unknown_file(path))
        return
    content = content_of(path, root)
    reading.digests[path.name] = hashlib.sha256(content).hexdigest()
    read_geojson(name, path.name, content, reading)


IN_FOLDER: dict[str, Reader] = {
    ".csv": _read_csv,
    ".gpkg": _read_gpkg,
    ".geojson": _read_json,
    ".json": _read_json,
}
ALONE: dict[str, Reader] = {".xlsx": _read_xlsx, ".gpkg": _read_gpkg}


def _reader_of(data: Path) -> Reader | None:
    return ALONE.get(data.suffix.lower())


def _read_folder(folder: Path, reading: Reading) -> None:
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise InputError([cannot_open(folder, error)]) from error
    paths = [path for path in inside if not path.name.startswith((".", "~$"))]
    if len(paths) > MOST_FILES:
        must = Text(f"有 {len(paths)} 个文件。", f"holds {len(paths)} files.")
        raise InputError([Issue("too-many-files", must, Text("", ""), file=folder.name)])
    for path in paths:
        reader = IN_FOLDER.get(path.suffix.lower())
        if reader is not None:
            _read_file(path, folder, reader, reading)
        elif not path.is_dir() and path.suffix.lower() not in SIDE_FILES:
            reading.issues.append(_unknown_file(path))


def _read_file(path: Path, root: Path, reader: Reader, reading: Reading) -> None:
    try:
        reader(path, root, reading)
    except (Refused, OSError) as error:
        issue = error.issue if isinstance(error, Refused) else cannot_open(path, error)
        reading.issues.append(issue)
        reading.unread.add(table_called(path.stem) or path.name)


def _no_data(data: Path) -> Issue:
    return Issue(
        "no-data",
        Text(
            "没有这个数据文件夹、.xlsx 或 .gpkg,或其中没有一张认识的表。",
            "is no folder of CSV, no .xlsx and no .gpkg with a table in it.",
        ),
        Text(
            f"请检查方案中的 data;表名:{'、'.join(spec.zh[0] for spec in TABLES.values())}。",
            f"Check `data` in the scenario; tables are called {', '.join(TABLES)}.",
        ),
        file=data.name,
    )


def _unknown_file(path: Path) -> Issue:
    is_book = path.suffix.lower() in (".xlsx", ".xls", ".xlsm")
    fix = Text(
        f'要用工作簿,请写 data = "{path.name}"。' if is_book else f"表名:{'、'.join(TABLES)}。",
        f'To read a workbook set data = "{path.name}".'
        if is_book
        else f"Tables are called {', '.join(TABLES)}.",
    )
    return Issue(
        "file-unknown",
        Text("不是认识的表,不读。", "is no table by its name and is not read."),
        fix,
        file=path.name,
        severity="warning",
    )
