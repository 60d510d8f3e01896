r"""Office space of a host stays below its share.  办公空间最小化

Credited office floor area is at most the share of all counted area credited to the host, itself
included, existing area not. With share 0 no office fits anywhere. Local: every row has one host.

.. math::

    \sum_{b, f\ \mathrm{office}} a_{ubf} \le \theta \sum_{b, f\ \mathrm{counted}} a_{ubf}

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`a_{ubf}`       ``m.area[u, b, f]``            floor area of f in b            m²
:math:`\theta`        ``Policy.office_share``        largest share of office         share
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 三(三)1, HZ-35 (no cap in the text: 0 is the pack's reading).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance


def add_office_share(block: Any, m: Any, instance: Instance) -> None:
    """Add ``office_within_share`` to *block*; hosts without any office fit need no row."""
    share = float(instance.policy.office_share)

    @block.Constraint(m.HOSTS, doc="m²")
    def office_within_share(_: Any, u: str) -> Any:
        offices = [
            m.area[u, b, f]
            for b in instance.buildings_of.get(u, ())
            for f in instance.functions_in.get(b, ())
            if instance.functions[f].is_office
        ]
        if not offices:
            return pyo.Constraint.Skip
        return pyo.quicksum(offices) - share * m.host_area[u] <= 0
