"""V08 to V12: pilots meet the standard: area, hub, items, core items, domains.

Source: 杭政办函〔2024〕11号 三(一), 三(三)2; HZ-14 to HZ-17, HZ-39 to HZ-41.
"""

from fractions import Fraction

from optimizer.checks.facts import Facts, Hub
from optimizer.checks.findings import MUST, Findings

CLAUSES = {
    "new": ("HZ-14", "HZ-15"),
    "existing": ("HZ-16", "HZ-17"),
}


def check(facts: Facts, findings: Findings) -> None:
    """Every pilot's area, hub and domains; every planned hub, whoever has it."""
    for community in sorted(facts.communities):
        if community in facts.pilots:
            _pilot(facts, findings, community)
        hub = facts.planned_hub(community)
        if hub is not None:
            _planned_hub(facts, findings, community, hub)


def _pilot(facts: Facts, findings: Findings, community: str) -> None:
    area_rule, hub_rule = CLAUSES[facts.communities[community]["kind"]]
    area = facts.existing_area(community) + facts.credited(community)
    findings.rule(area_rule, "三(一)", community, MUST, facts.required(community), area, "m²")
    has = facts.existing_hub(community) or facts.planned_hub(community)
    findings.rule(hub_rule, "三(一)", community, MUST, 1, 1 if has else 0, "hub")
    if facts.folder.policy["domains_required"]:
        present = facts.domains(community)
        findings.rule(
            "HZ-39", "三(三)2", community, MUST, len(facts.domain_ids), len(present), "domains"
        )


def _planned_hub(facts: Facts, findings: Findings, community: str, hub: Hub) -> None:
    _, hub_rule = CLAUSES[facts.communities[community]["kind"]]
    policy, scope = facts.folder.policy, f"{community} {hub.site}"
    minimum = facts.hub_minimum(community, pilot=community in facts.pilots)
    core = hub.items & set(policy["core_items"])
    findings.rule(hub_rule, "三(一)", scope, MUST, minimum, hub.area, "m²")
    findings.rule("HZ-40", "三(三)2", scope, MUST, policy["hub_min_items"], len(hub.items), "items")
    findings.rule(
        "HZ-41", "三(三)2", scope, MUST, policy["hub_min_core_items"], len(core), "core items"
    )
    office = Fraction(policy["hub_office_m2"])
    if office:
        inside = {b for b, r in facts.siting.items() if r["hub"] == "1"}
        held = [
            m2 for b, f, m2 in facts.hosted.get(community, ()) if b in inside and facts.is_office(f)
        ]
        findings.rule("HZ-35", "三(三)1", scope, MUST, office, sum(held, Fraction(0)), "m² office")
    _one_place(facts, findings, community)


def _one_place(facts: Facts, findings: Findings, community: str) -> None:
    inside = [b for b, r in facts.siting.items() if r["community"] == community and r["hub"] == "1"]
    sites = {facts.site_of(b) for b in inside}
    existing = 1 if facts.existing_hub(community) else 0
    findings.rule(
        "contract 5 Hub",
        "一社区一处",
        community,
        MUST,
        1,
        len(sites) + existing,
        "hubs",
        at_most=True,
    )
    left_out = [
        b
        for b, host in facts.host.items()
        if host == community and facts.site_of(b) in sites and b not in inside
    ]
    others = {
        r["community"]
        for b, r in facts.siting.items()
        if r["hub"] == "1" and b in facts.buildings and facts.site_of(b) in sites
    }
    findings.rule("A26", "一处一共同体", community, MUST, 1, len(others), "hubs", at_most=True)
    if left_out:
        findings.broken(
            "contract 4",
            f"siting.csv {left_out[0]} hub",
            0,
            1,
            zh="同一处的楼应都标为共同体。",
            en="buildings of the hub's place must be marked.",
        )


def meets(facts: Facts, community: str) -> bool:
    """The community meets the standard with the plan."""
    area = facts.existing_area(community) + facts.credited(community)
    hub = facts.existing_hub(community) or facts.planned_hub(community)
    return (
        area >= facts.required(community)
        and hub is not None
        and facts.has_domains(facts.domains(community))
    )
