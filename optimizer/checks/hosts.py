"""Who has what in a plan: a community, or a union whose members act as one.

Source: contract section 5 (Host and reach, Union); HZ-32, A11. A host is the id of a community,
or ``union:`` and the id of a union.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from optimizer.checks.folder import Row, amount, parts
from optimizer.checks.inputs import Inputs

UNION = "union:"


Floors = dict[str, Fraction]  # level -> m²


@dataclass(frozen=True)
class Room:
    """Floor area of a building that one function has alone, or several in turns."""

    building: str
    functions: tuple[str, ...]
    floors: Floors

    @cached_property
    def m2(self) -> Fraction:
        """Its area, once."""
        return sum(self.floors.values(), Fraction(0))

    @property
    def is_shared(self) -> bool:
        """Several functions use it in turns."""
        return len(self.functions) > 1


@dataclass(frozen=True)
class Hosts(Inputs):
    """Hosts of used buildings and what they hold; amounts are exact Fractions in m²."""

    @cached_property
    def unions(self) -> dict[str, tuple[str, ...]]:
        """Declared unions as hosts -> members."""
        groups: dict[str, list[str]] = defaultdict(list)
        for community, row in sorted(self.communities.items()):
            if row["union"]:
                groups[UNION + row["union"]].append(community)
        return {host: tuple(members) for host, members in groups.items()}

    def unions_with(self, communities: set[str]) -> list[str]:
        """Declared unions that one of *communities* may join."""
        named = {self.communities[c]["union"] for c in communities}
        return sorted(UNION + union for union in named if union)

    @cached_property
    def acting_unions(self) -> set[str]:
        """Unions that the plan names as hosts, of a building or of a community's figures."""
        named = (*self.folder.outputs["siting"], *self.folder.outputs["communities"])
        return {UNION + row["union"] for row in named} & set(self.unions)

    @cached_property
    def hosts(self) -> list[str]:
        """Hosts of the plan: acting unions, and every community that is in none."""
        return sorted({self.acting(c) for c in self.communities})

    @cached_property
    def _union_of(self) -> dict[str, str]:
        return {c: host for host in sorted(self.acting_unions) for c in self.unions[host]}

    def acting(self, community: str) -> str:
        """The host that stands for *community* in the plan."""
        return self._union_of.get(community, community)

    def members(self, host: str) -> tuple[str, ...]:
        """Communities of *host*."""
        return self.unions.get(host, (host,) if host in self.communities else ())

    def title(self, host: str) -> str:
        """Names of the members of *host*."""
        return "、".join(self.communities[c]["name"] for c in self.members(host))

    @cached_property
    def siting(self) -> dict[str, Row]:
        """Used building -> its siting row."""
        return {r["building"]: r for r in self.folder.outputs["siting"]}

    @cached_property
    def host(self) -> dict[str, str]:
        """Used building -> host it is credited to."""
        return {
            b: UNION + row["union"] if row["union"] else row["community"]
            for b, row in self.siting.items()
        }

    def site_of(self, building: str) -> str:
        """The place a building belongs to."""
        own = self.buildings[building]["site"]
        if own and self.folder.policy["hub_place"] == "site":
            return own
        return f"building:{building}"

    @cached_property
    def hub_buildings(self) -> dict[str, list[str]]:
        """Host -> buildings marked as its planned hub."""
        groups: dict[str, list[str]] = defaultdict(list)
        for building, row in self.siting.items():
            if row["hub"] == "1":
                groups[self.host[building]].append(building)
        return dict(groups)

    def hub_sites(self, host: str) -> set[str]:
        """Places of the planned hub of *host*: several where it is dispersed."""
        return {self.site_of(b) for b in self.hub_buildings[host] if b in self.buildings}

    def hub_street(self, host: str) -> tuple[str, str] | None:
        """The street that holds every building of the hub; None where it crosses a border."""
        inside = self.hub_buildings[host]
        streets = {self.street_of(b) for b in inside if b in self.buildings}
        return streets.pop() if len(streets) == 1 else None

    def street_of(self, building: str) -> tuple[str, str]:
        """District and street of a building."""
        row = self.buildings[building]
        return row["district"], row["street"]

    @cached_property
    def gone(self) -> set[str]:
        """Facilities that a used building replaces."""
        return {f for b in self.siting if b in self.buildings for f in self.replaces(b)}

    def replaces(self, building: str) -> tuple[str, ...]:
        """Facilities that *building* is, refitted."""
        return parts(self.buildings[building]["replaces"])

    def homes(self, building: str) -> set[str]:
        """Communities of the facilities that *building* replaces."""
        known = self._facilities_by_id
        return {c for f in self.replaces(building) for c in known.get(f, ())}

    @cached_property
    def _facilities_by_id(self) -> dict[str, set[str]]:
        """Facility -> its community, open or not."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.folder.inputs["facilities"]:
            found[row["id"]].add(row["community"])
        return found

    @cached_property
    def facilities(self) -> list[Row]:
        """Facilities open by the deadline that the plan leaves."""
        return [row for row in self.facilities_today if row["id"] not in self.gone]

    @cached_property
    def near_facilities(self) -> dict[str, list[tuple[Row, Fraction]]]:
        """Community -> open facilities with a known walk to it."""
        rows = {row["id"]: row for row in self.facilities}
        groups: dict[str, list[tuple[Row, Fraction]]] = defaultdict(list)
        for (facility, community), walk in self.facility_walk.items():
            if facility in rows:
                groups[community].append((rows[facility], walk))
        return groups

    @cached_property
    def facilities_of(self) -> dict[str, list[Row]]:
        """Community -> its open facilities."""
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.facilities:
            groups[row["community"]].append(row)
        return groups

    @cached_property
    def installed(self) -> dict[tuple[str, str], Fraction]:
        """(building, function) -> m² over all floors, shared rooms in full for each."""
        total: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for row in self.folder.outputs["allocation"]:
            total[row["building"], row["function"]] += amount(row, "area_m2")
        return dict(total)

    @cached_property
    def rows_in(self) -> dict[str, list[Row]]:
        """Building -> its rows of allocation.csv."""
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.folder.outputs["allocation"]:
            groups[row["building"]].append(row)
        return dict(groups)

    @cached_property
    def held_in(self) -> dict[str, list[tuple[str, Fraction]]]:
        """Building -> (function, m²) over all floors."""
        groups: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
        for (b, f), m2 in self.installed.items():
            groups[b].append((f, m2))
        return dict(groups)

    @cached_property
    def served_by(self) -> dict[tuple[str, str], Fraction]:
        """(building, function) -> persons served."""
        total: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        for row in self.folder.outputs["service"]:
            total[row["building"], row["function"]] += amount(row, "persons")
        return dict(total)

    @cached_property
    def paid_by(self) -> dict[str, Fraction]:
        """Source -> yuan it pays."""
        total: dict[str, Fraction] = defaultdict(Fraction)
        for row in self.folder.outputs["funding"]:
            total[row["source"]] += amount(row, "yuan")
        return dict(total)

    @cached_property
    def rooms(self) -> list[Room]:
        """Rooms of the plan; rows of one building and level with their slots and area are one."""
        held: dict[str, dict[tuple[str, str], Floors]] = defaultdict(dict)
        for row in self.folder.outputs["allocation"]:
            key, level = (row["function"], row["slot"]), row["level"]
            floors = held[row["building"]].setdefault(key, defaultdict(Fraction))
            floors[level] += amount(row, "area_m2")
        return [room for b, rows in held.items() for room in self._rooms(b, rows)]

    def _rooms(self, building: str, rows: dict[tuple[str, str], Floors]) -> list[Room]:
        """Rows by function and slot as rooms; those of no combination stand for themselves."""
        left, found = dict(rows), []
        for slots in self.folder.policy["shared_rooms"]:
            wanted = list(slots.items())
            floors = [left.get(member) for member in wanted]
            if None not in floors and all(one == other for one, other in pairwise(floors)):
                same = [left.pop(member) for member in wanted]
                found.append(Room(building, tuple(slots), dict(same.pop())))
        return found + [Room(building, (f,), dict(floors)) for (f, _), floors in left.items()]

    @cached_property
    def rooms_in(self) -> dict[str, list[Room]]:
        """Building -> its rooms."""
        groups: dict[str, list[Room]] = defaultdict(list)
        for room in self.rooms:
            groups[room.building].append(room)
        return groups

    @cached_property
    def rooms_of(self) -> dict[str, list[Room]]:
        """Host -> rooms of its buildings."""
        groups: dict[str, list[Room]] = defaultdict(list)
        for room in self.rooms:
            if room.building in self.host:
                groups[self.host[room.building]].append(room)
        return groups

    @cached_property
    def hosted(self) -> dict[str, list[tuple[str, str, Fraction]]]:
        """Host -> (building, function, m²) of what it hosts."""
        groups: dict[str, list[tuple[str, str, Fraction]]] = defaultdict(list)
        for (b, f), m2 in self.installed.items():
            if b in self.host:
                groups[self.host[b]].append((b, f, m2))
        return groups

    @cached_property
    def pilots(self) -> set[str]:
        """Communities the plan calls pilots."""
        return {r["community"] for r in self.folder.outputs["communities"] if r["pilot"] == "1"}

    @cached_property
    def pilot_hosts(self) -> list[str]:
        """Hosts with a member that is a pilot."""
        return sorted({self.acting(c) for c in self.pilots})

    def places(self, host: str) -> list[str]:
        """Pilots of *host* whose place counts: all of them, or the one with most households."""
        inside = [c for c in self.members(host) if c in self.pilots]
        if self.folder.policy["union_places"] == "members" or not inside:
            return inside
        households = {c: amount(self.communities[c], "households") for c in inside}
        return [min(inside, key=lambda c: (-households[c], c))]
