"""Positions: there are some, in China, the right way round, in the city, no two systems mixed."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from optimizer.errors import Issue, Text
from optimizer.positions import is_in_china, outlines
from optimizer.rows import Row, Table
from optimizer.typed import issue_at
from optimizer.validate.given import Given
from optimizer.walking import Floats, gauss_krueger, zone_meridian

LOCATED = ("communities", "buildings", "facilities")
ELSEWHERE_M, REACHES = 50_000.0, 20  # of another city: that far, and so many walking limits
FAR_FACILITY_M = 5_000.0
COARSE_PLACES = 2  # decimals of a degree: about 1 km
SAME_POINT = 5


def positions(given: Given) -> Iterator[Issue]:
    """Every community and building has a position, unless walking distances are given."""
    if given.rows("distances"):
        return
    if given.scenario.coords is None:
        must = Text("有经纬度时必须说明坐标系。", "is required where there are lon and lat.")
        fix = Text('请写明,如 coords = "cgcs2000"。', 'Say which, like coords = "cgcs2000".')
        yield Issue("coords-missing", must, fix, column="coords")
    for name in ("communities", "buildings"):
        for row in given.rows(name):
            for column in ("lon", "lat"):
                if row.values[column] is None and column in row.absent:
                    must = Text(
                        "没有坐标,也没有 distances 表。", "is required without the table distances."
                    )
                    yield issue_at(given.tables[name], row.number, column, "no-position", must)


def inside_china(given: Given) -> Iterator[Issue]:
    """Longitude and latitude lie in China; swapped ones are told apart from wrong ones."""
    for name in LOCATED:
        for row in given.rows(name):
            lon, lat = row.values["lon"], row.values["lat"]
            is_of_boundary = name == "communities" and "lon" in row.absent
            if lon is not None and lat is not None and not is_of_boundary:
                yield from _outside(given.tables[name], row.number, "lon", (lon, lat))
    yield from _boundaries_outside(given)


def _boundaries_outside(given: Given) -> Iterator[Issue]:
    if not given.rows("boundaries"):
        return
    table = given.tables["boundaries"]
    shapes = outlines(table)
    for row in table.rows:
        shape = shapes.get(row.values["community"])
        if shape is not None:
            middle = (Decimal(f"{axis:.4f}") for axis in (shape.centroid.x, shape.centroid.y))
            yield from _outside(table, row.number, "geometry", tuple(middle))


def _outside(table: Table, row: int, column: str, point: tuple[Decimal, ...]) -> Iterator[Issue]:
    lon, lat = point
    if is_in_china(lon, lat):
        return
    swapped = is_in_china(lat, lon)
    must = (
        Text("经度与纬度对调了。", "lon and lat are swapped.")
        if swapped
        else Text("不在中国境内。", "lies outside China.")
    )
    code = "lonlat-swapped" if swapped else "outside-china"
    yield issue_at(table, row, column, code, must, value=f"{lon}, {lat}")


def elsewhere(given: Given) -> Iterator[Issue]:
    """A point in another city: far from every community but itself."""
    placed = _placed(given, "communities")
    if len(placed) < 2:
        return
    from scipy.spatial import cKDTree

    meridian = zone_meridian(float(row.values["lon"]) for row in placed)
    homes = _metres(placed, meridian)
    tree = cKDTree(homes)
    longest = max(given.scenario.walk_m or 1000, given.scenario.host_m or 1000)
    limit = max(ELSEWHERE_M, REACHES * float(longest))
    for name in LOCATED:
        rows = _placed(given, name)
        if not rows or (name == "communities" and len(rows) < 3):
            continue
        nearest = 2 if name == "communities" else 1
        apart = tree.query(_metres(rows, meridian), k=[nearest])[0][:, 0]
        for row, metres in zip(rows, apart, strict=True):
            if metres > limit:
                km = round(float(metres) / 1000)
                must = Text(
                    f"离最近的社区 {km} 公里,不在本市。", f"lies {km} km from any community."
                )
                shown = f"{row.values['lon']}, {row.values['lat']}"
                yield issue_at(
                    given.tables[name], row.number, "lon", "out-of-city", must, value=shown
                )


def far_facilities(given: Given) -> Iterator[Issue]:
    """A facility kilometres from the community it is said to be of."""
    homes = {row.values["id"]: row for row in _placed(given, "communities")}
    rows = [r for r in _placed(given, "facilities") if r.values["community"] in homes]
    if not rows:
        return
    meridian = zone_meridian(float(row.values["lon"]) for row in homes.values())
    here = _metres(rows, meridian)
    there = _metres([homes[row.values["community"]] for row in rows], meridian)
    for row, (east, north) in zip(rows, here - there, strict=True):
        metres = float(np.hypot(east, north))
        if metres > FAR_FACILITY_M:
            must = Text(
                f"离所属社区 {metres / 1000:.1f} 公里。",
                f"lies {metres / 1000:.1f} km from its community.",
            )
            table = given.tables["facilities"]
            shown = f"{row.values['lon']}, {row.values['lat']}"
            yield issue_at(
                table, row.number, "lon", "facility-far", must, value=shown, severity="warning"
            )


def coarse_points(given: Given) -> Iterator[Issue]:
    """Degrees too rough for walks, and many rows at one point: told, not refused."""
    for name in LOCATED:
        rows = _placed(given, name)
        points = Counter((row.values["lon"], row.values["lat"]) for row in rows)
        told = set()
        for row in rows:
            point = row.values["lon"], row.values["lat"]
            shown = f"{point[0]}, {point[1]}"
            table = given.tables[name]
            if _is_coarse([-int(v.as_tuple().exponent) for v in point]):
                must = Text("经纬度过粗(约 1 公里)。", "is rough: about 1 km.")
                yield issue_at(
                    table, row.number, "lon", "point-coarse", must, value=shown, severity="warning"
                )
            if name != "facilities" and points[point] >= SAME_POINT and point not in told:
                told.add(point)
                must = Text(
                    f"{points[point]} 行在同一点。", f"{points[point]} rows stand at this point."
                )
                yield issue_at(
                    table, row.number, "lon", "same-point", must, value=shown, severity="warning"
                )


def _is_coarse(decimals: list[int]) -> bool:
    """Both degrees are to 1 km, or one to 10: programs drop zeros at the end of either."""
    return max(decimals) <= COARSE_PLACES or min(decimals) < COARSE_PLACES


def _placed(given: Given, table: str) -> list[Row]:
    """Rows of *table* with a position in China."""
    return [
        row
        for row in given.rows(table)
        if row.values["lon"] is not None
        and row.values["lat"] is not None
        and is_in_china(row.values["lon"], row.values["lat"])
    ]


def _metres(rows: list[Row], meridian: float) -> Floats:
    lon = np.array([float(row.values["lon"]) for row in rows])
    lat = np.array([float(row.values["lat"]) for row in rows])
    return np.column_stack(gauss_krueger(lon, lat, meridian))
