"""V20, V26: status words are honest, the verdict is ours, and the record of the run is complete.

Source: contract section 4.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from optimizer.checks.bounds import CERTIFICATES
from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import WITHOUT_PLAN, exact

RULE = "contract 4"
STATUS = ("optimal", "feasible", "stopped", "no_plan", "infeasible", "broken")
DIGEST = re.compile("[0-9a-f]{64}")
VERSIONS = ("linli", "python", "highspy", "pyomo")
MILLIONTHS = Fraction(2, 10**6)  # what rounding value and bound to six decimals can hide
VERDICT = ("id", "scope", "kind", "ok", "required", "actual")


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_digests(value: Any) -> bool:
    return all(DIGEST.fullmatch(digest) for digest in value.values())


def _has_texts(*names: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and all(value.get(name) for name in names)


def _is_seconds(value: Any) -> bool:
    return isinstance(value, dict) and all(k in value and value[k] >= 0 for k in ("wall", "cpu"))


RECORD: Mapping[str, Callable[[Any], bool]] = {
    "seed": _is_count,
    "threads": _is_count,
    "inputs": _is_digests,
    "versions": _has_texts(*VERSIONS),
    "machine": _has_texts("system", "processor", "cores"),
    "engine": _has_texts("name"),
    "seconds": _is_seconds,
    "options": lambda value: isinstance(value, dict) and {"engine", "gap", "seconds"} <= set(value),
}


def check(facts: Facts, findings: Findings) -> None:
    """The run can be repeated from its record, and the record is that of these inputs."""
    plan = facts.folder.plan
    for key, is_complete in RECORD.items():
        if not is_complete(plan.get(key)):
            findings.broken(
                RULE,
                f"plan.json {key}",
                plan.get(key),
                "",
                zh="运行记录不完整。",
                en="the run record is incomplete.",
            )
    if plan["scenario"] != facts.folder.scenario:
        findings.broken(
            RULE,
            "plan.json scenario",
            "",
            "inputs/scenario.json",
            zh="与 inputs/scenario.json 不一致。",
            en="differs from inputs/scenario.json.",
        )
    _status(plan, findings)


def _status(plan: Mapping[str, Any], findings: Findings) -> None:
    """``optimal`` only when every level is closed; wide levels named; three words for bounds."""
    status, levels = plan["status"], plan["objective"]
    if status not in STATUS:
        findings.same(RULE, "plan.json status", status, " | ".join(STATUS))
    for level in levels:
        place = f"plan.json objective {level['name']} certificate"
        if level["certificate"] not in CERTIFICATES:
            findings.same(RULE, place, level["certificate"], " | ".join(CERTIFICATES))
        elif level["certified_bound"] is None:
            findings.same(RULE, place, level["certificate"], "claimed")
    if status == "optimal" and not all(map(is_closed, levels)):
        findings.broken(
            RULE,
            "plan.json status",
            "optimal",
            "feasible",
            zh="仍有差距,不能称为最优。",
            en="a gap is left: not optimal.",
        )
    if status == "feasible":
        _wide(plan, findings)


def _wide(plan: Mapping[str, Any], findings: Findings) -> None:
    """``wide_levels`` names the levels above the gap asked for; one at the limit may be either."""
    options = plan.get("options")
    asked = options.get("gap") if isinstance(options, dict) else None
    gap = Fraction(1, 100) if asked is None else exact(asked)
    named = plan.get("wide_levels", [])
    for level in plan["objective"]:
        name, excess = level["name"], MILLIONTHS
        if level["bound"] is not None:
            distance = abs(exact(level["bound"]) - exact(level["value"]))
            excess = distance - abs(exact(level["value"])) * gap
        is_wide = excess >= MILLIONTHS and not is_closed(level)
        if (name in named) != is_wide and abs(excess) >= MILLIONTHS:
            claimed = ";".join(named)
            findings.same(RULE, f"plan.json wide_levels {name}", claimed, name if is_wide else "")


def is_closed(level: Mapping[str, Any]) -> bool:
    """|bound - value| ≤ 1e-6 of the value plus what rounding areas can cost."""
    if level["bound"] is None:
        return False
    distance = abs(exact(level["bound"]) - exact(level["value"]))
    allowed = abs(exact(level["value"])) / 10**6 + exact(level["rounding"])
    return distance <= allowed


def check_verdict(plan: Mapping[str, Any], findings: Findings) -> None:
    """The rules and violations of plan.json are those that hold, and the status says so."""
    found = [{key: rule[key] for key in VERDICT} for rule in findings.rules]
    said = [{key: rule.get(key) for key in VERDICT} for rule in plan["rules"]]
    if said != found:
        wrong = next((s["id"] for s, f in zip(said, found, strict=False) if s != f), "")
        findings.broken(
            RULE,
            f"plan.json rules {wrong}".strip(),
            len(said),
            len(found),
            zh="文件里的逐条判定与重算不符。",
            en="the verdicts in the file are not those recomputed.",
        )
    claimed = {(v["rule"], v["place"]) for v in plan["violations"]}
    actual = {(v["rule"], v["place"]) for v in findings.violations}
    may_be_broken = ("broken", *WITHOUT_PLAN) if plan["violations"] else (*STATUS[:-1],)
    if claimed - actual or plan["status"] not in may_be_broken:
        findings.broken(
            RULE,
            "plan.json violations",
            plan["status"],
            f"{len(actual)}",
            zh="文件里的违规记录与状态或重算不符。",
            en="the violations in the file fit neither the status nor what is recomputed.",
        )
