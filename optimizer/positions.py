"""Every position of a case in CGCS2000, whatever system the scenario declares.

A position that was converted, or taken from a boundary, is named as derived in inputs/.
Source: contract sections 1 and 2 (coords).
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from optimizer.coordinates import TO_CGCS2000, as_they_are
from optimizer.errors import Issue, Text
from optimizer.load import RawCase
from optimizer.rows import Row, Table
from optimizer.typed import issue_at

LOCATED = ("communities", "buildings", "facilities")
CHINA = (Decimal(73), Decimal(136), Decimal(3), Decimal(54))  # lon from, to, lat from, to
PLACES = Decimal("0.0000001")  # of a degree: 1 cm
Typed = Mapping[str, Table]


def in_cgcs2000(tables: Typed, coords: str | None, raw: RawCase) -> tuple[Typed, list[Issue]]:
    """*tables* with positions in CGCS2000; communities without one stand in their boundary."""
    convert = TO_CGCS2000.get(coords or "", as_they_are)
    changed, issues = dict(tables), []
    if convert is not as_they_are:
        for name in LOCATED:
            if name in tables:
                changed[name] = _converted(tables[name], convert)
        if "boundaries" in tables:
            changed["boundaries"] = _outlines(tables["boundaries"], convert)
        issues = [_two_systems(tables[n], t.crs) for n, t in raw.tables.items() if t.crs]
    if "boundaries" in changed and "communities" in changed:
        changed["communities"], found = _centred(changed["communities"], changed["boundaries"])
        issues += found
    return changed, issues


def is_in_china(lon: Decimal, lat: Decimal) -> bool:
    """The position, degrees, may lie in China."""
    return CHINA[0] <= lon <= CHINA[1] and CHINA[2] <= lat <= CHINA[3]


def _converted(table: Table, convert: Any) -> Table:
    """What lies elsewhere is a fault and stays as it was given, for the user to find it."""
    placed = [i for i, row in enumerate(table.rows) if _is_in_china(row)]
    if not placed:
        return table
    lon, lat = (
        np.array([float(table.rows[i].values[axis]) for i in placed]) for axis in ("lon", "lat")
    )
    rows = list(table.rows)
    for i, east, north in zip(placed, *convert(lon, lat), strict=True):
        rows[i] = _moved(rows[i], east, north)
    return replace(table, rows=tuple(rows))


def _moved(row: Row, lon: float, lat: float) -> Row:
    degrees = {"lon": Decimal(lon).quantize(PLACES), "lat": Decimal(lat).quantize(PLACES)}
    return replace(row, values={**row.values, **degrees}, derived=row.derived | set(degrees))


def _has_position(row: Row) -> bool:
    return row.values["lon"] is not None and row.values["lat"] is not None


def _is_in_china(row: Row) -> bool:
    return _has_position(row) and is_in_china(row.values["lon"], row.values["lat"])


def _outlines(table: Table, convert: Any) -> Table:
    from shapely import from_wkt, transform

    def moved(points: Any) -> Any:
        return np.column_stack(convert(points[:, 0].copy(), points[:, 1].copy()))

    rows = []
    for row in table.rows:
        shape = _shape(row, from_wkt)
        wkt = None if shape is None else transform(shape, moved).wkt
        kept = {**row.values, "geometry": wkt or row.values["geometry"]}
        rows.append(replace(row, values=kept, derived=row.derived | {"geometry"}))
    return replace(table, rows=tuple(rows))


def _shape(row: Row, from_wkt: Any) -> Any:
    """The polygon of a row of boundaries; None where its text is none."""
    text = row.values["geometry"]
    shape: Any = None if text is None else from_wkt(text, on_invalid="ignore")
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return None
    return shape if shape.is_valid and not shape.is_empty else None


def outlines(table: Table) -> dict[str, Any]:
    """Community -> its polygon, of the rows that have one."""
    from shapely import from_wkt

    shapes = {row.values["community"]: _shape(row, from_wkt) for row in table.rows}
    return {community: shape for community, shape in shapes.items() if shape is not None}


def _centred(communities: Table, boundaries: Table) -> tuple[Table, list[Issue]]:
    try:
        shapes: dict[str, Any] = outlines(boundaries)
    except ImportError:
        must = Text("读取边界需要附加组件 gis。", "needs the extra gis: pip install 'linli[gis]'.")
        return communities, [issue_at(boundaries, None, "geometry", "extra-missing", must)]
    issues = [
        issue_at(
            boundaries,
            row.number,
            "geometry",
            "geometry-invalid",
            Text("不是有效的多边形。", "is no valid polygon."),
            value=str(row.values["geometry"])[:60],
        )
        for row in boundaries.rows
        if row.values["geometry"] and row.values["community"] not in shapes
    ]
    rows = []
    for row in communities.rows:
        shape: Any = shapes.get(row.values["id"])
        is_open = shape is not None and not _has_position(row)
        rows.append(_moved(row, shape.centroid.x, shape.centroid.y) if is_open else row)
    return replace(communities, rows=tuple(rows)), issues


def _two_systems(table: Table, crs: str) -> Issue:
    must = Text(
        f"图层声明为 {crs},与方案的 coords 矛盾。",
        f"declares {crs}, which contradicts the scenario's coords.",
    )
    fix = Text('请写 coords = "cgcs2000" 并统一各表。', 'Set coords = "cgcs2000" for all tables.')
    return issue_at(table, None, "geometry", "coords-mixed", must, fix=fix)
