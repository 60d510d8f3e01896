"""Communities that act together, as facts of their own (contract 5 Union, A11).

With the members of some unions merged into hosts of their own, everything else of the contract
reads as it does for communities; the best plan is the best over all choices of acting unions.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

from tests.oracle.clauses import judged_today, not_locked_out
from tests.oracle.records import Facts, Standard

MARK = "union:"


def worlds(facts: Facts) -> list[Facts]:
    """Facts of every choice of acting unions, nobody acting first."""
    names = sorted({s.union for s in facts.communities.values()} - {""})
    choices = chain.from_iterable(combinations(names, n) for n in range(len(names) + 1))
    return [together(facts, chosen) for chosen in choices]


def together(facts: Facts, acting: Iterable[str]) -> Facts:
    """*facts* with the members of *acting* unions merged."""
    for name in acting:
        facts = _merged(facts, name)
    return facts


def _merged(facts: Facts, name: str) -> Facts:
    parts = [s for _, s in sorted(facts.communities.items()) if s.union == name]
    union, members = MARK + name, {s.id for s in parts}
    communities = {u: s for u, s in facts.communities.items() if u not in members}
    standard = _standard(union, parts, facts.pack)
    if facts.today is not None:
        before = [facts.today.communities[s.id] for s in parts]
        today = _standard(union, before, facts.pack)
        standard = replace(standard, meets=today.meets, may=today.may)
    communities[union] = standard
    return replace(
        facts,
        communities=communities,
        hosts={b: _hosts(facts, b, union, members) for b in facts.buildings},
        there=facts.there | _there(facts, union, members),
    )


def _standard(union: str, parts: list[Standard], pack: dict) -> Standard:
    counted = [s for s in parts if s.must or not s.meets]
    is_each = pack.get("union_places", "one") == "members"
    largest = min(counted or parts, key=lambda s: (-s.households, s.id))
    weights = [s.priority for s in counted] or [Fraction(0)]
    whole = Standard(
        id=union,
        members=tuple(s.id for s in parts),
        places=tuple(s.street[0] for s in counted) if is_each else (largest.street[0],),
        households=sum(s.households for s in parts),
        street=largest.street,
        priority=sum(weights, Fraction(0)) if is_each else max(weights),
        residents=sum(s.residents for s in counted),
        ratio_m2=sum((s.ratio_m2 for s in parts), Fraction(0)),
        hub_m2=max(s.hub_m2 for s in parts),
        other_hub_m2=max(s.other_hub_m2 for s in parts),
        existing_m2=sum((s.existing_m2 for s in parts), Fraction(0)),
        hubs=tuple(hub for s in parts for hub in s.hubs),
        domains={c: found for s in parts for c, found in s.domains.items()},
        has_hub=False,
        covers_street=False,
        meets=False,
        is_listed=all(s.is_listed for s in parts),
        may=False,
        must=any(s.must for s in parts),
        hub_on_top=parts[0].hub_on_top,
        existing_resident_m2=sum((s.existing_resident_m2 for s in parts), Fraction(0)),
    )
    judged = judged_today(whole, pack)
    may = bool(counted) and judged.is_listed and (judged.must or not judged.meets)
    return replace(judged, may=may)


def _hosts(facts: Facts, b: str, union: str, members: set[str]) -> tuple[str, ...]:
    others = tuple(u for u in facts.hosts[b] if u not in members)
    if not members & set(facts.able[b]):
        return others
    return others + not_locked_out(facts.buildings[b], [union], {union: members})


def _there(facts: Facts, union: str, members: set[str]) -> dict:
    found: dict = {}
    for (c, site), (m2, items) in facts.there.items():
        if c in members:
            so_far, known = found.get((union, site), (Fraction(0), frozenset()))
            found[union, site] = so_far + m2, known | items
    return found


def hub_sites(facts: Facts, host: str) -> list[tuple[str, ...]]:
    """Where *host* may have a hub: on a site of buildings it may host, or on some near each other.

    Of a dispersed one every two buildings are near; here, some building of every two sites.
    """
    on_site: dict[str, list[str]] = {}
    for b in sorted(hub_buildings(facts, host)):
        on_site.setdefault(facts.site(b), []).append(b)
    most = facts.pack.get("dispersed_hub_places", 3) if facts.pack.get("dispersed_hub") else 1
    groups = [(k,) for k in sorted(on_site)]
    for size in range(2, most + 1):
        groups += [
            sites
            for sites in combinations(sorted(on_site), size)
            if all(
                any(is_one_hub(facts, a, b) for a in on_site[k] for b in on_site[other])
                for k, other in combinations(sites, 2)
            )
        ]
    return groups


def is_one_hub(facts: Facts, building: str, other: str) -> bool:
    """Two buildings are near enough to be part of one dispersed hub (A10)."""
    return facts.walks.is_near(building, other, facts.pack.get("dispersed_hub_m", 300))


def hub_buildings(facts: Facts, host: str) -> list[str]:
    """Buildings that may be part of the hub of *host*."""
    members = facts.communities[host].members
    inside = [b for b, hosts in facts.hosts.items() if host in hosts]
    if len(members) == 1:
        return inside
    host_m = facts.walks.host_m
    return [b for b in inside if all(facts.walks.within(b, c, host_m) for c in members)]
