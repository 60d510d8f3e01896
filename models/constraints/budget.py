r"""One-off money within the budgets, yearly operation under its ceiling.  资金

Linking: all hosts share the money.

.. math::

    \sum_{u, b} \mathrm{cost}_{ub} \le B, \qquad
    \sum_{u,\ b \in \mathrm{district}} \mathrm{cost}_{ub} \le B_{\mathrm{district}}, \qquad
    \mathrm{cost}_{ub} = A_b z_{ub} + \sum_f (O_f x_{ubf} + r_{bf} a_{ubf}),

    \sum_{u, b} R_b z_{ub} + \sum_{u, b, f} o_f a_{ubf} \le C

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`cost_{ub}`     ``m.building_cost[u, b]``      one-off money                   yuan unit
:math:`A_b`           ``Building.acquire_yuan``      acquisition                     yuan
:math:`O_f`           ``Function.opening_yuan``      opening of an installation      yuan
:math:`r_{bf}`        ``Fit.yuan_per_m2``            fit-out × factor, whole yuan    yuan/m²
:math:`B`             ``Limits.total_yuan``          budget                          yuan
:math:`R_b`           ``rent_yuan_per_year``         rent                            yuan/year
:math:`o_f`           ``operating_yuan_per_m2_year`` operation                       yuan/m² a
:math:`C`             ``operating_yuan_per_year``    ceiling                         yuan/year
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 四(二)2, HZ-63, HZ-64; contract section 5 (Money).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.money import money_unit
from models.objectives import operating_cost


def add_budget(block: Any, m: Any, instance: Instance) -> None:
    """Add ``total``, ``by_district`` and ``operating``, in units of ``Instance.yuan_unit`` yuan."""
    unit, limits, shown = instance.yuan_unit, instance.limits, money_unit(instance)
    total_yuan = limits.total_yuan
    if total_yuan is not None and instance.pairs:

        @block.Constraint(doc=shown)
        def total(_: Any) -> Any:
            return pyo.quicksum(m.building_cost.values()) <= total_yuan / unit

    in_district: dict[str, list[Any]] = {}
    for u, b in instance.pairs:
        in_district.setdefault(instance.buildings[b].district, []).append(m.building_cost[u, b])
    capped = [d for d in sorted(limits.by_district_yuan) if d in in_district]

    @block.Constraint(capped, doc=shown)
    def by_district(_: Any, district: str) -> Any:
        return pyo.quicksum(in_district[district]) <= limits.by_district_yuan[district] / unit

    ceiling = limits.operating_yuan_per_year
    if ceiling is not None and instance.pairs:

        @block.Constraint(doc=f"{shown} a year")
        def operating(_: Any) -> Any:
            return operating_cost.expression(m, instance) <= ceiling / unit
