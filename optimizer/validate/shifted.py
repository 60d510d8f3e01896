"""One row in another coordinate system: two rows that say one place lie a web map's shift apart.

A row alone is told only where the case says twice where it stands: a community and its boundary,
buildings of one site, a building and the facilities it replaces. Nothing else can tell it.
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from optimizer.coordinates import Degrees, bd09_of, gcj02_of
from optimizer.errors import Issue, Text
from optimizer.positions import outlines
from optimizer.rows import Row, Table
from optimizer.typed import issue_at
from optimizer.validate.given import Given
from optimizer.validate.mixed import FEWEST
from optimizer.walking import Floats, gauss_krueger, zone_meridian

EXACT_M = 40.0  # two points of one place, the shift taken off; a shift is 300 m and more


def _bd09(lon: Floats, lat: Floats) -> Degrees:
    return bd09_of(*gcj02_of(lon, lat))


SYSTEMS: Mapping[str, Callable[[Floats, Floats], Degrees]] = {"GCJ-02": gcj02_of, "BD-09": _bd09}
Told = tuple[Table, Row, str]


def shifted_rows(given: Given) -> Iterator[Issue]:
    """Rows a GCJ-02 or BD-09 shift off where the case itself says that they stand."""
    told = {(table.name, row.number): (table, row, system) for table, row, system in _found(given)}
    for table, row, system in told.values():
        must = Text(
            f"减去或加上 {system} 偏移才与其地块、所替代设施或边界相符:疑此行坐标系不同。",
            f"fits its site, its facility or its boundary only by the {system} shift: is this "
            "row in another system?",
        )
        shown = f"{row.values['lon']}, {row.values['lat']}"
        yield issue_at(
            table, row.number, "lon", "coords-mixed", must, value=shown, severity="warning"
        )


def _found(given: Given) -> Iterator[Told]:
    for table, row, other in _pairs(given):
        system = _apart(row, other)
        if system:
            yield table, row, system
    if given.rows("boundaries"):
        alone = list(_out_of_bounds(given))
        yield from alone if len(alone) < FEWEST else ()


def _pairs(given: Given) -> Iterator[tuple[Table, Row, Row]]:
    """Rows of buildings with the facility they replace, and with the first of their site."""
    facilities = {row.values["id"]: row for row in _placed(given, "facilities")}
    sites: dict[str, Row] = {}
    for row in _placed(given, "buildings"):
        for id in row.values["replaces"] or ():
            if id in facilities:
                yield given.tables["buildings"], row, facilities[id]
        site = row.values["site"]
        if site and sites.setdefault(site, row) is not row:
            yield given.tables["buildings"], row, sites[site]


def _placed(given: Given, table: str) -> list[Row]:
    return [row for row in given.rows(table) if None not in (row.values["lon"], row.values["lat"])]


def _degrees(row: Row) -> Floats:
    return np.array([[float(row.values["lon"]), float(row.values["lat"])]])


def _apart(row: Row, other: Row) -> str | None:
    """The system whose shift lies between two rows, whichever way."""
    here, there = _degrees(row), _degrees(other)
    for system, forth in SYSTEMS.items():
        for start, end in ((here, there), (there, here)):
            moved = np.column_stack(forth(start[:, 0], start[:, 1]))
            if _metres(moved, end) <= EXACT_M < _metres(start, end):
                return system
    return None


def _metres(a: Floats, b: Floats) -> float:
    meridian = zone_meridian(a[:, 0])
    ends = [np.column_stack(gauss_krueger(p[:, 0], p[:, 1], meridian)) for p in (a, b)]
    return float(np.hypot(*(ends[0] - ends[1]).T)[0])


def _out_of_bounds(given: Given) -> Iterator[Told]:
    """Communities outside their boundary that one shift, of theirs or of it, brings inside."""
    from shapely import contains_xy

    shapes = outlines(given.tables["boundaries"])
    for row in _placed(given, "communities"):
        shape, at = shapes.get(row.values["id"]), _degrees(row)
        if shape is None or contains_xy(shape, *at[0]):
            continue
        for system, forth in SYSTEMS.items():
            shift = np.column_stack(forth(at[:, 0], at[:, 1])) - at
            if any(contains_xy(shape, *moved[0]) for moved in (at - shift, at + shift)):
                yield given.tables["communities"], row, system
                break
