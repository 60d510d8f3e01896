"""V18: every cell of communities.csv recomputed from the detail.

Source: contract section 4.
"""

from fractions import Fraction

from optimizer.checks import standard
from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import Row, amount, half_up
from optimizer.checks.hosts import UNION

RULE = "contract 4"


def check(facts: Facts, findings: Findings) -> None:
    """Each community once; each figure as the detail gives it."""
    rows = {row["community"]: row for row in facts.folder.outputs["communities"]}
    for community in sorted(set(facts.communities) - set(rows)):
        findings.broken(
            RULE,
            f"communities.csv {community}",
            "absent",
            "a row",
            zh="缺这一行。",
            en="is missing.",
        )
    for community, row in rows.items():
        if community in facts.communities:
            _community(facts, findings, community, row)


def _community(facts: Facts, findings: Findings, community: str, row: Row) -> None:
    place = f"communities.csv {community}"
    host = facts.acting(community)
    hub = facts.planned_hub(host) or facts.existing_hub(host)
    area = facts.existing_area(host) + facts.credited(host)
    up = Fraction((facts.required(host) * 100).__ceil__(), 100)
    numbers = {
        "to_standard": Fraction(standard.meets(facts, host)),
        "covered": Fraction(community in facts.covered_communities),
        "required_m2": up,
        "area_m2": area,
        "hub_m2": hub.area if hub else Fraction(0),
        "functions": Fraction(len(hub.items) if hub else 0),
        "core_functions": Fraction(
            len(hub.items & set(facts.folder.policy["core_items"])) if hub else 0
        ),
        "shortfall_m2": max(Fraction(0), up - area),
    }
    for column, value in numbers.items():
        findings.equal(RULE, f"{place} {column}", amount(row, column), value)
    present = [d for d in facts.domain_ids if d in facts.domains(community)]
    findings.same(RULE, f"{place} domains", row["domains"], ";".join(present))
    findings.same(RULE, f"{place} hub_form", row["hub_form"], form(facts, host))
    union = host.removeprefix(UNION) if host != community else ""
    findings.same(RULE, f"{place} union", row["union"], union)
    _served(facts, findings, community, row)


def form(facts: Facts, host: str) -> str:
    """Form of a host's hub: 集聚 whole buildings, 嵌入 part of one, 分散, existing, or none."""
    inside = facts.hub_buildings.get(host)
    if not inside:
        return "existing" if facts.existing_hub(host) else ""
    if len(facts.hub_sites(host)) > 1:
        return "分散"
    whole = all(
        sum((room.m2 for room in facts.rooms_in.get(b, ())), Fraction(0))
        == sum(facts.floors_of.get(b, {}).values(), Fraction(0))
        for b in inside
    )
    return "集聚" if whole else "嵌入"


def _served(facts: Facts, findings: Findings, community: str, row: Row) -> None:
    for column, text in row.items():
        function = column.removeprefix("served_")
        if function == column:
            continue
        need = facts.needs.get((community, function))
        share = Fraction(1)
        if need is not None:
            planned = facts.planned_service.get((community, function), Fraction(0))
            share = half_up(
                (facts.existing((community, function)) + planned) / amount(need, "persons"), 6
            )
        findings.equal(RULE, f"communities.csv {community} {column}", Fraction(text or 0), share)


def project_key(facts: Facts, building: str) -> str:
    """Project a used building belongs to."""
    is_hub = facts.siting[building]["hub"] == "1"
    return f"hub:{facts.host[building]}" if is_hub else f"building:{building}"
