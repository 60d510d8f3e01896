r"""Refits: a used building takes the facilities it replaces out of everything they gave.  改建

Linking: where members of a union, neighbours' domains or streets are touched. Counted area enters
the standard as what a refit adds; supply, domains, items and hubs that only replaced facilities
give hold while the building is not used.

.. math::

    \sum_{f\ \mathrm{counted}} a_{ubf} \ge \ell_b z_{ub}, \qquad
    \mathrm{stays}_b = 1 - \sum_u z_{ub},

    \mathrm{kept}_u + \sum_{b \in S} (1 - \mathrm{stays}_b) \le |S|, \qquad
    \mathrm{ended}_{uS} \le 1 - \mathrm{stays}_b \quad \forall b \in S

for the least sets S of refits that end the hub of today of u, or what covers a community.

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`stays_b`       ``m.stays[b]``                 what b replaces stays           0/1
:math:`kept_u`        ``m.kept_hub[u]``              a hub of today still qualifies  0/1
:math:`ended_{uS}`    ``m.hub_ended[u, s]``          all of S are used               0..1
:math:`\ell_b`        ``Fading.counted_m2``          counted area of what b replaces m²
:math:`S`             ``Fading.hubs``, ``covers``    least sets of refits            buildings
====================  =============================  ==============================  ==========

Source: contract section 5 (Refit); HZ-23.
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance


def add_refits(block: Any, m: Any, instance: Instance) -> None:
    """Add rows of replaced area, of hubs of today that end, and of who is covered still."""
    fading = instance.fading
    counted = [f for f, row in instance.functions.items() if row.counts_in_total]

    @block.Constraint([(u, b) for u, b in instance.pairs if b in fading.counted_m2], doc="m²")
    def at_least_as_much(_: Any, u: str, b: str) -> Any:
        inside = [m.area[u, b, f] for f in instance.functions_in.get(b, ()) if f in counted]
        return pyo.quicksum(inside) - fading.counted_m2[b] * m.used[u, b] >= 0

    @block.Constraint([(u, s) for u in m.FADING_HUBS for s in range(len(fading.hubs[u]))])
    def hub_kept(_: Any, u: str, s: int) -> Any:
        return _all_but_one_stay(m, m.kept_hub[u], fading.hubs[u][s])

    @block.Constraint([(u, s, b) for u, s in m.ENDINGS for b in sorted(fading.hubs[u][s])])
    def hub_ended(_: Any, u: str, s: int, b: str) -> Any:
        return m.hub_ended[u, s] + m.stays[b] <= 1

    @block.Constraint([(c, s) for c in m.FADING_COVERS for s in range(len(fading.covers[c]))])
    def stands(_: Any, c: str, s: int) -> Any:
        return _all_but_one_stay(m, m.hub_stands[c], fading.covers[c][s])

    @block.Constraint(m.FADING_COVERS)
    def covered_by_what_stands(_: Any, c: str) -> Any:
        return m.still_covered[c] - m.hub_stands[c] <= 0

    @block.Constraint(m.FADING_COVERS)
    def covered_once(_: Any, c: str) -> Any:
        hubs = [m.planned_hub[u] for u in m.HOSTS if c in instance.hosts[u].members]
        together = [m.together[u] for u, new in instance.covered_together.items() if c in new]
        return m.still_covered[c] + pyo.quicksum(hubs + together) <= 1

    @block.Constraint([u for u in instance.covered_together if u in fading.hubs])
    def together_while_kept(_: Any, u: str) -> Any:
        return m.together[u] - m.kept_hub[u] <= 0


def _all_but_one_stay(m: Any, kept: Any, ending: frozenset[str]) -> Any:
    gone = pyo.quicksum(1 - m.stays[b] for b in sorted(ending))
    return kept + gone <= len(ending)
