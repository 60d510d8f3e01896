"""Hosts as the relaxation sees them: who could be a pilot, what it lacks, what it would be worth.

Counted from the tables without a plan, each figure on the side that allows more.
Source: contract section 5 (Standard, Hub, Domains, Union, Refit).
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from optimizer.checks.facts import Facts
from optimizer.checks.folder import Row, amount
from optimizer.checks.possible import Possible

ZERO = Fraction(0)


@dataclass(frozen=True)
class Standing:
    """One host; *possible* counts what buildings could hold, without a plan."""

    possible: Possible
    host: str

    @property
    def facts(self) -> Facts:
        """The city without a plan."""
        return self.possible.facts

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Its communities."""
        return self.facts.members(self.host)

    @cached_property
    def candidates(self) -> list[str]:
        """Buildings it could host."""
        return self.possible.candidates.get(self.host, [])

    @cached_property
    def pilots(self) -> list[str]:
        """Members that would be pilots; none where the host cannot be one."""
        facts, rows = self.facts, [self.facts.communities[c] for c in self.members]
        if any(row["pilot"] == "excluded" for row in rows):
            return []
        required = [row["id"] for row in rows if row["pilot"] == "required"]
        if not required and facts.meets_today(self.host):
            return []
        return [c for c in self.members if c in required or not facts.meets_today(c)]

    @cached_property
    def _is_each(self) -> bool:
        return bool(self.facts.folder.policy["union_places"] == "members")

    @cached_property
    def places(self) -> list[str]:
        """Pilots whose place counts: all, or the one with most households (A11)."""
        if self._is_each or not self.pilots:
            return self.pilots
        households = {c: amount(self.facts.communities[c], "households") for c in self.pilots}
        return [min(self.pilots, key=lambda c: (-households[c], c))]

    @cached_property
    def priority(self) -> Fraction:
        """What its place or places are worth."""
        weights = [amount(self.facts.communities[c], "priority") for c in self.pilots]
        return sum(weights, ZERO) if self._is_each else max(weights, default=ZERO)

    @cached_property
    def residents(self) -> Fraction:
        """Residents of its pilots."""
        rows = (self.facts.communities[c] for c in self.pilots)
        return sum((amount(row, "residents") for row in rows), ZERO)

    # -- hubs ----------------------------------------------------------------------------------

    @cached_property
    def is_in_flux(self) -> bool:
        """A refit could change which existing hub the host has."""
        replaced = self.possible.replaceable
        return any(r["hub"] == "1" and r["id"] in replaced for r in self._today)

    @cached_property
    def _today(self) -> list[Row]:
        return self.facts.facilities_at(self.host)

    @cached_property
    def has_hub(self) -> bool:
        """It has an existing hub that qualifies alone."""
        return self.facts.existing_hub(self.host) is not None

    @cached_property
    def may_have_hub(self) -> bool:
        """It has an existing hub, or could by a refit."""
        return self.has_hub or self.is_in_flux

    @cached_property
    def may_plan_hub(self) -> bool:
        """It could plan one: it has candidates, and no existing hub for certain."""
        return bool(self.candidates) and (not self.has_hub or self.is_in_flux)

    @cached_property
    def _on_sites(self) -> list[Row]:
        """Facilities that stand on the site of a candidate."""
        sites = {self.facts.site_of(b) for b in self.candidates}
        return [row for row in self._today if row["site"] in sites]

    def _hub_lacks(self, least: Fraction) -> Fraction:
        there = sum(map(self.facts.facility_area, self._on_sites), ZERO)
        return max(ZERO, least - there)

    @cached_property
    def hub_m2(self) -> Fraction:
        """m² that must be credited for a planned hub, whoever has it."""
        kinds = (self.facts.hub_minimum(self.host, pilot=pilot) for pilot in (True, False))
        return self._hub_lacks(min(kinds))

    @cached_property
    def pilot_m2(self) -> Fraction:
        """m² that must be credited to a pilot: what the standard lacks, and its hub."""
        facts = self.facts
        lacks = max(ZERO, facts.required(self.host) - facts.existing_area(self.host))
        hub = ZERO if self.may_have_hub else self._hub_lacks(facts.hub_minimum(self.host))
        return max(lacks, hub)

    @cached_property
    def most_m2(self) -> Fraction:
        """The most that any row asks to be credited."""
        return max(self.hub_m2, self.pilot_m2)

    @cached_property
    def items(self) -> int:
        """Items of the policy that a planned hub must open."""
        there = self.facts.items_of(self._on_sites)
        return max(0, int(self.facts.folder.policy["hub_min_items"]) - len(there))

    @cached_property
    def core_items(self) -> int:
        """Core items that a planned hub must open."""
        policy = self.facts.folder.policy
        there = self.facts.items_of(self._on_sites) & set(policy["core_items"])
        return max(0, int(policy["hub_min_core_items"]) - len(there))

    @cached_property
    def lacks(self) -> dict[str, list[str]]:
        """Domain -> members without it today."""
        facts = self.facts
        if not facts.folder.policy["domains_required"]:
            return {}
        present = {c: facts.domains(c) for c in self.members}
        short = {d: [c for c in self.members if d not in present[c]] for d in facts.domain_ids}
        return {d: members for d, members in short.items() if members}
