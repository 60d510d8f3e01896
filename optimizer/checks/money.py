"""V13: one-off money of each building; budgets in all, by district, source and year; funding.

Source: contract section 5 (Money); HZ-63, HZ-64.
"""

from collections import defaultdict
from fractions import Fraction
from typing import Any

from optimizer.checks.facts import Facts
from optimizer.checks.findings import MUST, Findings
from optimizer.checks.folder import Row, amount, exact

RULE = "contract 5 Money"


def check(facts: Facts, findings: Findings) -> None:
    """Each amount recomputed from areas and rates; the sums within the budgets."""
    by_district: dict[str, Fraction] = defaultdict(Fraction)
    for building, row in facts.siting.items():
        if building in facts.buildings:
            _amounts(facts, findings, building, row)
            by_district[facts.buildings[building]["district"]] += facts.cost(building)
    _budgets(facts, findings, by_district)
    _operating(facts, findings)
    _funding(facts, findings)


def _amounts(facts: Facts, findings: Findings, building: str, row: Row) -> None:
    rent = {"rent_yuan_per_year": amount(facts.buildings[building], "rent_yuan_per_year")}
    for column, recomputed in (facts.money(building) | rent).items():
        place = f"siting.csv {building} {column}"
        findings.equal(RULE, place, amount(row, column), recomputed)


def _budgets(facts: Facts, findings: Findings, by_district: dict[str, Fraction]) -> None:
    budget = facts.folder.scenario["budget"]
    total = sum(by_district.values(), Fraction(0))
    limits = {district: by_district[district] for district in budget["by_district_yuan"]}
    for scope, limit, spent in (
        ("", budget["total_yuan"], total),
        *((d, budget["by_district_yuan"][d], spent) for d, spent in limits.items()),
    ):
        if limit is not None:
            findings.rule(
                "HZ-64", "四(二)2", scope, MUST, exact(limit), spent, "yuan", at_most=True
            )


def _operating(facts: Facts, findings: Findings) -> None:
    """Rent once per used building and m² × rate, in the finished state, under the ceiling."""
    ceiling = facts.folder.scenario["budget"]["operating_yuan_per_year"]
    if ceiling is None:
        return
    used = [b for b in facts.siting if b in facts.buildings]
    yearly = sum((amount(facts.buildings[b], "rent_yuan_per_year") for b in used), Fraction(0))
    for (_, f), m2 in facts.installed.items():
        yearly += m2 * amount(facts.functions[f], "operating_yuan_per_m2_year")
    findings.rule(RULE, "contract 5", "", MUST, exact(ceiling), yearly, "yuan/year", at_most=True)


def _funding(facts: Facts, findings: Findings) -> None:
    """Every building is paid in full, in its year, by sources that may pay for it."""
    sources = {source["name"]: source for source in facts.folder.scenario["sources"]}
    paid: dict[str, Fraction] = defaultdict(Fraction)
    by_source: dict[str, Fraction] = defaultdict(Fraction)
    for row in facts.folder.outputs["funding"]:
        building, place = row["building"], f"funding.csv {row['building']}"
        paid[building] += amount(row, "yuan")
        if building not in facts.siting or building not in facts.buildings:
            continue
        by_source[row["source"]] += amount(row, "yuan")
        by_source[f"{row['source']} {facts.buildings[building]['district']}"] += amount(row, "yuan")
        findings.same(RULE, f"{place} year", row["year"], facts.siting[building]["year"])
        if not sources:
            findings.same(RULE, f"{place} source", row["source"], "unassigned")
        elif not may_pay(facts, sources.get(row["source"]), building):
            findings.broken(
                "HZ-63",
                place,
                row["source"],
                "",
                zh="这一来源不能用于这栋楼。",
                en="the source may not pay for this building.",
            )
    for building in set(paid) | set(facts.siting):
        if building in facts.buildings:
            cost = facts.cost(building) if building in facts.siting else Fraction(0)
            findings.equal(
                "HZ-63", f"funding.csv {building}", paid.get(building, Fraction(0)), cost
            )
    _caps(findings, sources, by_source)
    _years(facts, findings)


def _caps(
    findings: Findings, sources: dict[str, dict[str, Any]], by_source: dict[str, Fraction]
) -> None:
    for name, source in sources.items():
        caps = {f"{name} {d}": yuan for d, yuan in (source["by_district_yuan"] or {}).items()}
        for scope, cap in {name: source["yuan"], **caps}.items():
            spent = by_source.get(scope, Fraction(0))
            findings.rule("HZ-64", "四(二)2", scope, MUST, exact(cap), spent, "yuan", at_most=True)


def may_pay(facts: Facts, source: dict[str, Any] | None, building: str) -> bool:
    """All conditions of *source* hold for *building*: district, part of the hub, an item."""
    if source is None:
        return False
    districts = source["by_district_yuan"]
    if districts is not None and facts.buildings[building]["district"] not in districts:
        return False
    is_hub = facts.siting[building]["hub"] == "1"
    if source["hub"] and not is_hub:
        return False
    if not source["any_item"]:
        return True
    return bool(_items(facts, building, whole_hub=source["hub"]) & set(source["any_item"]))


def _items(facts: Facts, building: str, *, whole_hub: bool) -> set[str]:
    """Items that stand in the building, or in the hub it is part of."""
    host = facts.host[building]
    inside = facts.hub_buildings.get(host, []) if whole_hub else [building]
    items = {facts.functions[f]["item"] for b, f in facts.installed if b in inside}
    hub = facts.planned_hub(host) if whole_hub else None
    return items | (set(hub.items) if hub is not None else set())


def _years(facts: Facts, findings: Findings) -> None:
    """Sited no earlier than available; with yearly budgets in a year that has one, and within."""
    budgets = facts.folder.scenario["budget"]["by_year_yuan"]
    spent: dict[str, Fraction] = defaultdict(Fraction)
    for building, row in facts.siting.items():
        if building not in facts.buildings:
            continue
        available, place = (
            facts.buildings[building]["available_year"],
            f"siting.csv {building} year",
        )
        if budgets is None:
            findings.same(RULE, place, row["year"], available)
        elif available and (not row["year"] or int(row["year"]) < int(available)):
            findings.broken(
                RULE,
                place,
                row["year"],
                f"≥ {available}",
                zh="早于可用年份。",
                en="before the building is available.",
            )
        spent[row["year"]] += facts.cost(building)
    for year, yuan in spent.items() if budgets is not None else ():
        limit = exact(budgets.get(year, 0))
        findings.rule("HZ-64", "四(二)2", year, MUST, limit, yuan, "yuan", at_most=True)
