"""What checks report: a verdict a rule and place, and violations with claimed and recomputed."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from optimizer.checks.folder import plain

MUST, TARGET, REASON = "must", "target", "reason"


@dataclass
class Findings:
    """Collects verdicts and violations; a must that does not hold is a violation."""

    rules: list[dict[str, Any]] = field(default_factory=list)
    violations: list[dict[str, Any]] = field(default_factory=list)
    certificates: list[dict[str, Any]] = field(default_factory=list)  # of each level, in order

    def rule(
        self,
        id: str,
        clause: str,
        scope: str,
        kind: str,
        required: Fraction | int,
        actual: Fraction | int,
        unit: str,
        *,
        at_most: bool = False,
    ) -> None:
        """Judge ``actual ≥ required`` (``≤`` with *at_most*) and record it."""
        ok = actual <= required if at_most else actual >= required
        self.rules.append(
            {
                "id": id,
                "clause": clause,
                "scope": scope,
                "kind": kind,
                "ok": ok,
                "required": plain(required),
                "actual": plain(actual),
                "unit": unit,
            }
        )
        if kind == MUST and not ok:
            sign = "≤" if at_most else "≥"
            self.broken(
                id,
                scope,
                plain(actual),
                f"{sign} {plain(required)} {unit}",
                by=abs(Fraction(actual) - Fraction(required)),
                zh=f"应{sign} {plain(required)} {unit},实为 {plain(actual)}。",
                en=f"must be {sign} {plain(required)} {unit}, is {plain(actual)}.",
            )

    def reason(
        self, id: str, scope: str, count: tuple[Fraction | int, Fraction | int, str] | None
    ) -> None:
        """A reason why no plan can exist: ``ok`` where what is asked for exceeds all there can be.

        None is a reason that nothing of the folder bears out.
        """
        required, actual, unit = count or (0, 0, "")
        self.rules.append(
            {
                "id": id,
                "clause": "contract 5 Must",
                "scope": scope,
                "kind": REASON,
                "ok": actual < required,
                "required": plain(required),
                "actual": plain(actual),
                "unit": unit,
            }
        )

    def broken(
        self,
        rule: str,
        place: str,
        claimed: Any,
        recomputed: Any,
        *,
        zh: str,
        en: str,
        by: Fraction | None = None,
    ) -> None:
        """Record a violation."""
        self.violations.append(
            {
                "rule": rule,
                "place": place,
                "claimed": str(claimed),
                "recomputed": str(recomputed),
                "by": None if by is None else plain(by),
                "zh": zh,
                "en": en,
            }
        )

    def same(self, rule: str, place: str, claimed: str, recomputed: str) -> None:
        """The text in the file equals what we compute."""
        if claimed != recomputed:
            self.broken(
                rule,
                place,
                claimed,
                recomputed,
                zh=f"文件写 {claimed!r},重算为 {recomputed!r}。",
                en=f"the file says {claimed!r}, recomputed {recomputed!r}.",
            )

    def equal(self, rule: str, place: str, claimed: Fraction, recomputed: Fraction) -> None:
        """The number in the file equals what we compute."""
        if claimed != recomputed:
            self.broken(
                rule,
                place,
                plain(claimed),
                plain(recomputed),
                by=abs(claimed - recomputed),
                zh=f"文件写 {plain(claimed)},重算为 {plain(recomputed)}。",
                en=f"the file says {plain(claimed)}, recomputed {plain(recomputed)}.",
            )
