r"""One-off money by source: each within its caps, and only for what it may pay.  资金来源

Linking: all hosts share the sources. Sources whose conditions the plan decides (part of a hub, an
item that stands there) pay building by building; the others pay what is left of a district.

.. math::

    \sum_{u,\ b \in d} \Bigl(\mathrm{cost}_{ub} - \sum_s \mathrm{paid}_{ubs}\Bigr)
        = \sum_s y_{ds}, \qquad
    \sum_s \mathrm{paid}_{ubs} \le \mathrm{cost}_{ub},

    \sum_d y_{ds} \le B_s, \quad y_{ds} \le B_{ds}, \qquad
    \sum_{u, b} \mathrm{paid}_{ubs} \le B_s, \quad
    \sum_{u,\ b \in d} \mathrm{paid}_{ubs} \le B_{ds},

    \mathrm{paid}_{ubs} \le M_b h_{uk(b)}, \qquad
    \mathrm{paid}_{ubs} \le M_b \sum_{b',\ f \in F_s} x_{ub'f}

====================  =============================  ==============================  ==========
symbol                code                           meaning                         unit
====================  =============================  ==============================  ==========
:math:`paid_{ubs}`    ``m.paid[u, b, s]``            s, conditional, pays for b      yuan unit
:math:`y_{ds}`        ``m.source_yuan[d, s]``        s, others, pays in district d   yuan unit
:math:`cost_{ub}`     ``m.building_cost[u, b]``      one-off money                   yuan unit
:math:`B_s, B_{ds}`   ``Source.cap_yuan`` ...        caps of the source              yuan
:math:`M_b`           ``largest_cost_yuan``          most that b can cost            yuan
====================  =============================  ==============================  ==========

Source: 杭政办函〔2024〕11号 四(二)2, HZ-63, HZ-64; contract sections 2, 5 (Money).
"""

from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.money import Source, largest_cost_yuan, money_unit
from models.places import bringers, fading_givers, is_there, sites_beside, source_tallies
from models.rooms import items_in


def add_sources(block: Any, m: Any, instance: Instance) -> None:
    """Add ``split``, caps and conditions; nothing where no source is listed."""
    sources = {source.name: source for source in instance.limits.sources}
    if not sources:
        return
    unit, shown = instance.yuan_unit, money_unit(instance)
    pairs_in: dict[str, list[tuple[str, str]]] = {}
    for u, b in instance.pairs:
        pairs_in.setdefault(instance.buildings[b].district, []).append((u, b))
    paid_for: dict[tuple[str, str], list[Any]] = {}
    for u, b, s in m.PAYMENTS:
        paid_for.setdefault((u, b), []).append(m.paid[u, b, s])

    @block.Constraint(sorted(pairs_in), doc=shown)
    def split(_: Any, district: str) -> Any:
        cost = pyo.quicksum(m.building_cost[pair] for pair in pairs_in[district])
        paid = pyo.quicksum(v for pair in pairs_in[district] for v in paid_for.get(pair, ()))
        rest = [m.source_yuan[d, s] for d, s in m.POTS if d == district]
        return cost - paid - pyo.quicksum(rest) == 0

    @block.Constraint(sorted(paid_for), doc=shown)
    def no_more_than_the_cost(_: Any, u: str, b: str) -> Any:
        return pyo.quicksum(paid_for[u, b]) - m.building_cost[u, b] <= 0

    @block.Constraint(sorted(sources), doc=shown)
    def within_cap(_: Any, s: str) -> Any:
        spent = _spent(m, instance, s, None)
        return pyo.quicksum(spent) <= sources[s].cap_yuan / unit if spent else pyo.Constraint.Skip

    capped = [(d, s) for s in sorted(sources) for d in sorted(sources[s].by_district_yuan or {})]

    @block.Constraint(pyo.Set(initialize=capped, dimen=2), doc=shown)
    def within_district_cap(_: Any, d: str, s: str) -> Any:
        spent = _spent(m, instance, s, d)
        cap = (sources[s].by_district_yuan or {})[d]
        return pyo.quicksum(spent) <= cap / unit if spent else pyo.Constraint.Skip

    _add_conditions(block, m, instance, sources)


def _spent(m: Any, instance: Instance, source: str, district: str | None) -> list[Any]:
    pots = [m.source_yuan[d, s] for d, s in m.POTS if s == source and district in (None, d)]
    return pots + [
        m.paid[u, b, s]
        for u, b, s in m.PAYMENTS
        if s == source and district in (None, instance.buildings[b].district)
    ]


def _add_conditions(block: Any, m: Any, instance: Instance, sources: dict[str, Source]) -> None:
    unit, tallies = instance.yuan_unit, source_tallies(instance)
    shown = money_unit(instance)

    @block.Constraint([key for key in m.PAYMENTS if sources[key[2]].needs_hub], doc=shown)
    def part_of_the_hub(_: Any, u: str, b: str, s: str) -> Any:
        most = largest_cost_yuan(instance, b) / unit
        return m.paid[u, b, s] - most * m.in_hub[u, instance.buildings[b].site] <= 0

    @block.Constraint([key for key in m.PAYMENTS if sources[key[2]].any_item], doc=shown)
    def item_stands(_: Any, u: str, b: str, s: str) -> Any:
        most = largest_cost_yuan(instance, b) / unit
        if not sources[s].needs_hub:
            inside = instance.functions_in.get(b, ())
            asked = sources[s].any_item
            wanted = [f for f in inside if items_in(instance.functions, f) & asked]
            standing = [m.installed[u, b, f] for f in wanted]
            return m.paid[u, b, s] - most * pyo.quicksum(standing) <= 0
        place = instance.hub_places[u, instance.buildings[b].site]
        if is_there(instance, place, tallies[s]):
            return pyo.Constraint.Skip
        standing = [m.installed[key] for key in bringers(instance, place, tallies[s])]
        standing += [m.stays[at] for at in fading_givers(instance, place, tallies[s])]
        others = ((u, k, tallies[s].id) for k in sites_beside(instance, u, place.site))
        standing += [m.branch_has[key] for key in others if key in m.BROUGHT]
        return m.paid[u, b, s] - most * pyo.quicksum(standing) <= 0
