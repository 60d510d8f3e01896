"""Who pays for what: costs to the fen split over sources, or the proof that they cannot be.

Buildings that the same sources may pay for form a class; a maximum flow from classes through the
caps of each source and district says whether the caps hold, in whole fen, and within a class the
buildings are filled in canonical order. Source: formulation.md sections 4.6 and 5.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from models.exact import hundredths
from models.instance import Instance
from models.money import Source
from models.plan import Funding, Siting
from models.rooms import items_in

Class = tuple[str, tuple[str, ...]]  # district, names of the sources that may pay
Held = Mapping[str, set[str]]  # building -> functions in it
START, END = "start", "end"


def fundings(
    instance: Instance, sitings: tuple[Siting, ...], held: Held
) -> tuple[Funding, ...] | None:
    """What each source pays for each building; None where the caps do not allow it."""
    if not instance.limits.sources:
        return ()
    classes: dict[Class, list[Siting]] = {}
    for siting in sitings:
        if siting.cost_yuan:
            district = instance.buildings[siting.building].district
            names = tuple(_payers(instance, siting, sitings, held))
            classes.setdefault((district, names), []).append(siting)
    flows = _flows(instance, {key: _fen(rows) for key, rows in classes.items()})
    if flows is None:
        return None
    rows = [row for key, inside in classes.items() for row in _filled(inside, flows[key])]
    return tuple(sorted(rows, key=lambda row: (row.building, row.source)))


def keeps_years(instance: Instance, sitings: tuple[Siting, ...]) -> bool:
    """The money of each year stays within its budget, to the fen."""
    budgets = instance.limits.by_year_yuan
    if budgets is None:
        return True
    left = {year: hundredths(yuan) for year, yuan in budgets.items()}
    for siting in sitings:
        if siting.cost_yuan:
            left[siting.year or 0] = left.get(siting.year or 0, 0) - _fen([siting])
    return min(left.values()) >= 0


def _fen(sitings: list[Siting]) -> int:
    return int(sum(siting.cost_yuan for siting in sitings) * 100)


def _payers(
    instance: Instance, siting: Siting, sitings: tuple[Siting, ...], held: Held
) -> Iterator[str]:
    district = instance.buildings[siting.building].district
    hub = [row.building for row in sitings if row.host == siting.host and row.is_hub]
    for source in sorted(instance.limits.sources, key=lambda source: source.name):
        inside = hub if source.needs_hub else [siting.building]
        if (
            source.pays_in(district)
            and siting.is_hub >= source.needs_hub
            and _has_item(instance, source, siting, inside, held)
        ):
            yield source.name


def _has_item(
    instance: Instance, source: Source, siting: Siting, inside: list[str], held: Held
) -> bool:
    if not source.any_item:
        return True
    held_there = (f for b in inside for f in held.get(b, ()))
    items = frozenset().union(*(items_in(instance.functions, f) for f in held_there))
    for k in {instance.buildings[b].site for b in inside} if source.needs_hub else ():
        items |= instance.hub_places[siting.host, k].existing_items
    return bool(items & source.any_item)


def _flows(instance: Instance, costs: Mapping[Class, int]) -> dict[Class, dict[str, int]] | None:
    """Class -> source -> fen, or None where no split of *costs* keeps the caps."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from((START, END))
    sources = {source.name: source for source in instance.limits.sources}
    for name, source in sorted(sources.items()):
        graph.add_edge(("source", name), END, capacity=hundredths(source.cap_yuan))
    for (district, names), fen in sorted(costs.items()):
        graph.add_edge(START, (district, names), capacity=fen)
        for name in names:
            graph.add_edge((district, names), ("pot", district, name))
            caps = sources[name].by_district_yuan
            cap = {} if caps is None else {"capacity": hundredths(caps[district])}
            graph.add_edge(("pot", district, name), ("source", name), **cap)
    value, flow = nx.maximum_flow(graph, START, END)
    if value < sum(costs.values()):
        return None
    return {key: {pot[2]: fen for pot, fen in flow[key].items() if fen} for key in costs}


def _filled(sitings: list[Siting], flow: Mapping[str, int]) -> Iterator[Funding]:
    """North-west filling: buildings in order, sources in order."""
    left = dict(sorted(flow.items()))
    for siting in sorted(sitings, key=lambda row: row.building):
        needed = _fen([siting])
        for name, available in left.items():
            fen = min(needed, available)
            if fen:
                yield Funding(siting.building, name, Decimal(fen) / 100)
            needed -= fen
            left[name] = available - fen
