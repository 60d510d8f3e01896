"""V08 to V12: pilots meet the standard: area, hub, items, core items, domains.

Source: 杭政办函〔2024〕11号 三(一), 三(三)2; HZ-14 to HZ-17, HZ-39 to HZ-41.
"""

from fractions import Fraction

from optimizer.checks.facts import Facts, Hub
from optimizer.checks.findings import MUST, TARGET, Findings

CLAUSES = {
    "new": ("HZ-14", "HZ-15"),
    "existing": ("HZ-16", "HZ-17"),
}


def check(facts: Facts, findings: Findings) -> None:
    """Every pilot's area, hub and domains; every planned hub, whoever has it."""
    for host in facts.hosts:
        if host in facts.pilot_hosts:
            _pilot(facts, findings, host)
        hub = facts.planned_hub(host)
        if hub is not None:
            _planned_hub(facts, findings, host, hub)


def _clauses(facts: Facts, host: str) -> tuple[str, str]:
    """Clauses of the host's kind; of a union those of the kind with the larger hub."""
    smallest_hub = {c: facts.hub_minimum(c) for c in facts.members(host)}
    strictest = max(smallest_hub, key=lambda c: smallest_hub[c])
    return CLAUSES[facts.communities[strictest]["kind"]]


def _pilot(facts: Facts, findings: Findings, host: str) -> None:
    area_rule, hub_rule = _clauses(facts, host)
    area = facts.existing_area(host) + facts.credited(host)
    findings.rule(area_rule, "三(一)", host, MUST, facts.required(host), area, "m²")
    has = facts.existing_hub(host) or facts.planned_hub(host)
    findings.rule(hub_rule, "三(一)", host, MUST, 1, 1 if has else 0, "hub")
    for community in facts.members(host) if facts.folder.policy["domains_required"] else ():
        present = facts.domains(community)
        findings.rule(
            "HZ-39", "三(三)2", community, MUST, len(facts.domain_ids), len(present), "domains"
        )
        for domain, halves in facts.halves.items():
            if halves:
                count, scope = len(facts.parts(community, domain)), f"{community} {domain}"
                findings.rule("A7", "三(三)2", scope, TARGET, len(halves), count, "parts")


def _planned_hub(facts: Facts, findings: Findings, host: str, hub: Hub) -> None:
    _, hub_rule = _clauses(facts, host)
    policy, scope = facts.folder.policy, f"{host} {hub.site}"
    minimum = facts.hub_minimum(host, pilot=host in facts.pilot_hosts)
    core = hub.items & set(policy["core_items"])
    findings.rule(hub_rule, "三(一)", scope, MUST, minimum, hub.area, "m²")
    findings.rule("HZ-40", "三(三)2", scope, MUST, policy["hub_min_items"], len(hub.items), "items")
    findings.rule(
        "HZ-41", "三(三)2", scope, MUST, policy["hub_min_core_items"], len(core), "core items"
    )
    office = Fraction(policy["hub_office_m2"])
    if office:
        inside = facts.hub_buildings[host]
        rooms = (room for room in facts.rooms_of.get(host, ()) if facts.has_office(room))
        held = [room.m2 for room in rooms if room.building in inside]
        findings.rule("HZ-35", "三(三)1", scope, MUST, office, sum(held, Fraction(0)), "m² office")
    _one_place(facts, findings, host)


def _one_place(facts: Facts, findings: Findings, host: str) -> None:
    inside = facts.hub_buildings[host]
    sites = facts.hub_sites(host)
    number = 2 if facts.existing_hub(host) else 1
    findings.rule("contract 5 Hub", "contract 5", host, MUST, 1, number, "hubs", at_most=True)
    left_out = [
        b
        for b, other in facts.host.items()
        if other == host and facts.site_of(b) in sites and b not in inside
    ]
    others = {other for other in facts.hub_buildings if sites & facts.hub_sites(other)}
    most = 1 if facts.folder.policy["one_hub_a_site"] else len(others)
    findings.rule("A26", "contract 5", host, MUST, most, len(others), "hubs", at_most=True)
    if left_out:
        findings.broken(
            "contract 4",
            f"siting.csv {left_out[0]} hub",
            0,
            1,
            zh="同一处的楼应都标为共同体。",
            en="buildings of the hub's place must be marked.",
        )


def meets(facts: Facts, host: str) -> bool:
    """The host meets the standard with the plan."""
    area = facts.existing_area(host) + facts.credited(host)
    hub = facts.existing_hub(host) or facts.planned_hub(host)
    present = [facts.domains(c) for c in facts.members(host)]
    return (
        area >= facts.required(host)
        and hub is not None
        and all(facts.has_domains(domains) for domains in present)
    )
