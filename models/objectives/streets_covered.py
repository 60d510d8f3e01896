"""Streets with a hub, existing ones included (max).  街道覆盖

Source: contract section 5 (Streets, Goals); HZ-04.
"""

from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.places import hub_street
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Covered streets."""
    return pyo.quicksum(m.street_covered[street] for street in instance.streets)


def value(plan: Plan, instance: Instance) -> Fraction:
    """Streets where a planned hub stands or an existing one does."""
    covered: set[tuple[str, str] | None] = set(instance.streets_with_hub)
    covered |= {hub_street(instance, u, sites) for u, sites in plan.hub_sites.items()}
    return Fraction(len(covered & set(instance.streets)))


def step(_: Instance) -> Fraction | None:
    """Streets are counted."""
    return Fraction(1)
