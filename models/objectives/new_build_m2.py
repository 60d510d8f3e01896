"""Allocated floor area that is newly built (min).  新建面积

Routes allocation and supplement. Source: contract section 5 (Goals); HZ-10, HZ-19.
"""

from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.plan import Plan

NEW_ROUTES = frozenset({"allocation", "supplement"})


def expression(m: Any, instance: Instance) -> Any:
    """Allocated m² of new buildings."""
    return pyo.quicksum(
        m.area[u, b, f] for u, b, f in m.INSTALLS if instance.buildings[b].route in NEW_ROUTES
    )


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    return sum(
        (
            Fraction(m2)
            for (b, _), m2 in plan.rooms_m2.items()
            if instance.buildings[b].route in NEW_ROUTES
        ),
        Fraction(0),
    )
