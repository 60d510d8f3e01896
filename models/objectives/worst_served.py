"""Lowest weighted share of the whole need over communities with need (max).  最低满足率

``min_c Σ_f weight (existing + planned) ÷ Σ_f weight × need``; the family ``worst_served`` holds the
variable below every community's share. Source: contract section 5 (Goals); HZ-74.
"""

from fractions import Fraction
from typing import Any

from models.exact import fraction
from models.instance import Instance
from models.plan import Plan


def expression(m: Any, _: Instance) -> Any:
    """The lowest share."""
    return m.worst_share


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly; 1 where nobody needs anything."""
    whole = weighted_need(instance)
    met = dict.fromkeys(whole, Fraction(0))
    for (c, f), need in instance.needs.items():
        if c in met:
            met[c] += fraction(instance.functions[f].weight) * fraction(need.existing)
    for row in plan.services:
        if row.community in met:
            weight = fraction(instance.functions[row.function].weight)
            met[row.community] += weight * Fraction(row.persons)
    return min((met[c] / whole[c] for c in whole), default=Fraction(1))


def tolerance(plan: Plan, instance: Instance) -> Fraction:
    """Persons are whole millionths: each service row may lose one."""
    whole = weighted_need(instance)
    if not whole:
        return Fraction(0)
    heaviest = max(fraction(f.weight) for f in instance.functions.values())
    return heaviest * len(plan.services) / 1_000_000 / min(whole.values())


def weighted_need(instance: Instance) -> dict[str, Fraction]:
    """Community -> Σ weight × need, communities with weighted need only."""
    whole: dict[str, Fraction] = {}
    for (c, f), need in instance.needs.items():
        points = fraction(instance.functions[f].weight) * fraction(need.persons)
        whole[c] = whole.get(c, Fraction(0)) + points
    return {c: points for c, points in whole.items() if points}
