"""A map layer to a table: attributes as text, geometry as lon and lat or as a polygon's WKT.

Only shapely reads geometry; no driver that looks for other files or the network is ever called.
Source: contract section 1; reliability.md section 2.4.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from optimizer.errors import Issue, Text
from optimizer.heads import read_head
from optimizer.load.files import Refused
from optimizer.load.raw import RawRow, RawTable, unreadable

GEOGRAPHIC = ("EPSG:4490", "EPSG:4326", "OGC:CRS84")
GRIDS = range(4491, 4555)  # CGCS2000 in Gauss-Krüger zones of 6 and 3 degrees
POINTED = ("communities", "buildings", "facilities")
OUTLINED = "boundaries"
PLACES = 9  # decimals of a degree: 0.1 mm
APART_DEGREES = Decimal("0.00002")  # 2 m


@dataclass(frozen=True)
class Layer:
    """A layer as its file has it: attribute names, values, and a geometry a row (None = none)."""

    file: str
    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    geometries: Sequence[Any] | None
    crs: str = "EPSG:4490"


def need_extra(file: str, layer: str = "") -> Refused:
    """The refusal that names the extra which reads geometry."""
    return Refused(
        unreadable(
            "extra-missing",
            file,
            "读取图层需要附加组件 gis。",
            "needs the extra gis to read its geometry.",
            Text("请运行 pip install 'linli[gis]'。", "Run pip install 'linli[gis]'."),
            sheet=layer,
        )
    )


def layer_table(table: str, layer: Layer) -> tuple[RawTable, list[Issue]]:
    """The table *table* that *layer* holds, and what is wrong with its geometry."""
    columns, geometries = list(layer.columns), layer.geometries
    issues: list[Issue] = []
    own = {p for p, name in enumerate(columns) if _means_position(table, name)}
    if geometries is None or table not in (*POINTED, OUTLINED):
        rows = [
            RawRow(number, tuple(_text(value) for value in values))
            for number, values in enumerate(layer.rows, start=1)
        ]
        return RawTable(table, layer.file, layer.name, tuple(columns), tuple(rows), 0), []
    rows = []
    shapes = in_degrees(layer, geometries)
    for number, (values, shape) in enumerate(zip(layer.rows, shapes, strict=True), start=1):
        kept = tuple(_text(value) for p, value in enumerate(values) if p not in own)
        said = tuple(_text(value) for p, value in enumerate(values) if p in own)
        cells, fault = _placed(table, shape)
        issues += [_at(layer, number, *fault)] if fault else _apart(layer, number, said, cells)
        rows.append(RawRow(number, kept + cells))
    heads = [name for p, name in enumerate(columns) if p not in own]
    heads += ["geometry"] if table == OUTLINED else ["lon", "lat"]
    crs = "" if layer.crs in GEOGRAPHIC else layer.crs
    return RawTable(table, layer.file, layer.name, tuple(heads), tuple(rows), 0, crs), issues


def _means_position(table: str, name: str) -> bool:
    head = read_head(table, name)
    return head is not None and head.column.name in ("lon", "lat", "geometry")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, list | tuple):
        return ";".join(_text(part) for part in value)
    return str(value)


def in_degrees(layer: Layer, geometries: Sequence[Any]) -> Sequence[Any]:
    """Geometry of *layer* in degrees: as it is, or from the national grid it declares."""
    if layer.crs in GEOGRAPHIC:
        return geometries
    code = layer.crs.removeprefix("EPSG:")
    if not layer.crs.startswith("EPSG:") or not code.isdigit() or int(code) not in GRIDS:
        raise Refused(_unknown_crs(layer))
    try:
        from pyproj import Transformer
    except ImportError:
        raise need_extra(layer.file, layer.name) from None
    from shapely import transform

    to_degrees = Transformer.from_crs(int(code), 4490, always_xy=True)

    def moved(points: Any) -> Any:
        points[:, 0], points[:, 1] = to_degrees.transform(points[:, 0], points[:, 1])
        return points

    return [shape if shape is None else transform(shape, moved) for shape in geometries]


def _unknown_crs(layer: Layer) -> Issue:
    return unreadable(
        "crs-unknown",
        layer.file,
        f"坐标系 {layer.crs or '未说明'} 不能读取。",
        f"is in {layer.crs or 'no declared system'}, which is not read.",
        Text(
            "请在 QGIS 中导出为 EPSG:4490(经纬度)。",
            "Export it from QGIS as EPSG:4490 (lon and lat).",
        ),
        sheet=layer.name,
    )


Fault = tuple[str, Text]


def _placed(table: str, shape: Any) -> tuple[tuple[str, ...], Fault | None]:
    """The cells a geometry gives its row."""
    empty = ("",) if table == OUTLINED else ("", "")
    if shape is None or shape.is_empty:
        return empty, None
    if not all(map(math.isfinite, shape.bounds)):
        must = Text("坐标不是有限的数。", "has coordinates that are no finite numbers.")
        return empty, ("geometry-invalid", must)
    is_area = shape.geom_type in ("Polygon", "MultiPolygon")
    if is_area and not shape.is_valid:
        must = Text("多边形自相交或无效。", "is a polygon that crosses itself or is invalid.")
        return empty, ("geometry-invalid", must)
    if table == OUTLINED:
        must = Text("应为多边形。", "must be a polygon.")
        return ((shape.wkt,), None) if is_area else (empty, ("geometry-kind", must))
    point = shape.centroid if is_area else _single_point(shape)
    if point is None:
        must = Text("应为点或多边形。", "must be a point or a polygon.")
        return empty, ("geometry-kind", must)
    return (_degrees(point.x), _degrees(point.y)), None


def _single_point(shape: Any) -> Any:
    parts = list(getattr(shape, "geoms", [shape]))
    return parts[0] if len(parts) == 1 and parts[0].geom_type == "Point" else None


def _degrees(value: float) -> str:
    return f"{value:.{PLACES}f}".rstrip("0").rstrip(".")


def _apart(
    layer: Layer, row: int, said: tuple[str, ...], cells: tuple[str, ...]
) -> Iterator[Issue]:
    """Attributes that place the row elsewhere than its geometry does."""
    try:
        pairs = [(Decimal(a), Decimal(b)) for a, b in zip(said, cells, strict=True)]
    except (ArithmeticError, ValueError):
        return
    if any(abs(a - b) > APART_DEGREES for a, b in pairs):
        must = Text(
            f"几何在 {', '.join(cells)},与属性不同;按几何读取。",
            f"has its geometry at {', '.join(cells)}; the geometry is taken.",
        )
        yield _at(layer, row, "position-twice", must, "warning", ", ".join(said))


def _at(
    layer: Layer, row: int, code: str, must: Text, severity: str = "error", value: str = ""
) -> Issue:
    return Issue(
        code,
        must,
        Text("请在 QGIS 中修正。", "Mend it in QGIS."),
        file=layer.file,
        sheet=layer.name,
        row=row,
        column="geometry",
        value=value,
        severity=severity,
    )
