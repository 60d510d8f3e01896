"""Persons × metres walked to planned service (min).  步行总距离

``Σ walk_bc v_ubfc``; needs ``serve_all`` or a service level before it.
Source: contract section 5 (Goals).
"""

from fractions import Fraction
from typing import Any

from pyomo.core.expr import LinearExpression

from models.exact import fraction
from models.instance import Instance
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Person-metres of planned service."""
    return LinearExpression(
        constant=0,
        linear_coefs=[instance.walk_m[b, c] for _, b, _, c in m.SERVES],
        linear_vars=list(m.served.values()),
    )


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    return sum(
        (
            Fraction(row.persons) * fraction(instance.walk_m[row.building, row.community])
            for row in plan.services
        ),
        Fraction(0),
    )


def tolerance(plan: Plan, instance: Instance) -> Fraction:
    """Persons are whole millionths: each service row may gain one."""
    walks = (fraction(instance.walk_m[row.building, row.community]) for row in plan.services)
    return sum(walks, Fraction(0)) / 1_000_000
