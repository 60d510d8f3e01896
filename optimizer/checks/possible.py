"""The most that any plan could bring to a host, counted from the tables without a plan.

Every figure is an upper bound: budgets, needs and what others take are left aside, so a must that
even these figures do not reach cannot hold. Source: contract section 5; reliability.md section 3.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, product

from optimizer.checks.candidates import hosts_of, is_usable
from optimizer.checks.facts import Facts, Hub
from optimizer.checks.fitting import could_be_lifted, floors_of, levels_for, unfit
from optimizer.checks.folder import amount, exact, optional

ZERO = Fraction(0)
Levels = frozenset[int]


@dataclass(frozen=True)
class Possible:
    """What buildings, places and hosts could hold; *facts* are those of a folder without a plan."""

    facts: Facts

    @cached_property
    def candidates(self) -> dict[str, list[str]]:
        """Host -> buildings it could have."""
        groups: dict[str, list[str]] = {}
        for b in sorted(self.facts.buildings):
            for host in hosts_of(self.facts, b) if is_usable(self.facts, b) else ():
                groups.setdefault(host, []).append(b)
        return groups

    @cached_property
    def usable(self) -> set[str]:
        """Buildings that somebody could have; without hosts those that may be used at all."""
        if not self.facts.has_hosts:
            return {b for b in self.facts.buildings if is_usable(self.facts, b)}
        return {b for inside in self.candidates.values() for b in inside}

    @cached_property
    def replaceable(self) -> set[str]:
        """Facilities that some usable building would be in place of."""
        return {f for b in self.usable for f in self.facts.replaces(b)}

    @cached_property
    def fits(self) -> dict[str, dict[str, tuple[Levels, Fraction]]]:
        """Usable building -> function -> levels it may stand on and its most m²."""
        return {b: dict(self._fits(b)) for b in sorted(self.usable)}

    def _fits(self, building: str) -> Iterator[tuple[str, tuple[Levels, Fraction]]]:
        facts, floors = self.facts, floors_of(self.facts, building)
        for f, rules in facts.functions.items():
            if unfit(facts, building, f) is None:
                levels = levels_for(facts, building, f, could_be_lifted(facts, building))
                room = sum((floors[level] for level in levels), ZERO)
                most = optional(rules, "max_m2")
                yield f, (levels, room if most is None else min(room, most))

    def counted_m2(self, building: str) -> Fraction:
        """Most m² that enter a standard, on floors that may hold them (a least cut)."""
        floors = floors_of(self.facts, building)
        groups: dict[Levels, Fraction] = {}
        for levels, most in self._counted(building):
            groups[levels] = groups.get(levels, ZERO) + most
        chosen = chain.from_iterable(combinations(groups, n) for n in range(len(groups) + 1))
        return min(
            sum((floors[level] for level in frozenset[int]().union(*cut)), ZERO)
            + sum((most for levels, most in groups.items() if levels not in cut), ZERO)
            for cut in chosen
        )

    def _counted(self, building: str) -> Iterator[tuple[Levels, Fraction]]:
        """Levels and most m² of each counted function, rooms used in turns included."""
        for f, fit in self.fits[building].items():
            if self.facts.counted(f):
                yield fit

    # -- hubs ----------------------------------------------------------------------------------

    def hubs(self, host: str, street: tuple[str, str] | None = None) -> Iterator[Hub]:
        """The most of every hub the host could plan: one place, or several near each other.

        Where *street* (district, street) is named, only those that stand in it.
        """
        members = self.facts.members(host)
        near_all = [
            b
            for b in self.candidates.get(host, ())
            if all(self._hosted_near(b, c) for c in members)
            and (street is None or self.facts.street_of(b) == street)
        ]
        places: dict[str, list[str]] = {}
        for b in near_all:
            places.setdefault(self.facts.site_of(b), []).append(b)
        for group in self._groups(places):
            yield self._hub(host, [(site, places[site]) for site in group])

    def _hosted_near(self, building: str, community: str) -> bool:
        facts = self.facts
        return facts.within(facts.walk.get((building, community)), facts.limits["host"])

    def _groups(self, places: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
        policy = self.facts.folder.policy
        joined = {
            (one, other)
            for one, other in combinations(sorted(places), 2)
            if policy["dispersed_hub"]
            and any(self._are_near(*pair) for pair in product(places[one], places[other]))
        }
        waiting: list[tuple[str, ...]] = [(site,) for site in sorted(places)]
        while waiting:
            group = waiting.pop()
            yield group
            if len(group) < policy["dispersed_hub_places"]:
                waiting += [
                    (*group, site) for site in places if all((k, site) in joined for k in group)
                ]

    @cached_property
    def _near(self) -> set[tuple[str, str]]:
        limit = exact(self.facts.folder.policy["dispersed_hub_m"])
        rows = self.facts.folder.inputs.get("building_distances", ())
        return {(r["building"], r["neighbour"]) for r in rows if amount(r, "walk_m") <= limit}

    def _are_near(self, one: str, other: str) -> bool:
        return (one, other) in self._near or (other, one) in self._near

    def _hub(self, host: str, places: list[tuple[str, list[str]]]) -> Hub:
        facts = self.facts
        sites = {site for site, _ in places}
        inside = [b for _, buildings in places for b in buildings]
        today = [row for row in facts.facilities_at(host) if row["site"] in sites]
        area = sum(map(self.counted_m2, inside), sum(map(facts.facility_area, today), ZERO))
        items = {
            facts.functions[f]["item"]
            for b in inside
            for f in self.fits[b]
            if facts.counts_as_item(f)
        }
        return Hub("+".join(sorted(sites)), area, facts.items_of(today) | items)

    def could_have_hub(
        self, host: str, *, pilot: bool, street: tuple[str, str] | None = None
    ) -> bool:
        """Some place, by area and items each by themselves, could be a planned hub of the host."""
        least = self.facts.hub_minimum(host)
        if not pilot:
            least = min(least, self.facts.hub_minimum(host, pilot=False))
        return any(h.area >= least and self.facts.has_items(h) for h in self.hubs(host, street))

    # -- areas, domains, persons ---------------------------------------------------------------

    def area_m2(self, host: str) -> Fraction:
        """Counted m² the host could have: today's and all that its candidates could hold."""
        planned = map(self.counted_m2, self.candidates.get(host, ()))
        return sum(planned, self.facts.existing_area(host))

    def domains(self, host: str, community: str) -> int:
        """Domains that *community* has today or that buildings could bring it."""
        facts = self.facts
        from_reach = facts.folder.policy["domains_from"] == "reach"
        inside = self.usable if from_reach else self.candidates.get(host, ())
        rows = [facts.functions[f] for f in facts.functions_near(community)]
        rows += [
            facts.functions[f]
            for b in inside
            for f in self.fits[b]
            if facts.within(facts.walk.get((b, community)), facts.reach(f))
        ]
        whole = facts.folder.policy["domain_mode"] == "all"
        found = {row["domain"] for row in rows} & set(facts.domain_ids)
        items = {row["item"] for row in rows}
        return sum(not whole or set(facts.halves[d]) <= items for d in found)

    def persons(self, community: str, function: str) -> Fraction | None:
        """Persons of the need that buildings in reach could serve; None = any number."""
        facts, total = self.facts, ZERO
        per_person = amount(facts.functions[function], "m2_per_person")
        for b, fits in self.fits.items():
            if function in fits and facts.within(
                facts.walk.get((b, community)), facts.reach(function)
            ):
                if not per_person:
                    return None
                total += fits[function][1] / per_person
        return total
