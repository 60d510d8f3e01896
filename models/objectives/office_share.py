"""Office floor area as a share of all candidate floor area (min).  办公面积占比

``Σ office a ÷ total candidate m²``; the denominator is a constant.
Source: contract section 5 (Goals); HZ-35.
"""

from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from models.exact import fraction
from models.instance import Instance
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Office m² ÷ candidate m²."""
    whole = instance.candidate_m2 or 1.0
    return pyo.quicksum(
        m.area[u, b, f] / whole for u, b, f in m.INSTALLS if instance.functions[f].is_office
    )


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    office = sum(
        (Fraction(m2) for (_, f), m2 in plan.rooms_m2.items() if instance.functions[f].is_office),
        Fraction(0),
    )
    return office / (fraction(instance.candidate_m2) or 1)
