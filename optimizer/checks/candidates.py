"""Which functions fit in which eligible building, counted from the tables alone.

Needed to tell "nobody in reach could serve it" from "capacity or budget" (gaps.csv).
"""

from fractions import Fraction

from optimizer.checks.eligibility import OF_BUILDING, could_host
from optimizer.checks.facts import Facts
from optimizer.checks.folder import amount, optional
from optimizer.checks.space import SMALLEST, allowed_levels


def fitting(facts: Facts) -> dict[str, list[str]]:
    """Building -> functions that fit, for buildings with a host that could have them."""
    floors: dict[str, dict[int, Fraction]] = {}
    for (b, level), m2 in facts.floors.items():
        floors.setdefault(b, {})[int(level)] = m2
    return {
        b: [f for f in facts.functions if _fits(facts, b, f, floors.get(b, {}))]
        for b in facts.buildings
        if _eligible(facts, b)
    }


def _eligible(facts: Facts, building: str) -> bool:
    if not all(test(facts, building, "") for *_, test in OF_BUILDING):
        return False
    if not facts.has_hosts:
        return True
    locked = [k.partition(":")[2] for k in facts.locks(building) if k.startswith("community:")]
    able = {c for c in facts.near.get(building, ()) if could_host(facts, building, c)}
    wanted = {*locked} | facts.homes(building)
    hosts = [{c} for c in able] + [{*group} for group in facts.unions.values() if able & {*group}]
    return any(wanted <= members for members in hosts)


def _fits(facts: Facts, building: str, function: str, floors: dict[int, Fraction]) -> bool:
    row, rules = facts.buildings[building], facts.functions[function]
    if facts.is_office(function) and not facts.folder.policy["office_share"]:
        return False
    allowed = allowed_levels(rules["levels"], row["fire_class"])
    limit = optional(rules, "lift_above")
    room = sum(
        (
            m2
            for level, m2 in floors.items()
            if (allowed is None or level in allowed)
            and (row["lift"] in ("1", "upgrade") or limit is None or level <= limit)
        ),
        Fraction(0),
    )
    return room >= max(amount(rules, "min_m2"), SMALLEST)
