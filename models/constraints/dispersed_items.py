r"""The items of a dispersed hub are those of its branches together.  分散型共同体服务项目

An item counts once, whichever branch brings it, planned or today's; what stands beside the branches
does not count. Local: every row has one host.

.. math::

    w_{ukt} \le g_{uk}, \qquad w_{ukt} \le \sum_{b \in B_k, f \in F_t} x_{ubf}, \qquad
    v_{uqt} \le r_{uq}, \qquad v_{uqt} \le \sum_{k \in q} w_{ukt},

    \sum_t v_{uqt} \ge n\, r_{uq}, \qquad \sum_{t \in K} v_{uqt} \ge k\, r_{uq}

The core items are tallied one by one, the others together where a hub with enough core items lacks
one of them at most. A tally that one branch alone can bring is :math:`w` itself. The items a source
of money asks of the hub it pays for are tallied likewise (family sources).

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`r_{uq}`        ``m.dispersed[u, q]``          u has its hub dispersed in q    0/1
:math:`g_{uk}`        ``m.branch[u, k]``             k is a branch of that hub       0/1
:math:`w_{ukt}`       ``m.branch_has[u, k, t]``      k brings an item of t           0..1
:math:`v_{uqt}`       ``m.quarter_has[u, q, t]``     t counts in the hub             0..1
:math:`x_{ubf}`       ``m.installed[u, b, f]``       f stands in b                   0/1
:math:`n`             ``Policy.hub_min_items``       fewest items                    items
:math:`k`             ``Policy.hub_min_core_items``  fewest core items               items
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 三(二)2, 三(三)2: HZ-29, HZ-40, HZ-41; A10, A24; contract section 5
(Hub).
"""

from collections.abc import Iterable
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.places import Tally, bringers, fading_givers, is_there, item_tallies, source_tallies


def add_dispersed_items(block: Any, m: Any, instance: Instance) -> None:
    """Add rows of what branches bring and of the items of the hub; nothing without a quarter."""
    _add_brought(block, m, instance)
    _add_items(block, m, instance)


def _add_brought(block: Any, m: Any, instance: Instance) -> None:
    tallies = (*item_tallies(instance), *source_tallies(instance).values())
    tally_of = {tally.id: tally for tally in tallies}

    @block.Constraint(m.BROUGHT)
    def brought_by_a_branch(_: Any, u: str, k: str, t: str) -> Any:
        return m.branch_has[u, k, t] - m.branch[u, k] <= 0

    @block.Constraint(m.BROUGHT)
    def brought_stands(_: Any, u: str, k: str, t: str) -> Any:
        place = instance.branches[u, k]
        if is_there(instance, place, tally_of[t]):
            return pyo.Constraint.Skip
        standing = [m.installed[key] for key in bringers(instance, place, tally_of[t])]
        standing += [m.stays[b] for b in fading_givers(instance, place, tally_of[t])]
        return m.branch_has[u, k, t] - pyo.quicksum(standing) <= 0


def _add_items(block: Any, m: Any, instance: Instance) -> None:
    policy, tallies = instance.policy, item_tallies(instance)
    core = [tally for tally in tallies if tally.items <= set(policy.core_items)]

    def brought(u: str, q: str, tally: Tally) -> list[Any]:
        keys = [(u, k, tally.id) for k in instance.quarters[u, q].sites]
        return [m.branch_has[key] for key in keys if key in m.BROUGHT]

    def counted(u: str, q: str, tallies: Iterable[Tally]) -> Any:
        terms: list[Any] = []
        for tally in tallies:
            is_shared = (u, q, tally.id) in m.ITEMS_SHARED
            terms += [m.quarter_has[u, q, tally.id]] if is_shared else brought(u, q, tally)
        return pyo.quicksum(terms)

    @block.Constraint(m.ITEMS_SHARED)
    def item_counts_once(_: Any, u: str, q: str, t: str) -> Any:
        return m.quarter_has[u, q, t] - m.dispersed[u, q] <= 0

    @block.Constraint(m.ITEMS_SHARED)
    def item_is_brought(_: Any, u: str, q: str, t: str) -> Any:
        (tally,) = (tally for tally in tallies if tally.id == t)
        return m.quarter_has[u, q, t] - pyo.quicksum(brought(u, q, tally)) <= 0

    @block.Constraint(m.QUARTERS)
    def enough_items(_: Any, u: str, q: str) -> Any:
        return counted(u, q, tallies) - policy.hub_min_items * m.dispersed[u, q] >= 0

    @block.Constraint(m.QUARTERS)
    def enough_core_items(_: Any, u: str, q: str) -> Any:
        return counted(u, q, core) - policy.hub_min_core_items * m.dispersed[u, q] >= 0
