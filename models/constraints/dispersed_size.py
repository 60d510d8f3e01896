r"""A dispersed hub is large enough with its branches together.  分散型共同体面积

Counted area planned on a branch and what the host has there today enter the minimum of the hub:
that of a pilot, or that of a host that is none. The office a hub must have is counted likewise.
What stands beside the branches does not count. Local: every row has one host.

.. math::

    \alpha_{uk} \le \sum_{b \in B_k, f\ \mathrm{counted}} a_{ubf} + E_{uk}, \qquad
    \alpha_{uk} \le U_{uk}\, g_{uk},

    \sum_{k \in q} \alpha_{uk} \ge \min(N_u, N'_u)\, r_{uq}, \qquad
    \ldots \ge N_u (r_{uq} + p_u - 1), \qquad \ldots \ge N'_u (r_{uq} - p_u),

    o_{uk} \le \sum_{b \in B_k, f\ \mathrm{office}} a_{ubf}, \qquad
    o_{uk} \le U_{uk}\, g_{uk}, \qquad \sum_{k \in q} o_{uk} \ge O\, r_{uq}

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`r_{uq}`        ``m.dispersed[u, q]``          u has its hub dispersed in q    0/1
:math:`g_{uk}`        ``m.branch[u, k]``             k is a branch of that hub       0/1
:math:`\alpha_{uk}`   ``m.branch_area[u, k]``        counted area that k brings      m²
:math:`o_{uk}`        ``m.branch_office[u, k]``      office that k brings            m²
:math:`a_{ubf}`       ``m.area[u, b, f]``            floor area of f in b            m²
:math:`p_u`           ``m.pilot[u]``                 u is brought to standard        0/1
:math:`E_{uk}`        ``Place.existing_m2``          counted area of u on k today    m²
:math:`U_{uk}`        ``branch_m2``                  most that k can bring           m²
:math:`N_u`           ``Host.hub_minimum_m2``        hub minimum of a pilot          m²
:math:`N'_u`          ``nonpilot_hub_minimum_m2``    hub minimum of another host     m²
:math:`O`             ``Policy.hub_office_m2``       smallest office of a hub        m²
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 三(一), 三(二)2: HZ-15, HZ-17, HZ-29, HZ-35; A10, A12; contract
section 5 (Hub).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.places import branch_m2, lasting_m2


def add_dispersed_size(block: Any, m: Any, instance: Instance) -> None:
    """Add rows of area and office over the branches; nothing without a quarter."""
    _add_area(block, m, instance)
    if instance.policy.hub_office_m2:
        _add_office(block, m, instance)


def _add_area(block: Any, m: Any, instance: Instance) -> None:
    def brought(u: str, q: str) -> Any:
        return pyo.quicksum(m.branch_area[u, k] for k in instance.quarters[u, q].sites)

    @block.Constraint(m.BRANCHES, doc="m²")
    def area_stands(_: Any, u: str, k: str) -> Any:
        return m.branch_area[u, k] - m.place_area[u, k] <= lasting_m2(instance, u, k)

    @block.Constraint(m.BRANCHES, doc="m²")
    def area_of_branches(_: Any, u: str, k: str) -> Any:
        return m.branch_area[u, k] - branch_m2(instance, u, k) * m.branch[u, k] <= 0

    @block.Constraint(m.QUARTERS, doc="m²")
    def large_enough(_: Any, u: str, q: str) -> Any:
        host = instance.hosts[u]
        least = min(host.hub_minimum_m2, host.nonpilot_hub_minimum_m2)
        return brought(u, q) - least * m.dispersed[u, q] >= 0

    @block.Constraint(m.QUARTERS, doc="m²")
    def large_enough_for_its_host(_: Any, u: str, q: str) -> Any:
        pilot, other = instance.hosts[u].hub_minimum_m2, instance.hosts[u].nonpilot_hub_minimum_m2
        if pilot > other:
            return brought(u, q) - pilot * (m.dispersed[u, q] + m.pilot[u] - 1) >= 0
        if other > pilot:
            return brought(u, q) - other * (m.dispersed[u, q] - m.pilot[u]) >= 0
        return pyo.Constraint.Skip


def _add_office(block: Any, m: Any, instance: Instance) -> None:
    office_m2 = float(instance.policy.hub_office_m2)

    @block.Constraint(m.BRANCHES, doc="m²")
    def office_stands(_: Any, u: str, k: str) -> Any:
        standing = [
            m.area[u, b, f]
            for b in instance.branches[u, k].buildings
            for f in instance.functions_in.get(b, ())
            if instance.functions[f].is_office
        ]
        return m.branch_office[u, k] - pyo.quicksum(standing) <= 0

    @block.Constraint(m.BRANCHES, doc="m²")
    def office_of_branches(_: Any, u: str, k: str) -> Any:
        return m.branch_office[u, k] - branch_m2(instance, u, k) * m.branch[u, k] <= 0

    @block.Constraint(m.QUARTERS, doc="m²")
    def has_office(_: Any, u: str, q: str) -> Any:
        offices = [m.branch_office[u, k] for k in instance.quarters[u, q].sites]
        return pyo.quicksum(offices) - office_m2 * m.dispersed[u, q] >= 0
