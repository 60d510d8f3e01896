"""V23, V24 and targets: number of pilots, required and excluded ones, streets.

Source: contract section 5 (Must and target, Streets); HZ-01, HZ-02, HZ-04.
"""

from optimizer.checks.facts import Facts
from optimizer.checks.findings import MUST, TARGET, Findings
from optimizer.checks.folder import exact


def check(facts: Facts, findings: Findings) -> None:
    """Pilots against the target and the lists; streets against full coverage."""
    target = facts.folder.scenario["pilots"]["target"]
    count = sum(len(facts.places(host)) for host in facts.pilot_hosts)
    if target is not None:
        findings.rule("HZ-02", "二(二)", "", MUST, target, count, "pilots", at_most=True)
        least = _least(facts, target)
        findings.rule("HZ-02", "二(二)", "target", TARGET, least, count, "pilots")
    for district, limit in facts.folder.scenario["pilots"]["by_district"].items():
        taken = [c for host in facts.pilot_hosts for c in facts.places(host)]
        inside = sum(facts.communities[c]["district"] == district for c in taken)
        findings.rule("HZ-02", "二(二)", district, MUST, limit, inside, "pilots", at_most=True)
    for community, row in facts.communities.items():
        _listed(facts, findings, community, row["pilot"])
    _coverage(facts, findings)
    if not facts.has_hosts:
        return
    must = facts.folder.policy["street_coverage"] == "must"
    findings.rule(
        "HZ-04",
        "二(二)",
        "",
        MUST if must else TARGET,
        len(facts.streets),
        len(facts.covered_streets),
        "streets",
    )


def _least(facts: Facts, target: int) -> int:
    """The fewest that reach *target*: less the tolerance of an about-number (A13)."""
    return int((target * (1 - exact(facts.folder.policy["pilot_tolerance"]))).__ceil__())


def _coverage(facts: Facts, findings: Findings) -> None:
    """Hubs against their target, communities and villages against full coverage."""
    target = facts.folder.scenario["hubs"]["target"]
    if target is not None:
        planned = len(facts.hub_buildings)
        kind = MUST if facts.folder.policy["hub_count"] == "must" else TARGET
        least = target if kind == MUST else _least(facts, target)
        findings.rule("HZ-03", "二(二)", "target", kind, least, planned, "hubs")
    is_must = facts.folder.policy["community_coverage"] == "must"
    if facts.has_hosts:
        findings.rule(
            "HZ-05",
            "二(二)",
            "",
            MUST if is_must else TARGET,
            len(facts.communities),
            len(facts.covered_communities),
            "communities",
        )


def _listed(facts: Facts, findings: Findings, community: str, listed: str) -> None:
    is_pilot = community in facts.pilots
    if listed == "required" and not is_pilot:
        findings.broken(
            "contract 5 Must",
            community,
            0,
            1,
            zh="必选社区不在试点中。",
            en="a required community is no pilot.",
        )
    if listed == "excluded" and is_pilot:
        findings.broken(
            "HZ-01",
            community,
            1,
            0,
            zh="排除的社区成了试点。",
            en="an excluded community is a pilot.",
        )
    if is_pilot and listed != "required" and facts.meets_today(community):
        findings.broken(
            "contract 5 Standard",
            community,
            1,
            0,
            zh="现状已达标,不应占用名额。",
            en="meets the standard today and must take no place.",
        )
