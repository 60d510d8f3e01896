"""Who is near what: the walking distances of a case and the questions asked of them.

Source: contract sections 1, 4 and 5 (Host and reach, Domains).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from models.instance import Facility, Fit, Function
from models.policy import Policy
from optimizer.errors import Issue, Text
from optimizer.rows import Row, Table, Tables
from optimizer.scenario import Scenario
from optimizer.streets import FAR_M, Streets, read_streets
from optimizer.typed import issue_at
from optimizer.walking import GIVEN, Point, Walk, straight_walks, zone_meridian

Pair = tuple[str, str]
LOCATED = ("communities", "buildings", "facilities")
BETWEEN = "building_distances"


@dataclass(frozen=True)
class Distances:
    """Walking distances (building, community) and (facility, community), and the limits."""

    walk: Mapping[Pair, Decimal]
    origin: Mapping[Pair, str]
    facility_walk: Mapping[Pair, Decimal]
    facility_origin: Mapping[Pair, str]
    neighbours: tuple[tuple[str, str, bool], ...]  # community, neighbour, derived
    walk_m: Decimal | None
    host_m: Decimal | None
    reach_m: Mapping[str, Decimal | None]  # function -> its limit
    between: tuple[Walk, ...] | None = None  # two buildings near enough for one hub; None = off
    issues: tuple[Issue, ...] = ()  # warnings of the street layer

    def hosts_near(self, building: str) -> list[str]:
        """Communities within the hosting limit of *building*."""
        near = self.by_building.get(building, [])
        return [c for c, walk in near if _within(walk, self.host_m)]

    @property
    def limits(self) -> dict[str, float | None]:
        """Function -> its walking limit in metres; None = any distance known."""
        return {f: None if m is None else float(m) for f, m in self.reach_m.items()}

    @cached_property
    def by_building(self) -> dict[str, list[tuple[str, Decimal]]]:
        """Building -> (community, distance), sorted."""
        return _grouped(self.walk)

    @cached_property
    def near_buildings(self) -> frozenset[tuple[str, str]]:
        """Pairs of buildings, the smaller id first, that may be part of one dispersed hub."""
        return frozenset((walk.start, walk.end) for walk in self.between or ())

    def with_reach(self, facilities: tuple[Facility, ...]) -> tuple[Facility, ...]:
        """*facilities* with the communities within reach of their functions."""
        function = {f.id: f.function for f in facilities if f.function is not None}
        near: dict[str, set[str]] = {f.id: set() for f in facilities}
        for (facility, community), walk in self.facility_walk.items():
            if facility in function and _within(walk, self.reach_m[function[facility]]):
                near[facility].add(community)
        return tuple(replace(f, reaches=frozenset(near[f.id])) for f in facilities)

    def reached(self, fits: Mapping[Pair, Fit]) -> dict[Pair, tuple[str, ...]]:
        """(building, function) -> communities within the function's reach."""
        near = self.by_building
        return {
            (b, f): tuple(c for c, walk in near.get(b, []) if _within(walk, self.reach_m[f]))
            for b, f in fits
            if f in self.reach_m
        }

    def tables(self) -> dict[str, Table]:
        """Distances and ``adjacency`` as tables of inputs/."""
        made = {} if self.between is None else {BETWEEN: _between_table(self.between)}
        return made | {
            "distances": _table("distances", "building", self.walk, self.origin),
            "facility_distances": _table(
                "facility_distances", "facility", self.facility_walk, self.facility_origin
            ),
            "adjacency": Table(
                "adjacency",
                tuple(
                    Row(
                        0,
                        {"community": a, "neighbour": b},
                        frozenset({"neighbour"} if derived else ()),
                    )
                    for a, b, derived in self.neighbours
                ),
            ),
        }


def _between_table(walks: tuple[Walk, ...]) -> Table:
    rows = (
        {"building": w.start, "neighbour": w.end, "walk_m": w.walk_m, "origin": w.origin}
        for w in walks
    )
    return Table(BETWEEN, tuple(Row(0, row) for row in rows))


def _grouped(walk: Mapping[Pair, Decimal]) -> dict[str, list[tuple[str, Decimal]]]:
    groups: dict[str, list[tuple[str, Decimal]]] = {}
    for (start, end), metres in sorted(walk.items()):
        groups.setdefault(start, []).append((end, metres))
    return groups


def _within(walk: Decimal, limit: Decimal | None) -> bool:
    return limit is None or walk <= limit


def _table(
    name: str, start: str, walk: Mapping[Pair, Decimal], origin: Mapping[Pair, str]
) -> Table:
    rows = [
        Row(0, {start: a, "community": c, "walk_m": metres, "origin": origin[a, c]})
        for (a, c), metres in sorted(walk.items())
    ]
    return Table(name, tuple(rows))


