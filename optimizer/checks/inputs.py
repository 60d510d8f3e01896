"""The input tables of a run folder, indexed; what a plan says stands in :mod:`facts`."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from optimizer.checks.folder import Folder, Row, amount, exact, optional, parts


@dataclass(frozen=True)
class Inputs:
    """Indices over ``inputs/``; amounts are exact Fractions in m², persons, metres."""

    folder: Folder

    def _by_id(self, table: str) -> dict[str, Row]:
        return {row["id"]: row for row in self.folder.inputs[table]}

    @cached_property
    def communities(self) -> dict[str, Row]:
        """Communities by id."""
        return self._by_id("communities")

    @cached_property
    def buildings(self) -> dict[str, Row]:
        """Buildings by id."""
        return self._by_id("buildings")

    @cached_property
    def functions(self) -> dict[str, Row]:
        """Functions by id."""
        return self._by_id("functions")

    @cached_property
    def floors(self) -> dict[tuple[str, str], Fraction]:
        """(building, level) -> m²."""
        return {
            (r["building"], r["level"]): amount(r, "area_m2") for r in self.folder.inputs["floors"]
        }

    @cached_property
    def floors_of(self) -> dict[str, dict[int, Fraction]]:
        """Building -> level -> m²."""
        groups: dict[str, dict[int, Fraction]] = defaultdict(dict)
        for (building, level), m2 in self.floors.items():
            groups[building][int(level)] = m2
        return dict(groups)

    @cached_property
    def walk(self) -> dict[tuple[str, str], Fraction]:
        """(building, community) -> metres."""
        return {
            (r["building"], r["community"]): amount(r, "walk_m")
            for r in self.folder.inputs["distances"]
        }

    @cached_property
    def near(self) -> dict[str, list[str]]:
        """Building -> communities with a known walk to it."""
        groups: dict[str, list[str]] = defaultdict(list)
        for building, community in self.walk:
            groups[building].append(community)
        return groups

    @cached_property
    def facility_walk(self) -> dict[tuple[str, str], Fraction]:
        """(facility, community) -> metres."""
        return {
            (r["facility"], r["community"]): amount(r, "walk_m")
            for r in self.folder.inputs["facility_distances"]
        }

    @cached_property
    def facilities_today(self) -> list[Row]:
        """Facilities open by the deadline."""
        deadline = self.folder.scenario["deadline"]
        return [
            r
            for r in self.folder.inputs["facilities"]
            if deadline is None or not r["year"] or amount(r, "year") <= deadline
        ]

    @cached_property
    def needs(self) -> dict[tuple[str, str], Row]:
        """(community, function) -> need row."""
        rows = self.folder.inputs["needs"]
        return {(r["community"], r["function"]): r for r in rows if amount(r, "persons") > 0}

    @cached_property
    def own_needs(self) -> set[tuple[str, str]]:
        """Needs the case gives itself, of nobody ones too."""
        return {
            (r["community"], r["function"])
            for r in self.folder.inputs["needs"]
            if "persons" not in parts(r["derived"])
        }

    @cached_property
    def limits(self) -> dict[str, Fraction | None]:
        """Walking limits ``walk`` and ``host`` in metres; None = none."""
        reach = self.folder.scenario["reach"]
        given = any(r["origin"] == "given" for r in self.folder.inputs["distances"])
        walk = reach["walk_m"]
        if walk is None and not given:
            walk = self.folder.policy["walk_limit_m"]
        host = walk if reach["host_m"] is None else reach["host_m"]
        return {
            "walk": None if walk is None else exact(walk),
            "host": None if host is None else exact(host),
        }

    def within(self, walk: Fraction | None, limit: Fraction | None) -> bool:
        """A known distance that does not exceed the limit."""
        return walk is not None and (limit is None or walk <= limit)

    def reach(self, function: str) -> Fraction | None:
        """The walking limit of *function*."""
        return self._reaches[function]

    @cached_property
    def _reaches(self) -> dict[str, Fraction | None]:
        own = {f: optional(row, "reach_m") for f, row in self.functions.items()}
        return {f: self.limits["walk"] if m is None else m for f, m in own.items()}
