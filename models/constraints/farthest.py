r"""Nobody is served beyond the longest walk in use.  最远步行距离

Only where the goal ``farthest_m`` is in use: one 0/1 a distinct distance, nearer ones first, never
through fractions of persons. Linking: all hosts share the distances.

.. math::

    v_{ubfc} \le \mathrm{left}_{cf}\, r_{q(b,c)}, \qquad r_{q+1} \le r_q

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`r_q`           ``m.walk_in_use[walk]``        somebody may walk so far        0/1
:math:`v_{ubfc}`      ``m.served[u, b, f, c]``       persons of c served by f in b   persons
:math:`left_{cf}`     ``Need.left``                  need that supply today leaves   persons
====================  =============================  ==============================  ==========

Source: contract section 5 (Goals).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance


def add_farthest(block: Any, m: Any, instance: Instance) -> None:
    """Add ``within_walk`` and ``nearer_first`` to *block*."""
    if "farthest_m" not in instance.goal_parts:
        return

    @block.Constraint(m.SERVES, doc="persons")
    def within_walk(_: Any, u: str, b: str, f: str, c: str) -> Any:
        walk = instance.walk_m[b, c]
        if walk not in m.WALKS:
            return pyo.Constraint.Skip
        open_walk = m.walk_in_use[walk]
        return m.served[u, b, f, c] - instance.most_left(c, f) * open_walk <= 0

    @block.Constraint(m.WALKS)
    def nearer_first(_: Any, walk: float) -> Any:
        if walk == m.WALKS.first():
            return pyo.Constraint.Skip
        return m.walk_in_use[walk] - m.walk_in_use[m.WALKS.prev(walk)] <= 0
