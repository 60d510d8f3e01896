"""One .gpkg for QGIS and ArcGIS: layers in EPSG:4490 with styles and heads in words inside.

Layers ``buildings``, ``communities`` (points), ``assignments`` (lines from a building to the
communities it belongs to or serves) and the table ``allocation``; their heads in words stand in the
file (``gpkg_data_columns``) and in the QGIS style of each layer (``layer_styles``).
"""

import errno
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from optimizer.export.layers import GeoLayer, layers
from optimizer.export.qgis_style import style_of
from optimizer.export.visible import visible
from optimizer.result import Result
from optimizer.written import CHANGED, write_bytes

CRS = "EPSG:4490"
PROBE_BYTES = 2**20
SYNCHRONOUS = "OGR_SQLITE_SYNCHRONOUS"
DTYPES = {"text": "str", "number": "float64", "whole": "Int64"}
SCHEMA_EXTENSION = (
    ("gpkg_data_columns", None, "gpkg_schema"),
    ("gpkg_data_column_constraints", None, "gpkg_schema"),
)
SPECIFICATION = "http://www.geopackage.org/spec121/#extension_schema"


def write_gpkg(result: Result, path: Path, lang: str) -> None:
    """Write *result* to *path* as .gpkg; needs the extra ``gis``."""
    told = layers(result, lang)
    with _named_for_gdal(path) as file, _disk_errors(file), _synced_by_the_caller():
        _write_layers(told, file, lang)
        _write_heads(told, file)


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    """An error of a library that writes by itself is OSError where the disk is to blame."""
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        yield
        with closing(sqlite3.connect(path)) as file:
            found = file.execute("PRAGMA integrity_check").fetchone()
        if found != ("ok",):
            raise OSError(errno.EIO, CHANGED, str(path))
    except (DataLayerError, DataSourceError, sqlite3.Error) as error:
        _probe(path.with_suffix(".probe"))
        if isinstance(error, sqlite3.Error):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path)) from error
        raise


@contextmanager
def _synced_by_the_caller() -> Iterator[None]:
    """GDAL waits for the disk at no table: the whole file is synced before it is published."""
    from pyogrio import get_gdal_config_option, set_gdal_config_options

    before = get_gdal_config_option(SYNCHRONOUS)
    set_gdal_config_options({SYNCHRONOUS: "OFF"})
    try:
        yield
    finally:
        set_gdal_config_options({SYNCHRONOUS: before})


def _probe(path: Path) -> None:
    """Raise what the system says to a file of some size at *path*; nothing where it takes it."""
    try:
        write_bytes(path, bytes(PROBE_BYTES))
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _named_for_gdal(path: Path) -> Iterator[Path]:
    """*path*, or a file that comes there in the end where its name is none that pyogrio takes.

    It takes utf-8 where this process does, and else ASCII alone.
    """
    if _is_plain(str(path)):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="linli-") as folder:
        yield Path(folder) / path.name
        write_bytes(path, (Path(folder) / path.name).read_bytes())


def _is_plain(name: str) -> bool:
    is_whole = name.encode("utf-8", "replace").decode("utf-8") == name
    return name.isascii() or (is_whole and sys.getfilesystemencoding() == "utf-8")


def _write_layers(told: tuple[GeoLayer, ...], path: Path, lang: str) -> None:
    import pandas as pd
    from pyogrio import write_dataframe

    for layer in told:
        write_dataframe(_frame(layer), path, layer=layer.name, driver="GPKG", **_kind(layer))
    styles = [
        _style_row(layer, style_of(layer, lang), number)
        for number, layer in enumerate((t for t in told if t.shape), start=1)
    ]
    write_dataframe(pd.DataFrame(styles), path, layer="layer_styles", driver="GPKG", FID="id")


def _kind(layer: GeoLayer) -> dict[str, Any]:
    return {"geometry_type": layer.shape} if layer.shape else {}


def _frame(layer: GeoLayer) -> Any:
    import geopandas as gpd
    import pandas as pd

    columns: dict[str, Any] = {}
    for at, field in enumerate(layer.fields):
        values = [_plain(feature.values[at], field.kind) for feature in layer.features]
        columns[field.code] = pd.Series(values, dtype=DTYPES[field.kind])
    frame = pd.DataFrame(columns)
    if not layer.shape:
        return frame
    return gpd.GeoDataFrame(frame, geometry=_geometries(layer), crs=CRS)


def _geometries(layer: GeoLayer) -> list[Any]:
    from shapely import LineString, Point

    make = Point if layer.shape == "Point" else LineString
    return [
        (make(f.points[0]) if layer.shape == "Point" else make(f.points)) if f.points else None
        for f in layer.features
    ]


def _plain(value: Any, kind: str) -> Any:
    if value is None or (value == "" and kind != "text"):
        return None
    return visible(value) if kind == "text" else (int if kind == "whole" else float)(value)


def _style_row(layer: GeoLayer, qml: str, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": layer.name,
        "f_geometry_column": "geom",
        "styleName": layer.name,
        "styleQML": qml,
        "styleSLD": "",
        "useAsDefault": True,
        "description": "linli",
        "owner": "",
        "ui": "",
    }


def _write_heads(told: tuple[GeoLayer, ...], path: Path) -> None:
    """Heads in words as the schema extension of GeoPackage keeps them, with what QGIS looks for."""
    heads = [(t.name, field.code, visible(field.head)) for t in told for field in t.fields]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA synchronous = OFF")
        file.execute(
            "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
            " name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,"
            " CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name))"
        )
        file.execute(
            "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL,"
            " constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,"
            " max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,"
            " CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))"
        )
        file.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title)"
            " VALUES (?, ?, ?, ?)",
            [(table, column, head, head) for table, column, head in heads],
        )
        file.executemany(
            "INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, 'read-write')",
            [(*name, SPECIFICATION) for name in SCHEMA_EXTENSION],
        )
        file.execute("ALTER TABLE layer_styles ADD COLUMN update_time DATETIME")
        file.execute("UPDATE layer_styles SET update_time = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')")