def measure(
    tables: Tables, scenario: Scenario, functions: Mapping[str, Function], policy: Policy
) -> Distances:
    """Distances of a case: given ones, else straight lines within the longest limit."""
    given = tables["distances"].rows if "distances" in tables else ()
    walk_m = scenario.walk_m
    if walk_m is None and not given:
        walk_m = policy.walk_limit_m
    host_m = walk_m if scenario.host_m is None else scenario.host_m
    own = {r.values["id"]: r.values["reach_m"] for r in tables["functions"].rows}
    reach = {f: walk_m if own[f] is None else own[f] for f in functions}
    places = _Places(tables, policy, scenario)
    longest = _longest([host_m, *reach.values()])
    if given:
        buildings = [_walk(row) for row in given if _within(row.values["walk_m"], longest)]
    else:
        buildings = places.walks("buildings", longest)
    facilities = places.walks("facilities", _longest(list(reach.values())))
    facilities += places.own_walks({(w.start, w.end) for w in facilities})
    return Distances(
        walk={(w.start, w.end): w.walk_m for w in buildings},
        origin={(w.start, w.end): w.origin for w in buildings},
        facility_walk={(w.start, w.end): w.walk_m for w in facilities},
        facility_origin={(w.start, w.end): w.origin for w in facilities},
        neighbours=places.neighbours(tables),
        walk_m=walk_m,
        host_m=host_m,
        reach_m=reach,
        between=places.between(policy),
        issues=tuple(places.street_issues()),
    )


def _longest(limits: list[Decimal | None]) -> Decimal | None:
    return (
        None if any(limit is None for limit in limits) else max(m for m in limits if m is not None)
    )


def _walk(row: Row) -> Walk:
    v = row.values
    return Walk(v["building"], v["community"], v["walk_m"], GIVEN)


class _Places:
    """Points of a case, and straight lines between them."""

    def __init__(self, tables: Tables, policy: Policy, scenario: Scenario) -> None:
        self.tables, self.policy, self.scenario = tables, policy, scenario
        self.communities = _points(tables["communities"])
        located = [*self.communities, *_points(tables["buildings"])]
        self.meridian = zone_meridian([p.lon for p in located]) if located else 0.0
        self.streets: Streets | None = None
        if scenario.network is not None and located:
            self.streets = read_streets(scenario.network, self.meridian)

    def near(self, starts: list[Point], ends: list[Point], limit: Decimal) -> list[Walk]:
        """Every pair within *limit*, along the streets where there are some, else straight."""
        if self.streets is not None:
            return self.streets.walks(starts, ends, limit)
        return straight_walks(starts, ends, self.meridian, self.scenario.detour, limit)

    def street_issues(self) -> Iterator[Issue]:
        """Points far from any street, and points on a part of the streets cut off from the rest."""
        if self.streets is not None and "detour" in self.scenario.resolved.get("reach", {}):
            yield _detour_unused(self.scenario.path.name)
        for name in LOCATED if self.streets is not None else ():
            table = self.tables[name]
            points = _points(table)
            if self.streets is None or not points:
                continue
            feet, rows = self.streets.feet(points), {r.values["id"]: r.number for r in table.rows}
            for point, off, part in zip(
                points, feet.off_m, self.streets.parts[feet.segment], strict=True
            ):
                fault = _street_fault(float(off), int(part))
                if fault is not None:
                    code, text = fault
                    yield issue_at(
                        table, rows[point.id], "id", code, text, value=point.id, severity="warning"
                    )

    def walks(self, table: str, limit: Decimal | None) -> list[Walk]:
        """Walks from *table* to communities; none without points or without a limit."""
        points = _points(self.tables[table])
        if not points or not self.communities:
            return []
        within = self.policy.walk_limit_m if limit is None else limit
        return self.near(points, self.communities, within)

    def between(self, policy: Policy) -> tuple[Walk, ...] | None:
        """Pairs of buildings within the limit of a dispersed hub, none without points."""
        if not policy.dispersed_hub:
            return None
        points, limit = _points(self.tables["buildings"]), policy.dispersed_hub_m
        walks = self.near(points, points, limit) if points else []
        return tuple(walk for walk in walks if walk.start < walk.end)

    def own_walks(self, known: set[Pair]) -> list[Walk]:
        """A facility reaches its own community, also without coordinates."""
        missing = [
            (row.values["id"], row.values["community"])
            for row in self.tables["facilities"].rows
            if (row.values["id"], row.values["community"]) not in known
            and row.values["lon"] is None
        ]
        return [Walk(start, end, Decimal("0.00"), GIVEN) for start, end in missing]

    def neighbours(self, tables: Tables) -> tuple[tuple[str, str, bool], ...]:
        """Given adjacency, else points at most ``adjacency_m`` apart in a straight line."""
        given = tables["adjacency"].rows
        if given:
            both = {(r.values["community"], r.values["neighbour"]) for r in given}
            both |= {(b, a) for a, b in both}
            return tuple((a, b, False) for a, b in sorted(both))
        near = straight_walks(
            self.communities,
            self.communities,
            self.meridian,
            Decimal(1),
            self.policy.adjacency_m,
        )
        return tuple((w.start, w.end, True) for w in near if w.start != w.end)


def _detour_unused(file: str) -> Issue:
    must = Text("按道路计算时不用 detour。", "is not used where there is a street layer.")
    fix = Text("可删去。", "It may be deleted.")
    return Issue("detour-unused", must, fix, file, column="reach.detour", severity="warning")


def _street_fault(off_m: float, part: int) -> tuple[str, Text] | None:
    if off_m > FAR_M:
        metres = round(off_m)
        return "street-far", Text(
            f"离最近的道路 {metres} 米。", f"lies {metres} m from any street."
        )
    if part > 0:
        return "street-cut-off", Text(
            "所在道路与主路网不相连。", "stands on streets not connected to the others."
        )
    return None


def _points(table: Any) -> list[Point]:
    return [
        Point(row.values["id"], float(row.values["lon"]), float(row.values["lat"]))
        for row in table.rows
        if row.values["lon"] is not None and row.values["lat"] is not None
    ]
