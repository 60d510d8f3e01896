r"""A function has a room of its own in a building or shares one there, not both.  错时共用

A combination g of functions that use one room at different times stands as one more function:
floors, totals, the standard and money count its area once, and each member gets its capacity,
item and domain. Local: every row has one host.

.. math::

    x_{ubf} + \sum_{g \ni f} x_{ubg} \le 1

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`x_{ubf}`       ``m.installed[u, b, f]``       f has a room of its own in b    0/1
:math:`x_{ubg}`       ``m.installed[u, b, g]``       the members of g share a room   0/1
:math:`g \ni f`       ``holders``                    combinations f is part of       functions
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 三(三)2, HZ-38; 沪府办发〔2024〕25号 SH-34, SH-35; A9;
contract sections 4 (slot), 5 (Capacity: one installation of a function per building).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.rooms import holders


def add_shared_rooms(block: Any, m: Any, instance: Instance) -> None:
    """Add ``one_installation`` to *block*; nothing where no combination fits."""
    shared = {key: rooms for key, rooms in holders(instance).items() if len(rooms) > 1}
    index = [(u, b, f) for u, b, f in m.INSTALLS if (b, f) in shared]

    @block.Constraint(index)
    def one_installation(_: Any, u: str, b: str, f: str) -> Any:
        return pyo.quicksum(m.installed[u, b, g] for g in shared[b, f]) <= 1
