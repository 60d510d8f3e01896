"""The independent verifier: a run folder against every rule, standard library only.

Imports nothing of the model, the solver or our readers; ``linli verify DIR`` and the end of every
solve run it. Source: contract sections 4 and 5; reliability.md section 3.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimizer.checks import CHECKS, sweep
from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import VerifyError, read_folder

__all__ = ["Report", "VerifyError", "verify"]
SCHEMA = "linli-plan/1"


@dataclass(frozen=True)
class Report:
    """Verdict of every rule, and every violation with claimed, recomputed and by how much."""

    rules: list[dict[str, Any]]
    violations: list[dict[str, Any]]

    @property
    def ok(self) -> bool:
        """No rule is broken; a missed target is no violation."""
        return not self.violations


def verify(directory: Path, raw: Path | None = None) -> Report:
    """Check the run folder *directory*, and with *raw* that it was made of those files.

    Of the folder of a sweep every point is checked, and that no larger budget is worse. Raises
    VerifyError where a file is missing or damaged.
    """
    if (directory / sweep.INDEX).exists():
        return _verify_sweep(directory, raw)
    folder = read_folder(directory)
    if folder.plan.get("schema") != SCHEMA:
        raise VerifyError(f"plan.json: schema {folder.plan.get('schema')!r}, this reads {SCHEMA!r}")
    facts, findings = Facts(folder), Findings()
    for name, check in CHECKS:
        try:
            check(facts, findings)
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise VerifyError(f"{name}: {type(error).__name__} {error}") from error
    if raw is not None:
        _digests(folder.plan["inputs"], raw, findings)
    return Report(findings.rules, findings.violations)


def _verify_sweep(directory: Path, raw: Path | None) -> Report:
    findings = Findings()
    for folder in sweep.points(directory):
        if (folder / "siting.csv").exists():  # a point without a plan has none
            report = verify(folder, raw)
            findings.rules += [{**r, "scope": f"{folder.name} {r['scope']}"} for r in report.rules]
            findings.violations += [
                {**v, "place": f"{folder.name} {v['place']}"} for v in report.violations
            ]
    sweep.check(directory, findings)
    return Report(findings.rules, findings.violations)


def _digests(claimed: dict[str, str], raw: Path, findings: Findings) -> None:
    place = raw if raw.is_dir() else raw.parent
    for name, digest in claimed.items():
        path = place / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"
        findings.same("contract 4", name, digest, found)
