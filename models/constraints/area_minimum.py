r"""Minimum floor area of service facilities of each pilot.  社区综合服务设施面积下限

A host that is brought to standard gets at least the floor area it lacks: its standard per 100
households less the counted area it has today. Local: every row has one host.

.. math::

    \sum_{b, f\ \mathrm{counted}} a_{ubf} \ge D_u p_u, \qquad
    \sum_b \min(\mathrm{area}_b, D_u)\, z_{ub} \ge D_u p_u,

    D_u = \max(0, \mathrm{req}_u - E_u)

A refit adds only what exceeds the facilities it replaces: :math:`a - \ell_b z` stands for a.

Written with the shortfall, since :math:`E_u + \sum a \ge \mathrm{req}_u p_u` would give the LP a
part of a pilot for nothing. The second row is the cover cut of the first over whole buildings.

====================  ==========================  ==========================  ==========
symbol                code                        meaning                     unit
====================  ==========================  ==========================  ==========
:math:`a_{ubf}`       ``m.area[u, b, f]``         floor area credited         m²
:math:`z_{ub}`        ``m.used[u, b]``            u hosts b                   0/1
:math:`p_u`           ``m.pilot[u]``              u is brought to standard    0/1
:math:`E_u`           ``Host.existing_m2``        counted area today          m²
:math:`req_u`         ``Host.required_m2``        standard or hub minimum     m²
:math:`D_u`           ``Host.deficit_m2``         area the host lacks         m²
====================  ==========================  ==========================  ==========

Source: 杭政办函〔2024〕11号 三(一), HZ-14, HZ-16; the figures are in the policy pack, not here.
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance


def add_area_minimum(block: Any, m: Any, instance: Instance) -> None:
    """Add ``shortfall_met`` and its cover cut ``enough_buildings`` to *block*."""
    replaced = instance.fading.counted_m2 if instance.policy.count_existing else {}

    def _replaced(u: str) -> Any:
        refits = [b for b in instance.buildings_of.get(u, ()) if b in replaced]
        return pyo.quicksum(replaced[b] * m.used[u, b] for b in refits)

    @block.Constraint(m.HOSTS, doc="m²")
    def shortfall_met(_: Any, u: str) -> Any:
        needed = instance.hosts[u].deficit_m2
        if needed == 0:
            return pyo.Constraint.Skip
        return m.host_area[u] - _replaced(u) - needed * m.pilot[u] >= 0

    @block.Constraint(m.HOSTS, doc="m²")
    def enough_buildings(_: Any, u: str) -> Any:
        needed = instance.hosts[u].deficit_m2
        if needed == 0:
            return pyo.Constraint.Skip
        held = [
            max(0.0, min(instance.buildings[b].area_m2 - replaced.get(b, 0.0), needed))
            * m.used[u, b]
            for b in instance.buildings_of.get(u, ())
        ]
        return pyo.quicksum(held) - needed * m.pilot[u] >= 0
