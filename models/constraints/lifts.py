r"""A lift to buy: floors above it hold functions only where the upgrade is taken.  加装电梯

For buildings where only the lift says ``upgrade``; where fire safety or the structure says so too,
every use needs the upgrade, its price is part of acquisition and these rows do not arise. Local.

.. math::

    \sum_{f:\, L^0_{bf} \subseteq S} a_{ubf}
        \le \mathrm{area}(S)\, z_{ub} + (\mathrm{area}_b - \mathrm{area}(S))\, \mathrm{up}_{ub}
        \quad \forall S \in \mathcal{S}^0_b,

    x_{ubf} \le \mathrm{up}_{ub} \ \ (L^0_{bf} = \emptyset), \qquad \mathrm{up}_{ub} \le z_{ub}

:math:`\mathcal{S}^0_b` are the unions of the distinct floor sets without a lift: the rows of
``installation`` without it, slack where it is bought.

====================  ===================================  =========================  ==========
symbol                code                                 meaning                    unit
====================  ===================================  =========================  ==========
:math:`up_{ub}`       ``m.lifted[u, b]``                   the upgrade is bought      0/1
:math:`z_{ub}`        ``m.used[u, b]``                     u hosts b                  0/1
:math:`x_{ubf}`       ``m.installed[u, b, f]``             f stands in b              0/1
:math:`a_{ubf}`       ``m.area[u, b, f]``                  floor area of f in b       m²
:math:`L^0_{bf}`      ``Fit.unlifted``                     floors f may use without   levels
====================  ===================================  =========================  ==========

Source: contract sections 1 (lift, upgrade_yuan), 5 (Eligible, Money); formulation.md L1; JGJ 450.
"""

from typing import Any

import pyomo.environ as pyo

from models.constraints.installation import area_of, floor_sets
from models.instance import Instance


def add_lifts(block: Any, m: Any, instance: Instance) -> None:
    """Add ``bought_for_use``, ``needs_lift`` and ``floors`` to *block*."""
    sets = {
        b: floor_sets(instance.fits[b, f].unlifted for f in instance.functions_in.get(b, ()))
        for _, b in m.LIFTS
    }

    @block.Constraint(m.LIFTS)
    def bought_for_use(_: Any, u: str, b: str) -> Any:
        return m.lifted[u, b] <= m.used[u, b]

    above = [
        (u, b, f)
        for u, b in m.LIFTS
        for f in instance.functions_in.get(b, ())
        if not instance.fits[b, f].unlifted
    ]

    @block.Constraint(pyo.Set(initialize=above, dimen=3))
    def needs_lift(_: Any, u: str, b: str, f: str) -> Any:
        return m.installed[u, b, f] <= m.lifted[u, b]

    index = [(u, b, s) for u, b in m.LIFTS for s in range(len(sets[b])) if sets[b][s]]

    @block.Constraint(pyo.Set(initialize=index, dimen=3), doc="m²")
    def floors(_: Any, u: str, b: str, s: int) -> Any:
        confined = [
            m.area[u, b, f]
            for f in instance.functions_in[b]
            if instance.fits[b, f].unlifted <= sets[b][s]
        ]
        room = area_of(instance, b, sets[b][s])
        more = round(instance.buildings[b].area_m2 - room, 2)
        return pyo.quicksum(confined) <= room * m.used[u, b] + more * m.lifted[u, b]
