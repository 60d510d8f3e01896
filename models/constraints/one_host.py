r"""A building has at most one host, a site at most one hub; locks hold.  一楼一主

Linking: the hosts that could have a building meet here.

.. math::

    \sum_u z_{ub} \le 1 \quad (= 1\ \text{where locked must}), \qquad
    \sum_u (h_{uk} + g_{uk}) \le 1, \qquad \sum_u x_{ubf} = 1\ \text{where locked to hold } f

The second row is written for sites of several buildings; on one building the first implies it.

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`z_{ub}`        ``m.used[u, b]``               u hosts b                       0/1
:math:`h_{uk}`        ``m.hub[u, k]``                k is the planned hub of u       0/1
:math:`g_{uk}`        ``m.branch[u, k]``             k is a branch of u's hub        0/1
:math:`x_{ubf}`       ``m.installed[u, b, f]``       f stands in b                   0/1
====================  =============================  ==============================  ==========

Source: contract section 5 (Host and reach, Hub, Locks); A26.
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.rooms import holders


def add_one_host(block: Any, m: Any, instance: Instance) -> None:
    """Add ``one_host``, ``one_hub_a_site`` and ``holds_locked`` to *block*."""

    @block.Constraint(sorted(instance.buildings))
    def one_host(_: Any, b: str) -> Any:
        hosts = [m.used[u, b] for u in instance.hosts_of.get(b, ())]
        if instance.buildings[b].must_use:
            return _equals_one(hosts)
        return pyo.quicksum(hosts) <= 1 if hosts else pyo.Constraint.Skip

    sites: dict[str, list[str]] = {}
    for u, k in instance.hub_places:
        sites.setdefault(k, []).append(u)
    shared = [
        k for k, hosts in sorted(sites.items()) if len(hosts) > 1 and instance.policy.one_hub_a_site
    ]

    @block.Constraint(shared)
    def one_hub_a_site(_: Any, k: str) -> Any:
        if len({b for u in sites[k] for b in instance.hub_places[u, k].buildings}) == 1:
            return pyo.Constraint.Skip
        return pyo.quicksum(m.in_hub[u, k] for u in sites[k]) <= 1

    rooms = holders(instance)
    locked = [(b, f) for b, row in instance.buildings.items() for f in row.must_hold]

    @block.Constraint(pyo.Set(initialize=locked, dimen=2))
    def holds_locked(_: Any, b: str, f: str) -> Any:
        return _equals_one(
            [
                m.installed[u, b, g]
                for u in instance.hosts_of.get(b, ())
                for g in rooms.get((b, f), ())
            ]
        )


def _equals_one(terms: list[Any]) -> Any:
    return pyo.quicksum(terms) == 1 if terms else pyo.Constraint.Infeasible
