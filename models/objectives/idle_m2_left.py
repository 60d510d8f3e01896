"""Floor area of used buildings that stays unallocated (min).  闲置剩余面积

``Σ area_b z_ub - Σ a_ubf``. Source: contract section 5 (Goals); HZ-24.
"""

from fractions import Fraction
from typing import Any

from pyomo.core.expr import LinearExpression

from models.exact import fraction
from models.instance import Instance
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Unallocated m² of used buildings."""
    whole = [instance.buildings[b].area_m2 for _, b in m.PAIRS]
    return LinearExpression(
        constant=0,
        linear_coefs=whole + [-1.0] * len(m.INSTALLS),
        linear_vars=[*m.used.values(), *m.area.values()],
    )


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    whole = sum(
        (fraction(instance.buildings[row.building].area_m2) for row in plan.sitings), Fraction(0)
    )
    return whole - sum((Fraction(m2) for m2 in plan.rooms_m2.values()), Fraction(0))
