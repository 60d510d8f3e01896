r"""The hub of a host is large enough for its host, with the office it must have.  共同体面积

Counted area planned on the place and what the host has there today reach the minimum: that of a
pilot, or that of a host that is none. Local: every row has one host.

.. math::

    \sum_{b \in B_k, f\ \mathrm{counted}} a_{ubf} \ge (\min(N_u, N'_u) - E_{uk})^+ h_{uk},

    \ldots \ge (N_u - E_{uk})^+ (h_{uk} + p_u - 1), \qquad
    \ldots \ge (N'_u - E_{uk})^+ (h_{uk} - p_u),

    \sum_{b \in B_k, f\ \mathrm{office}} a_{ubf} \ge O\, h_{uk}

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`h_{uk}`        ``m.hub[u, k]``                k is the planned hub of u       0/1
:math:`p_u`           ``m.pilot[u]``                 u is brought to standard        0/1
:math:`a_{ubf}`       ``m.area[u, b, f]``            floor area of f in b            m²
:math:`N_u`           ``Host.hub_minimum_m2``        hub minimum of a pilot          m²
:math:`N'_u`          ``nonpilot_hub_minimum_m2``    hub minimum of another host     m²
:math:`E_{uk}`        ``Place.existing_m2``          counted area of u there today   m²
:math:`O`             ``Policy.hub_office_m2``       smallest office of a hub        m²
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 三(一), 三(三)1: HZ-15, HZ-17, HZ-35; A12; contract section 5 (Hub).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.places import lasting_m2


def add_hub_size(block: Any, m: Any, instance: Instance) -> None:
    """Add ``large_enough``, ``large_enough_for_its_host`` and ``has_office`` to *block*."""

    def lacking(u: str, k: str, minimum_m2: float) -> float:
        return max(0.0, round(minimum_m2 - lasting_m2(instance, u, k), 2))

    @block.Constraint(m.PLACES, doc="m²")
    def large_enough(_: Any, u: str, k: str) -> Any:
        host = instance.hosts[u]
        least = lacking(u, k, min(host.hub_minimum_m2, host.nonpilot_hub_minimum_m2))
        return m.place_area[u, k] - least * m.hub[u, k] >= 0

    @block.Constraint(m.PLACES, doc="m²")
    def large_enough_for_its_host(_: Any, u: str, k: str) -> Any:
        pilot = lacking(u, k, instance.hosts[u].hub_minimum_m2)
        other = lacking(u, k, instance.hosts[u].nonpilot_hub_minimum_m2)
        if pilot > other:
            return m.place_area[u, k] - pilot * (m.hub[u, k] + m.pilot[u] - 1) >= 0
        if other > pilot:
            return m.place_area[u, k] - other * (m.hub[u, k] - m.pilot[u]) >= 0
        return pyo.Constraint.Skip

    office_m2 = float(instance.policy.hub_office_m2)

    @block.Constraint(m.PLACES if office_m2 else [], doc="m²")
    def has_office(_: Any, u: str, k: str) -> Any:
        offices = [
            m.area[u, b, f]
            for b in instance.places[u, k].buildings
            for f in instance.functions_in.get(b, ())
            if instance.functions[f].is_office
        ]
        return pyo.quicksum(offices) - office_m2 * m.hub[u, k] >= 0
