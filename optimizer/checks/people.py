"""Derived persons and functions' weights of inputs/: recomputed from what was given.

Source: contract section 1 (defaults), section 5 (Need); A4.
"""

from fractions import Fraction

from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import amount, exact, half_up, parts

GROUPS = ("infants", "pupils", "elderly", "elderly65")


def check(facts: Facts, findings: Findings) -> None:
    """Every derived household, resident and group; floors against the building's area."""
    per_household = exact(facts.folder.policy["persons_per_household"])
    shares = facts.folder.policy["group_share"]
    for community, row in facts.communities.items():
        derived = parts(row["derived"])
        place = f"communities.csv(inputs) {community}"
        residents = amount(row, "residents")
        expected = {
            "households": half_up(residents / per_household, 0),
            "residents": half_up(amount(row, "households") * per_household, 0),
            **{g: half_up(residents * exact(shares[g]), 0) for g in GROUPS},
        }
        for column in derived:
            if column in expected:
                findings.equal("A4", f"{place} {column}", amount(row, column), expected[column])
        for column in ("households", "residents", *GROUPS):
            if amount(row, column) < 0 or amount(row, column) % 1:
                findings.broken(
                    "A4",
                    f"{place} {column}",
                    row[column],
                    "",
                    zh="应为非负整数。",
                    en="must be a whole number ≥ 0.",
                )
    _floors(facts, findings)


def _floors(facts: Facts, findings: Findings) -> None:
    for building, row in facts.buildings.items():
        total = sum(facts.floors_of.get(building, {}).values(), Fraction(0))
        legal = amount(row, "area_m2", total)
        if total > legal:
            findings.broken(
                "SH-11",
                f"floors.csv {building}",
                float(total),
                float(legal),
                zh="楼层合计超过合法建筑面积。",
                en="floors exceed the legal floor area.",
            )
