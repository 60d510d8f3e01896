"""The state of one solve: the compiled model, the goals already held, and the best exact plan."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from scipy import sparse

from models.instance import Instance
from models.objectives import CLOSING, TIES, goal_of
from models.plan import Plan
from optimizer.refits import after
from optimizer.solve.arrays import Bools, Floats
from optimizer.solve.bounds import outward, outward_exact
from optimizer.solve.compiled import COORDINATOR, Compiled
from optimizer.solve.crew import Alone, Crew
from optimizer.solve.decode import plan_at
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.part import Part, part_of
from optimizer.solve.reduction import without_fixed
from optimizer.solve.session import Limits, Problem, Run, RunStatus, run
from optimizer.solve.units import differing, in_units

Report = Callable[[str, Any], None]


@dataclass(frozen=True)
class Candidate:
    """A feasible point on the exact grid, its plan, and the exact value of every goal.

    ``spent`` is (wall, CPU) seconds of the search until it was found.
    """

    point: Floats
    plan: Plan
    values: tuple[Fraction, ...]
    spent: tuple[float, float]


@dataclass(frozen=True)
class Held:
    """A goal of an earlier level, kept no worse than attained (row K8)."""

    coefficients: Floats
    lower: float
    upper: float


def now() -> tuple[float, float]:
    """(Wall, CPU) clocks of this process, in seconds."""
    return time.monotonic(), time.process_time()


class Search:
    """What every engine works on. ``offer`` is the only way to a better plan.

    The limit and all that is ``spent`` count from *begun*, so building the model does too.
    """

    def __init__(
        self,
        instance: Instance,
        compiled: Compiled,
        options: SolveOptions,
        report: Report,
        should_stop: Callable[[], bool],
        begun: tuple[float, float] | None = None,
    ) -> None:
        self.instance, self.compiled, self.options = instance, compiled, options
        self.report = report
        closing = (g for g in CLOSING if g != instance.goals[-1])
        self.goals = (*instance.goals, *closing, *(g for g in TIES if g in compiled.objectives))
        self._asked_to_stop = should_stop
        self.started, self.cpu_started = begun or now()
        self.crew: Crew = Alone()
        self.best: Candidate | None = None
        self.level = 0
        self.points: list[sparse.csr_matrix] = []  # of whole columns, of all levels until now
        self.held: list[Held] = []
        self._matrix = compiled.matrix  # with a row a held goal
        self._by_column: sparse.csc_matrix | None = None
        self.attained: list[Fraction] = []

    # -- clock ---------------------------------------------------------------------------------

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the limit over all levels; None without a limit."""
        if self.options.seconds is None:
            return None
        return self.options.seconds - (time.monotonic() - self.started)

    def should_stop(self) -> bool:
        """The user asked, or the time is over."""
        left = self.seconds_left
        return self._asked_to_stop() or (left is not None and left <= 0)

    @property
    def lacks_a_plan(self) -> bool:
        """Half of a time limit is used and no plan has anything of the level's goal."""
        left = self.seconds_left
        is_late = left is not None and 2 * left <= (self.options.seconds or 0)
        return is_late and not (self.best and self.best.values[self.level])

    @property
    def spent(self) -> tuple[float, float]:
        """(Wall, CPU) seconds until now, those of the crew included."""
        wall_s, cpu_s = now()
        return wall_s - self.started, cpu_s - self.cpu_started + self.crew.cpu_s

    # -- problems ------------------------------------------------------------------------------

    @property
    def goal_name(self) -> str:
        """Goal of the current level."""
        return self.goals[self.level]

    def cost_of(self, goal: str) -> Floats:
        """Coefficients to minimise for *goal*."""
        objective = self.compiled.objectives[goal]
        return -objective.coefficients if objective.is_max else objective.coefficients

    def problem(
        self,
        cost: Floats,
        *,
        free: Bools | None = None,
        at: Floats | None = None,
        lower: Floats | None = None,
        upper: Floats | None = None,
    ) -> Problem:
        """The model with the held goals; columns that are not *free* stand as in *at*."""
        compiled = self.compiled
        lower = compiled.lower if lower is None else lower
        upper = compiled.upper if upper is None else upper
        if free is not None and at is not None:
            lower, upper = np.where(free, lower, at), np.where(free, upper, at)
        low = np.append(compiled.row_lower, [row.lower for row in self.held])
        high = np.append(compiled.row_upper, [row.upper for row in self.held])
        return Problem(cost, self._matrix, low, high, lower, upper, compiled.is_integer)

    def part(self, cost: Floats, free: Bools, at: Floats) -> Part:
        """The *free* columns of the level at *cost*, the others as in *at*."""
        if self._by_column is None:
            self._by_column = self._matrix.tocsc()
        return part_of(self.problem(cost), self._by_column, free, at)

    def run(self, problem: Problem, limits: Limits, start: Floats | None = None) -> Run:
        """Run *problem* without its fixed columns; points come back whole."""
        left = self.seconds_left
        if left is not None:
            limits = replace(limits, seconds=min(left, limits.seconds or left))
        limits = replace(limits, threads=self.options.threads, seed=self.options.seed)
        small, whole = without_fixed(problem)
        if not whole.is_possible:
            return Run(RunStatus.INFEASIBLE, None, np.inf, -np.inf)
        if not len(small.cost):
            return Run(RunStatus.OPTIMAL, whole.fixed, whole.constant, whole.constant)
        found = run(
            small,
            limits,
            start=None if start is None else start[whole.free],
            should_stop=self.should_stop,
        )
        if found.point is None:
            return found
        return replace(
            found,
            point=whole.lift(found.point),
            value=found.value + whole.constant,
            bound=found.bound + whole.constant,
        )

    def value_of(self, bound: float) -> Fraction | None:
        """A bound on the minimised cost of the level as one on the goal, on the goal's step."""
        goal = goal_of(self.instance, self.goal_name)
        objective = self.compiled.objectives[self.goal_name]
        shown = ((-bound if objective.is_max else bound) + objective.offset) * goal.scale(
            self.instance
        )
        assert self.best is not None
        value = self.best.values[self.level]
        found = outward(shown, objective.is_max, goal.step(self.instance), value)
        is_amount = goal.sense == "min" and self.goal_name not in self.instance.weights
        return max(found, Fraction(0)) if is_amount and found is not None else found

    def tighter(self, claimed: Fraction | None, certified: Fraction | None) -> Fraction | None:
        """The tighter of two bounds on the level's goal; what is *certified* needs no claim."""
        if claimed is None or certified is None:
            return claimed
        is_max = self.compiled.objectives[self.goal_name].is_max
        return min(claimed, certified) if is_max else max(claimed, certified)

    def certified_value_of(self, bound: Fraction | None) -> Fraction | None:
        """The same of a bound in exact arithmetic; None where there is none."""
        if bound is None or self.best is None:
            return None
        goal = goal_of(self.instance, self.goal_name)
        objective = self.compiled.objectives[self.goal_name]
        exact = (-bound if objective.is_max else bound) + Fraction(objective.offset)
        shown = exact * Fraction(goal.scale(self.instance))
        value = self.best.values[self.level]
        return outward_exact(shown, objective.is_max, goal.step(self.instance), value)

    def is_within_gap(self, bound: float) -> bool:
        """The best plan is within the gap asked for of *bound*."""
        return self.is_within(bound, self.options.level_gap)

    def is_within(self, bound: float, gap: float) -> bool:
        """The best plan is within *gap* of *bound*."""
        if self.best is None:
            return False
        limit = self.value_of(bound)
        if limit is None:
            return False
        value = self.best.values[self.level]
        return abs(limit - value) <= abs(value) * Fraction(gap)

    def rounding(self) -> Fraction:
        """What rounding areas to 0.01 m² took from the level's goal at these 0/1 choices."""
        assert self.best is not None
        if goal_of(self.instance, self.goal_name).step(self.instance):
            return Fraction(0)
        ends = np.where(self.compiled.is_integer, self.best.point, np.nan)
        problem = self.problem(
            self.cost_of(self.goal_name),
            lower=np.where(np.isnan(ends), self.compiled.lower, ends),
            upper=np.where(np.isnan(ends), self.compiled.upper, ends),
        )
        unrounded = self.run(problem, Limits()).bound
        ideal = self.value_of(unrounded)
        return Fraction(0) if ideal is None else abs(ideal - self.best.values[self.level])

    def absolute_gap(self) -> float:
        """Distance at which a goal with a step is decided, in model units."""
        step = goal_of(self.instance, self.goal_name).step(self.instance)
        return 0.99 * float(step) if step else 1e-6

    # -- plans ---------------------------------------------------------------------------------

    def offer(self, point: Floats | None) -> bool:
        """Round *point* to an exact plan and keep it if it is better; True if it was kept."""
        if point is None:
            return False
        for rounded in self._rounded(point):
            candidate = self._candidate(rounded)
            if candidate is not None and not self._missing(candidate):
                return self._keep(candidate)
        return False

    def _rounded(self, point: Floats) -> Iterator[Floats | None]:
        """*point*, then with areas in whole units: of the hosts that changed, of all."""
        yield point
        amounts = ~self.compiled.is_integer
        yield in_units(self, point, differing(self, point) & amounts)
        yield in_units(self, point, amounts)

    def _candidate(self, point: Floats | None) -> Candidate | None:
        found = None if point is None else plan_at(self.instance, self.compiled, point)
        if found is None:
            return None
        plan, exact = found
        built = after(self.instance, plan.host_of)
        values = tuple(goal_of(built, g).value(plan, built) for g in self.goals)
        return Candidate(exact, plan, values, self.spent)

    def _missing(self, candidate: Candidate) -> bool:
        """*candidate* falls short of a held level by more than millionths of persons."""
        return any(
            self._worse(k, attained, candidate.values[k]) > self._tolerance(k, candidate)
            for k, attained in enumerate(self.attained)
        )

    def _tolerance(self, level: int, candidate: Candidate) -> Fraction:
        return goal_of(self.instance, self.goals[level]).tolerance(candidate.plan, self.instance)

    def _worse(self, level: int, ours: Fraction, theirs: Fraction) -> Fraction:
        is_max = goal_of(self.instance, self.goals[level]).sense == "max"
        return ours - theirs if is_max else theirs - ours

    def _keep(self, candidate: Candidate) -> bool:
        if self.best is not None:
            for k in range(len(candidate.values)):
                worse = self._worse(k, self.best.values[k], candidate.values[k])
                if k < self.level and abs(worse) <= self._tolerance(k, candidate):
                    continue
                if worse > 0:
                    return False
                if worse < 0:
                    break
            else:
                return False
        self.best = candidate
        self.report("plan", candidate)
        return True

    def shrink(self) -> None:
        """Offer the best plan's 0/1 choices with areas and persons decided for this level."""
        if self.best is not None:
            at = self.best.point
            problem = self.problem(
                self.cost_of(self.goal_name), free=~self.compiled.is_integer, at=at
            )
            self.offer(self.run(problem, Limits()).point)

    # -- levels --------------------------------------------------------------------------------

    def hold(self) -> None:
        """End the current level: its goal may not get worse from here on (K8)."""
        if self.best is None:
            raise RuntimeError("a level cannot be held without a plan")
        self.held = [self._loosened(k) for k in range(self.level)]
        self._settle()
        self.attained.append(self.best.values[self.level])
        self.held.append(self._attained(self.level))
        row = sparse.csr_matrix(self.held[-1].coefficients[np.newaxis, :])
        self._matrix, self._by_column = sparse.vstack([self._matrix, row], format="csr"), None
        self.level += 1

    def is_loosened(self, before: Sequence[Held]) -> bool:
        """The best plan falls short of rows *before* that were held, by millionths of persons."""
        now = [self._loosened(k) for k in range(len(before))]
        return any(
            new.lower < old.lower or new.upper > old.upper
            for new, old in zip(now, before, strict=True)
        )

    @contextmanager
    def beside_the_best(self, level: int) -> Iterator[None]:
        """An ended *level* once more, beside what the best plan has of the levels before it."""
        now = self.level, self.held, self._matrix
        self.level, self.held = level, [self._loosened(k) for k in range(level)]
        self._matrix = self._matrix[: len(self.compiled.rows) + level]
        self._by_column = None
        try:
            yield
        finally:
            (self.level, self.held, self._matrix), self._by_column = now, None

    def _attained(self, level: int) -> Held:
        """The goal of *level* no worse than the exact value of the best plan."""
        assert self.best is not None
        name = self.goals[level]
        goal, objective = goal_of(self.instance, name), self.compiled.objectives[name]
        value = float(self.best.values[level]) / goal.scale(self.instance) - objective.offset
        step = goal.step(self.instance)
        slack = float(step) / 2 if step else 0.0
        low, high = (value - slack, np.inf) if objective.is_max else (-np.inf, value + slack)
        return Held(objective.coefficients, low, high)

    def _loosened(self, level: int) -> Held:
        """The row of an earlier *level* as far as the best plan itself keeps it.

        Persons are cut to millionths: the plan of a later level may fall short of an earlier one
        by them, and no plan would then have both what it lacks there and what it gains here.
        """
        row, now = self.held[level], self._attained(level)
        return replace(row, lower=min(row.lower, now.lower), upper=max(row.upper, now.upper))

    def _settle(self) -> None:
        """Let columns that only account (choices, areas, persons fixed) show the goal in full."""
        assert self.best is not None
        decided = self.compiled.is_integer.copy()
        decided[self.compiled.owned_by.get(COORDINATOR, [])] = False
        for name in ("area", *self.compiled.followers):
            decided[self.compiled.columns_of.get(name, [])] = True
        problem = self.problem(self.cost_of(self.goal_name), free=~decided, at=self.best.point)
        settled = self.run(problem, Limits(gap=0.0)).point
        if settled is not None:
            self.best = replace(self.best, point=settled)
