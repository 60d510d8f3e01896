"""Hosts: every community, and every declared union of two or three of them.

Source: contract section 5 (Standard, Union); HZ-14 to HZ-17, HZ-32; A11.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from models.instance import Community, Facility, Host, bare_host
from models.policy import Policy
from optimizer.distances import Distances
from optimizer.errors import Issue, Text
from optimizer.hubs import (
    ExistingHub,
    Stock,
    area_today,
    is_for_residents,
    qualifies,
)
from optimizer.rows import Table
from optimizer.typed import issue_at

UNION = "union:"  # before the id of a union: it never is the id of a community
SMALLEST_UNION, LARGEST_UNION = 2, 3


@dataclass(frozen=True)
class Ground:
    """What hosts are made of."""

    communities: Mapping[str, Community]
    stock: Stock
    hubs: tuple[ExistingHub, ...]
    distances: Distances

    @cached_property
    def domains_by_community(self) -> Mapping[str, set[tuple[str, str]]]:
        """Community -> (community, domain or half) that a facility of today brings it."""
        domain = {f: row.part for f, row in self.stock.functions.items()}
        found: dict[str, set[tuple[str, str]]] = {}
        for facility in self.stock.facilities:
            brought = domain.get(facility.function or "")
            for c in facility.reaches if brought is not None else ():
                found.setdefault(c, set()).add((c, str(brought)))
        return found

    @property
    def policy(self) -> Policy:
        """The pack in force."""
        return self.stock.policy


def all_hosts(ground: Ground) -> dict[str, Host]:
    """Whom buildings are credited to; a building stands for itself where nobody is."""
    if ground.policy.hosts == "building":
        return {b: bare_host(b, row.district) for b, row in ground.stock.buildings.items()}
    hosts = {c: _host(c, (row,), ground) for c, row in ground.communities.items()}
    for union, members in unions_of(ground.communities).items():
        hosts[UNION + union] = _host(UNION + union, members, ground)
    return hosts


def unions_of(communities: Mapping[str, Community]) -> dict[str, tuple[Community, ...]]:
    """Declared unions: id -> members, sorted."""
    groups: dict[str, list[Community]] = {}
    for _, community in sorted(communities.items()):
        if community.union is not None:
            groups.setdefault(community.union, []).append(community)
    return {union: tuple(members) for union, members in sorted(groups.items())}


def _host(id: str, members: tuple[Community, ...], ground: Ground) -> Host:
    """*members* as one host: all of its figures, and whether it may be a pilot."""
    here = {c.id for c in members}
    existing = [f for f in ground.stock.facilities if f.community in here]
    policy = ground.policy
    minimum = float(max(policy.hub_min_m2[c.kind] for c in members))
    placed = _pilot_members(members, ground)
    host = Host(
        id=id,
        members=tuple(c.id for c in members),
        district=_largest(placed or members).district,
        existing_m2=_area(existing, ground),
        required_m2=_required_m2(members, policy),
        hub_minimum_m2=minimum,
        nonpilot_hub_minimum_m2=float(max(policy.nonpilot_hub_min_m2[c.kind] for c in members)),
        has_hub=any(qualifies(h, minimum, policy) for h in ground.hubs if h.community in here),
        domains_today=frozenset().union(*(ground.domains_by_community.get(c, ()) for c in here)),
        may_be_pilot=bool(placed) and all(c.pilot != "excluded" for c in members),
        must_be_pilot=len(members) == 1 and members[0].union is None and _is_required(members),
        place_districts=_places(placed, policy),
        pilot_members=tuple(c.id for c in placed),
        required_members=tuple(c.id for c in members if c.pilot == "required"),
        priority=_priority(placed, policy),
        residents=sum(c.residents for c in placed),
        existing_resident_m2=_area(
            [f for f in existing if is_for_residents(f, ground.stock.functions)], ground
        ),
    )
    if _meets_today(host, policy) and not _is_required(members):
        return replace(host, may_be_pilot=False)
    return host


def _is_required(members: Iterable[Community]) -> bool:
    return any(c.pilot == "required" for c in members)


def _pilot_members(members: tuple[Community, ...], ground: Ground) -> tuple[Community, ...]:
    """Members that would be pilots: required, or not up to the standard alone today."""
    if len(members) == 1:
        return members
    alone = {c.id: _host(c.id, (c,), ground) for c in members}
    return tuple(
        c for c in members if c.pilot == "required" or not _meets_today(alone[c.id], ground.policy)
    )


def _largest(members: tuple[Community, ...]) -> Community:
    """The member with most households; the first id of several."""
    return max(members, key=lambda c: (c.households, [-ord(letter) for letter in c.id]))


def _places(placed: tuple[Community, ...], policy: Policy) -> tuple[str, ...]:
    """District of each place the host takes of the pilot number (A11)."""
    if policy.union_places == "members" or len(placed) < 2:
        return tuple(c.district for c in placed)
    return (_largest(placed).district,)


def _priority(placed: tuple[Community, ...], policy: Policy) -> float:
    weights = [c.priority for c in placed] or [0.0]
    return sum(weights) if policy.union_places == "members" else max(weights)


def _area(rows: Iterable[Facility], ground: Ground) -> float:
    return area_today(rows, ground.stock.functions, ground.policy)


def _required_m2(members: tuple[Community, ...], policy: Policy) -> float:
    per_100 = policy.area_per_100_households_m2
    standard = sum((Fraction(per_100[c.kind]) * _hundreds(c, policy) for c in members), Fraction(0))
    hub = max(Fraction(policy.hub_min_m2[c.kind]) for c in members)
    exact = max(standard, hub) if policy.hub_inside_total else standard + hub
    return float(Fraction((exact * 100).__ceil__(), 100))


def _hundreds(community: Community, policy: Policy) -> Fraction:
    """Hundreds of households: a ratio, or those begun count in full (A5)."""
    hundreds = Fraction(community.households, 100)
    return Fraction(hundreds.__ceil__()) if policy.round_up else hundreds


def _meets_today(host: Host, policy: Policy) -> bool:
    wanted = set(policy.domain_parts) if policy.domains_required else set()
    has_all = all((c, d) in host.domains_today for c in host.members for d in wanted)
    return host.has_hub and not host.deficit_m2 and has_all


def union_faults(table: Table, ground: Ground) -> list[Issue]:
    """Unions of fewer than two or more than three members, or not connected by adjacency."""
    rows = {row.values["id"]: row for row in table.rows}
    issues = []
    for union, members in unions_of(ground.communities).items():
        ids = [c.id for c in members]
        if not SMALLEST_UNION <= len(ids) <= LARGEST_UNION:
            must = Text(
                f"联合体应有 2 至 3 个成员,现有 {len(ids)} 个。",
                f"must have 2 or 3 members, has {len(ids)}.",
            )
            issues.append(
                issue_at(table, rows[ids[0]].number, "union", "union-impossible", must, value=union)
            )
        elif not is_connected(ids, ground.distances):
            must = Text(
                "成员不相邻(adjacency 表,或直线 1000 米以内)。",
                "members are not neighbours (table adjacency, or at most 1,000 m apart).",
            )
            issues.append(
                issue_at(table, rows[ids[0]].number, "union", "union-impossible", must, value=union)
            )
    return issues


def is_connected(ids: list[str], distances: Distances) -> bool:
    """The members hang together by pairs of neighbours."""
    pairs = {(a, b) for a, b, _ in distances.neighbours}
    reached, waiting = {ids[0]}, [ids[0]]
    while waiting:
        here = waiting.pop()
        new = {c for c in ids if (here, c) in pairs} - reached
        reached |= new
        waiting += sorted(new)
    return reached == set(ids)
