r"""Persons served by an installation fit in its area and its function stands there.  服务能力

Local: the provider's host owns the persons its building serves, whoever they are.

.. math::

    \mu_f \sum_c v_{ubfc} \le a_{ubf} + \sum_{g \ni f} a_{ubg}, \qquad
    v_{ubfc} \le \mathrm{left}_{cf}\, \Bigl(x_{ubf} + \sum_{g \ni f} x_{ubg}\Bigr)

where g are the rooms that f may share (family ``shared_rooms``). The second row is written only
where the first with :math:`a \le U x` does not imply it. In mode
``whole`` a need is met wholly from one building or not at all: :math:`v = \mathrm{left}\, w`.

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`v_{ubfc}`      ``m.served[u, b, f, c]``       persons of c served by f in b   persons
:math:`a_{ubf}`       ``m.area[u, b, f]``            floor area of f in b            m²
:math:`x_{ubf}`       ``m.installed[u, b, f]``       f stands in b                   0/1
:math:`w_{ubfc}`      ``m.chosen[u, b, f, c]``       c is served by f in b alone     0/1
:math:`\mu_f`         ``Function.m2_per_person``     area one person takes           m²/person
:math:`left_{cf}`     ``Need.left``                  need that supply today leaves   persons
====================  =============================  ==============================  ==========

Source: contract section 5 (Capacity, Need); HZ-12, HZ-26.
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.rooms import holders


def add_service(block: Any, m: Any, instance: Instance) -> None:
    """Add ``capacity``, ``only_where_installed`` and, in mode ``whole``, ``whole`` to *block*."""
    served: dict[tuple[str, str, str], list[Any]] = {}
    for u, b, f, c in m.SERVES:
        served.setdefault((u, b, f), []).append(m.served[u, b, f, c])
    rooms = holders(instance)
    limited = [key for key in served if instance.functions[key[2]].m2_per_person > 0]

    @block.Constraint(pyo.Set(initialize=limited, dimen=3), doc="m²")
    def capacity(_: Any, u: str, b: str, f: str) -> Any:
        per_person = instance.functions[f].m2_per_person
        areas = [m.area[u, b, g] for g in rooms[b, f]]
        return per_person * pyo.quicksum(served[u, b, f]) - pyo.quicksum(areas) <= 0

    @block.Constraint(m.SERVES, doc="persons")
    def only_where_installed(_: Any, u: str, b: str, f: str, c: str) -> Any:
        left, per_person = instance.most_left(c, f), instance.functions[f].m2_per_person
        if per_person > 0 and left * per_person >= instance.fits[b, f].max_m2:
            return pyo.Constraint.Skip
        standing = pyo.quicksum(left * m.installed[u, b, g] for g in rooms[b, f])
        return m.served[u, b, f, c] - standing <= 0

    if instance.service.is_whole:

        @block.Constraint(m.SERVES, doc="persons")
        def whole(_: Any, u: str, b: str, f: str, c: str) -> Any:
            left = instance.most_left(c, f) * m.chosen[u, b, f, c]
            if (c, f) in m.FADING_SUPPLY:
                return m.served[u, b, f, c] - left <= 0
            return m.served[u, b, f, c] - left == 0

        @block.Constraint([key for key in m.SERVES if (key[3], key[2]) in m.FADING_SUPPLY])
        def whole_with_what_stays(_: Any, u: str, b: str, f: str, c: str) -> Any:
            left = instance.most_left(c, f) * m.chosen[u, b, f, c]
            return m.served[u, b, f, c] + m.kept_supply[c, f] - left >= 0
