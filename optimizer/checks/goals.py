"""What each goal of contract section 5 is worth, from the files of a plan, exactly.

Source: contract section 5 (Goals); a weighted level is Σ w × min goals - Σ w × max goals.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from optimizer.checks.facts import Facts
from optimizer.checks.folder import amount, exact

ZERO = Fraction(0)
STATE = ("state", "municipal_soe", "department")
NEW = ("allocation", "supplement")


def priority(facts: Facts) -> Fraction:
    """Σ priority over pilot places; of a union with one place the largest of its pilots (A11)."""
    is_each = facts.folder.policy["union_places"] == "members"
    total = ZERO
    for host in facts.pilot_hosts:
        inside = [c for c in facts.members(host) if c in facts.pilots]
        weights = [amount(facts.communities[c], "priority") for c in inside]
        total += sum(weights, ZERO) if is_each else max(weights)
    return total


def streets(facts: Facts) -> Fraction:
    """Streets with a hub."""
    return Fraction(len(facts.covered_streets))


def communities(facts: Facts) -> Fraction:
    """Communities with a hub."""
    return Fraction(len(facts.covered_communities))


def hubs(facts: Facts) -> Fraction:
    """Hosts with a planned hub."""
    return Fraction(len(facts.hub_buildings))


def residents(facts: Facts) -> Fraction:
    """Residents of the pilots."""
    return sum((amount(facts.communities[c], "residents") for c in facts.pilots), ZERO)


def service(facts: Facts) -> Fraction:
    """Weighted persons served, existing supply included."""
    return _points(facts, lambda _: True)


def core_service(facts: Facts) -> Fraction:
    """The same of core functions."""
    return _points(facts, lambda f: facts.functions[f]["core"] == "1")


def _points(facts: Facts, wanted: Callable[[str], bool]) -> Fraction:
    points = ZERO
    for c, f in facts.needs:
        if wanted(f):
            points += amount(facts.functions[f], "weight") * facts.existing((c, f))
    for (_, f), persons in facts.planned_service.items():
        if wanted(f):
            points += amount(facts.functions[f], "weight") * persons
    return points


def worst(facts: Facts) -> Fraction:
    """Lowest weighted share of the whole need over communities with need."""
    whole: dict[str, Fraction] = {}
    met: dict[str, Fraction] = {}
    for (c, f), row in facts.needs.items():
        weight = amount(facts.functions[f], "weight")
        planned = facts.planned_service.get((c, f), ZERO)
        whole[c] = whole.get(c, ZERO) + weight * amount(row, "persons")
        met[c] = met.get(c, ZERO) + weight * (facts.existing((c, f)) + planned)
    return min((met[c] / whole[c] for c in whole if whole[c]), default=Fraction(1))


def walking(facts: Facts) -> Fraction:
    """Persons × metres of planned service."""
    return sum(
        (
            amount(r, "persons") * facts.walk[r["building"], r["community"]]
            for r in facts.folder.outputs["service"]
        ),
        ZERO,
    )


def farthest(facts: Facts) -> Fraction:
    """Longest walk of planned service."""
    rows = facts.folder.outputs["service"]
    return max((facts.walk[r["building"], r["community"]] for r in rows), default=ZERO)


def office(facts: Facts) -> Fraction:
    """Office m² ÷ floor area of all candidates."""
    used = sum((room.m2 for room in facts.rooms if facts.has_office(room)), ZERO)
    return used / (sum(facts.floors.values(), ZERO) or 1)


def state_owned(facts: Facts) -> Fraction:
    """Allocated m² of state owners."""
    return _area(facts, "owner", STATE)


def new_build(facts: Facts) -> Fraction:
    """Allocated m² of new buildings."""
    return _area(facts, "route", NEW)


def _area(facts: Facts, column: str, words: tuple[str, ...]) -> Fraction:
    rooms = (room for room in facts.rooms if facts.buildings[room.building][column] in words)
    return sum((room.m2 for room in rooms), ZERO)


def idle(facts: Facts) -> Fraction:
    """Unallocated m² of used buildings."""
    whole = sum((m2 for (b, _), m2 in facts.floors.items() if b in facts.siting), ZERO)
    return whole - sum((room.m2 for room in facts.rooms), ZERO)


def cost(facts: Facts) -> Fraction:
    """One-off money of the plan."""
    return sum((facts.cost(b) for b in facts.siting if b in facts.buildings), ZERO)


GOALS: Mapping[str, tuple[bool, Callable[[Facts], Fraction]]] = {
    "communities_to_standard": (True, priority),
    "residents_to_standard": (True, residents),
    "hubs": (True, hubs),
    "streets_covered": (True, streets),
    "communities_covered": (True, communities),
    "priority_need_served": (True, core_service),
    "need_served": (True, service),
    "worst_served": (True, worst),
    "walking_distance": (False, walking),
    "farthest_m": (False, farthest),
    "office_share": (False, office),
    "state_owned_m2": (True, state_owned),
    "new_build_m2": (False, new_build),
    "idle_m2_left": (False, idle),
    "cost": (False, cost),
}


def level_name(level: Any) -> str:
    """Name of an entry of the goal order; a weighted one joins its goals by +."""
    return "+".join(level) if isinstance(level, dict) else str(level)


def value_of(facts: Facts, level: Any) -> tuple[bool, Fraction]:
    """(is it maximised, its exact value) of an entry of the goal order."""
    if not isinstance(level, dict):
        is_max, value = GOALS[level]
        return is_max, value(facts)
    total = ZERO
    for name, weight in level.items():
        is_max, value = GOALS[name]
        total += exact(weight) * value(facts) * (-1 if is_max else 1)
    return False, total
