"""Two coordinate systems in one case: a block of points off its home as GCJ-02 is off CGCS2000.

The shift is about half a kilometre, so a silent mix spoils every walk. A block is told where taking
the shift back brings it home: near its community, among its street, into its boundary.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.coordinates import gcj02_of
from optimizer.errors import Issue, Text
from optimizer.positions import outlines
from optimizer.rows import Row, Table
from optimizer.typed import issue_at
from optimizer.validate.given import Given
from optimizer.walking import Floats, gauss_krueger, zone_meridian

FEWEST = 5  # points in a block
FAR_M = 250.0  # half the shift: what is nearer is home
CLOSER = 0.55  # what the shift taken back leaves of the distance
AGREES, BETTER = 0.7, 0.3  # share of a block in its street or boundary, and how much more
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Block:
    table: Table
    rows: list[Row]

    @property
    def degrees(self) -> Floats:
        return np.array([[float(r.values["lon"]), float(r.values["lat"])] for r in self.rows])


def mixed_systems(given: Given) -> Iterator[Issue]:
    """Blocks of facilities, buildings and communities that stand as if in another system."""
    communities = [row for row in given.rows("communities") if row.values["lon"] is not None]
    if len(communities) < 2:
        return
    homes = {row.values["id"]: row for row in communities}
    for table, away in _tests(given, homes):
        told = False
        for block in _blocks(given.tables[table], homes):
            if not told and _is_off(block, away):
                told = len(block.rows) == len(given.rows(table))
                yield _issue(block)


Test = Callable[[list[Row], Floats], Truths | Floats]


def _tests(given: Given, homes: dict[str, Row]) -> Iterator[tuple[str, Test]]:
    if given.rows("facilities"):
        yield "facilities", lambda rows, at: _apart(rows, at, homes)
    if given.rows("buildings") and len({_street(row) for row in homes.values()}) > 1:
        yield "buildings", _street_test(list(homes.values()))
    shapes = outlines(given.tables["boundaries"]) if given.rows("boundaries") else {}
    if shapes:
        yield "communities", lambda rows, at: _inside(rows, at, shapes)


def _blocks(table: Table, homes: dict[str, Row]) -> Iterator[_Block]:
    """The whole table, then street by street."""
    streets: dict[tuple[str, str], list[Row]] = {}
    placed = [r for r in table.rows if r.values["lon"] is not None and r.values["lat"] is not None]
    for row in placed:
        home = homes.get(row.values.get("community") or "", row)
        streets.setdefault(_street(home), []).append(row)
    for rows in (placed, *(rows for _, rows in sorted(streets.items()))):
        if len(rows) >= FEWEST:
            yield _Block(table, rows)


def _street(row: Row) -> tuple[str, str]:
    return str(row.values.get("district")), str(row.values.get("street"))


def _is_off(block: _Block, test: Test) -> bool:
    """Taking the shift back, or giving it, brings the block home."""
    at = block.degrees
    shift = np.column_stack(gcj02_of(at[:, 0], at[:, 1])) - at
    now = test(block.rows, at)
    for moved in (at - shift, at + shift):
        then = test(block.rows, moved)
        if now.dtype == np.bool_:
            if then.mean() >= AGREES and then.mean() - now.mean() >= BETTER:
                return True
        elif np.median(now) > FAR_M and np.median(then) < CLOSER * np.median(now):
            return True
    return False


def _apart(rows: list[Row], at: Floats, homes: dict[str, Row]) -> Floats:
    """Metres between facilities and their communities; far off where one has none."""
    known = [homes.get(row.values["community"], row) for row in rows]
    there = np.array([[float(r.values["lon"]), float(r.values["lat"])] for r in known])
    meridian = zone_meridian(there[:, 0])
    return np.asarray(np.hypot(*(_metres(at, meridian) - _metres(there, meridian)).T))


def _street_test(communities: list[Row]) -> Test:
    """Whether the community nearest to each building is of its street."""
    from scipy.spatial import cKDTree

    there = np.array([[float(r.values["lon"]), float(r.values["lat"])] for r in communities])
    meridian = zone_meridian(there[:, 0])
    tree, streets = cKDTree(_metres(there, meridian)), [_street(row) for row in communities]

    def in_street(rows: list[Row], at: Floats) -> Truths:
        _, nearest = tree.query(_metres(at, meridian))
        return np.array([_street(row) == streets[i] for row, i in zip(rows, nearest, strict=True)])

    return in_street


def _inside(rows: list[Row], at: Floats, shapes: dict[str, object]) -> Truths:
    """Whether each community stands in its boundary; one without a boundary does."""
    from shapely import contains_xy

    found = [shapes.get(row.values["id"]) for row in rows]
    return np.array(
        [s is None or bool(contains_xy(s, *point)) for s, point in zip(found, at, strict=True)]
    )


def _metres(degrees: Floats, meridian: float) -> Floats:
    return np.column_stack(gauss_krueger(degrees[:, 0], degrees[:, 1], meridian))


def _issue(block: _Block) -> Issue:
    first, count = block.rows[0], len(block.rows)
    shift_m = 500
    must = Text(
        f"共 {count} 行整体偏离约 {shift_m} 米,方向如 GCJ-02 偏移:疑混用了两种坐标系。",
        f"and {count} rows in all lie about {shift_m} m off, the way GCJ-02 is: two systems mixed?",
    )
    shown = f"{first.values['lon']}, {first.values['lat']}"
    return issue_at(
        block.table,
        first.number,
        "lon",
        "coords-mixed",
        must,
        value=shown,
        severity="warning",
    )
