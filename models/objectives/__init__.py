"""Goals by name; one file a goal. CLOSING follows the user's goals: no yuan that buys nothing."""

from collections.abc import Mapping

from models.goal import MAX, MIN, Goal
from models.objectives import (
    allocated_area,
    communities_to_standard,
    cost,
    need_served,
    operating_cost,
    residents_to_standard,
    streets_covered,
)

_ALL = (
    Goal(
        "communities_to_standard",
        MAX,
        communities_to_standard.expression,
        communities_to_standard.value,
        communities_to_standard.step,
    ),
    Goal(
        "streets_covered",
        MAX,
        streets_covered.expression,
        streets_covered.value,
        streets_covered.step,
    ),
    Goal(
        "residents_to_standard",
        MAX,
        residents_to_standard.expression,
        residents_to_standard.value,
        residents_to_standard.step,
    ),
    Goal(
        "need_served",
        MAX,
        need_served.expression,
        need_served.value,
        tolerance=need_served.tolerance,
    ),
    Goal("cost", MIN, cost.expression, cost.value, scale=cost.scale),
    Goal(
        "operating_cost",
        MIN,
        operating_cost.expression,
        operating_cost.value,
        scale=operating_cost.scale,
    ),
    Goal("allocated_area", MIN, allocated_area.expression, allocated_area.value),
)
GOALS: Mapping[str, Goal] = {goal.name: goal for goal in _ALL}
CLOSING = ("cost", "operating_cost", "allocated_area")
