"""What a concrete plan is worth at every goal, each computed from its sentence in contract 5."""

from collections import Counter
from fractions import Fraction

from tests.oracle.clauses import OFFICE
from tests.oracle.goals import NEW_BUILD, STATE_OWNERS, ZERO, asked, levels_of
from tests.oracle.judge import Decision, communities_with_hub, cost_of, streets_with_hub
from tests.oracle.records import Facts


def values_of(facts: Facts, plan: Decision) -> tuple[Fraction, ...]:
    """The levels of *plan* as a run shows them, each goal computed from its sentence."""
    goals = {goal: WORTH[goal](facts, plan) for goal in asked(facts.case)}
    return tuple(level.shown(level.score(goals)) for level in levels_of(facts.case))


def _points(facts: Facts, plan: Decision, community=None, is_wanted=lambda _: True) -> Fraction:
    met = [(c, f, x) for (c, f), (x, _) in facts.needs.items()]
    met += [(c, f, x) for (_, f, c), x in plan.served.items()]
    return sum(
        (
            facts.functions[f].weight * x
            for c, f, x in met
            if community in (None, c) and is_wanted(facts.functions[f])
        ),
        ZERO,
    )


def _worst(facts: Facts, plan: Decision) -> Fraction:
    whole: Counter = Counter()
    for (c, f), (met, left) in facts.needs.items():
        whole[c] += facts.functions[f].weight * (met + left)
    shares = [_points(facts, plan, c) / points for c, points in whole.items() if points]
    return min(shares, default=Fraction(1))


def _area(facts: Facts, plan: Decision, column: str, default: str, words) -> Fraction:
    places = {b for b, row in facts.buildings.items() if (row.get(column) or default) in words}
    return sum((a for b, _, _, a in plan.rooms(facts) if b in places), ZERO)


def _walks(facts: Facts, plan: Decision) -> list[tuple[Fraction, Fraction]]:
    return [(x, facts.walks.between(b, c)) for (b, _, c), x in plan.served.items() if x]


def _all_m2(facts: Facts, buildings) -> Fraction:
    return sum((m2 for b in buildings for m2 in facts.floors[b].values()), ZERO)


def _sum_of(attribute: str):
    return lambda facts, plan: sum(
        (Fraction(getattr(facts.communities[u], attribute)) for u in plan.pilots), ZERO
    )


WORTH = {
    "communities_to_standard": _sum_of("priority"),
    "residents_to_standard": _sum_of("residents"),
    "hubs": lambda _, plan: Fraction(sum(map(bool, plan.hubs.values()))),
    "streets_covered": lambda facts, plan: Fraction(streets_with_hub(facts, plan)),
    "communities_covered": lambda facts, plan: Fraction(communities_with_hub(facts, plan)),
    "priority_need_served": lambda facts, plan: _points(
        facts, plan, is_wanted=lambda function: function.is_core
    ),
    "need_served": _points,
    "worst_served": _worst,
    "walking_distance": lambda facts, plan: sum((x * m for x, m in _walks(facts, plan)), ZERO),
    "farthest_m": lambda facts, plan: max((m for _, m in _walks(facts, plan)), default=ZERO),
    "office_share": lambda facts, plan: (
        sum((a for (_, f, _), a in plan.areas.items() if f == OFFICE), ZERO)
        / _all_m2(facts, facts.floors)
    ),
    "state_owned_m2": lambda facts, plan: _area(facts, plan, "owner", "state", STATE_OWNERS),
    "new_build_m2": lambda facts, plan: _area(facts, plan, "route", "transfer", NEW_BUILD),
    "idle_m2_left": lambda facts, plan: (
        _all_m2(facts, plan.hosts) - sum((a for *_, a in plan.rooms(facts)), ZERO)
    ),
    "cost": lambda facts, plan: sum((cost_of(facts, plan, b) for b in plan.hosts), ZERO),
}
