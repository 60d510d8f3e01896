"""More money is never worse: where the plan of a narrower point is better, it stands here too.

Any plan of the narrower point keeps every rule of the wider one, and its bounds stay those of the
wider solve. Source: reliability.md section 4 (Sweep rule), V25.
"""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from models.goal import MAX, MIN
from models.objectives import GOALS
from optimizer.api import record
from optimizer.case import Case
from optimizer.hold import held
from optimizer.publish import set_aside
from optimizer.result import Result
from optimizer.run_plan import plan_of
from optimizer.solve.outcome import Level, Outcome, SolveOptions


def is_better(ours: Result, theirs: Result) -> bool:
    """*ours* is better on the first goal, in order, that tells the two apart."""
    for mine, other in zip(ours.plan_json["objective"], theirs.plan_json["objective"], strict=True):
        difference = Decimal(mine["value"]) - Decimal(other["value"])
        if difference:
            return (difference > 0) == (_sense(mine["name"]) == MAX)
    return False


def _sense(goal: str) -> str:
    """Weighted levels, named after their goals, are least sums."""
    return GOALS[goal].sense if goal in GOALS else MIN


def raise_to(narrow: Result, wide: Result, case: Case, options: SolveOptions, lang: str) -> None:
    """Put the plan of *narrow* into the run folder of *wide*, with the bounds found there."""
    levels = tuple(_levels(narrow, wide))
    said = wide.plan_json
    reached = "optimal" if all(level.is_closed for level in levels) else "feasible"
    status = "stopped" if wide.status == "stopped" else reached
    outcome = Outcome(
        status=status,
        plan=plan_of(narrow),
        levels=levels,
        engine=said["engine"]["name"],
        why_engine=said["engine"]["why"],
        wide_levels=tuple(level.name for level in levels if _is_wide(level, options)),
        wall_s=float(said["seconds"]["wall"]),
        cpu_s=float(said["seconds"]["cpu"]),
        note=f"plan carried forward from {narrow.directory.name}, bounds of this point",
    )
    with held(wide.directory) as place:
        record(case, outcome, options, place, force=True, lang=lang)
        for old in set_aside(place.directory):
            shutil.rmtree(old)


def _levels(narrow: Result, wide: Result) -> Iterator[Level]:
    for mine, other in zip(narrow.plan_json["objective"], wide.plan_json["objective"], strict=True):
        bound, proved = other["bound"], other["exact_bound"]
        yield Level(
            name=mine["name"],
            value=Fraction(mine["value"]),
            bound=None if bound is None else Fraction(bound),
            wall_s=float(other["seconds"]["wall"]),
            cpu_s=float(other["seconds"]["cpu"]),
            rounding=Fraction(mine.get("rounding", 0)),
            exact_bound=None if proved is None else Fraction(proved),
        )


def _is_wide(level: Level, options: SolveOptions) -> bool:
    is_within = level.gap is not None and level.gap <= options.level_gap
    return not (level.is_closed or is_within)
