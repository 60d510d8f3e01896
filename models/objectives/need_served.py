"""Weighted persons served, existing supply included (max).  服务需求满足

``Σ weight_f (existing_cf + Σ v_ubfc)``. Source: contract section 5 (Need, Goals); HZ-07, HZ-36.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pyomo.core.expr import LinearExpression

from models.exact import fraction
from models.instance import Instance
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Points of planned and existing service."""
    return points(m, instance, set(instance.functions))


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    return points_of(plan, instance, set(instance.functions))


def points(m: Any, instance: Instance, functions: set[str]) -> Any:
    """``Σ weight (existing + planned)`` over *functions*."""
    weight = {
        f: instance.functions[f].weight if f in functions else 0.0 for f in instance.functions
    }
    return LinearExpression(
        constant=float(_existing(instance, functions, instance.fading.lasting_supply)),
        linear_coefs=[weight[f] for *_, f, _ in m.SERVES] + [weight[f] for _, f in m.FADING_SUPPLY],
        linear_vars=[*m.served.values(), *m.kept_supply.values()],
    )


def points_of(plan: Plan, instance: Instance, functions: set[str]) -> Fraction:
    """The same of a plan, exactly."""
    planned: dict[str, Fraction] = {}
    for row in plan.services:
        if row.function in functions:
            planned[row.function] = planned.get(row.function, Fraction(0)) + Fraction(row.persons)
    return _existing(instance, functions, {}) + sum(
        (fraction(instance.functions[f].weight) * persons for f, persons in planned.items()),
        Fraction(0),
    )


def tolerance(plan: Plan, instance: Instance) -> Fraction:
    """Persons are whole millionths: each service row may lose one."""
    return (
        sum(
            (fraction(instance.functions[row.function].weight) for row in plan.services),
            Fraction(0),
        )
        / 1_000_000
    )


def _existing(
    instance: Instance, functions: set[str], lasting: Mapping[tuple[str, str], float]
) -> Fraction:
    """Points of existing supply; of refits only what lasts where *lasting* says it."""
    return sum(
        (
            fraction(instance.functions[f].weight) * fraction(lasting.get((c, f), need.existing))
            for (c, f), need in instance.needs.items()
            if need.existing and f in functions
        ),
        Fraction(0),
    )
