"""Priority of the pilots brought to standard (max).  达标社区

``Σ_u priority_u p_u`` over pilot places. Source: contract section 5 (Goals); HZ-02.
"""

from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from models.exact import fraction
from models.goal import common_step
from models.instance import Instance
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Priority of the chosen pilots."""
    return pyo.quicksum(host.priority * m.pilot[u] for u, host in instance.hosts.items())


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    return sum((fraction(instance.hosts[u].priority) for u in plan.pilots), Fraction(0))


def step(instance: Instance) -> Fraction | None:
    """All sums are multiples of the greatest common divisor of the priorities."""
    return common_step([host.priority for host in instance.hosts.values()])
