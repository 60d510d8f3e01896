"""One-off money (min).  一次性投入

Acquisition, openings and fit-out; the model counts in ``Instance.yuan_unit`` yuan.
Source: contract section 5 (Money).
"""

from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.plan import Plan


def expression(m: Any, _: Instance) -> Any:
    """One-off money in units of ``yuan_unit``."""
    return pyo.quicksum(m.building_cost.values())


def value(plan: Plan, _: Instance) -> Fraction:
    """One-off money of a plan in yuan."""
    return Fraction(plan.cost_yuan)


def scale(instance: Instance) -> float:
    """Yuan in one unit of the model."""
    return instance.yuan_unit
