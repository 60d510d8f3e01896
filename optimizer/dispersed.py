"""Dispersed hubs: which places of a host could be one hub together, and why others could not.

Source: contract section 5 (Hub); HZ-28 to HZ-30, A10.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from models.instance import Host, Refusal
from models.places import Place, Quarter
from optimizer.hubs import Stock, offer_of, shortfall

Near = Collection[tuple[str, str]]  # pairs of buildings within the limit, smaller id first
Test = Callable[[tuple[str, ...]], bool]
Graph = Mapping[str, set[str]]  # place -> those it is joined with


@dataclass(frozen=True)
class Dispersal:
    """Quarters of one host, the places in them, and why other places are in none."""

    quarters: tuple[Quarter, ...] = ()
    branches: tuple[Place, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def dispersal_of(host: Host, places: Iterable[Place], near: Near, stock: Stock) -> Dispersal:
    """Where the hub of *host* may be dispersed over *places*.

    A place is a branch only where a group with it, of at most ``dispersed_hub_places`` and every
    two near each other, holds the smallest hub of the host and its items by counting. The model
    decides the rest; no group that could be a hub is left out.
    """
    policy = stock.policy
    if not policy.dispersed_hub:
        return Dispersal()
    by_site = {place.site: place for place in places}
    graph = _graph(by_site, near)
    offers = {k: offer_of(by_site[k], stock) for k in by_site if graph[k]}

    def is_enough(group: tuple[str, ...]) -> bool:
        return shortfall(host, [offers[k] for k in group], policy) is None

    most = policy.dispersed_hub_places
    able = [k for k in sorted(by_site) if _has_group(graph, (k,), most, is_enough)]
    quarters = [
        Quarter(host.id, min(sites), tuple(sorted(sites)), most, _far(sites, by_site, near))
        for sites in _connected(able, graph)
    ]
    return Dispersal(
        tuple(sorted(quarters, key=lambda quarter: quarter.id)),
        tuple(by_site[k] for k in able),
        tuple(
            Refusal("A10", "hub_not_dispersed", building=b, community=host.id)
            for k, place in sorted(by_site.items())
            for b in (place.buildings if k not in able else ())
        ),
    )


def _graph(by_site: dict[str, Place], near: Near) -> Graph:
    """Places, joined where some building of one is near some of the other."""
    graph: dict[str, set[str]] = {site: set() for site in by_site}
    for one, other in combinations(sorted(by_site), 2):
        pairs = product(by_site[one].buildings, by_site[other].buildings)
        if any((min(pair), max(pair)) in near for pair in pairs):
            graph[one].add(other)
            graph[other].add(one)
    return graph


def _connected(sites: Iterable[str], graph: Graph) -> Iterator[set[str]]:
    """The connected parts of *sites*."""
    left = set(sites)
    while left:
        part, edge = set[str](), {min(left)}
        while edge:
            part |= edge
            edge = set[str]().union(*(graph[k] for k in edge)) & left - part
        left -= part
        yield part


def _has_group(graph: Graph, group: tuple[str, ...], most: int, is_enough: Test) -> bool:
    """Some group of two to *most* places joined each to each, *group* among them, is enough."""
    if len(group) > 1 and is_enough(group):
        return True
    if len(group) >= most:
        return False
    joined = set.intersection(*(graph[k] for k in group))
    later = sorted(k for k in joined if len(group) == 1 or k > group[-1])
    return any(_has_group(graph, (*group, k), most, is_enough) for k in later)


def _far(
    sites: Iterable[str], by_site: dict[str, Place], near: Near
) -> tuple[tuple[str, str], ...]:
    """Pairs of buildings of the places that no hub may have both of."""
    buildings = sorted(b for k in sites for b in by_site[k].buildings)
    return tuple(pair for pair in combinations(buildings, 2) if pair not in near)
