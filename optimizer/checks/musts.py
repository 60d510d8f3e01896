"""V20: each reason why no plan can exist is counted again; what is not re-proved is *unproved*.

A reason names a rule and a place. It is proved where the most that any plan could have there
(:mod:`possible`) is less than the must asks for; a required pilot that is in a union needs a proof
against both. Source: contract sections 3 and 5 (Must and target); reliability.md section 3.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.possible import Possible

RULE = "contract 5 Must"
Count = tuple[Fraction | int, Fraction | int, str]  # asked for, most that can be, unit
Argument = Callable[[Possible, str], Count | None]  # None: nothing there asks for it


def check(facts: Facts, findings: Findings) -> None:
    """Every reason of plan.json; ``infeasible`` is said with a proof only."""
    plan, possible = facts.folder.plan, Possible(facts)
    proved = 0
    for reason in plan.get("failed_musts", ()):
        rule, place = reason["rule"], reason["place"]
        argue = ARGUMENTS.get(rule)
        count = argue(possible, place) if argue is not None else None
        findings.reason(rule, place, count)
        proved += count is not None and count[1] < count[0]
    if plan["status"] == "infeasible" and not proved:
        findings.broken(
            RULE,
            "plan.json failed_musts",
            "infeasible",
            "no_plan",
            zh="没有一条理由得到证明,不能说不存在方案。",
            en="no reason is proved: that no plan can exist must not be said.",
        )


def _of_pilot(argument: Argument) -> Argument:
    """*argument* against a required community alone; its union needs one of its own."""

    def argue(possible: Possible, community: str) -> Count | None:
        facts = possible.facts
        row = facts.communities.get(community)
        if row is None or row["pilot"] != "required":
            return None
        together = [u for u, members in facts.unions.items() if community in members]
        ways = (u for u in together if _may_be_pilot(facts, u))
        if not all(any(_fails(each(possible, u)) for each in OF_PILOT) for u in ways):
            return None
        return argument(possible, community)

    return argue


def _may_be_pilot(facts: Facts, union: str) -> bool:
    return all(facts.communities[c]["pilot"] != "excluded" for c in facts.members(union))


def _fails(count: Count | None) -> bool:
    return count is not None and count[1] < count[0]


def _hub(possible: Possible, host: str) -> Count:
    has_one = possible.facts.existing_hub(host) is not None
    return 1, int(has_one or possible.could_have_hub(host, pilot=True)), "hub"


def _area(possible: Possible, host: str) -> Count:
    return possible.facts.required(host), possible.area_m2(host), "m²"


def _domains(possible: Possible, host: str) -> Count | None:
    facts = possible.facts
    if not facts.folder.policy["domains_required"]:
        return None
    fewest = min(possible.domains(host, c) for c in facts.members(host))
    return len(facts.domain_ids), fewest, "domains"


OF_PILOT: tuple[Argument, ...] = (_hub, _area, _domains)


def _persons(possible: Possible, place: str) -> Count | None:
    facts = possible.facts
    if not facts.folder.scenario["service"]["serve_all"]:
        return None
    for (c, f), left in facts.left.items():
        if f"{c}/{f}" == place:
            most = possible.persons(c, f)
            return None if most is None else (left, most, "persons")
    return None


def _street(possible: Possible, place: str) -> Count | None:
    """A hub must stand in the street: one of today, or a place of some host."""
    facts = possible.facts
    named = next((street for street in facts.streets if "/".join(street) == place), None)
    if facts.folder.policy["street_coverage"] != "must" or named is None:
        return None
    able = (u for u in possible.candidates if possible.could_have_hub(u, pilot=False, street=named))
    return 1, int(named in facts.covered_streets or any(able)), "hubs"


def _plans(possible: Possible, host: str) -> bool:
    return possible.could_have_hub(host, pilot=False)


def _community(possible: Possible, community: str) -> Count | None:
    """The community must have a hub, of its own or of its union."""
    facts = possible.facts
    is_must = facts.folder.policy["community_coverage"] == "must"
    if not is_must or community not in facts.communities:
        return None
    hosts = [u for u, members in facts.unions.items() if community in members]
    has_one = community in facts.covered_today or any(map(facts.existing_hub, hosts))
    return 1, int(has_one or any(_plans(possible, u) for u in (community, *hosts))), "hubs"


def _number(possible: Possible, _: str) -> Count | None:
    """So many hubs must be planned; each has a host, and no two share a community."""
    facts = possible.facts
    target = facts.folder.scenario["hubs"]["target"]
    if facts.folder.policy["hub_count"] != "must" or target is None:
        return None
    able = {c for u in possible.candidates if _plans(possible, u) for c in facts.members(u)}
    return target, len(able), "hubs"


ARGUMENTS: Mapping[str, Argument] = {
    "HZ-15/17": _of_pilot(_hub),
    "HZ-14/16": _of_pilot(_area),
    "HZ-39": _of_pilot(_domains),
    "contract 5 serve_all": _persons,
    "HZ-04": _street,
    "HZ-05": _community,
    "HZ-03": _number,
}
