r"""A dispersed hub: a few places of one host near each other are its hub together.  分散型共同体

Only where the pack allows it and buildings have coordinates. The places a hub may choose from hang
together in a quarter; those it takes are its branches: two to so many, every two of their buildings
within the limit, each with a building that the host uses there. Local: every row has one host.

.. math::

    2\, r_{uq} \le \sum_{k \in q} g_{uk} \le P\, r_{uq}, \qquad g_{uk} \le r_{uq}, \qquad
    g_{uk} \le \sum_{b \in B_k} z_{ub}, \qquad z_{ub} + g_{uk} \le 1 \ \text{(b far from a member)}

    g_{uk} + g_{uk'} \le r_{uq} \quad \text{for b on k and b' on k' too far apart}, \qquad
    e_{uqs} \le r_{uq}, \quad e_{uqs} + g_{uk} \le 1 \ \text{(k not in s)}

A building that is not used is no part of the hub: where k has several, :math:`z_{ub} - 1` joins the
row of two too far apart (on one place :math:`g_{uk} + z_{ub} + z_{ub'} \le 2`). That a host has one
hub at most, in either form, is said in the family community_hub.

The hub stands in a street, and covers it, where all of its branches do; one across a border covers
no street, since the text asks for a hub in each and half of one is none (HZ-04, A25).

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`r_{uq}`        ``m.dispersed[u, q]``          u has its hub dispersed in q    0/1
:math:`g_{uk}`        ``m.branch[u, k]``             k is a branch of that hub       0/1
:math:`z_{ub}`        ``m.used[u, b]``               u hosts b                       0/1
:math:`e_{uqs}`       ``m.in_one_street[u, q, s]``   all of the hub stands in s      0..1
:math:`P`             ``Quarter.most_sites``         most places of such a hub       places
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 二(二), 三(二)2: HZ-04, HZ-28, HZ-29, HZ-30; A10, A25; contract
section 5 (Hub, Streets).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance

FEWEST = 2  # of one place it is no dispersed hub


def add_dispersed_hub(block: Any, m: Any, instance: Instance) -> None:
    """Add rows of which places make the hub and how near they are; nothing without a quarter."""
    branches, quarters = instance.branches, instance.quarters
    inside = [(u, q, k) for u, q in m.QUARTERS for k in quarters[u, q].sites]

    def taken(u: str, q: str) -> Any:
        return pyo.quicksum(m.branch[u, k] for k in quarters[u, q].sites)

    @block.Constraint(m.QUARTERS)
    def several_branches(_: Any, u: str, q: str) -> Any:
        return taken(u, q) - FEWEST * m.dispersed[u, q] >= 0

    @block.Constraint(m.QUARTERS)
    def few_branches(_: Any, u: str, q: str) -> Any:
        return taken(u, q) - quarters[u, q].most_sites * m.dispersed[u, q] <= 0

    @block.Constraint(inside)
    def of_the_hub(_: Any, u: str, q: str, k: str) -> Any:
        return m.branch[u, k] - m.dispersed[u, q] <= 0

    @block.Constraint(m.BRANCHES)
    def stands(_: Any, u: str, k: str) -> Any:
        return m.branch[u, k] - pyo.quicksum(m.used[u, b] for b in branches[u, k].buildings) <= 0

    _add_distance(block, m, instance)
    _add_street(block, m, instance)


def _add_distance(block: Any, m: Any, instance: Instance) -> None:
    branches, quarters = instance.branches, instance.quarters
    far = [(u, k, b) for (u, k), place in branches.items() for b in place.far_buildings]

    @block.Constraint(far)
    def near_every_member(_: Any, u: str, k: str, b: str) -> Any:
        return m.used[u, b] + m.branch[u, k] <= 1

    @block.Constraint([(*key, *pair) for key, row in quarters.items() for pair in row.far])
    def near_each_other(_: Any, u: str, q: str, b: str, other: str) -> Any:
        site_of = {at: instance.buildings[at].site for at in (b, other)}
        chosen = [m.branch[u, k] for k in sorted(set(site_of.values()))]
        used = [m.used[u, at] for at, k in site_of.items() if len(branches[u, k].buildings) > 1]
        if len(chosen) == 1:
            return pyo.quicksum(chosen + used) <= 2
        return pyo.quicksum(chosen + used) - m.dispersed[u, q] <= len(used)


def _add_street(block: Any, m: Any, instance: Instance) -> None:
    elsewhere = [
        (u, q, *street, k)
        for u, q, *street in m.STREETS_SHARED
        for k in instance.quarters[u, q].sites
        if instance.street_of(instance.branches[u, k]) != tuple(street)
    ]

    @block.Constraint(m.STREETS_SHARED)
    def in_one_street(_: Any, u: str, q: str, district: str, street: str) -> Any:
        return m.in_one_street[u, q, district, street] - m.dispersed[u, q] <= 0

    @block.Constraint(elsewhere)
    def none_elsewhere(_: Any, u: str, q: str, district: str, street: str, k: str) -> Any:
        return m.in_one_street[u, q, district, street] + m.branch[u, k] <= 1
