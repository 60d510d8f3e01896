r"""What stands in a building, how large, and on which floors.  用房、规模与楼层

A used building holds at least one function; a function that stands there has its minimum and at
most its maximum; and the floors hold what may stand on them. Local: every row has one host.

.. math::

    x_{ubf} \le z_{ub} \le \sum_f x_{ubf}, \qquad
    \min_f x_{ubf} \le a_{ubf} \le U_{bf} x_{ubf},

    \sum_{f:\, L_{bf} \subseteq S} a_{ubf} \le \mathrm{area}(S)\, z_{ub} \quad
        \forall S \in \mathcal{S}_b

.. math::

    \sum_f o_f / \mu_f\, a_{ubf} \le O_b\, z_{ub} \qquad \text{(outdoor space by capacity)}

:math:`\mathcal{S}_b` are the unions of the distinct floor sets :math:`L_{bf}`. Areas can be spread
over the floors exactly when every such row holds: the placement is a transportation problem, and
its supply-demand theorem (Gale 1957) asks this of every union of floor sets and of nothing else.
So no floor index is needed, also where floor sets are not nested (basement and upper floors).

====================  ===================================  =========================  ==========
symbol                code                                 meaning                    unit
====================  ===================================  =========================  ==========
:math:`z_{ub}`        ``m.used[u, b]``                     u hosts b                  0/1
:math:`x_{ubf}`       ``m.installed[u, b, f]``             f stands in b              0/1
:math:`a_{ubf}`       ``m.area[u, b, f]``                  floor area of f in b       m²
:math:`\min_f`        ``Function.min_m2``                  smallest installation      m²
:math:`U_{bf}`        ``Fit.max_m2``                       most that fits             m²
:math:`L_{bf}`        ``Fit.levels``                       floors f may use           levels
:math:`S`             ``floor_sets``                      union of floor sets        levels
:math:`o_f`           ``Function.outdoor_m2_per_person``   outdoor space of a person  m²/person
:math:`\mu_f`         ``Function.m2_per_person``           area one person takes      m²/person
:math:`O_b`           ``Building.outdoor_m2``              outdoor space of b         m²
====================  ===================================  =========================  ==========

Source: contract section 5 (Host and reach, Capacity); HZ-58, HZ-61 by eligibility; SH-11 (no
extension: the legal floor area is all there is); minimum sizes: policy/functions section 9.
"""

from collections.abc import Iterable
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance

Levels = frozenset[int]


def floor_sets(found: Iterable[Levels]) -> tuple[Levels, ...]:
    """Every union of the distinct floor sets *found*, smallest first."""
    unions: set[Levels] = set()
    for levels in sorted(set(found), key=sorted):
        unions |= {levels} | {levels | other for other in unions}
    return tuple(sorted(unions, key=lambda s: (len(s), sorted(s))))


def area_of(instance: Instance, building: str, levels: Levels) -> float:
    """Floor area of *levels* of *building*, m²."""
    floors = instance.buildings[building].floors
    return round(sum(floor.area_m2 for floor in floors if floor.level in levels), 2)


def add_installation(block: Any, m: Any, instance: Instance) -> None:
    """Add ``needs_building``, ``not_empty``, ``least``, ``most`` and ``floors`` to *block*."""

    @block.Constraint(m.INSTALLS)
    def needs_building(_: Any, u: str, b: str, f: str) -> Any:
        return m.installed[u, b, f] <= m.used[u, b]

    @block.Constraint(m.PAIRS)
    def not_empty(_: Any, u: str, b: str) -> Any:
        inside = [m.installed[u, b, f] for f in instance.functions_in.get(b, ())]
        return m.used[u, b] <= pyo.quicksum(inside)

    @block.Constraint(m.INSTALLS, doc="m²")
    def least(_: Any, u: str, b: str, f: str) -> Any:
        return m.area[u, b, f] >= instance.functions[f].min_m2 * m.installed[u, b, f]

    @block.Constraint(m.INSTALLS, doc="m²")
    def most(_: Any, u: str, b: str, f: str) -> Any:
        return m.area[u, b, f] <= instance.fits[b, f].max_m2 * m.installed[u, b, f]

    _add_floors(block, m, instance)
    _add_outdoor(block, m, instance)


def _add_floors(block: Any, m: Any, instance: Instance) -> None:
    sets = {
        b: floor_sets(instance.fits[b, f].levels for f in instance.functions_in.get(b, ()))
        for b in instance.buildings
    }
    index = [(u, b, s) for u, b in instance.pairs for s in range(len(sets[b]))]

    @block.Constraint(pyo.Set(initialize=index, dimen=3), doc="m²")
    def floors(_: Any, u: str, b: str, s: int) -> Any:
        levels = sets[b][s]
        confined = [
            m.area[u, b, f]
            for f in instance.functions_in[b]
            if instance.fits[b, f].levels <= levels
        ]
        return pyo.quicksum(confined) <= area_of(instance, b, levels) * m.used[u, b]


def _add_outdoor(block: Any, m: Any, instance: Instance) -> None:
    def outdoor_of(f: str) -> float:
        return instance.functions[f].outdoor_m2_per_person / instance.functions[f].m2_per_person

    wanting = {f for f, row in instance.functions.items() if row.outdoor_m2_per_person > 0}
    index = [(u, b) for u, b in instance.pairs if wanting & set(instance.functions_in.get(b, ()))]

    @block.Constraint(pyo.Set(initialize=index, dimen=2), doc="m²")
    def outdoor(_: Any, u: str, b: str) -> Any:
        used = [outdoor_of(f) * m.area[u, b, f] for f in instance.functions_in[b] if f in wanting]
        return pyo.quicksum(used) <= instance.buildings[b].outdoor_m2 * m.used[u, b]
