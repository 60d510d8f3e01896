r"""The hub of a host: one place with enough items and core items.  民生幸福共同体

A pilot has a hub: the one it has today, where that qualifies alone, or one planned on one site,
together with what the host has there today, or one dispersed over some (family dispersed_hub). A
host that is no pilot may plan one too. Local.

.. math::

    (1 - hub^0_u)\, p_u \le \sum_k h_{uk} + \sum_q r_{uq} \le 1 - hub^0_u, \qquad
    h_{uk} \le \sum_{b \in B_k} z_{ub},

    \sum_{i} q_{uki} \ge n\, h_{uk}, \qquad \sum_{i \in K} q_{uki} \ge k\, h_{uk}, \qquad
    q_{uki} \le h_{uk}, \quad q_{uki} \le \sum_{b \in B_k, f \in F_i} x_{ubf},

    z_{ub} + h_{uk} \le 1 \quad \text{for b on k too far from a member of the union u}

An item counts once, whoever brings it: :math:`q` is a variable only where several installations
could; it is :math:`x` itself where one could, :math:`h` where the host has the item there today.

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`h_{uk}`        ``m.hub[u, k]``                k is the planned hub of u       0/1
:math:`r_{uq}`        ``m.dispersed[u, q]``          u has its hub dispersed in q    0/1
:math:`p_u`           ``m.pilot[u]``                 u is brought to standard        0/1
:math:`z_{ub}`        ``m.used[u, b]``               u hosts b                       0/1
:math:`x_{ubf}`       ``m.installed[u, b, f]``       f stands in b                   0/1
:math:`q_{uki}`       ``m.hub_item[u, k, i]``        item i counts in the hub        0..1
:math:`hub^0_u`       ``Host.has_hub``               an existing hub qualifies       0/1
:math:`n`             ``Policy.hub_min_items``       fewest items                    items
:math:`k`             ``Policy.hub_min_core_items``  fewest core items               items
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 三(一), 三(三)2: HZ-15, HZ-17, HZ-40, HZ-41; A24;
contract section 5 (Hub).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.rooms import hub_items_in


def add_hub(block: Any, m: Any, instance: Instance) -> None:
    """Add rows of having a hub, of where it stands, and of its items to *block*."""
    fading = instance.fading.hubs
    has_one = {u for u, host in instance.hosts.items() if host.has_hub and u not in fading}

    @block.Constraint([u for u in m.HOSTS if u not in has_one])
    def pilot_has_hub(_: Any, u: str) -> Any:
        kept = [m.kept_hub[u]] if u in fading else []
        return m.planned_hub[u] + pyo.quicksum(kept) - m.pilot[u] >= 0

    can_plan = sorted({*instance.places_of, *instance.quarters_of})

    @block.Constraint(can_plan)
    def one_hub(_: Any, u: str) -> Any:
        if u not in fading:
            return m.planned_hub[u] <= (0 if u in has_one else 1)
        return (
            m.planned_hub[u] - pyo.quicksum(m.hub_ended[u, s] for s in range(len(fading[u]))) <= 0
        )

    @block.Constraint([u for u in can_plan if u in fading])
    def one_of_several_ended(_: Any, u: str) -> Any:
        return m.planned_hub[u] <= 1

    @block.Constraint(m.PLACES)
    def stands(_: Any, u: str, k: str) -> Any:
        return m.hub[u, k] <= pyo.quicksum(m.used[u, b] for b in instance.places[u, k].buildings)

    far = [(u, k, b) for u, k in m.PLACES for b in instance.places[u, k].far_buildings]

    @block.Constraint(far)
    def near_every_member(_: Any, u: str, k: str, b: str) -> Any:
        return m.used[u, b] + m.hub[u, k] <= 1

    _add_items(block, m, instance)


def _add_items(block: Any, m: Any, instance: Instance) -> None:
    policy = instance.policy

    @block.Constraint(m.SHARED_ITEMS)
    def item_in_hub(_: Any, u: str, k: str, i: str) -> Any:
        return m.hub_item[u, k, i] <= m.hub[u, k]

    @block.Constraint(m.SHARED_ITEMS)
    def item_stands(_: Any, u: str, k: str, i: str) -> Any:
        stay = [m.stays[b] for b in instance.fading.items.get((u, k, i), ())]
        return m.hub_item[u, k, i] <= pyo.quicksum(_bringers(m, instance, u, k, i) + stay)

    @block.Constraint(m.PLACES)
    def enough_items(_: Any, u: str, k: str) -> Any:
        counted = _counted(m, instance, u, k, only_core=False)
        return counted - policy.hub_min_items * m.hub[u, k] >= 0

    @block.Constraint(m.PLACES)
    def enough_core_items(_: Any, u: str, k: str) -> Any:
        counted = _counted(m, instance, u, k, only_core=True)
        return counted - policy.hub_min_core_items * m.hub[u, k] >= 0


def _counted(m: Any, instance: Instance, u: str, k: str, *, only_core: bool) -> Any:
    there = instance.places[u, k].existing_items
    core = set(instance.policy.core_items)
    known = (hub_items_in(instance.functions, f) for f in instance.functions)
    items = frozenset().union(*known) | there
    terms: list[Any] = []
    for item in sorted(items & core if only_core else items):
        if (u, k, item) in m.SHARED_ITEMS:
            terms.append(m.hub_item[u, k, item])
        elif item in there:
            terms.append(m.hub[u, k])
        else:
            terms += _bringers(m, instance, u, k, item)
    return pyo.quicksum(terms)


def _bringers(m: Any, instance: Instance, u: str, k: str, item: str) -> list[Any]:
    return [
        m.installed[u, b, f]
        for b in instance.places[u, k].buildings
        for f in instance.functions_in.get(b, ())
        if item in hub_items_in(instance.functions, f)
    ]
