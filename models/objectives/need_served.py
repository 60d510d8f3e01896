"""Weighted persons served, existing supply included (max).  服务需求满足

``Σ weight_f (existing_cf + Σ v_ubfc)``. Source: contract section 5 (Need, Goals); HZ-07, HZ-36.
"""

from fractions import Fraction
from typing import Any

from pyomo.core.expr import LinearExpression

from models.exact import fraction
from models.instance import Instance
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Points of planned and existing service."""
    weights = [instance.functions[f].weight for _, _, f, _ in m.SERVES]
    return LinearExpression(
        constant=float(_existing(instance)),
        linear_coefs=weights,
        linear_vars=list(m.served.values()),
    )


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    planned: dict[str, Fraction] = {}
    for row in plan.services:
        planned[row.function] = planned.get(row.function, Fraction(0)) + Fraction(row.persons)
    return _existing(instance) + sum(
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


def _existing(instance: Instance) -> Fraction:
    return sum(
        (
            fraction(instance.functions[f].weight) * fraction(need.existing)
            for (_, f), need in instance.needs.items()
            if need.existing
        ),
        Fraction(0),
    )
