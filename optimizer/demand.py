"""Who needs what: derived persons, needs by community and function, and what supply leaves of it.

Source: contract section 5 (Need); HZ-12, HZ-26; A4.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.exact import half_up
from models.policy import Policy
from optimizer.rows import Row, Table

GROUPS = ("infants", "pupils", "elderly", "elderly65")
PERSONS = ("households", "residents", *GROUPS)


def with_persons(row: Row, policy: Policy, shares: Mapping[str, Decimal]) -> Row:
    """Households, residents and groups of a community filled in, and flagged where we did."""
    values, derived = dict(row.values), set(row.derived)
    per_household = Fraction(policy.persons_per_household)
    if values["households"] is None and values["residents"] is not None:
        values["households"] = int(half_up(Fraction(values["residents"]) / per_household, 0))
        derived.add("households")
    if values["residents"] is None and values["households"] is not None:
        values["residents"] = int(half_up(Fraction(values["households"]) * per_household, 0))
        derived.add("residents")
    for group in GROUPS:
        if values[group] is None and values["residents"] is not None:
            values[group] = int(half_up(values["residents"] * Fraction(shares[group]), 0))
            derived.add(group)
    return Row(row.number, values, frozenset(derived))


def needs_table(
    communities: tuple[Row, ...],
    functions: tuple[Row, ...],
    facilities: list[Row],
    given: tuple[Row, ...],
) -> Table:
    """``needs``: persons, existing supply and what is left, six decimals, persons > 0 only."""
    own = {(r.values["community"], r.values["function"]): r.values["persons"] for r in given}
    supply = _supply(facilities)
    rows = []
    for community in communities:
        for function in functions:
            key = community.values["id"], function.values["id"]
            persons = own.get(key)
            is_derived = persons is None
            if persons is None:
                persons = _derived(community.values, function.values)
            if not persons and is_derived:
                continue
            need = Fraction(persons or 0)
            met = _met(need, supply.get(key), function.values["m2_per_person"])
            whole, left = half_up(need, 6), half_up(need - met, 6)
            values = {
                "community": key[0],
                "function": key[1],
                "persons": whole,
                "existing": max(whole - left, Decimal("0.000000")),
                "left": left,
            }
            rows.append(Row(0, values, frozenset({"persons"} if is_derived else ())))
    return Table("needs", tuple(sorted(rows, key=_key)))


def _key(row: Row) -> tuple[str, str]:
    return row.values["community"], row.values["function"]


def _derived(community: Mapping[str, Any], function: Mapping[str, Any]) -> Fraction | None:
    group, rate = function["need_group"], function["need_per_1000"]
    if group is None or rate is None or community[group] is None:
        return None
    return Fraction(community[group]) * Fraction(rate) / 1000


def _supply(facilities: list[Row]) -> dict[tuple[str, str], Decimal]:
    total: dict[tuple[str, str], Decimal] = {}
    for row in facilities:
        if row.values["function"] is not None:
            key = row.values["community"], row.values["function"]
            total[key] = total.get(key, Decimal(0)) + row.values["area_m2"]
    return total


def _met(need: Fraction, area: Decimal | None, m2_per_person: Decimal) -> Fraction:
    """min(need, Σ area ÷ m2_per_person); all of it where a person takes no area."""
    if area is None:
        return Fraction(0)
    if m2_per_person == 0:
        return need
    return min(need, Fraction(area) / Fraction(m2_per_person))
