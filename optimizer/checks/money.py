"""V13: one-off money of each building, budgets in all and by district, funding rows.

Source: contract section 5 (Money); HZ-63, HZ-64.
"""

from collections import defaultdict
from fractions import Fraction

from optimizer.checks.facts import Facts
from optimizer.checks.findings import MUST, Findings
from optimizer.checks.folder import Row, amount, exact


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
        findings.equal("contract 5 Money", place, amount(row, column), recomputed)


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
    findings.rule(
        "contract 5 Money", "年运营", "", MUST, exact(ceiling), yearly, "yuan/year", at_most=True
    )


def _funding(facts: Facts, findings: Findings) -> None:
    paid: dict[str, Fraction] = defaultdict(Fraction)
    for row in facts.folder.outputs["funding"]:
        paid[row["building"]] += amount(row, "yuan")
        place = f"funding.csv {row['building']}"
        findings.same("contract 5 Money", f"{place} source", row["source"], "unassigned")
        if row["building"] in facts.siting:
            findings.same(
                "contract 5 Money",
                f"{place} year",
                row["year"],
                facts.siting[row["building"]]["year"],
            )
    for building in set(paid) | set(facts.siting):
        if building in facts.buildings:
            cost = facts.cost(building) if building in facts.siting else Fraction(0)
            findings.equal(
                "HZ-63", f"funding.csv {building}", paid.get(building, Fraction(0)), cost
            )
