"""The result on the screen: a sentence, the levels, the verdict, and where the files are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from optimizer.endings import ended_with_plan
from optimizer.labels import head, label, number_text
from optimizer.labels.judging import id_text, proof_text, unit_text
from optimizer.result import Result
from optimizer.screen import screen
from optimizer.verify import Report

WORDS: Mapping[str, tuple[str, str]] = {
    "goal": ("目标(先后)", "goal, in order"),
    "value": ("方案", "plan"),
    "bound": ("界", "bound"),
    "gap": ("差距", "gap"),
    "proof": ("界的来历", "bound is"),
    "indicator": ("指标", "indicator"),
    "rules": ("条规则判定", "verdicts"),
    "comma": (",", ", "),
    "missed": ("项目标未达到。", "targets missed."),
    "missed one": ("项目标未达到。", "target missed."),
    "clean": ("独立核验:没有违反任何一条规则。", "Independent check: no rule is broken."),
    "broken": ("独立核验:违反规则!", "Independent check: RULES ARE BROKEN"),
    "files": ("文件在", "files in"),
    "no plan": ("文件夹里没有方案", "There is no plan in the folder"),
    "no reason": ("没有给出理由,无可证明。", "No reason is given, so none could be proved."),
    "proved": ("已重新证明", "proved again"),
    "unproved": ("未证明", "unproved"),
    "needs": ("要求", "asks for"),
    "most": ("至多", "at most"),
}


def summary_data(result: Result, out: Path) -> dict[str, Any]:
    """The same as JSON data."""
    plan = result.plan_json
    return {key: plan[key] for key in ("status", "objective", "indicators", "violations")} | {
        "ended": plan.get("ended", ""),
        "seconds": plan["seconds"],
        "directory": str(out),
    }


def print_summary(result: Result, out: Path, lang: str) -> None:
    """Levels, indicators and verdict of *result* for a person."""
    console = screen()
    plan = result.plan_json
    console.print(
        f"\n[bold]{escape(plan['scenario']['name'])}[/bold] · {label(plan['status'], lang)}"
    )
    said = ended_with_plan(plan.get("ended", ""))
    if said is not None:
        console.print(said.get(lang))
    console.print(_levels(plan["objective"], lang))
    console.print(_indicators(plan["indicators"], lang))
    console.print(_verdict(plan["rules"], not plan["violations"], lang))
    _print_violations(console, plan["violations"], lang)
    console.print(f"{_word('files', lang)} {escape(str(out))}/")


def _verdict(rules: Any, is_clean: bool, lang: str) -> str:
    """Whether a rule is broken, and of how many verdicts how many targets are missed."""
    missed = sum(rule["kind"] == "target" and not rule["ok"] for rule in rules)
    return (
        f"{_word('clean' if is_clean else 'broken', lang)} "
        f"{len(rules)} {_word('rules', lang)}{_word('comma', lang)}"
        f"{missed} {_word('missed one' if missed == 1 else 'missed', lang)}"
    )


def print_verdict(report: Report, lang: str) -> None:
    """What ``linli verify`` found."""
    console = screen()
    if report.has_plan:
        console.print(_verdict(report.rules, report.ok, lang))
        for level in report.certificates:
            run, blank, goal = level["name"].rpartition(" ")  # of a sweep, the run's folder too
            said = f"{run}{blank}{label(goal, lang)}: {proof_text(level, lang)}"
            console.print(escape(said))
    else:
        _print_reasons(console, report, lang)
    _print_violations(console, report.violations, lang)


def _print_reasons(console: Console, report: Report, lang: str) -> None:
    """That there is no plan, and which of the reasons for it were proved again."""
    console.print(f"{_word('no plan', lang)} · {label(report.status, lang)}")
    for reason in report.reasons:
        word = _word("proved" if reason["ok"] else "unproved", lang)
        asked = f"{_word('needs', lang)} {reason['required']}"
        unit = unit_text(reason["unit"], lang, str(reason["actual"]))
        most = f"{_word('most', lang)} {reason['actual']} {unit}"
        said = escape(f"{reason['scope']}: {asked}, {most} · {word}")
        console.print(f"{escape(id_text(reason['id'], lang))} {said}")
    if not report.reasons:
        console.print(_word("no reason", lang))


def _print_violations(console: Console, violations: Any, lang: str) -> None:
    for found in violations:
        said = escape(f"{found['place']}: {found[lang]}")
        console.print(f"[red]{escape(id_text(found['rule'], lang))}[/red] {said}")


def _levels(levels: Any, lang: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for word in ("goal", "value", "bound", "gap", "proof"):
        table.add_column(
            _word(word, lang), justify="left" if word in ("goal", "proof") else "right"
        )
    for level in levels:
        gap = "–" if level["gap"] is None else f"{float(level['gap']):.2%}"
        table.add_row(
            label(level["name"], lang),
            number_text(level["value"]),
            "–" if level["bound"] is None else number_text(level["bound"]),
            gap,
            proof_text(level, lang),
        )
    return table


def _indicators(indicators: Mapping[str, Any], lang: str) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, value in indicators.items():
        text = f"{value:.1%}" if name.endswith("_share") else number_text(value)
        table.add_row(head(name, lang), text)
    return table


def _word(name: str, lang: str) -> str:
    return WORDS[name][lang == "en"]
