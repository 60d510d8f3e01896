"""One case under an engine: every plan and bound it told on its way, and the published run."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy import sparse

from models.build import build
from models.instance import Instance
from models.objectives import goal_of
from optimizer.case import read_case
from optimizer.run_folder import run_inputs, write_run
from optimizer.solve.compiled import Compiled, compile_model
from optimizer.solve.outcome import Outcome, SolveOptions
from optimizer.solve.session import Limits, Problem, RunStatus, run
from optimizer.solve.solve import solve
from optimizer.verify import verify

PROVED = Limits(gap=0.0, absolute_gap=1e-9)


@dataclass
class Told:
    """Outcome of one engine; values of the plans and bounds that it reported, level 1 only."""

    outcome: Outcome
    plans: list[Fraction] = field(default_factory=list)
    bounds: list[Fraction] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)


def solved(scenario: Path, engine: str, gap: float, out: Path) -> Told:
    """*scenario* solved by *engine* in one process, written to *out* and verified there."""
    case = read_case(scenario)
    plans: list[Fraction] = []
    bounds: list[Fraction] = []
    ended: list[str] = []

    def hear(kind, data):
        if kind == "plan":
            plans.append(data.values[0])
        elif kind == "round" and not ended:
            bounds.append(Fraction(data["bound"]))
        elif kind == "level":
            if not ended:
                bounds.extend(b for b in (data.bound, data.exact_bound) if b is not None)
            ended.append(data.name)

    options = SolveOptions(engine=engine, gap=gap, workers=1)
    outcome = solve(case.instance, options, hear)
    told = Told(outcome, plans, bounds)
    if outcome.plan is not None:
        out.mkdir()
        write_run(run_inputs(case), outcome, options, out)
        told.violations = [str(v) for v in verify(out, is_published=False).violations]
    return told


class Whole:
    """The whole model of a case, and the optimum of a level beside given earlier values."""

    def __init__(self, scenario: Path) -> None:
        self.instance: Instance = read_case(scenario).instance
        self.compiled: Compiled = compile_model(build(self.instance))

    def is_max(self, level: int) -> bool:
        return self.compiled.objectives[self.instance.goals[level]].is_max

    def optimum(self, values: list[Fraction]) -> tuple[float, float] | None:
        """(value, bound) of level ``len(values)`` where earlier levels keep *values*."""
        name = self.instance.goals[len(values)]
        goal = self.compiled.objectives[name]
        sign = -1.0 if goal.is_max else 1.0
        found = run(self._problem(sign * goal.coefficients, values), PROVED)
        if found.status is not RunStatus.OPTIMAL:
            return None
        scale = goal_of(self.instance, name).scale(self.instance)
        return tuple((sign * x + goal.offset) * scale for x in (found.value, found.bound))

    def _problem(self, cost, values: list[Fraction]) -> Problem:
        model = self.compiled
        matrix, low, high = model.matrix, model.row_lower, model.row_upper
        for name, value in zip(self.instance.goals, values, strict=False):
            goal = model.objectives[name]
            scale = goal_of(self.instance, name).scale(self.instance)
            at = float(value) / scale - goal.offset
            slack = 1e-9 * max(1.0, abs(at))
            matrix = sparse.vstack([matrix, sparse.csr_matrix(goal.coefficients)], format="csr")
            low = np.append(low, at - slack if goal.is_max else -np.inf)
            high = np.append(high, np.inf if goal.is_max else at + slack)
        return Problem(cost, matrix, low, high, model.lower, model.upper, model.is_integer)
