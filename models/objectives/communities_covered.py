"""Communities with a hub of their own or of their union, existing ones included (max).  村社覆盖

``|covered for good| + Σ_c still_c + Σ_u |members of u not so covered| (planned_u + together_u)``:
a union has the hub of one member together.
Source: contract section 5 (Streets, Goals); HZ-05.
"""

from fractions import Fraction
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.plan import Plan


def expression(m: Any, instance: Instance) -> Any:
    """Covered communities."""
    today = instance.covered_for_good
    gains = {u: len(set(host.members) - today) for u, host in instance.hosts.items()}
    planned = pyo.quicksum(gains[u] * m.planned_hub[u] for u in m.HOSTS)
    together = instance.covered_together.items()
    still = pyo.quicksum(m.still_covered.values())
    joint = pyo.quicksum(len(new) * m.together[u] for u, new in together)
    return len(today) + planned + still + joint


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan."""
    covered = set(instance.covered_today)
    for u in {*plan.hub_sites, *(u for u in plan.acting if instance.hosts[u].has_hub)}:
        covered |= set(instance.hosts[u].members)
    return Fraction(len(covered))


def step(_: Instance) -> Fraction | None:
    """Communities are counted."""
    return Fraction(1)
