"""Planned hubs (max).  规划共同体数

``Σ_u hubs planned for u``. Source: contract section 5 (Goals); HZ-03.
"""

from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.plan import Plan


def expression(m: Any, _: Instance) -> Any:
    """Planned hubs."""
    return pyo.quicksum(m.planned_hub.values())


def value(plan: Plan, _: Instance) -> Fraction:
    """Hosts with a planned hub, on one site or dispersed."""
    return Fraction(len(plan.hub_sites))


def step(_: Instance) -> Fraction | None:
    """Hubs are counted."""
    return Fraction(1)
