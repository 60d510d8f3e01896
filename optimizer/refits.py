"""What existing facilities give, with all of them or without those of used refits.

``after`` is the instance once a plan's refits are built; ``fading_of`` compares it with today.
Source: contract section 5 (Refit, Need, Hub, Domains, Streets).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from models.exact import fraction, half_up
from models.instance import Facility, Host, Instance, Need
from models.places import Place
from models.refits import Fading, Sets
from optimizer.hubs import (
    area_today,
    counted_area,
    existing_hubs,
    is_for_residents,
    items_of,
    qualifies,
)

Of = dict[str, list[Facility]]  # refit -> the facilities it replaces, open ones


def after(instance: Instance, used: Iterable[str]) -> Instance:
    """*instance* once the *used* buildings stand: the facilities they replace are gone."""
    gone = {f for b in used for f in instance.buildings[b].replaces}
    if not gone:
        return instance
    facilities = tuple(f for f in instance.facilities if f.id not in gone)
    touched = {f.community for f in instance.facilities if f.id in gone}
    covered = frozenset(
        c
        for c in instance.covered_today
        if c not in touched or _is_covered(instance, facilities, c)
    )
    return replace(
        instance,
        facilities=facilities,
        hosts=_hosts(instance, facilities, touched),
        places=_places(instance, instance.places, facilities, touched),
        branches=_places(instance, instance.branches, facilities, touched),
        needs={
            (c, f): _need(instance, c, f, need, facilities) if c in touched else need
            for (c, f), need in instance.needs.items()
        },
        covered_today=covered,
        streets_with_hub=frozenset(
            (instance.communities[c].district, instance.communities[c].street) for c in covered
        ),
    )


def _hosts(
    instance: Instance, facilities: tuple[Facility, ...], touched: set[str]
) -> dict[str, Host]:
    near = {(c, d) for f in facilities for c in f.reaches if (d := _domain(instance, f))}
    hosts = {}
    for u, host in instance.hosts.items():
        now = replace(host, domains_today=host.domains_today & near)
        hosts[u] = _host(instance, now, facilities) if touched & set(host.members) else now
    return hosts


def _host(instance: Instance, host: Host, facilities: tuple[Facility, ...]) -> Host:
    own = [f for f in facilities if f.community in host.members]
    resident = [f for f in own if is_for_residents(f, instance.functions)]
    return replace(
        host,
        existing_m2=area_today(own, instance.functions, instance.policy),
        existing_resident_m2=area_today(resident, instance.functions, instance.policy),
        has_hub=_has_hub(instance, host, facilities),
    )


def _domain(instance: Instance, facility: Facility) -> str | None:
    return None if facility.function is None else instance.functions[facility.function].part


def _has_hub(instance: Instance, host: Host, facilities: tuple[Facility, ...]) -> bool:
    own = [f for f in facilities if f.community in host.members]
    hubs = existing_hubs(own, instance.functions)
    return any(qualifies(hub, host.hub_minimum_m2, instance.policy) for hub in hubs)


def _is_covered(instance: Instance, facilities: tuple[Facility, ...], community: str) -> bool:
    own = [f for f in facilities if f.community == community]
    minimum = float(instance.policy.hub_min_m2[instance.communities[community].kind])
    return any(
        hub.is_bare or qualifies(hub, minimum, instance.policy)
        for hub in existing_hubs(own, instance.functions)
    )


def _places(
    instance: Instance,
    places: Mapping[tuple[str, str], Place],
    facilities: tuple[Facility, ...],
    touched: set[str],
) -> dict[tuple[str, str], Place]:
    return {
        (u, k): _place(instance, place, facilities)
        if touched & set(instance.hosts[u].members)
        else place
        for (u, k), place in places.items()
    }


def _place(instance: Instance, place: Place, facilities: tuple[Facility, ...]) -> Place:
    members = instance.hosts[place.host].members
    there = [f for f in facilities if f.site == place.site and f.community in members]
    return replace(
        place,
        existing_m2=round(sum(counted_area(f, instance.functions) for f in there), 2),
        existing_items=items_of((f for f in there if f.is_counted), instance.functions),
    )


def _need(
    instance: Instance, community: str, function: str, need: Need, facilities: tuple[Facility, ...]
) -> Need:
    areas = [f.area_m2 for f in facilities if (f.community, f.function) == (community, function)]
    if not need.existing:
        return need
    persons, per_person = (
        fraction(need.persons),
        fraction(instance.functions[function].m2_per_person),
    )
    met = sum((fraction(a) / per_person for a in areas), Fraction(0)) if per_person else persons
    left = half_up(persons - min(persons, met if areas else Fraction(0)), 6)
    return Need(need.persons, float(fraction(need.persons) - Fraction(left)), float(left))


def fading_of(instance: Instance) -> Fading:
    """What of *instance*, as it stands today, goes with which refit."""
    refits = tuple(b for b, row in sorted(instance.buildings.items()) if row.replaces)
    if not refits:
        return Fading()
    lasting = after(instance, refits)
    of = {b: [f for f in instance.facilities if f.id in _ids(instance, b)] for b in refits}
    return Fading(
        buildings=refits,
        counted_m2={b: _counted_m2(instance, rows) for b, rows in of.items()},
        resident_m2={
            b: _counted_m2(instance, [f for f in rows if is_for_residents(f, instance.functions)])
            for b, rows in of.items()
        },
        domains=dict(_domains(instance, lasting, of)),
        supply=dict(_supply(instance, lasting, of)),
        lasting_supply={
            key: need.existing
            for key, need in lasting.needs.items()
            if need.existing != instance.needs[key].existing
        },
        site_m2=dict(_sites(instance, of)),
        items=dict(_items(instance, lasting, of)),
        hubs=_hubs(instance, of),
        covers=_covers(instance, of),
    )


def _hubs(instance: Instance, of: Of) -> dict[str, Sets]:
    touched = {
        u: refits
        for u, host in instance.hosts.items()
        if host.has_hub and (refits := _refits_of(of, host.members))
    }
    return _ending(instance, touched, lambda u, rows: _has_hub(instance, instance.hosts[u], rows))


def _covers(instance: Instance, of: Of) -> dict[str, Sets]:
    covered = sorted(instance.covered_today)
    touched = {c: refits for c in covered if (refits := _refits_of(of, (c,)))}
    return _ending(instance, touched, lambda c, rows: _is_covered(instance, rows, c))


def _counted_m2(instance: Instance, rows: list[Facility]) -> float:
    return round(sum(counted_area(f, instance.functions) for f in rows), 2)


def _ids(instance: Instance, building: str) -> set[str]:
    return set(instance.buildings[building].replaces)


def _refits_of(of: Of, members: tuple[str, ...]) -> list[str]:
    return [b for b, rows in of.items() if any(f.community in members for f in rows)]


def _domains(
    instance: Instance, lasting: Instance, of: Of
) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for u, host in instance.hosts.items():
        for c, d in sorted(host.domains_today - lasting.hosts[u].domains_today):
            givers = (b for b, rows in of.items() if _gives(instance, rows, c, d))
            yield (c, d), tuple(givers)


def _gives(instance: Instance, rows: list[Facility], community: str, domain: str) -> bool:
    return any(community in f.reaches and _domain(instance, f) == domain for f in rows)


def _supply(
    instance: Instance, lasting: Instance, of: Of
) -> Iterator[tuple[tuple[str, str], tuple[tuple[str, float], ...]]]:
    """Persons that each refit's facilities serve today, where using all of them ends service.

    On six decimals, as all that existing supply serves (contract section 5, Need).
    """
    for (c, f), need in instance.needs.items():
        if need.existing == lasting.needs[c, f].existing:
            continue
        per_person = instance.functions[f].m2_per_person
        served = []
        for b, rows in of.items():
            areas = [row.area_m2 for row in rows if (row.community, row.function) == (c, f)]
            if areas:
                persons = fraction(sum(areas)) / fraction(per_person) if per_person else None
                served.append((b, need.persons if persons is None else float(half_up(persons, 6))))
        yield (c, f), tuple(served)


def _sites(
    instance: Instance, of: Of
) -> Iterator[tuple[tuple[str, str], tuple[tuple[str, float], ...]]]:
    for u, k in instance.hub_places:
        found = []
        for b, rows in of.items():
            there = [f for f in rows if f.site == k and f.community in instance.hosts[u].members]
            m2 = _counted_m2(instance, there)
            if m2:
                found.append((b, m2))
        if found:
            yield (u, k), tuple(found)


def _items(
    instance: Instance, lasting: Instance, of: Of
) -> Iterator[tuple[tuple[str, str, str], tuple[str, ...]]]:
    for (u, k), place in instance.hub_places.items():
        for item in sorted(place.existing_items - lasting.hub_places[u, k].existing_items):
            givers = (
                b
                for b, rows in of.items()
                if item
                in items_of(
                    (
                        f
                        for f in rows
                        if f.site == k and f.is_counted and f.community in instance.hosts[u].members
                    ),
                    instance.functions,
                )
            )
            yield (u, k, item), tuple(givers)


def _ending(
    instance: Instance,
    candidates: dict[str, list[str]],
    stands: Callable[[str, tuple[Facility, ...]], bool],
) -> dict[str, Sets]:
    """Of each key, the least sets of refits after which *stands* is false; keys with any."""
    found: dict[str, Sets] = {}
    for key, refits in candidates.items():
        least: list[frozenset[str]] = []
        for size in range(1, len(refits) + 1):
            for chosen in map(frozenset, combinations(refits, size)):
                gone = {f for b in chosen for f in instance.buildings[b].replaces}
                rows = tuple(f for f in instance.facilities if f.id not in gone)
                if not any(known <= chosen for known in least) and not stands(key, rows):
                    least.append(chosen)
        if least:
            found[key] = tuple(least)
    return found
