r"""At most so many pilots, in all and by district; required ones stand.  试点数

Linking: all hosts share the number.

.. math::

    \sum_u \mathrm{places}_u\, p_u \le N, \qquad p_u = 1\ \text{required}, \quad
    p_u = 0\ \text{where } u \text{ may be no pilot}

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`p_u`           ``m.pilot[u]``                 u is brought to standard        0/1
:math:`places_u`      ``Host.place_districts``       places u takes, by district     pilots
:math:`N`             ``Limits.pilots``              target number                   pilots
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 二(一), 二(二): HZ-01, HZ-02; contract section 5 (Must and target).
"""

from collections.abc import Mapping
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance


def add_pilots(block: Any, m: Any, instance: Instance) -> None:
    """Fix what is decided; add ``within_target`` and ``within_district`` to *block*."""
    for u, host in instance.hosts.items():
        if host.must_be_pilot:
            m.pilot[u].setlb(1)
        elif not host.may_be_pilot:
            m.pilot[u].setub(0)
    limits = instance.limits
    if limits.pilots is not None and instance.hosts:

        @block.Constraint()
        def within_target(_: Any) -> Any:
            places = {u: len(host.place_districts) for u, host in instance.hosts.items()}
            return _taken(m, places) <= limits.pilots

    districts = {d for host in instance.hosts.values() for d in host.place_districts}
    capped = [d for d in sorted(limits.pilots_by_district) if d in districts]

    @block.Constraint(capped)
    def within_district(_: Any, district: str) -> Any:
        places = {u: h.place_districts.count(district) for u, h in instance.hosts.items()}
        return _taken(m, places) <= limits.pilots_by_district[district]


def _taken(m: Any, places: Mapping[str, int]) -> Any:
    return pyo.quicksum(count * m.pilot[u] for u, count in places.items() if count)
