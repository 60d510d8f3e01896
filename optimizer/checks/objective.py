"""V15, V16: goal values and indicators recomputed; bounds on the right side, gaps recomputed.

Source: contract sections 4 and 5 (Goals, Levels).
"""

from fractions import Fraction

from optimizer.checks import goals, standard
from optimizer.checks.communities import project_key
from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import amount, exact, half_up, plain
from optimizer.checks.goals import level_name, value_of
from optimizer.checks.projects import yearly

RULE = "contract 5 Goals"


def check(facts: Facts, findings: Findings) -> None:
    """Every level in the order asked for, and every indicator."""
    plan = facts.folder.plan
    order = facts.folder.scenario["goals"]
    names = [level["name"] for level in plan["objective"]]
    wanted = [level_name(entry) for entry in order]
    findings.same(RULE, "plan.json objective", ",".join(names), ",".join(wanted))
    for entry, level in zip(order, plan["objective"], strict=False):
        _level(findings, level, value_of(facts, entry))
    _indicators(facts, findings)


def _level(findings: Findings, level: dict[str, object], recomputed: tuple[bool, Fraction]) -> None:
    is_max, value = recomputed
    place = f"plan.json objective {level['name']}"
    findings.equal(RULE, f"{place} value", _number(level["value"]), half_up(value, 6))
    if level["bound"] is None:
        if level["gap"] is not None:
            findings.broken(
                RULE,
                f"{place} gap",
                level["gap"],
                None,
                zh="没有界就没有差距。",
                en="no gap without a bound.",
            )
        return
    bound = _number(level["bound"])
    rounded = half_up(value, 6)
    if (bound < rounded) if is_max else (bound > rounded):
        findings.broken(
            RULE,
            f"{place} bound",
            float(bound),
            float(value),
            zh="界比方案自身还差。",
            en="the bound is worse than the plan itself.",
        )
    distance = abs(bound - rounded)
    share = distance / abs(rounded) if rounded else None
    gap = Fraction(0) if not distance else None if share is None else half_up(share, 6)
    claimed = None if level["gap"] is None else _number(level["gap"])
    if claimed != gap:
        findings.broken(RULE, f"{place} gap", level["gap"], gap, zh="差距算错。", en="wrong gap.")


def _number(value: object) -> Fraction:
    return exact(value)


def _indicators(facts: Facts, findings: Findings) -> None:
    used = [b for b in facts.siting if b in facts.buildings]
    groups: dict[str, list[str]] = {}
    for b in used:
        groups.setdefault(project_key(facts, b), []).append(b)
    per_project = [yearly(facts, inside) for inside in groups.values()]
    whole = sum(
        (
            amount(facts.functions[f], "weight") * amount(r, "persons")
            for (_, f), r in facts.needs.items()
        ),
        Fraction(0),
    )
    computed = {
        "pilots": Fraction(sum(len(facts.places(u)) for u in facts.pilot_hosts)),
        "hubs": goals.hubs(facts),
        "streets": Fraction(len(facts.streets)),
        "streets_covered": goals.streets(facts),
        "communities_to_standard_count": Fraction(
            sum(standard.meets(facts, facts.acting(c)) for c in facts.communities)
        ),
        "residents_to_standard": goals.residents(facts),
        "buildings_used": Fraction(len(facts.siting)),
        "area_m2": sum((room.m2 for room in facts.rooms), Fraction(0)),
        "cost_yuan": goals.cost(facts),
        "operating_yuan_per_year": sum((o for o, _ in per_project), Fraction(0)),
        "revenue_yuan_per_year": sum((r for _, r in per_project), Fraction(0)),
        "need_served_share": half_up(goals.service(facts) / whole, 6) if whole else Fraction(1),
    }
    claimed = facts.folder.plan["indicators"]
    for name, value in computed.items():
        if name not in claimed:
            findings.same("contract 4", f"plan.json {name}", "absent", plain(value))
        else:
            findings.equal("contract 4", f"plan.json {name}", _number(claimed[name]), value)
