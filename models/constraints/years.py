r"""One-off money by year: a building is sited, and paid, in one year.  分年资金

Linking: all hosts share the money of a year; what a year leaves over is not carried on.

.. math::

    \sum_t z_{ubt} = z_{ub}, \qquad \sum_t \kappa_{ubt} = \mathrm{cost}_{ub}, \qquad
    \kappa_{ubt} \le M_b z_{ubt}, \qquad \sum_{u, b} \kappa_{ubt} \le B_t

Years before the building is available are left out; where no year is left it may cost nothing.

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`z_{ubt}`       ``m.sited[u, b, t]``           u has b sited in year t         0/1
:math:`\kappa_{ubt}`  ``m.spent[u, b, t]``           money of b in year t            yuan unit
:math:`cost_{ub}`     ``m.building_cost[u, b]``      one-off money                   yuan unit
:math:`B_t`           ``Limits.by_year_yuan``        budget of the year              yuan
:math:`M_b`           ``largest_cost_yuan``          most that b can cost            yuan
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 四(二)2, HZ-64; contract section 5 (Money).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.money import largest_cost_yuan, money_unit, years_of


def add_years(block: Any, m: Any, instance: Instance) -> None:
    """Add ``one_year``, ``paid_that_year`` and ``within_year``; nothing without yearly budgets."""
    budgets = instance.limits.by_year_yuan
    if budgets is None:
        return
    unit, shown = instance.yuan_unit, money_unit(instance)
    years = {b: years_of(instance, b) for b in instance.buildings}

    @block.Constraint([(u, b) for u, b in instance.pairs if years[b]])
    def one_year(_: Any, u: str, b: str) -> Any:
        return pyo.quicksum(m.sited[u, b, t] for t in years[b]) - m.used[u, b] == 0

    @block.Constraint(m.PAIRS, doc=shown)
    def paid_in_full(_: Any, u: str, b: str) -> Any:
        return pyo.quicksum(m.spent[u, b, t] for t in years[b]) - m.building_cost[u, b] == 0

    @block.Constraint(m.SITED, doc=shown)
    def paid_that_year(_: Any, u: str, b: str, t: int) -> Any:
        return m.spent[u, b, t] <= largest_cost_yuan(instance, b) / unit * m.sited[u, b, t]

    spent: dict[int, list[Any]] = {}
    for u, b, t in m.SITED:
        spent.setdefault(t, []).append(m.spent[u, b, t])

    @block.Constraint(sorted(spent), doc=shown)
    def within_year(_: Any, t: int) -> Any:
        return pyo.quicksum(spent[t]) <= budgets[t] / unit
