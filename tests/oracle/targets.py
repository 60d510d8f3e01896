"""What may be asked of the hosts: who is a pilot and where hubs are planned, best first."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from tests.oracle.records import Facts
from tests.oracle.unions import hub_sites

Triple = tuple[Fraction, int, int]  # priority of pilots, streets covered, residents of pilots


@dataclass(frozen=True)
class Target:
    """A choice of pilots and of planned hubs (host, site)."""

    pilots: frozenset[str]
    hubs: frozenset[tuple[str, str]]


def ranked(facts: Facts) -> list[tuple[Triple, list[Target]]]:
    """Targets by the three counted goals, best first. A hub that wins nothing is left out."""
    groups: dict[Triple, list[Target]] = {}
    for pilots in _pilot_sets(facts):
        for hubs in _hub_sets(facts, pilots):
            target = Target(pilots, hubs)
            groups.setdefault(triple_of(facts, target), []).append(target)
    if facts.pack["street_coverage"] == "must":
        groups = {t: found for t, found in groups.items() if t[1] == len(facts.streets)}
    return sorted(groups.items(), key=lambda entry: entry[0], reverse=True)


def triple_of(facts: Facts, target: Target) -> Triple:
    """Values of communities_to_standard, streets_covered and residents_to_standard."""
    pilots = [facts.communities[u] for u in target.pilots]
    return (
        sum((p.priority for p in pilots), Fraction(0)),
        len(facts.streets_today | (_planned_streets(facts, target.hubs) & facts.streets)),
        sum(p.residents for p in pilots),
    )


def _pilot_sets(facts: Facts) -> Iterator[frozenset[str]]:
    case, standards = facts.case, facts.communities
    most = case.said("pilots", "target", facts.pack["pilots"])
    most = sum(len(s.places) for s in standards.values()) if most in (None, "none") else most
    by_district = case.said("pilots", "by_district", {})
    may = [u for u, s in standards.items() if s.may]
    must = {u for u, s in standards.items() if s.must}
    for count in range(min(most, len(may)) + 1):
        for chosen in map(frozenset, combinations(may, count)):
            districts = [d for u in chosen for d in standards[u].places]
            if len(districts) > most or not must <= chosen:
                continue
            if all(districts.count(d) <= n for d, n in by_district.items()):
                yield chosen


def _hub_sets(facts: Facts, pilots: frozenset[str]) -> Iterator[frozenset[tuple[str, str]]]:
    choices = []
    for u, standard in facts.communities.items():
        places = [(u, k) for k in hub_sites(facts, u)]
        if standard.has_hub:
            choices.append([None])
        elif u in pilots:
            choices.append(places)
        else:
            choices.append([None, *places])
    for picked in product(*choices):
        hubs = frozenset(hub for hub in picked if hub)
        sites = [k for _, k in hubs]
        is_one_each = len(sites) == len(set(sites)) or not facts.pack.get("one_hub_a_site", True)
        if is_one_each and not _idle(facts, pilots, hubs):
            yield hubs


def _idle(facts: Facts, pilots: frozenset[str], hubs: frozenset[tuple[str, str]]) -> bool:
    """A hub of no pilot in a street that is covered anyway: without it all is as good.

    Not where a source of money pays for hubs only.
    """
    if any(source.get("hub") for source in facts.case.scenario.get("sources", {}).values()):
        return False
    for hub in hubs:
        if hub[0] not in pilots:
            new = _planned_streets(facts, {hub}) & facts.streets
            if new <= facts.streets_today | _planned_streets(facts, hubs - {hub}):
                return True
    return False


def _planned_streets(facts: Facts, hubs) -> set[tuple[str, str]]:
    sites = {k for _, k in hubs}
    return {facts.street(b) for b in facts.buildings if facts.site(b) in sites}
