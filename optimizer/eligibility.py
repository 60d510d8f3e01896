"""What may stand where, and why not: one function a reason, every refusal kept.

Source: contract section 5 (Eligible); codes and catalogue for floors, fire class and lifts.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.exact import half_up
from models.instance import Building, Fit, Function, Refusal
from models.policy import Policy
from optimizer.rows import Row
from optimizer.scenario import Scenario

LARGEST_LEVEL = 99
BuildingTest = Callable[[Row, Scenario, Policy], bool]


def _fire(row: Row, _: Scenario, __: Policy) -> bool:
    return row.values["fire_ok"] in ("1", "upgrade")


def _structure(row: Row, _: Scenario, __: Policy) -> bool:
    return row.values["structure_ok"] in ("1", "upgrade")


def _owner(row: Row, _: Scenario, __: Policy) -> bool:
    return bool(row.values["consent_owner"])


def _department(row: Row, _: Scenario, __: Policy) -> bool:
    return bool(row.values["consent_department"])


def _review(row: Row, _: Scenario, __: Policy) -> bool:
    return bool(row.values["review_ok"])


def _available(row: Row, scenario: Scenario, _: Policy) -> bool:
    year = row.values["available_year"]
    return scenario.deadline is None or year is None or year <= scenario.deadline


def _long_enough(row: Row, _: Scenario, policy: Policy) -> bool:
    term = row.values["lease_term_years"]
    return term is None or term >= policy.min_lease_years


def _not_barred(row: Row, _: Scenario, __: Policy) -> bool:
    return "never" not in (row.values["lock"] or ())


def _route_known(row: Row, _: Scenario, policy: Policy) -> bool:
    return any(route.id == row.values["route"] for route in policy.routes)


def _route_owner(row: Row, _: Scenario, policy: Policy) -> bool:
    owners = next((r.owners for r in policy.routes if r.id == row.values["route"]), None)
    return owners is None or row.values["owner"] in owners


BUILDING_TESTS: tuple[tuple[str, str, BuildingTest], ...] = (
    ("HZ-61", "fire_not_ok", _fire),
    ("SH-09", "structure_not_ok", _structure),
    ("SH-15", "owner_refuses", _owner),
    ("SH-15", "department_refuses", _department),
    ("SH-08", "review_not_passed", _review),
    ("HZ-06", "available_too_late", _available),
    ("A29", "lease_too_short", _long_enough),
    ("contract 5 Locks", "locked_never", _not_barred),
    ("HZ-20", "route_unknown", _route_known),
    ("HZ-20", "owner_not_for_route", _route_owner),
)


def building_refusals(row: Row, scenario: Scenario, policy: Policy) -> list[Refusal]:
    """Every reason why the building cannot be used at all."""
    return [
        Refusal(rule, reason, building=row.values["id"])
        for rule, reason, holds in BUILDING_TESTS
        if not holds(row, scenario, policy)
    ]


def fit_of(
    building: Building, function: Function, row: Row, factor: Decimal, policy: Policy
) -> Fit | Refusal:
    """How *function* (typed row *row*) fits in *building*, or why it does not."""
    refused = _refusal(building, function, row.values, policy)
    if refused is not None:
        return Refusal(refused[0], refused[1], building=building.id, function=function.id)
    lifted = building.has_lift or building.upgrade == "lift"
    levels = _usable_levels(building, row.values, lifted)
    room = _area_of(building, levels)
    most = room if function.max_m2 is None else min(room, function.max_m2)
    rate = half_up(Fraction(row.values["fitout_yuan_per_m2"]) * Fraction(factor), 0)
    unlifted = _usable_levels(building, row.values, building.has_lift)
    return Fit(building.id, function.id, levels, unlifted, most, int(rate))


def _refusal(
    building: Building, function: Function, values: Any, policy: Policy
) -> tuple[str, str] | None:
    if function.is_office and policy.office_share == 0:
        return "HZ-35", "no_office"
    allowed = allowed_levels(values["levels"], building.fire_class)
    standing = {floor.level for floor in building.floors}
    if allowed is not None and not allowed & standing:
        return "functions 4", "no_allowed_floor"
    levels = _usable_levels(building, values, building.has_lift or building.upgrade == "lift")
    if not levels:
        return "functions 4", "no_lift"
    if _area_of(building, levels) < function.min_m2:
        return "functions 9", "floors_too_small"
    return None


def _usable_levels(building: Building, values: Any, lifted: bool) -> frozenset[int]:
    allowed = allowed_levels(values["levels"], building.fire_class)
    limit = values["lift_above"]
    return frozenset(
        floor.level
        for floor in building.floors
        if (allowed is None or floor.level in allowed)
        and (lifted or limit is None or floor.level <= limit)
    )


def _area_of(building: Building, levels: frozenset[int]) -> float:
    return round(sum(floor.area_m2 for floor in building.floors if floor.level in levels), 2)


def allowed_levels(text: str | None, fire_class: str) -> frozenset[int] | None:
    """Levels that *text* (``1-3;III:1-2;IV:1``) allows for *fire_class*; None = any."""
    if text is None:
        return None
    by_class: dict[str, str] = {}
    for part in text.split(";"):
        kind, _, ranges = part.rpartition(":")
        by_class[kind] = ranges
    ranges = by_class.get(fire_class, by_class.get("", ""))
    levels: set[int] = set()
    for piece in ranges.split(",") if ranges else ():
        low, high = _ends(piece)
        levels |= set(range(low, high + 1))
    return frozenset(levels - {0})


def _ends(piece: str) -> tuple[int, int]:
    sign, body = (-1, piece[1:]) if piece.startswith("-") else (1, piece)
    low, dash, high = body.partition("-")
    first = sign * int(low)
    return first, int(high) if dash else first
