"""``gaps.csv``: every need, what meets it, and the remedy or the reason why there is none.

Source: contract section 4; HZ-26 (查漏补缺).
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.plan import ZERO
from optimizer.gaps import CAN_ADD, FULL, MONEY, Way, Ways, cheapest, reason_of
from optimizer.run_tables import Row, Tables, six

GAP_HEADS = (
    "community",
    "function",
    "need",
    "existing",
    "planned",
    "gap",
    "remedy",
    "reason",
    "in_reach",
    "obstacles",
    "taken_by",
    "way",
    "least_yuan",
    "left_yuan",
)


def gap_rows(tables: Tables) -> list[Row]:
    """One row a need. Where a gap stays, every building in reach is counted with its obstacle.

    ``way`` is the building of the cheapest further service, ``least_yuan`` its least one-off money
    (a year's operation under that ceiling), ``left_yuan`` what is left of the lowest ceiling.
    """
    ways = Ways(tables.instance, tables.plan)
    remedies: dict[tuple[str, str], list[str]] = {}
    for row in tables.plan.services:
        remedies.setdefault((row.community, row.function), []).append(row.building)
    rows = []
    for (c, f), need in sorted(tables.instance.needs.items()):
        planned = tables.planned.get((c, f), ZERO)
        gap = Decimal(repr(need.left)) - planned
        rows.append(
            {
                "community": c,
                "function": f,
                "need": six(need.persons),
                "existing": six(need.existing),
                "planned": six(planned),
                "gap": six(gap),
                "remedy": [_with_year(tables, b) for b in sorted(remedies.get((c, f), ()))],
                "reason": "none",
                **(_why(ways, c, f, gap) if gap else {}),
            }
        )
    return rows


def _with_year(tables: Tables, building: str) -> str:
    year = tables.year_of.get(building)
    return building if year is None else f"{building}:{year}"


def _why(ways: Ways, community: str, function: str, gap: Decimal) -> dict[str, Any]:
    found = ways.of(community, function, Fraction(gap))
    reason = "rounding" if ways.is_rounding(function, Fraction(gap)) else reason_of(found)
    counts = {way.obstacle: 0 for way in sorted(found, key=lambda way: way.obstacle)}
    for way in found:
        counts[way.obstacle] += 1
    best = _best(found, reason)
    full = [way.building for way in found if way.obstacle in FULL]
    return {
        "reason": reason,
        "in_reach": len(found),
        "obstacles": [f"{obstacle}:{count}" for obstacle, count in counts.items()],
        "taken_by": ways.users(community, function, full),
        "way": None if best is None else best.building,
        "least_yuan": None if best is None else best.least_yuan,
        "left_yuan": None if best is None else best.left_yuan,
    }


def _best(found: tuple[Way, ...], reason: str) -> Way | None:
    if reason == "not_chosen":
        return cheapest(found, (CAN_ADD,))
    return cheapest(found, MONEY) if reason == "money_left_too_small" else None
