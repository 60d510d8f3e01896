"""Layers of a GeoPackage, read with SQLite itself: read-only, checked whole, no views, no triggers.

Source: OGC 12-128r18 (GeoPackage: application id, contents, geometry header); reliability.md 5.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from optimizer.errors import Text
from optimizer.load.files import SQLITE, Refused, start_of
from optimizer.load.layer import Layer, layer_table, need_extra
from optimizer.load.raw import Reading, table_called, unreadable
from optimizer.load.workbook_limits import MOST_COLUMNS, MOST_ROWS

APPLICATION_IDS = (0x47504B47, 0x47503130, 0x47503131)  # GPKG, GP10, GP11
SECONDS = 15.0
ENVELOPE_BYTES = (0, 32, 48, 48, 64)
EXPORT = Text("请在 QGIS 中重新导出为 GeoPackage。", "Export it again from QGIS as a GeoPackage.")


def read_geopackage(path: Path, root: Path, reading: Reading) -> None:
    """Add every layer of *path* that is a table to *reading*; Refused where it cannot be read."""
    for layer in layers_of(path, root):
        name = table_called(layer.name) or table_called(path.stem)
        if name is not None:
            reading.add(*layer_table(name, layer))


def layers_of(path: Path, root: Path, only: str | None = None) -> list[Layer]:
    """Layers of *path* that hold tables, or the one called *only*; Refused where it is none."""
    if start_of(path, root, 16) != SQLITE:
        raise Refused(_damaged(path, "不是 GeoPackage。", "is no GeoPackage."))
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    stop = time.monotonic() + SECONDS
    try:
        with closing(sqlite3.connect(address, uri=True)) as base:
            base.set_progress_handler(lambda: int(time.monotonic() > stop), 100_000)
            base.execute("PRAGMA trusted_schema = OFF")
            base.execute("PRAGMA query_only = ON")
            _check(base, path)
            return [_layer(base, path, name) for name in _wanted(base, path, only)]
    except (sqlite3.Error, OverflowError) as error:
        zh, en = f"已损坏({error})。", f"is damaged ({error})."
        raise Refused(_damaged(path, zh, en)) from None


def _check(base: sqlite3.Connection, path: Path) -> None:
    (found,) = base.execute("PRAGMA application_id").fetchone()
    if found not in APPLICATION_IDS:
        raise Refused(_damaged(path, "不是 GeoPackage。", "is no GeoPackage."))
    (verdict,) = base.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise Refused(_damaged(path, "数据库已损坏。", "is a damaged database."))


def _damaged(path: Path, zh: str, en: str) -> Any:
    return unreadable("geopackage", path, zh, en, EXPORT)


def _wanted(base: sqlite3.Connection, path: Path, only: str | None) -> list[str]:
    rows = base.execute(
        "SELECT c.table_name FROM gpkg_contents c JOIN sqlite_master m ON m.name = c.table_name "
        "WHERE c.data_type IN ('features', 'attributes') AND m.type = 'table' "
        "AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY c.table_name"
    )
    names = [str(name) for (name,) in rows]
    if only is not None:
        if only not in names:
            listed = ", ".join(names)
            zh, en = f"没有图层 {only};有 {listed}。", f"has no layer {only}, only {listed}."
            raise Refused(unreadable("layer-missing", path, zh, en, EXPORT, sheet=only))
        return [only]
    if len(names) == 1 and table_called(names[0]) is None and table_called(path.stem):
        return names
    return [name for name in names if table_called(name) is not None]


def _layer(base: sqlite3.Connection, path: Path, name: str) -> Layer:
    quoted = '"' + name.replace('"', '""') + '"'
    info = base.execute(f"PRAGMA table_info({quoted})").fetchall()
    (count,) = base.execute(f"SELECT count(*) FROM {quoted}").fetchone()  # noqa: S608
    if count > MOST_ROWS or len(info) > MOST_COLUMNS:
        zh, en = f"有 {count} 行,超过上限。", f"has {count} rows, beyond the limit."
        raise Refused(unreadable("sheet-too-large", path, zh, en, EXPORT, sheet=name))
    found = base.execute(
        "SELECT g.column_name, s.organization, s.organization_coordsys_id "
        "FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id "
        "WHERE g.table_name = ?",
        (name,),
    ).fetchone()
    geometry, authority, code = found or (None, None, None)
    keys = [str(column[1]) for column in info if column[5] and column[2].upper() == "INTEGER"]
    columns = [str(column[1]) for column in info if column[1] not in (geometry, *keys)]
    order = ", ".join(_quoted(column) for column in columns + ([geometry] if geometry else []))
    by = f" ORDER BY {_quoted(keys[0])}" if keys else ""
    rows = base.execute(f"SELECT {order or 'NULL'} FROM {quoted}{by}").fetchall()  # noqa: S608
    shapes = None
    if geometry:
        shapes = list(_shapes(path, name, [row[-1] for row in rows]))
        rows = [row[:-1] for row in rows]
    crs = f"{str(authority).upper()}:{code}" if authority else ""
    return Layer(path.name, name, tuple(columns), rows, shapes, crs)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _shapes(path: Path, layer: str, blobs: list[Any]) -> Iterator[Any]:
    try:
        import shapely
    except ImportError:
        raise need_extra(path.name, layer) from None
    for row, blob in enumerate(blobs, start=1):
        if blob is None:
            yield None
            continue
        try:
            yield shapely.from_wkb(_wkb(blob))
        except (shapely.errors.ShapelyError, ValueError, IndexError, TypeError):
            must = Text("几何无法读取。", "has a geometry that cannot be read.")
            raise Refused(
                unreadable("geometry-invalid", path, must.zh, must.en, EXPORT, sheet=layer, row=row)
            ) from None


def _wkb(blob: bytes) -> bytes:
    """The well-known binary behind the header of a GeoPackage geometry."""
    flags = blob[3]
    if blob[:2] != b"GP" or flags & 0x20:
        raise ValueError
    return blob[8 + ENVELOPE_BYTES[(flags >> 1) & 7] :]
