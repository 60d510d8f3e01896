"""Where a host may have its hub: on one place, or dispersed over some near each other.

A quarter is a set of a host's places that hang together by pairs near enough; a dispersed hub lies
in one quarter, and each of its places is a branch. Facts only; the rows are those of the families
``community_hub`` and ``dispersed_hub``. Source: contract section 5 (Hub); HZ-28 to HZ-30, A10.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.rooms import hub_items_in, items_in

if TYPE_CHECKING:
    from models.instance import Host, Instance

Key = tuple[str, str]  # host and site, or host and quarter
REST = "others"  # the tally of the items that are not core


@dataclass(frozen=True, slots=True)
class Place:
    """A place where host *host* may have its hub: the buildings it may host on one site."""

    host: str
    site: str
    street: str
    buildings: tuple[str, ...]
    existing_m2: float  # the host's counted area there today
    existing_items: frozenset[str]  # items it has there today, as the hub counts them
    far_buildings: tuple[str, ...] = ()  # of the site, too far from a member to be in the hub


@dataclass(frozen=True, slots=True)
class Quarter:
    """Sites of one host among which its dispersed hub may choose, at most so many of them."""

    host: str
    id: str  # the first of its sites
    sites: tuple[str, ...]
    most_sites: int
    far: tuple[tuple[str, str], ...] = ()  # pairs of buildings too far apart for one hub


@dataclass(frozen=True, slots=True)
class Tally:
    """Items of which one must stand in a hub for something to count."""

    id: str
    items: frozenset[str]
    in_hub: bool = True  # only functions whose item counts in a hub


def places_within(
    places: Mapping[Key, Place], hosts: Mapping[str, "Host"], buildings: set[str]
) -> dict[Key, Place]:
    """*places* of some *hosts* as far as they have some of *buildings*."""
    kept = {}
    for (u, k), place in places.items():
        inside = tuple(b for b in place.buildings if b in buildings)
        if u in hosts and inside:
            far = tuple(b for b in place.far_buildings if b in buildings)
            kept[u, k] = replace(place, buildings=inside, far_buildings=far)
    return kept


def quarters_within(
    quarters: Mapping[Key, Quarter], branches: Mapping[Key, Place]
) -> dict[Key, Quarter]:
    """*quarters* as far as their places are among *branches*."""
    kept = {}
    for (u, q), quarter in quarters.items():
        sites = tuple(k for k in quarter.sites if (u, k) in branches)
        inside = {b for k in sites for b in branches[u, k].buildings}
        far = tuple(pair for pair in quarter.far if inside.issuperset(pair))
        if len(sites) > 1:
            kept[u, q] = replace(quarter, sites=sites, far=far)
    return kept


def item_tallies(instance: "Instance") -> tuple[Tally, ...]:
    """What the items of a hub are counted by: exactly as many as its rows can tell apart.

    A hub with enough core items lacks ``hub_min_items - hub_min_core_items`` of all the others at
    most; where that is one, any other item is as good as any, and one tally holds them all.
    """
    policy = instance.policy
    items = {item for f in instance.functions for item in hub_items_in(instance.functions, f)}
    core = items & set(policy.core_items)
    tallies = [Tally(item, frozenset({item})) for item in sorted(core)]
    lacking = policy.hub_min_items - policy.hub_min_core_items
    if lacking == 1:
        tallies.append(Tally(REST, frozenset(items - core)))
    elif lacking > 1:
        tallies += [Tally(item, frozenset({item})) for item in sorted(items - core)]
    return tuple(tally for tally in tallies if tally.items)


def source_tallies(instance: "Instance") -> Mapping[str, Tally]:
    """Source -> the items of which one must stand in the hub it pays for."""
    return {
        source.name: Tally(f"source {source.name}", source.any_item, in_hub=False)
        for source in instance.limits.sources
        if source.needs_hub and source.any_item
    }


def bringers(instance: "Instance", place: Place, tally: Tally) -> Iterator[tuple[str, str, str]]:
    """Installations (host, building, function) on *place* that would count in *tally*."""
    for b in place.buildings:
        for f in instance.functions_in.get(b, ()):
            items = hub_items_in if tally.in_hub else items_in
            if items(instance.functions, f) & tally.items:
                yield place.host, b, f


def is_there(instance: "Instance", place: Place, tally: Tally) -> bool:
    """An item of *tally* stands on *place* today, whatever is refitted."""
    fading = instance.fading.items
    today = place.existing_items & tally.items
    return any(not fading.get((place.host, place.site, item)) for item in today)


def fading_givers(instance: "Instance", place: Place, tally: Tally) -> tuple[str, ...]:
    """Refits, any of which unused leaves an item of *tally* on *place*."""
    key = place.host, place.site
    today = sorted(place.existing_items & tally.items)
    found = {b for item in today for b in instance.fading.items.get((*key, item), ())}
    return tuple(sorted(found))


def hub_street(instance: "Instance", host: str, sites: Iterable[str]) -> tuple[str, str] | None:
    """Street where a hub of *host* on *sites* stands; None where it crosses a border (A25)."""
    streets = {instance.street_of(instance.hub_places[host, k]) for k in sites}
    return streets.pop() if len(streets) == 1 else None


def sites_beside(instance: "Instance", host: str, site: str) -> tuple[str, ...]:
    """Other sites of the quarter of *host* that *site* is in; none outside of quarters."""
    quarters = (instance.quarters[host, q] for q in instance.quarters_of.get(host, ()))
    around = next((quarter.sites for quarter in quarters if site in quarter.sites), ())
    return tuple(k for k in around if k != site)


def lasting_m2(instance: "Instance", host: str, site: str) -> float:
    """Counted area of *host* on the place *site* today that no refit takes, m²."""
    fading = sum(m2 for _, m2 in instance.fading.site_m2.get((host, site), ()))
    return round(instance.hub_places[host, site].existing_m2 - fading, 2)


def branch_m2(instance: "Instance", host: str, site: str) -> float:
    """Most m² that a branch may bring to its hub: more than the minimum is as good."""
    place, owner = instance.branches[host, site], instance.hosts[host]
    room = sum(instance.buildings[b].area_m2 for b in place.buildings) + place.existing_m2
    enough = max(owner.hub_minimum_m2, owner.nonpilot_hub_minimum_m2)
    return round(min(room, max(enough, float(instance.policy.hub_office_m2))), 2)
