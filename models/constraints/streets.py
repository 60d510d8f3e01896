r"""A street is covered by a hub that stands in it.  街道全覆盖

Linking: the hosts whose hub may stand in a street meet here; a street covered today needs no row.

.. math::

    \mathrm{covered}_s \le \sum_{u,\ k \in s} h_{uk} + \sum_{uq} e_{uqs}
        \quad (= 1\ \text{where a must})

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`covered_s`     ``m.street_covered[s]``        street s has a hub              0..1
:math:`h_{uk}`        ``m.hub[u, k]``                k is the planned hub of u       0/1
:math:`e_{uqs}`       ``m.in_one_street[u, q, s]``   a dispersed hub stands in s     0..1
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 二(二), HZ-04; A25; contract section 5 (Streets).
"""

from typing import Any

import pyomo.environ as pyo

from models.dispersed import standing_in
from models.instance import Instance


def add_streets(block: Any, m: Any, instance: Instance) -> None:
    """Add ``covered_by_hub`` to *block*; as a must every street is fixed to covered."""
    standing: dict[tuple[str, str], list[Any]] = {street: [] for street in instance.streets}
    for (u, k), place in instance.places.items():
        if instance.street_of(place) in standing:
            standing[instance.street_of(place)].append(m.hub[u, k])
    for street, hubs in standing_in(m, instance).items():
        standing.get(street, []).extend(hubs)
    for c in m.FADING_COVERS:
        home = instance.communities[c]
        standing[home.district, home.street].append(m.hub_stands[c])
    for_good = {
        (instance.communities[c].district, instance.communities[c].street)
        for c in instance.covered_for_good
    }
    if instance.policy.street_coverage == "must":
        for street in instance.streets:
            m.street_covered[street].setlb(1)

    @block.Constraint(m.STREETS)
    def covered_by_hub(_: Any, district: str, street: str) -> Any:
        if (district, street) in for_good:
            return pyo.Constraint.Skip
        hubs = standing[district, street]
        return m.street_covered[district, street] - pyo.quicksum(hubs) <= 0
