"""Weighted persons served by core functions, existing supply included (max).  一老一小需求满足

Source: contract section 5 (Need, Goals); HZ-07, HZ-36.
"""

from fractions import Fraction
from typing import Any

from models.instance import Instance
from models.objectives import need_served
from models.plan import Plan


def _core(instance: Instance) -> set[str]:
    return {f for f, row in instance.functions.items() if row.is_core}


def expression(m: Any, instance: Instance) -> Any:
    """Points of planned and existing service by core functions."""
    return need_served.points(m, instance, _core(instance))


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    return need_served.points_of(plan, instance, _core(instance))
