r"""Every community and village has a hub, where that is a must.  村社全覆盖

Only with ``community_coverage = "must"``; as a target it is counted, not forced. Linking where a
union is declared: a community has a hub of its own, or its union has one, planned or today's.

.. math::

    \sum_{u \ni c} \Bigl(\sum_k h_{uk} + \mathrm{together}_u\Bigr) \ge 1
        \qquad \forall c \text{ not covered today}

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`h_{uk}`        ``m.hub[u, k]``                k is the planned hub of u       0/1
:math:`together_u`    ``m.together[u]``              u acts and has a hub of today   0..1
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 二(二), HZ-05; contract section 5 (Must and target, Streets).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance


def add_communities(block: Any, m: Any, instance: Instance) -> None:
    """Add ``has_hub`` to *block*; a community nobody can cover leaves the row infeasible."""
    if instance.policy.community_coverage != "must":
        return
    hubs: dict[str, list[Any]] = {c: [] for c in sorted(instance.communities)}
    for u in sorted({*instance.places_of, *instance.quarters_of}):
        for c in instance.hosts[u].members:
            hubs[c].append(m.planned_hub[u])
    for u, new in instance.covered_together.items():
        for c in new:
            hubs[c].append(m.together[u])
    for c in m.FADING_COVERS:
        hubs[c].append(m.still_covered[c])
    missing = [c for c in hubs if c not in instance.covered_for_good]

    @block.Constraint(missing)
    def has_hub(_: Any, c: str) -> Any:
        return pyo.quicksum(hubs[c]) >= 1 if hubs[c] else pyo.Constraint.Infeasible
