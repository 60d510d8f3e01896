r"""Most of a pilot's area is for residents' activities.  居民活动面积占比

Of a pilot's counted area, existing and credited, at least the pack's share is of functions for
residents' activities. Off (0) in hangzhou-2024, on by key. Local: every row has one host.

.. math::

    \sum_{\mathrm{resident}} a_{ubf} - \sigma \sum_{\mathrm{counted}} a_{ubf}
        \ge (\sigma E_u - E^{res}_u)\, p_u - \sigma A_u (1 - p_u),
    \qquad A_u = \sum_b \mathrm{area}_b

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`a_{ubf}`       ``m.area[u, b, f]``            floor area of f in b            m²
:math:`p_u`           ``m.pilot[u]``                 u is brought to standard        0/1
:math:`\sigma`        ``Policy.residents_share``     least share                     1
:math:`E_u`           ``Host.existing_m2``           counted area today              m²
:math:`E^{res}_u`     ``existing_resident_m2``       of it, for residents            m²
====================  =============================  ==============================  ==========

Source: 铁岭 2022 三(一), TL-09; A18; contract section 5 (Office, residents' share).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance


def add_residents_share(block: Any, m: Any, instance: Instance) -> None:
    """Add ``mostly_for_residents`` to *block*; nothing where the pack asks for no share."""
    share = float(instance.policy.residents_share)
    if not share:
        return
    fading = instance.fading
    replaced = fading.counted_m2 if instance.policy.count_existing else {}
    counted = {f for f, row in instance.functions.items() if row.counts_in_total}
    resident = {f for f in counted if instance.functions[f].is_resident_activity}

    @block.Constraint(m.HOSTS, doc="m²")
    def mostly_for_residents(_: Any, u: str) -> Any:
        host = instance.hosts[u]
        buildings = instance.buildings_of.get(u, ())
        active = [
            m.area[u, b, f]
            for b in buildings
            for f in instance.functions_in.get(b, ())
            if f in resident
        ]
        lacking = share * host.existing_m2 - host.existing_resident_m2
        taken = [
            (fading.resident_m2[b] - share * replaced[b]) * m.used[u, b]
            for b in buildings
            if b in replaced
        ]
        room = share * sum(instance.buildings[b].area_m2 for b in buildings)
        room += sum(fading.resident_m2.get(b, 0.0) for b in buildings)
        needed = lacking * m.pilot[u] - room * (1 - m.pilot[u])
        gained = pyo.quicksum(active) - share * m.host_area[u] - pyo.quicksum(taken)
        return gained - needed >= 0
