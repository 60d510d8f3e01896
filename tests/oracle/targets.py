"""What may be asked of the hosts: who is a pilot and where hubs are planned."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from tests.oracle.goals import asked, communities_covered, streets_covered
from tests.oracle.records import Facts
from tests.oracle.unions import hub_sites


@dataclass(frozen=True)
class Target:
    """Pilots, planned hubs (host, and the sites it stands on), and how far anybody may walk."""

    pilots: frozenset[str]
    hubs: frozenset[tuple[str, tuple[str, ...]]]
    farthest: Fraction | None = None  # None: as far as the reach


def targets(facts: Facts) -> Iterator[Target]:
    """Every target that keeps the musts of coverage. A hub that wins nothing is left out."""
    walks = _walks(facts)
    for pilots in _pilot_sets(facts):
        for hubs in _hub_sets(facts, pilots):
            if _covers(facts, hubs):
                yield from (Target(pilots, hubs, walk) for walk in walks)


def _walks(facts: Facts) -> list[Fraction | None]:
    """Where the farthest walk is a goal: each walk there is, and nobody served at all."""
    if "farthest_m" not in asked(facts.case):
        return [None]
    found = {Fraction(0)}
    for (b, f), near in facts.near.items():
        found |= {facts.walks.between(b, c) for c in near if facts.needs.get((c, f), (0, 0))[1]}
    return sorted(found)


def _covers(facts: Facts, hubs) -> bool:
    if len(hubs) < hubs_asked(facts):
        return False
    if facts.pack["street_coverage"] == "must" and streets_covered(facts, hubs) < len(
        facts.streets
    ):
        return False
    if facts.pack.get("community_coverage") == "must":
        everybody = {c for s in facts.communities.values() for c in s.members}
        return communities_covered(facts, hubs) == len(everybody)
    return True


def hubs_asked(facts: Facts) -> int:
    """Hubs that must be planned, where their number is a must."""
    is_must = facts.pack.get("hub_count") == "must"
    return facts.case.said("hubs", "target", 0) if is_must else 0


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


def _hub_sets(facts: Facts, pilots: frozenset[str]) -> Iterator[frozenset]:
    choices = []
    for u, standard in facts.communities.items():
        places = [(u, sites) for sites in hub_sites(facts, u)]
        if standard.has_hub:
            choices.append([None])
        elif u in pilots:
            choices.append(places)
        else:
            choices.append([None, *places])
    wins = _hubs_win(facts)
    for picked in product(*choices):
        hubs = frozenset(hub for hub in picked if hub)
        sites = [k for _, group in hubs for k in group]
        is_one_each = len(sites) == len(set(sites)) or not facts.pack.get("one_hub_a_site", True)
        if is_one_each and (wins or not _idle(facts, pilots, hubs)):
            yield hubs


def _hubs_win(facts: Facts) -> bool:
    """A hub may be worth something for itself: by a goal, a must, or money for hubs only."""
    return (
        bool({"hubs", "communities_covered"} & asked(facts.case))
        or facts.pack.get("community_coverage") == "must"
        or hubs_asked(facts) > 0
        or any(source.get("hub") for source in facts.case.scenario.get("sources", {}).values())
    )


def _idle(facts: Facts, pilots: frozenset[str], hubs: frozenset) -> bool:
    """A hub of no pilot in a street that is covered anyway: without it all is as good."""
    covered = streets_covered(facts, hubs)
    return any(
        streets_covered(facts, hubs - {hub}) == covered for hub in hubs if hub[0] not in pilots
    )
