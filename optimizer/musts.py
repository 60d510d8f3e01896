"""Musts that cannot hold, proved by counting before any model is built (exit 4).

Each reason is an inequality over the input that anybody can check by hand; what is not proved here
is never called impossible (formulation.md 4.5, reliability.md section 3).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.instance import Host, Instance
from optimizer.errors import Text


@dataclass(frozen=True, slots=True)
class FailedMust:
    """A must that no plan can satisfy: rule, place, and the proof in words with its figures."""

    rule: str
    place: str
    proof: Text


def impossible_musts(instance: Instance) -> tuple[FailedMust, ...]:
    """Every must that provably cannot hold: required pilots, needs that must be served."""
    failed = []
    for community in sorted(instance.communities):
        failed += _not_a_pilot(instance, community)
    if instance.service.serve_all:
        failed += _unmet_needs(instance)
    failed += _uncovered(instance)
    failed += _too_few_hubs(instance)
    return tuple(failed)


def _not_a_pilot(instance: Instance, community: str) -> list[FailedMust]:
    """Why a required community can be a pilot neither alone nor in its union."""
    alone = instance.hosts.get(community)
    if alone is None or not alone.required_members:
        return []
    union = instance.hosts.get(instance.union_of.get(community, ""))
    ways = [alone] if union is None or not union.may_be_pilot else [alone, union]
    proofs = [next(_proofs(instance, host), None) for host in ways]
    found = [proof for proof in proofs if proof is not None]
    return found[:1] if len(found) == len(ways) else []


def _unmet_needs(instance: Instance) -> Iterator[FailedMust]:
    """Needs that ``serve_all`` asks for and nobody in reach can meet, by reach and capacity."""
    room: dict[tuple[str, str], float] = {}
    for (b, f), near in instance.reached.items():
        per_person = instance.functions[f].m2_per_person
        persons = instance.fits[b, f].max_m2 / per_person if per_person else float("inf")
        for c in near:
            room[c, f] = room.get((c, f), 0.0) + persons
    for (c, f), need in sorted(instance.needs.items()):
        most = room.get((c, f), 0.0)
        if need.left > most + 1e-6:
            yield FailedMust(
                "contract 5 serve_all",
                f"{c}/{f}",
                Text(
                    f"社区 {c} 的 {f} 需求 {need.left:g} 人必须满足,"
                    f"可达范围内最多容纳 {most:g} 人。",
                    f"Community {c} needs {f} for {need.left:g} persons; "
                    f"all buildings in reach hold {most:g}.",
                ),
            )


def _uncovered(instance: Instance) -> Iterator[FailedMust]:
    """Streets and communities that must have a hub and have no place for one."""
    policy, places = instance.policy, instance.hub_places
    streets = {instance.street_of(place) for place in places.values()}
    for street in instance.streets if policy.street_coverage == "must" else ():
        if street not in streets | instance.streets_with_hub:
            yield _no_place("HZ-04", "/".join(street))
    reached = {c for u, _ in places for c in instance.hosts[u].members}
    reached |= {c for new in instance.covered_together.values() for c in new}
    for c in sorted(instance.communities) if policy.community_coverage == "must" else ():
        if c not in reached | instance.covered_today:
            yield _no_place("HZ-05", c)


def _too_few_hubs(instance: Instance) -> Iterator[FailedMust]:
    """The number of hubs that must be planned, against the communities that could have one."""
    wanted = instance.limits.hubs or 0
    able = {c for u, _ in instance.hub_places for c in instance.hosts[u].members}
    if instance.policy.hub_count == "must" and len(able) < wanted:
        yield FailedMust(
            "HZ-03",
            "",
            Text(
                f"必须规划 {wanted} 个共同体,只有 {len(able)} 个社区有能放下共同体的楼。",
                f"{wanted} hubs must be planned; only {len(able)} communities have a building "
                "that could hold one.",
            ),
        )


def _no_place(rule: str, place: str) -> FailedMust:
    return FailedMust(
        rule,
        place,
        Text(
            f"{place} 必须有共同体,但没有现状共同体,也没有能放下共同体的楼。",
            f"{place} must have a hub, has none today and no building that could hold one.",
        ),
    )


def _proofs(instance: Instance, host: Host) -> Iterator[FailedMust]:
    for argue in ARGUMENTS:
        proof = argue(instance, host)
        if proof is not None:
            yield proof


def _no_hub(instance: Instance, host: Host) -> FailedMust | None:
    if host.has_hub or host.id in {**instance.places_of, **instance.quarters_of}:
        return None
    return FailedMust(
        "HZ-15/17",
        host.id,
        Text(
            f"社区 {host.id} 没有合格的现状共同体,可达范围内也没有能放下 "
            f"{host.hub_minimum_m2:.2f} ㎡、3 项服务的楼。",
            f"Community {host.id} has no qualifying hub today and no building in reach that holds "
            f"{host.hub_minimum_m2:.2f} m² with three services.",
        ),
    )


def _too_little_area(instance: Instance, host: Host) -> FailedMust | None:
    reachable = round(
        sum(instance.buildings[b].area_m2 for b in instance.buildings_of.get(host.id, ())), 2
    )
    if reachable >= host.deficit_m2:
        return None
    return FailedMust(
        "HZ-14/16",
        host.id,
        Text(
            f"社区 {host.id} 尚缺 {host.deficit_m2:.2f} ㎡,可达的楼一共只有 {reachable:.2f} ㎡。",
            f"Community {host.id} lacks {host.deficit_m2:.2f} m²; all buildings in reach have "
            f"{reachable:.2f} m².",
        ),
    )


def _missing_domain(instance: Instance, host: Host) -> FailedMust | None:
    if not instance.policy.domains_required:
        return None
    for member in host.members:
        for domain in instance.policy.domain_parts:
            if (member, domain) in host.domains_today or _can_have(instance, host, member, domain):
                continue
            return FailedMust(
                "HZ-39",
                member,
                Text(
                    f"社区 {member} 缺“{domain}”类服务,可达的楼里没有一栋能放。",
                    f"Community {member} lacks the domain {domain}; no building in reach can hold "
                    "a function of it.",
                ),
            )
    return None


def _can_have(instance: Instance, host: Host, member: str, domain: str) -> bool:
    from_reach = instance.policy.domains_from == "reach"  # then anybody's building brings it
    inside = instance.buildings if from_reach else instance.buildings_of.get(host.id, ())
    return any(
        instance.functions[f].part == domain and member in instance.reached.get((b, f), ())
        for b in inside
        for f in instance.functions_in.get(b, ())
    )


ARGUMENTS: tuple[Callable[[Instance, Host], FailedMust | None], ...] = (
    _no_hub,
    _too_little_area,
    _missing_domain,
)
