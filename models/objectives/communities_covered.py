"""Communities with a hub of their own or of their union, existing ones included (max).  村社覆盖

``|covered today| + Σ_uk |members of u not covered today| h_uk``.
Source: contract section 5 (Streets, Goals); HZ-05.
"""

from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Covered communities."""
    today = instance.covered_today
    gains = {u: len(set(host.members) - today) for u, host in instance.hosts.items()}
    return len(today) + pyo.quicksum(gains[u] * m.hub[u, k] for u, k in m.PLACES)


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan."""
    covered = set(instance.covered_today)
    for u in plan.hub_sites:
        covered |= set(instance.hosts[u].members)
    return Fraction(len(covered))


def step(_: Instance) -> Fraction | None:
    """Communities are counted."""
    return Fraction(1)
