r"""At most so many pilots, in all and by district; required ones stand.  试点数

Linking: all hosts share the number.

.. math::

    \sum_u \mathrm{places}_u\, p_u \le N, \qquad p_u = 1\ \text{required}, \quad
    p_u = 0\ \text{where } u \text{ may be no pilot}

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`p_u`           ``m.pilot[u]``                 u is brought to standard        0/1
:math:`places_u`      ``Host.places``                places u takes                  pilots
:math:`N`             ``Limits.pilots``              target number                   pilots
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 二(一), 二(二): HZ-01, HZ-02; contract section 5 (Must and target).
"""

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
            return _places(m, instance, list(instance.hosts)) <= limits.pilots

    of_district: dict[str, list[str]] = {}
    for u, host in instance.hosts.items():
        of_district.setdefault(host.district, []).append(u)
    capped = [d for d in sorted(limits.pilots_by_district) if d in of_district]

    @block.Constraint(capped)
    def within_district(_: Any, district: str) -> Any:
        return _places(m, instance, of_district[district]) <= limits.pilots_by_district[district]


def _places(m: Any, instance: Instance, hosts: list[str]) -> Any:
    return pyo.quicksum(instance.hosts[u].places * m.pilot[u] for u in hosts)
