"""Yearly operation (min): the second closing level, no yuan that buys nothing.  年运营

Rent once per used building, and operation per m². Source: contract section 5 (Money, Levels).
"""

from fractions import Fraction
from typing import Any

from pyomo.core.expr import LinearExpression

from models.exact import fraction
from models.instance import Instance
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Yearly operation in units of ``yuan_unit``."""
    unit = instance.yuan_unit
    rents = [instance.buildings[b].rent_yuan_per_year / unit for _, b in m.PAIRS]
    rates = [instance.functions[f].operating_yuan_per_m2_year / unit for _, _, f in m.INSTALLS]
    return LinearExpression(
        constant=0,
        linear_coefs=rents + rates,
        linear_vars=[*m.used.values(), *m.area.values()],
    )


def value(plan: Plan, instance: Instance) -> Fraction:
    """Yearly operation of a plan in yuan."""
    rents = sum((Fraction(row.rent_yuan_per_year) for row in plan.sitings), Fraction(0))
    return rents + sum(
        (
            Fraction(m2) * fraction(instance.functions[f].operating_yuan_per_m2_year)
            for (_, f), m2 in plan.rooms_m2.items()
        ),
        Fraction(0),
    )


def scale(instance: Instance) -> float:
    """Yuan in one unit of the model."""
    return instance.yuan_unit
