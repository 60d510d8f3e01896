"""V13: one-off money of each building, budgets in all and by district, funding rows.

Source: contract section 5 (Money); HZ-63, HZ-64.
"""

from collections import defaultdict
from fractions import Fraction

from optimizer.checks.facts import Facts
from optimizer.checks.findings import MUST, Findings
from optimizer.checks.folder import amount, exact


def check(facts: Facts, findings: Findings) -> None:
    """Each amount recomputed from areas and rates; the sums within the budgets."""
    by_district: dict[str, Fraction] = defaultdict(Fraction)
    total = Fraction(0)
    for building, row in facts.siting.items():
        if building not in facts.buildings:
            continue
        for column, recomputed in facts.money(building).items():
            findings.equal(
                "contract 5 Money",
                f"siting.csv {building} {column}",
                amount(row, column),
                recomputed,
            )
        findings.equal(
            "contract 5 Money",
            f"siting.csv {building} rent_yuan_per_year",
            amount(row, "rent_yuan_per_year"),
            amount(facts.buildings[building], "rent_yuan_per_year"),
        )
        cost = facts.cost(building)
        total += cost
        by_district[facts.buildings[building]["district"]] += cost
    budget = facts.folder.scenario["budget"]
    if budget["total_yuan"] is not None:
        findings.rule(
            "HZ-64", "四(二)2", "", MUST, exact(budget["total_yuan"]), total, "yuan", at_most=True
        )
    for district, limit in budget["by_district_yuan"].items():
        findings.rule(
            "HZ-64",
            "四(二)2",
            district,
            MUST,
            exact(limit),
            by_district.get(district, Fraction(0)),
            "yuan",
            at_most=True,
        )
    _funding(facts, findings)


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
