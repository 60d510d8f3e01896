r"""Nobody is served twice for one need.  需求不重复计算

Persons of a community served for a function are at most the need that existing supply leaves.
Linking: the hosts whose buildings serve the community meet here.

.. math::

    \sum_{u, b} v_{ubfc} \le \mathrm{left}_{cf}

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`v_{ubfc}`      ``m.served[u, b, f, c]``       persons of c served by f in b   persons
:math:`left_{cf}`     ``Need.left``                  need that supply today leaves   persons
====================  =============================  ==============================  ==========

Source: contract section 5 (Need); HZ-12, HZ-26.
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance


def add_need(block: Any, m: Any, instance: Instance) -> None:
    """Add ``within_need`` to *block*; one provider alone is held by its own bound."""
    providers: dict[tuple[str, str], list[Any]] = {}
    for u, b, f, c in m.SERVES:
        providers.setdefault((c, f), []).append(m.served[u, b, f, c])
    several = [key for key, found in providers.items() if len(found) > 1]

    @block.Constraint(pyo.Set(initialize=several, dimen=2), doc="persons")
    def within_need(_: Any, c: str, f: str) -> Any:
        return pyo.quicksum(providers[c, f]) <= instance.needs[c, f].left
