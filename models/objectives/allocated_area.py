"""Allocated floor area (min): the last closing level.  用房面积

Source: contract section 5 (Levels).
"""

from fractions import Fraction
from typing import Any

from pyomo.core.expr import LinearExpression

from models.instance import Instance
from models.plan import Plan


def expression(m: Any, _: Instance) -> Any:
    """Floor area of all installations, m²."""
    areas = list(m.area.values())
    return LinearExpression(constant=0, linear_coefs=[1.0] * len(areas), linear_vars=areas)


def value(plan: Plan, _: Instance) -> Fraction:
    """The same of a plan, exactly."""
    return sum((Fraction(m2) for m2 in plan.rooms_m2.values()), Fraction(0))
