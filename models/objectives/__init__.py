"""Goals by name; one file a goal.

CLOSING follows the user's goals: no yuan that buys nothing. TIES decides between equal plans.
"""

from collections.abc import Mapping

from models.goal import MAX, MIN, Goal, weighted
from models.instance import Instance
from models.objectives import (
    allocated_area,
    communities_covered,
    communities_to_standard,
    cost,
    farthest_m,
    hubs,
    idle_m2_left,
    need_served,
    new_build_m2,
    office_share,
    operating_cost,
    priority_need_served,
    residents_to_standard,
    state_owned_m2,
    streets_covered,
    tie_break,
    walking_distance,
    worst_served,
)


def _counted(name: str, module: object) -> Goal:
    """A goal to maximise that only takes multiples of its step."""
    return Goal(name, MAX, module.expression, module.value, module.step)  # type: ignore[attr-defined]


_ALL = (
    _counted("communities_to_standard", communities_to_standard),
    _counted("residents_to_standard", residents_to_standard),
    _counted("hubs", hubs),
    _counted("streets_covered", streets_covered),
    _counted("communities_covered", communities_covered),
    Goal(
        "priority_need_served",
        MAX,
        priority_need_served.expression,
        priority_need_served.value,
        tolerance=need_served.tolerance,
    ),
    Goal(
        "need_served",
        MAX,
        need_served.expression,
        need_served.value,
        tolerance=need_served.tolerance,
    ),
    Goal(
        "worst_served",
        MAX,
        worst_served.expression,
        worst_served.value,
        tolerance=worst_served.tolerance,
    ),
    Goal(
        "walking_distance",
        MIN,
        walking_distance.expression,
        walking_distance.value,
        tolerance=walking_distance.tolerance,
        wants_service=False,
    ),
    Goal("farthest_m", MIN, farthest_m.expression, farthest_m.value, wants_service=False),
    Goal("office_share", MIN, office_share.expression, office_share.value),
    Goal("state_owned_m2", MAX, state_owned_m2.expression, state_owned_m2.value),
    Goal("new_build_m2", MIN, new_build_m2.expression, new_build_m2.value),
    Goal("idle_m2_left", MIN, idle_m2_left.expression, idle_m2_left.value),
    Goal("cost", MIN, cost.expression, cost.value, scale=cost.scale),
    Goal(
        "operating_cost",
        MIN,
        operating_cost.expression,
        operating_cost.value,
        scale=operating_cost.scale,
    ),
    Goal("allocated_area", MIN, allocated_area.expression, allocated_area.value),
    Goal("tie_break", MIN, tie_break.expression, tie_break.value, tie_break.step),
    Goal("tie_break_amounts", MIN, tie_break.amounts_expression, tie_break.amounts_value),
)
GOALS: Mapping[str, Goal] = {goal.name: goal for goal in _ALL}
CLOSING = ("cost", "operating_cost", "allocated_area")
TIES = ("tie_break", "tie_break_amounts")  # where all of these are closed


def goal_of(instance: Instance, name: str) -> Goal:
    """The goal called *name*, or the weighted level of that name (``cost+walking_distance``)."""
    if name in instance.weights:
        parts = {GOALS[part]: weight for part, weight in instance.weights[name].items()}
        return weighted(name, parts)
    return GOALS[name]
