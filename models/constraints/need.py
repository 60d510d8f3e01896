r"""Nobody is served twice for one need.  需求不重复计算

Persons of a community served for a function are at most the need that existing supply leaves.
Linking: the hosts whose buildings serve the community meet here.

.. math::

    \sum_{u, b} v_{ubfc} + \mathrm{kept}_{cf} \le \mathrm{left}_{cf}
        \qquad (= \text{ with serve\_all}), \qquad
    \mathrm{kept}_{cf} \le \sum_b \mathrm{cap}_{bcf}\, \mathrm{stays}_b

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`v_{ubfc}`      ``m.served[u, b, f, c]``       persons of c served by f in b   persons
:math:`left_{cf}`     ``Instance.most_left``         need without what refits take   persons
:math:`kept_{cf}`     ``m.kept_supply[c, f]``        served by what refits leave     persons
:math:`cap_{bcf}`     ``Fading.supply``              that b's facilities serve today persons
====================  =============================  ==============================  ==========

Source: contract section 5 (Need); HZ-12, HZ-26.
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance


def add_need(block: Any, m: Any, instance: Instance) -> None:
    """Add ``within_need``, or ``all_served`` where every need must be met in full, to *block*.

    One provider alone is held by its own bound; a need without any leaves the row ``0 = left``.
    """
    providers: dict[tuple[str, str], list[Any]] = {}
    for u, b, f, c in m.SERVES:
        providers.setdefault((c, f), []).append(m.served[u, b, f, c])
    for c, f in m.FADING_SUPPLY:
        providers.setdefault((c, f), []).append(m.kept_supply[c, f])

    @block.Constraint(m.FADING_SUPPLY, doc="persons")
    def kept_while_it_stays(_: Any, c: str, f: str) -> Any:
        served = instance.fading.supply[c, f]
        return m.kept_supply[c, f] - pyo.quicksum(n * m.stays[b] for b, n in served) <= 0

    if instance.service.serve_all:
        wanted = [key for key in instance.needs if instance.most_left(*key) > 0]

        @block.Constraint(pyo.Set(initialize=wanted, dimen=2), doc="persons")
        def all_served(_: Any, c: str, f: str) -> Any:
            terms = providers.get((c, f))
            left = instance.most_left(c, f)
            return pyo.quicksum(terms) == left if terms else pyo.Constraint.Infeasible

        return
    several = [key for key, found in providers.items() if len(found) > 1]

    @block.Constraint(pyo.Set(initialize=several, dimen=2), doc="persons")
    def within_need(_: Any, c: str, f: str) -> Any:
        return pyo.quicksum(providers[c, f]) <= instance.most_left(c, f)
