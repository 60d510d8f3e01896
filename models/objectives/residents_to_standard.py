"""Residents of the pilots brought to standard (max).  达标社区居民

``Σ_u residents_u p_u``; without it the smallest communities are the cheap pilots (formulation.md
trap 2). Source: contract section 5 (Goals).
"""

from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from models.goal import common_step
from models.instance import Instance
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Residents of the chosen pilots."""
    return pyo.quicksum(host.residents * m.pilot[u] for u, host in instance.hosts.items())


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    return Fraction(sum(instance.hosts[u].residents for u in plan.pilots))


def step(instance: Instance) -> Fraction | None:
    """All sums are multiples of the greatest common divisor of the residents."""
    return common_step([float(host.residents) for host in instance.hosts.values()])
