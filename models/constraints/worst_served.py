r"""The lowest share of need met is below every community's share.  最低满足率

Only where the goal ``worst_served`` is in use. Linking: a community is served by many hosts.

.. math::

    \tau \sum_f w_f\, \mathrm{need}_{cf} \le
        \sum_f w_f \bigl(\mathrm{existing}_{cf} + \sum_{u, b} v_{ubfc}\bigr)
        \qquad \forall c \text{ with need}

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`\tau`          ``m.worst_share``              lowest share                    1
:math:`v_{ubfc}`      ``m.served[u, b, f, c]``       persons of c served by f in b   persons
:math:`w_f`           ``Function.weight``            points per person               1/person
:math:`need_{cf}`     ``Need.persons``               whole need                      persons
:math:`existing_{cf}` ``Need.existing``              met by supply today             persons
====================  =============================  ==============================  ==========

Source: contract section 5 (Goals); HZ-74.
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.objectives.worst_served import weighted_need


def add_worst_served(block: Any, m: Any, instance: Instance) -> None:
    """Add ``below_each_share`` to *block*."""
    if "worst_served" not in instance.goal_parts:
        return
    whole = weighted_need(instance)
    weight = {f: row.weight for f, row in instance.functions.items()}
    existing = dict.fromkeys(whole, 0.0)
    planned: dict[str, list[Any]] = {c: [] for c in whole}
    for (c, f), need in instance.needs.items():
        if c in whole:
            lasting = instance.fading.lasting_supply.get((c, f), need.existing)
            existing[c] += weight[f] * lasting
    for c, f in m.FADING_SUPPLY:
        if c in whole:
            planned[c].append(weight[f] * m.kept_supply[c, f])
    for u, b, f, c in m.SERVES:
        if c in whole:
            planned[c].append(weight[f] * m.served[u, b, f, c])

    @block.Constraint(sorted(whole))
    def below_each_share(_: Any, c: str) -> Any:
        return float(whole[c]) * m.worst_share - pyo.quicksum(planned[c]) <= existing[c]
