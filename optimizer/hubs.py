"""Hubs: which existing ones qualify alone, and on which sites a host could plan one.

Source: contract section 5 (Hub, Streets); HZ-15, HZ-17, HZ-40, HZ-41.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, combinations

from models.instance import Building, Facility, Fit, Function, Host, Refusal
from models.places import Place
from models.policy import Policy
from models.rooms import hub_items_in


@dataclass(frozen=True, slots=True)
class ExistingHub:
    """The hub rows of one community on one site."""

    community: str
    area_m2: float
    items: frozenset[str]
    is_bare: bool  # no row names a function: it covers its street, flagged, and nothing more


def existing_hubs(
    facilities: Iterable[Facility], functions: Mapping[str, Function]
) -> tuple[ExistingHub, ...]:
    """Existing hubs: rows of a community with the same or no site are one."""
    groups: dict[tuple[str, str | None], list[Facility]] = {}
    for row in facilities:
        if row.is_hub:
            groups.setdefault((row.community, row.site), []).append(row)
    named: dict[str, list[str]] = {}
    for community, site in groups:
        if site is not None:
            named.setdefault(community, []).append(site)
    for community, sites in named.items():
        if len(sites) == 1 and (community, None) in groups:
            groups[community, sites[0]] += groups.pop((community, None))
    return tuple(_hub(c, rows, functions) for (c, _), rows in sorted(groups.items(), key=_order))


def _order(entry: tuple[tuple[str, str | None], list[Facility]]) -> tuple[str, str]:
    (community, site), _ = entry
    return community, site or ""


def _hub(community: str, rows: list[Facility], functions: Mapping[str, Function]) -> ExistingHub:
    counted = [row for row in rows if row.is_counted]
    return ExistingHub(
        community=community,
        area_m2=round(sum(counted_area(row, functions) for row in rows), 2),
        items=items_of(counted, functions),
        is_bare=all(row.function is None for row in rows),
    )


def counted_area(row: Facility, functions: Mapping[str, Function]) -> float:
    """m² of *row* that enter a standard."""
    counts = row.function is None or functions[row.function].counts_in_total
    return row.area_m2 if row.is_counted and counts else 0.0


def area_today(
    rows: Iterable[Facility], functions: Mapping[str, Function], policy: Policy
) -> float:
    """m² of today in the area standard: none where only planned m² are to count (A3)."""
    counted = (counted_area(row, functions) for row in rows if policy.count_existing)
    return round(sum(counted), 2)


def is_for_residents(row: Facility, functions: Mapping[str, Function]) -> bool:
    """*row* is for residents' activities; a row without a function counts as such."""
    return row.function is None or functions[row.function].is_resident_activity


def items_of(rows: Iterable[Facility], functions: Mapping[str, Function]) -> frozenset[str]:
    """Items that *rows* bring to a hub."""
    return frozenset(
        functions[row.function].item
        for row in rows
        if row.function is not None and functions[row.function].counts_as_item
    )


def qualifies(hub: ExistingHub, minimum_m2: float, policy: Policy) -> bool:
    """The hub meets area, items and core items alone."""
    return (
        not hub.is_bare
        and hub.area_m2 >= minimum_m2
        and len(hub.items) >= policy.hub_min_items
        and len(hub.items & set(policy.core_items)) >= policy.hub_min_core_items
    )


@dataclass(frozen=True)
class Stock:
    """What stands and what fits: everything a place is judged by."""

    buildings: Mapping[str, Building]
    functions: Mapping[str, Function]
    facilities: tuple[Facility, ...]
    fits_of: Mapping[str, tuple[Fit, ...]]
    policy: Policy


def sites_of(host: Host, buildings: Iterable[str], far: Iterable[str], stock: Stock) -> list[Place]:
    """The *buildings* of *host* by site: every place its hub, or a part of it, might have.

    Buildings *far* from a member of a union may be hosted, but not be part of its hub.
    """
    far_of: dict[str, tuple[str, ...]] = {}
    for b in sorted(far):
        far_of[stock.buildings[b].site] = (*far_of.get(stock.buildings[b].site, ()), b)
    by_site: dict[str, list[str]] = {}
    for b in buildings:
        by_site.setdefault(stock.buildings[b].site, []).append(b)
    return [
        replace(
            _place(host, site, tuple(sorted(inside)), stock), far_buildings=far_of.get(site, ())
        )
        for site, inside in sorted(by_site.items())
    ]


def places_of(
    host: Host, sites: Iterable[Place], stock: Stock
) -> tuple[list[Place], list[Refusal]]:
    """Those of *sites* where *host* could have its hub alone, and why the others cannot hold it."""
    places, refusals = [], []
    for place in sites:
        reason = shortfall(host, [offer_of(place, stock)], stock.policy)
        if reason is None:
            places.append(place)
        else:
            rule, word = reason
            refusals += [
                Refusal(rule, word, building=b, community=host.id) for b in place.buildings
            ]
    return places, refusals


def _place(host: Host, site: str, buildings: tuple[str, ...], stock: Stock) -> Place:
    there = [f for f in stock.facilities if f.site == site and f.community in host.members]
    return Place(
        host=host.id,
        site=site,
        street=stock.buildings[buildings[0]].street,
        buildings=buildings,
        existing_m2=round(sum(counted_area(row, stock.functions) for row in there), 2),
        existing_items=items_of((row for row in there if row.is_counted), stock.functions),
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """What a place could bring to a hub at most, with what its host has there today."""

    counted_m2: float
    items: frozenset[str]


def offer_of(place: Place, stock: Stock) -> Offer:
    """The most that *place* could hold, counted area and items each by themselves."""
    room = sum(largest_counted_m2(stock, b) for b in place.buildings)
    items = {
        item
        for b in place.buildings
        for fit in stock.fits_of.get(b, ())
        for item in hub_items_in(stock.functions, fit.function)
    }
    return Offer(round(room + place.existing_m2, 2), place.existing_items | items)


def shortfall(host: Host, offers: Iterable[Offer], policy: Policy) -> tuple[str, str] | None:
    """Rule and reason why *offers* together cannot be the hub of *host*; None where they might.

    Necessary conditions by counting; the model decides the rest.
    """
    together = list(offers)
    least = min(host.hub_minimum_m2, host.nonpilot_hub_minimum_m2)
    if round(sum(offer.counted_m2 for offer in together), 2) < least:
        return "HZ-15/17", "hub_too_small"
    items = frozenset().union(*(offer.items for offer in together))
    if len(items) < policy.hub_min_items:
        return "HZ-40", "hub_too_few_items"
    if len(items & set(policy.core_items)) < policy.hub_min_core_items:
        return "HZ-41", "hub_too_few_core_items"
    return None


def largest_counted_m2(stock: Stock, building: str) -> float:
    """Most counted m² that fit on the floors: least cut over groups of functions (Gale 1957)."""
    groups: dict[frozenset[int], float] = {}
    for fit in stock.fits_of.get(building, ()):
        if stock.functions[fit.function].counts_in_total:
            groups[fit.levels] = groups.get(fit.levels, 0.0) + fit.max_m2
    floors = {floor.level: floor.area_m2 for floor in stock.buildings[building].floors}
    sets = list(groups)
    cuts = chain.from_iterable(combinations(sets, size) for size in range(len(sets) + 1))
    return min(
        round(
            sum(floors[level] for level in frozenset().union(*cut))
            + sum(room for levels, room in groups.items() if levels not in cut),
            2,
        )
        for cut in cuts
    )
