"""The independent verifier: a run folder against every rule, standard library only.

Imports nothing of the model, the solver or our readers; ``linli verify DIR`` and the end of every
solve run it. Source: contract sections 4 and 5; reliability.md section 3.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optimizer.checks import CHECKS, CHECKS_WITHOUT_PLAN, digests, record, sweep
from optimizer.checks.bounds import said_of
from optimizer.checks.facts import Facts
from optimizer.checks.findings import REASON, Findings
from optimizer.checks.folder import WITHOUT_PLAN, Folder, VerifyError, read_folder

__all__ = ["Report", "VerifyError", "verify"]
ABOVE_DATA = 2  # folders: a street layer lies beside the scenario, never beyond its parent
UNREADABLE = (LookupError, ValueError, TypeError, ArithmeticError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Report:
    """Verdict of every rule, and every violation with claimed, recomputed and by how much.

    ``status`` is that of the folder, empty for a sweep: where it ended without a plan, the verdicts
    of kind ``reason`` say which of the reasons given were proved again. ``certificates`` say of
    each goal what bound is proved here and how far that bears out the one claimed.
    """

    rules: list[dict[str, Any]]
    violations: list[dict[str, Any]]
    status: str = ""
    certificates: list[dict[str, Any]] = field(default_factory=list)

    @property
    def has_plan(self) -> bool:
        """There was a plan to judge."""
        return self.status not in WITHOUT_PLAN

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """Why no plan can exist, each with ``ok`` where it is proved again."""
        return [rule for rule in self.rules if rule["kind"] == REASON]

    @property
    def ok(self) -> bool:
        """No rule is broken; a missed target is no violation."""
        return not self.violations


def verify(directory: Path, raw: Path | None = None, *, is_published: bool = True) -> Report:
    """Check the run folder *directory*, and with *raw* that it was made of those files.

    A folder that is not yet published has neither digests nor a verdict to compare. Of the folder
    of a sweep every point is checked, and that no larger budget is worse. Raises
    VerifyError where a file is missing or damaged.
    """
    if (directory / sweep.INDEX).exists():
        return _verify_sweep(directory, raw)
    folder = read_folder(directory)
    findings = judged(folder)
    rules = list(findings.rules)
    if is_published:
        record.check_verdict(folder.plan, findings)
        digests.check_folder(directory, findings)
    if raw is not None:
        place = raw if raw.is_dir() else raw.parent
        digests.check_files(folder.plan["inputs"], place, findings, above=ABOVE_DATA)
    return Report(rules, findings.violations, folder.plan["status"], findings.certificates)


def judged(folder: Folder) -> Findings:
    """What every check finds in *folder*."""
    facts, findings = Facts(folder), Findings()
    for name, check in CHECKS if folder.has_plan else CHECKS_WITHOUT_PLAN:
        try:
            check(facts, findings)
        except VerifyError:
            raise
        except UNREADABLE as error:
            _not_judged(findings, name, error)
    return findings


def _verify_sweep(directory: Path, raw: Path | None) -> Report:
    findings = Findings()
    for folder in sweep.points(directory):
        report = verify(folder, raw)
        findings.rules += [{**r, "scope": f"{folder.name} {r['scope']}"} for r in report.rules]
        findings.certificates += [
            {**level, "name": f"{folder.name} {level['name']}"} for level in report.certificates
        ]
        findings.violations += [
            {**v, "place": f"{folder.name} {v['place']}"} for v in report.violations
        ]
    try:
        sweep.check(directory, findings)
    except UNREADABLE as error:
        _not_judged(findings, sweep.INDEX, error)
    return Report(findings.rules, findings.violations, certificates=findings.certificates)


def _not_judged(findings: Findings, name: str, error: Exception) -> None:
    """Files that contradict each other so far that a rule cannot be judged break it."""
    findings.broken(
        "contract 4",
        name,
        f"{type(error).__name__} {error}",
        "",
        zh="文件互相矛盾,这一组规则无法判定。",
        en="the files contradict each other: these rules cannot be judged.",
    )


def main(words: Sequence[str] | None = None) -> int:
    """The verifier without the rest of Linli (``single_file``): 0, or 6 broken, 2 unreadable."""
    parser = argparse.ArgumentParser(
        prog="linli_verify", description="核验 / re-check a run folder"
    )
    parser.add_argument("folder", type=Path, help="结果文件夹 / run folder")
    parser.add_argument("--raw", type=Path, help="原始数据文件夹 / folder of the raw data")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")
    asked = parser.parse_args(words)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        report = verify(asked.folder, asked.raw)
    except VerifyError as error:
        print(error, file=sys.stderr)
        return 2
    if asked.json:
        data = {
            "status": report.status,
            "rules": report.rules,
            "certificates": report.certificates,
            "violations": report.violations,
        }
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for level in report.certificates:
            print(f"{level['name']}: {said_of(level)}")
        for found in report.violations:
            print(f"{found['rule']} {found['place']}: {found['zh']} {found['en']}")
        if not report.has_plan:
            print(f"没有方案 / there is no plan in it: {report.status}")
        for reason in report.reasons:
            word = "已重新证明 / proved again" if reason["ok"] else "未证明 / unproved"
            print(f"{reason['id']} {reason['scope']}: {word}")
        print(f"{len(report.rules)} 条判定 / verdicts, {len(report.violations)} 违规 / violations")
    return 0 if report.ok else 6


if __name__ == "__main__":
    sys.exit(main())
