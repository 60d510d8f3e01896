r"""So many hubs are planned, where their number is a must.  共同体数量

Only with ``hub_count = "must"`` and a number; as a target it is counted, not forced. Linking: all
hosts share the number.

.. math::

    \sum_{u, k} h_{uk} \ge N_{\mathrm{hub}}

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`h_{uk}`        ``m.hub[u, k]``                k is the planned hub of u       0/1
:math:`N_{hub}`       ``Limits.hubs``                number of hubs to plan          hubs
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 二(二), HZ-03; contract section 5 (Must and target, Hub).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.objectives import hubs


def add_hub_count(block: Any, m: Any, instance: Instance) -> None:
    """Add ``enough_hubs`` to *block*; with no place for any hub the row is infeasible."""
    wanted = instance.limits.hubs
    if instance.policy.hub_count != "must" or not wanted:
        return

    @block.Constraint()
    def enough_hubs(_: Any) -> Any:
        if not instance.places:
            return pyo.Constraint.Infeasible
        return hubs.expression(m, instance) >= wanted
