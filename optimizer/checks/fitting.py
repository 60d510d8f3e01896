"""Where a function may stand in a building, and why nowhere; counted from the tables alone.

Source: contract section 5 (Eligible, Capacity); floors by fire class: codes in the catalogue.
"""

from fractions import Fraction

from optimizer.checks.facts import Facts
from optimizer.checks.folder import amount, optional
from optimizer.checks.space import SMALLEST, allowed_levels

LIFTED = ("1", "upgrade")


def floors_of(facts: Facts, building: str) -> dict[int, Fraction]:
    """Level -> m² of *building*."""
    return facts.floors_of.get(building, {})


def levels_for(facts: Facts, building: str, function: str, is_lifted: bool) -> frozenset[int]:
    """Levels of *building* where *function* may stand."""
    rules, row = facts.functions[function], facts.buildings[building]
    allowed = allowed_levels(rules["levels"], row["fire_class"])
    limit = optional(rules, "lift_above")
    return frozenset(
        level
        for level in floors_of(facts, building)
        if (allowed is None or level in allowed) and (is_lifted or limit is None or level <= limit)
    )


def could_be_lifted(facts: Facts, building: str) -> bool:
    """There is a lift, or one to buy."""
    return facts.buildings[building]["lift"] in LIFTED


def unfit(facts: Facts, building: str, function: str) -> str | None:
    """Why *function* can stand nowhere in *building*; None where it can."""
    rules, row = facts.functions[function], facts.buildings[building]
    if facts.is_office(function) and not facts.folder.policy["office_share"]:
        return "no_office"
    allowed = allowed_levels(rules["levels"], row["fire_class"])
    standing = floors_of(facts, building)
    if allowed is not None and not allowed & set(standing):
        return "no_allowed_floor"
    levels = levels_for(facts, building, function, could_be_lifted(facts, building))
    if not levels:
        return "no_lift"
    room = sum((standing[level] for level in levels), Fraction(0))
    return "floors_too_small" if room < max(amount(rules, "min_m2"), SMALLEST) else None
