"""V13: members of a union act together or each alone; what the union may, and who is a pilot.

Source: contract section 5 (Union); HZ-31, HZ-32, A11.
"""

from fractions import Fraction

from optimizer.checks.facts import Facts
from optimizer.checks.findings import MUST, Findings

SMALLEST, LARGEST = 2, 3


def check(facts: Facts, findings: Findings) -> None:
    """Every acting union: size, neighbours, nobody alone, hub near all, pilots, the host named."""
    neighbours = {(r["community"], r["neighbour"]) for r in facts.folder.inputs["adjacency"]}
    for host in sorted(facts.acting_unions):
        _shape(facts, findings, host, neighbours)
        _nobody_alone(facts, findings, host)
        _hub_near_all(facts, findings, host)
        _pilots(facts, findings, host)
    for building, row in facts.siting.items():
        host = facts.host[building]
        if host in facts.unions:
            walks = _walks(facts, building, host)
            nearest = min(walks)[1] if walks else ""
            place = f"siting.csv {building} community"
            findings.same("contract 4", place, row["community"], nearest)


def _walks(facts: Facts, building: str, host: str) -> list[tuple[Fraction, str]]:
    walks = ((facts.walk.get((building, c)), c) for c in facts.members(host))
    return [(walk, c) for walk, c in walks if walk is not None]


def _shape(facts: Facts, findings: Findings, host: str, neighbours: set[tuple[str, str]]) -> None:
    members = facts.members(host)
    scope, size = f"{host}", len(members)
    findings.rule("HZ-32", "三(二)2", scope, MUST, SMALLEST, size, "members")
    findings.rule("HZ-32", "三(二)2", scope, MUST, LARGEST, size, "members", at_most=True)
    reached, waiting = {members[0]}, [members[0]]
    while waiting:
        here = waiting.pop()
        new = {c for c in members if (here, c) in neighbours or (c, here) in neighbours} - reached
        reached |= new
        waiting += sorted(new)
    findings.rule("HZ-31", "三(二)2", scope, MUST, size, len(reached), "connected members")


def _nobody_alone(facts: Facts, findings: Findings, host: str) -> None:
    for building, other in facts.host.items():
        if other in facts.members(host):
            findings.broken(
                "HZ-32",
                f"siting.csv {building}",
                other,
                host,
                zh="联合体成员不能同时单独挂靠。",
                en="a member of an acting union hosts alone.",
            )


def _hub_near_all(facts: Facts, findings: Findings, host: str) -> None:
    for building in facts.hub_buildings.get(host, ()):
        for community in facts.members(host):
            if not facts.within(facts.walk.get((building, community)), facts.limits["host"]):
                findings.broken(
                    "HZ-32",
                    f"siting.csv {building}",
                    community,
                    "host_m",
                    zh="联合体的共同体应在每个成员的挂靠距离内。",
                    en="the hub of a union is within the hosting distance of every member.",
                )


def _pilots(facts: Facts, findings: Findings, host: str) -> None:
    """All members that are not up to the standard alone, or required; no excluded one."""
    members = facts.members(host)
    if host not in facts.pilot_hosts:
        return
    listed = {c: facts.communities[c]["pilot"] for c in members}
    expected = {c for c in members if listed[c] == "required" or not facts.meets_today(c)}
    for community in members:
        findings.equal(
            "A11",
            f"communities.csv {community} pilot",
            Fraction(community in facts.pilots),
            Fraction(community in expected),
        )
    if "excluded" in listed.values():
        findings.broken(
            "HZ-01",
            host,
            "excluded",
            "",
            zh="有成员被排除的联合体不能成为试点。",
            en="a union with an excluded member is no pilot.",
        )
    if "required" not in listed.values() and facts.meets_today(host):
        findings.broken(
            "contract 5 Standard",
            host,
            1,
            0,
            zh="联合体现状已达标,不应占用名额。",
            en="the union meets the standard today and must take no place.",
        )
