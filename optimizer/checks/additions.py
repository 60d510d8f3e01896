"""What stands against one more person served by a building, counted from the files alone.

Source: contract sections 4 (gaps.csv) and 5 (Eligible, Capacity, Money).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from optimizer.checks.candidates import has_host
from optimizer.checks.eligibility import OF_BUILDING, Test
from optimizer.checks.facts import Facts
from optimizer.checks.fitting import floors_of, levels_for, unfit
from optimizer.checks.folder import amount, exact, optional
from optimizer.checks.space import SMALLEST, outdoor_share

ZERO, ONE_MILLIONTH = Fraction(0), Fraction(1, 10**6)
CAN_ADD = "can_add"
OF_MONEY = ("money_total", "money_district", "money_sources", "money_year", "money_operating")
OF_ROOM = ("at_largest_size", "outdoor_full", "floors_full")
#: the word for each test of a building that fails, in the order in which they are asked
WORDS = {
    "fire safety is not met": "fire_not_ok",
    "the structure is not safe": "structure_not_ok",
    "the owner has not agreed": "owner_refuses",
    "the department has not agreed": "department_refuses",
    "the joint review is not passed": "review_not_passed",
    "available after the deadline": "available_too_late",
    "the lease is too short": "lease_too_short",
    "locked never": "locked_never",
    "owner and route do not fit": "owner_not_for_route",
}
Addition = tuple[str, Fraction | None, Fraction | None]  # obstacle, least yuan, yuan left


@dataclass(frozen=True)
class Additions:
    """For a building and a function: the first obstacle, or the least money of an addition."""

    facts: Facts
    known: dict[tuple[str, str, Fraction | None], Addition] = field(default_factory=dict)
    hosted: dict[str, bool] = field(default_factory=dict)
    ceilings: dict[str, tuple[tuple[str, Fraction], ...]] = field(default_factory=dict)

    def of(self, building: str, function: str, left: Fraction) -> Addition:
        """The answer for a need of which *left* persons are unserved."""
        is_whole = self.facts.folder.scenario["service"]["mode"] == "whole"
        key = building, function, left if is_whole else None
        if key not in self.known:
            self.known[key] = self._found(*key)
        return self.known[key]

    def _found(self, building: str, function: str, whole: Fraction | None) -> Addition:
        word = self._barred(building) or unfit(self.facts, building, function)
        if word is None and not self._has_host(building):
            word = "no_host_in_reach"
        if word is not None:
            return word, None, None
        held, more = self._held(building, function), self._least(building, function, whole)
        if more == 0:
            return CAN_ADD, ZERO, self._lowest(building)
        is_lifted = self._is_lifted(building)
        needs_lift = self._beside(building, function, is_lifted) < held + more
        buys = needs_lift and self.facts.buildings[building]["lift"] == "upgrade"
        word = self._tight(building, function, held + more, is_lifted or buys)
        if word is not None:
            return word, None, None
        return self._money(building, function, more, buys)

    @cached_property
    def spent_in(self) -> dict[str, Fraction]:
        """District -> one-off money of the plan there."""
        total: dict[str, Fraction] = defaultdict(Fraction)
        for b, yuan in self.facts.cost_of.items():
            total[self.facts.buildings[b]["district"]] += yuan
        return dict(total)

    @cached_property
    def spent_by(self) -> dict[str, Fraction]:
        """Year -> one-off money of the plan in it."""
        total: dict[str, Fraction] = defaultdict(Fraction)
        for b, yuan in self.facts.cost_of.items():
            total[self.facts.siting[b]["year"]] += yuan
        return dict(total)

    # -- may it stand there --------------------------------------------------------------------

    def _has_host(self, building: str) -> bool:
        if building not in self.hosted:
            self.hosted[building] = has_host(self.facts, building)
        return self.hosted[building]

    def _barred(self, building: str) -> str | None:
        tests: dict[str, Test] = {WORDS[en]: test for _, _, en, test in OF_BUILDING}
        routes = {route["id"] for route in self.facts.folder.policy["routes"]}
        for word in WORDS.values():
            if word == "owner_not_for_route" and (
                self.facts.buildings[building]["route"] not in routes
            ):
                return "route_unknown"
            if not tests[word](self.facts, building, ""):
                return word
        return None

    def _is_lifted(self, building: str) -> bool:
        lift = self.facts.buildings[building]["lift"]
        return lift == "1" or (lift == "upgrade" and self.facts.is_upgraded(building))

    # -- is there room -------------------------------------------------------------------------

    def _held(self, building: str, function: str) -> Fraction:
        return self.facts.installed.get((building, function), ZERO)

    def _least(self, building: str, function: str, whole: Fraction | None) -> Fraction:
        rules = self.facts.functions[function]
        per_person, held = amount(rules, "m2_per_person"), self._held(building, function)
        served = self.facts.served_by.get((building, function), ZERO)
        if held:
            spare = None if not per_person else held / per_person - served
            if spare is None or spare >= (ONE_MILLIONTH if whole is None else whole):
                return ZERO
        wanted = held + SMALLEST if whole is None else per_person * (served + whole)
        least = max(wanted, amount(rules, "min_m2"), SMALLEST)
        return Fraction((least * 100).__ceil__(), 100) - held

    def _tight(self, building: str, function: str, wanted: Fraction, is_lifted: bool) -> str | None:
        rules = self.facts.functions[function]
        most = optional(rules, "max_m2")
        if most is not None and wanted > most:
            return "at_largest_size"
        if self._outdoor(building, function, wanted) > amount(
            self.facts.buildings[building], "outdoor_m2", ZERO
        ):
            return "outdoor_full"
        room = self._beside(building, function, is_lifted)
        return "floors_full" if room < wanted else None

    def _outdoor(self, building: str, function: str, wanted: Fraction) -> Fraction:
        """Outdoor m² with *wanted* m² of the function; of a shared room what the neediest takes."""
        functions, taken = self.facts.functions, ZERO
        for room in self.facts.rooms_in.get(building, ()):
            taken += room.m2 * max(outdoor_share(functions[f]) for f in room.functions)
        more = wanted - self._held(building, function)
        return taken + more * outdoor_share(functions[function])

    def _beside(self, building: str, function: str, is_lifted: bool) -> Fraction:
        """Most m² of the function with the others where they are allowed (a least cut)."""
        facts, floors = self.facts, floors_of(self.facts, building)
        mine = levels_for(facts, building, function, is_lifted)
        taken: dict[frozenset[int], Fraction] = defaultdict(Fraction)
        rooms = set()
        for row in self.facts.rows_in.get(building, ()):
            if row["function"] == function:
                continue
            if row["slot"]:
                rooms.add((int(row["level"]), amount(row, "area_m2")))
            else:
                levels = levels_for(facts, building, row["function"], is_lifted)
                taken[levels] += amount(row, "area_m2")
        for level, m2 in rooms:
            taken[frozenset({level})] += m2
        return min(
            sum((floors[n] for n in mine.union(*chosen)), ZERO)
            - sum((taken[group] for group in chosen), ZERO)
            for size in range(len(taken) + 1)
            for chosen in combinations(taken, size)
        )

    # -- is there money ------------------------------------------------------------------------

    def _money(self, building: str, function: str, more: Fraction, buys: bool) -> Addition:
        facts, rules = self.facts, self.facts.functions[function]
        row = facts.buildings[building]
        yuan = more * facts.rate(building, function)
        yearly = more * amount(rules, "operating_yuan_per_m2_year")
        if not self._held(building, function):
            yuan += amount(rules, "opening_yuan")
        comes_along = "upgrade" in (row["fire_ok"], row["structure_ok"])
        if building not in facts.siting:
            yuan += amount(row, "acquire_yuan")
            yearly += amount(row, "rent_yuan_per_year")
        if buys or (comes_along and building not in facts.siting):
            yuan += amount(row, "upgrade_yuan")
        for word, left in self._left(building):
            asked = yearly if word == "money_operating" else yuan
            if asked > left:
                return word, asked, left
        return CAN_ADD, yuan, self._lowest(building)

    def _lowest(self, building: str) -> Fraction | None:
        left = [yuan for word, yuan in self._left(building) if word != "money_operating"]
        return min(left) if left else None

    def _left(self, building: str) -> tuple[tuple[str, Fraction], ...]:
        if building not in self.ceilings:
            self.ceilings[building] = tuple(self._ceilings(building))
        return self.ceilings[building]

    def _ceilings(self, building: str) -> Iterator[tuple[str, Fraction]]:
        facts = self.facts
        budget, district = facts.folder.scenario["budget"], facts.buildings[building]["district"]
        if budget["total_yuan"] is not None:
            spent = sum(self.spent_in.values(), ZERO)
            yield "money_total", exact(budget["total_yuan"]) - spent
        if district in budget["by_district_yuan"]:
            cap = exact(budget["by_district_yuan"][district])
            yield "money_district", cap - self.spent_in.get(district, ZERO)
        if facts.folder.scenario["sources"]:
            yield "money_sources", self._sources(district)
        if budget["by_year_yuan"] is not None:
            yield "money_year", self._years(building, budget["by_year_yuan"])
        if budget["operating_yuan_per_year"] is not None:
            yield "money_operating", exact(budget["operating_yuan_per_year"]) - facts.yearly_cost

    def _sources(self, district: str) -> Fraction:
        left = ZERO
        for source in self.facts.folder.scenario["sources"]:
            where = source["by_district_yuan"]
            if where is None or district in where:
                left += exact(source["yuan"]) - self.facts.paid_by.get(source["name"], ZERO)
        return left

    def _years(self, building: str, budgets: dict[str, Fraction]) -> Fraction:
        """Most that is left of a year in which money may still go to the building."""
        facts, best = self.facts, []
        since = facts.buildings[building]["available_year"]
        sited = facts.siting[building]["year"] if facts.cost_of.get(building) else ""
        for year, yuan in budgets.items():
            if sited not in ("", year) or (since and int(year) < int(since)):
                continue
            best.append(exact(yuan) - self.spent_by.get(year, ZERO))
        return max(best, default=ZERO)
