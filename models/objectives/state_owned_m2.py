"""Allocated floor area in state-owned buildings (max).  国有房产用房面积

Owners state, municipal_soe and department. Source: contract section 5 (Goals); HZ-23, HZ-60.
"""

from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.plan import Plan

STATE_OWNERS = frozenset({"state", "municipal_soe", "department"})


def expression(m: Any, instance: Instance) -> Any:
    """Allocated m² of state owners."""
    return pyo.quicksum(
        m.area[u, b, f] for u, b, f in m.INSTALLS if instance.buildings[b].owner in STATE_OWNERS
    )


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    return sum(
        (
            Fraction(m2)
            for (b, _), m2 in plan.rooms_m2.items()
            if instance.buildings[b].owner in STATE_OWNERS
        ),
        Fraction(0),
    )
