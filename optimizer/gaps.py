"""Why a need stays unmet: every building in reach with the first thing that stands against it.

What is said can be counted from the run folder: who is in reach, what may not stand where, what is
full and for whom, and what the cheapest further square metre costs beside what is left. The
verifier counts it again on its own. Source: contract section 4 (gaps.csv); HZ-26;
reliability.md section 3 ("cannot be met" audit).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations

from models.exact import fraction, half_up
from models.instance import Building, Fit, Instance
from models.plan import Allocation, Plan

UNIT = Fraction(1, 100)  # m²
LEAST_PERSONS = Fraction(1, 1_000_000)
CAN_ADD = "can_add"
#: obstacles that more money would end, each with the ceiling that is too low
MONEY = ("money_total", "money_district", "money_sources", "money_year", "money_operating")
#: obstacles of floors and sizes
FULL = ("at_largest_size", "outdoor_full", "floors_full")


@dataclass(frozen=True, slots=True)
class Way:
    """How one building could serve more of a need, or the first obstacle; money is yuan."""

    building: str
    obstacle: str  # CAN_ADD, one of MONEY or FULL, or the reason of a refusal
    least_yuan: Decimal | None = None  # one-off money of the least addition; a year's for operating
    left_yuan: Decimal | None = None  # under the ceiling that is too low, or the lowest


@dataclass(frozen=True)
class Ways:
    """Every way of a plan; ``instance`` is the case once the plan's refits stand."""

    instance: Instance
    plan: Plan

    def of(self, community: str, function: str, left: Fraction) -> tuple[Way, ...]:
        """One way, or obstacle, for every building within the function's reach, by building."""
        limit = self.instance.reach_m.get(function)
        near = (b for b, walk in self._near.get(community, ()) if limit is None or walk <= limit)
        whole = left if self.instance.service.is_whole else None
        return tuple(self._way(b, function, whole) for b in near)

    def is_rounding(self, function: str, left: Fraction) -> bool:
        """*left* persons are no more than 0.01 m² and a millionth of a person can make up."""
        per_person = fraction(self.instance.functions[function].m2_per_person)
        return not self.instance.service.is_whole and per_person * (left - LEAST_PERSONS) <= UNIT

    def users(self, community: str, function: str, buildings: Iterable[str]) -> list[str]:
        """Other communities that the function's installations in *buildings* serve."""
        served = (self._users.get((b, function), set()) for b in buildings)
        return sorted(set().union(*served) - {community})

    # -- one building --------------------------------------------------------------------------

    def _way(self, building: str, function: str, whole: Fraction | None) -> Way:
        key = building, function, whole
        if key not in self._known:
            self._known[key] = self._found(building, function, whole)
        return self._known[key]

    def _found(self, b: str, function: str, whole: Fraction | None) -> Way:
        refused = self._refused.get((b, None)) or self._refused.get((b, function))
        if refused is not None or b not in self.instance.hosts_of:
            return Way(b, refused or "no_host_in_reach")
        more = self._least_m2(b, function, whole)
        if more == 0:
            return Way(b, CAN_ADD, Decimal("0.00"), self._lowest_left(b))
        row = self.instance.buildings[b]
        is_lifted, lift = self._has_lift(row), Fraction(0)
        if not is_lifted and row.upgrade == "lift" and self._room(b, function, False) < more:
            is_lifted, lift = True, fraction(row.upgrade_yuan)
        obstacle = self._full(b, function, is_lifted, more)
        if obstacle:
            return Way(b, obstacle)
        return self._paid(row, self.instance.fits[b, function], more, lift)

    def _least_m2(self, b: str, function: str, whole: Fraction | None) -> Fraction:
        """Least m² to add for anybody more to be served; 0 where there is room for him."""
        record = self.instance.functions[function]
        area, served = self._area(b, function), self._served.get((b, function), Fraction(0))
        per_person = fraction(record.m2_per_person)
        wanted = LEAST_PERSONS if whole is None else whole
        if area and (not per_person or (area / per_person - served) >= wanted):
            return Fraction(0)
        needed = per_person * (served + whole) if whole is not None else area + UNIT
        least = max(needed, fraction(record.min_m2))
        return Fraction((least * 100).__ceil__(), 100) - area

    def _full(self, b: str, function: str, is_lifted: bool, more: Fraction) -> str:
        """The size or floor that has no room for *more* m²; "" where there is."""
        record, row = self.instance.functions[function], self.instance.buildings[b]
        area = self._area(b, function)
        if record.max_m2 is not None and area + more > fraction(record.max_m2):
            return "at_largest_size"
        outdoors = self._outdoors.get(b, 0) + self._outdoor_share(function) * more
        if outdoors > fraction(row.outdoor_m2):
            return "outdoor_full"
        return "floors_full" if self._room(b, function, is_lifted) < more else ""

    def _outdoor_share(self, function: str) -> Fraction:
        record = self.instance.functions[function]
        if not record.m2_per_person:
            return Fraction(0)
        return fraction(record.outdoor_m2_per_person) / fraction(record.m2_per_person)

    def _levels(self, b: str, function: str, is_lifted: bool) -> frozenset[int]:
        fit = self.instance.fits[b, function]
        return fit.levels if is_lifted else fit.unlifted

    def _room(self, b: str, function: str, is_lifted: bool) -> Fraction:
        """Most m² the function could have beside the others, less what it has (Gale 1957)."""
        levels = self._levels(b, function, is_lifted)
        floors = {fl.level: fraction(fl.area_m2) for fl in self.instance.buildings[b].floors}
        others = self._groups(b, function, is_lifted)
        sets = list(others)
        cuts = chain.from_iterable(combinations(sets, size) for size in range(len(sets) + 1))
        most = min(
            sum((floors[n] for n in levels.union(*cut)), Fraction(0))
            - sum((others[group] for group in cut), Fraction(0))
            for cut in cuts
        )
        return most - self._area(b, function)

    def _groups(self, b: str, function: str, is_lifted: bool) -> dict[frozenset[int], Fraction]:
        """Levels -> m² of the other functions that may use just these; rooms stay on theirs."""
        groups: dict[frozenset[int], Fraction] = {}
        rows = self._rows.get(b, [])
        shared = {
            (row.level, row.room): row.area_m2
            for row in rows
            if row.slot and row.function != function
        }
        for (level, _), m2 in shared.items():
            groups[frozenset({level})] = groups.get(frozenset({level}), Fraction(0)) + Fraction(m2)
        for row in rows:
            if not row.slot and row.function != function:
                levels = self._levels(b, row.function, is_lifted)
                groups[levels] = groups.get(levels, Fraction(0)) + Fraction(row.area_m2)
        return groups

    # -- money ---------------------------------------------------------------------------------

    def _paid(self, row: Building, fit: Fit, more: Fraction, lift: Fraction) -> Way:
        record = self.instance.functions[fit.function]
        cost, yearly = (
            lift + more * fit.yuan_per_m2,
            more * fraction(record.operating_yuan_per_m2_year),
        )
        if not self._area(row.id, fit.function):
            cost += fraction(record.opening_yuan)
        if row.id not in self.plan.host_of:
            always = row.upgrade_yuan if row.upgrade == "always" else 0.0
            cost += fraction(row.acquire_yuan) + fraction(always)
            yearly += fraction(row.rent_yuan_per_year)
        for obstacle, left in self._left(row):
            asked = yearly if obstacle == "money_operating" else cost
            if asked > left:
                return Way(row.id, obstacle, half_up(asked, 2), half_up(left, 2))
        return Way(row.id, CAN_ADD, half_up(cost, 2), self._lowest_left(row.id))

    def _lowest_left(self, b: str) -> Decimal | None:
        one_off = [
            left
            for name, left in self._left(self.instance.buildings[b])
            if name != "money_operating"
        ]
        return half_up(min(one_off), 2) if one_off else None

    def _left(self, row: Building) -> tuple[tuple[str, Fraction], ...]:
        """(obstacle, yuan left) of every ceiling over *row*; of sources and years the most."""
        if row.id not in self._ceilings_of:
            self._ceilings_of[row.id] = tuple(self._ceilings(row))
        return self._ceilings_of[row.id]

    @cached_property
    def _ceilings_of(self) -> dict[str, tuple[tuple[str, Fraction], ...]]:
        return {}

    def _ceilings(self, row: Building) -> Iterator[tuple[str, Fraction]]:
        limits, spent = self.instance.limits, self._spent
        if limits.total_yuan is not None:
            yield "money_total", fraction(limits.total_yuan) - sum(spent.values(), Fraction(0))
        if row.district in limits.by_district_yuan:
            cap = fraction(limits.by_district_yuan[row.district])
            yield "money_district", cap - spent.get(row.district, Fraction(0))
        if limits.sources:
            able = (s for s in limits.sources if s.pays_in(row.district))
            left = (fraction(s.cap_yuan) - self._paid_by.get(s.name, 0) for s in able)
            yield "money_sources", sum(left, Fraction(0))
        if limits.by_year_yuan is not None:
            yield "money_year", max(self._left_by_year(row), default=Fraction(0))
        if limits.operating_yuan_per_year is not None:
            ceiling = fraction(limits.operating_yuan_per_year)
            yield "money_operating", ceiling - self._operating

    def _left_by_year(self, row: Building) -> Iterator[Fraction]:
        """What is left of each year in which more may be spent on *row*."""
        sited = self._paid_in.get(row.id)
        for year, yuan in (self.instance.limits.by_year_yuan or {}).items():
            is_late = row.available_year is None or year >= row.available_year
            if sited in (None, year) and is_late:
                yield fraction(yuan) - self._spent_by_year.get(year, 0)

    def _has_lift(self, row: Building) -> bool:
        return row.has_lift or row.id in self._upgraded

    # -- indices -------------------------------------------------------------------------------

    @cached_property
    def _known(self) -> dict[tuple[str, str, Fraction | None], Way]:
        return {}

    @cached_property
    def _near(self) -> Mapping[str, list[tuple[str, float]]]:
        near: dict[str, list[tuple[str, float]]] = {}
        for (b, c), walk in sorted(self.instance.walk_m.items()):
            near.setdefault(c, []).append((b, walk))
        return near

    @cached_property
    def _refused(self) -> Mapping[tuple[str, str | None], str]:
        """(building, function or None) -> the first reason; None: the building as a whole."""
        found: dict[tuple[str, str | None], str] = {}
        for row in self.instance.refusals:
            if row.building is not None and row.community is None and row.reason not in LATER:
                found.setdefault((row.building, row.function), row.reason)
        return found

    def _area(self, b: str, function: str) -> Fraction:
        return Fraction(self.plan.installed_m2.get((b, function), 0))

    @cached_property
    def _outdoors(self) -> Mapping[str, Fraction]:
        """Building -> outdoor m² that the plan takes; of a shared room what the neediest takes."""
        taken: dict[tuple[str, int, str], Fraction] = {}
        for row in self.plan.allocations:
            key = row.building, row.level, row.room or row.function
            mine = self._outdoor_share(row.function) * Fraction(row.area_m2)
            taken[key] = max(taken.get(key, Fraction(0)), mine)
        found: dict[str, Fraction] = {}
        for (b, *_), m2 in taken.items():
            found[b] = found.get(b, Fraction(0)) + m2
        return found

    @cached_property
    def _served(self) -> Mapping[tuple[str, str], Fraction]:
        served: dict[tuple[str, str], Fraction] = {}
        for row in self.plan.services:
            key = row.building, row.function
            served[key] = served.get(key, Fraction(0)) + Fraction(row.persons)
        return served

    @cached_property
    def _users(self) -> Mapping[tuple[str, str], set[str]]:
        users: dict[tuple[str, str], set[str]] = {}
        for row in self.plan.services:
            users.setdefault((row.building, row.function), set()).add(row.community)
        return users

    @cached_property
    def _rows(self) -> Mapping[str, list[Allocation]]:
        rows: dict[str, list[Allocation]] = {}
        for row in self.plan.allocations:
            rows.setdefault(row.building, []).append(row)
        return rows

    @cached_property
    def _upgraded(self) -> set[str]:
        return {row.building for row in self.plan.sitings if row.is_upgraded}

    @cached_property
    def _spent(self) -> Mapping[str, Fraction]:
        """District -> one-off money of the plan there."""
        spent: dict[str, Fraction] = {}
        for row in self.plan.sitings:
            district = self.instance.buildings[row.building].district
            spent[district] = spent.get(district, Fraction(0)) + Fraction(row.cost_yuan)
        return spent

    @cached_property
    def _paid_by(self) -> Mapping[str, Fraction]:
        """Source -> what it pays in the plan, yuan."""
        paid: dict[str, Fraction] = {}
        for row in self.plan.fundings:
            paid[row.source] = paid.get(row.source, Fraction(0)) + Fraction(row.yuan)
        return paid

    @cached_property
    def _paid_in(self) -> Mapping[str, int | None]:
        """Building that costs anything -> the year of its money."""
        return {row.building: row.year for row in self.plan.sitings if row.cost_yuan}

    @cached_property
    def _spent_by_year(self) -> Mapping[int | None, Fraction]:
        spent: dict[int | None, Fraction] = {}
        for row in self.plan.sitings:
            spent[row.year] = spent.get(row.year, Fraction(0)) + Fraction(row.cost_yuan)
        return spent

    @cached_property
    def _operating(self) -> Fraction:
        yearly = sum((Fraction(s.rent_yuan_per_year) for s in self.plan.sitings), Fraction(0))
        for (_, f), m2 in self.plan.installed_m2.items():
            rate = self.instance.functions[f].operating_yuan_per_m2_year
            yearly += Fraction(m2) * fraction(rate)
        return yearly


#: refusals that follow from others: what stands against a function itself says more
LATER = ("nothing_fits", "no_host_in_reach")


def reason_of(ways: tuple[Way, ...]) -> str:
    """The one word for *ways*: what would have to change first."""
    found = {way.obstacle for way in ways}
    if not ways:
        return "no_building_in_reach"
    if CAN_ADD in found:
        return "not_chosen"
    if found & set(MONEY):
        return "money_left_too_small"
    return "capacity_used_up" if found & set(FULL) else "nothing_in_reach_usable"


def cheapest(ways: tuple[Way, ...], obstacles: tuple[str, ...]) -> Way | None:
    """The way of least money among those with one of *obstacles*."""
    able = [way for way in ways if way.obstacle in obstacles and way.least_yuan is not None]
    return min(able, key=lambda way: (way.least_yuan, way.building)) if able else None
