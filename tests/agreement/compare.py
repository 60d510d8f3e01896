"""What the engines do not agree on, in words."""

from fractions import Fraction
from pathlib import Path

from optimizer.solve.outcome import Level
from tests.agreement.engines import Told, Whole, solved
from tests.oracle.case import TinyCase
from tests.oracle.folder import write_case

CLOSE = 2e-6  # of the value: tolerance of the solver, persons in millionths
UNITS = 0.05  # per cent of the value: areas in 0.01 m², at these sizes


def disagreements(case: TinyCase, folder: Path) -> list[str]:
    """Exact (gap 0) and city on *case*: values, bounds of every level, every plan on the way."""
    scenario = write_case(case, folder / "case")
    exact = solved(scenario, "exact", 0.0, folder / "exact")
    city = solved(scenario, "city", 0.01, folder / "city")
    both = {"exact": exact, "city": city}
    found = [f"{name}: {fault}" for name, told in both.items() for fault in told.violations]
    if exact.outcome.plan is None or city.outcome.plan is None:
        return found + _without_plan(exact, city)
    whole = Whole(scenario)
    for name, told in both.items():
        found += [f"{name}: {fault}" for fault in _levels(whole, told)]
    return found + _crossed_on_the_way(whole, exact, city)


def _without_plan(exact: Told, city: Told) -> list[str]:
    statuses = exact.outcome.status, city.outcome.status
    if (exact.outcome.plan is None) == (city.outcome.plan is None):
        return []
    return [f"exact ends {statuses[0]}, city {statuses[1]}"]


def _levels(whole: Whole, told: Told) -> list[str]:
    """Each level against the optimum beside the plan's own earlier values."""
    found: list[str] = []
    levels = told.outcome.levels
    for k, level in enumerate(levels):
        best = whole.optimum([x.value for x in levels[:k]])
        if best is None:
            return [*found, f"{level.name}: HiGHS has no optimum beside the plan's levels"]
        found += _level(level, best, whole.is_max(k), told.outcome.engine == "exact")
    return found


def _level(level: Level, best: tuple[float, float], is_max: bool, is_exact: bool) -> list[str]:
    value, limit = best
    sign = 1.0 if is_max else -1.0
    near = CLOSE * max(1.0, abs(value))
    found = []
    for kind, bound in (("bound", level.bound), ("exact bound", level.exact_bound)):
        if bound is not None and sign * (float(bound) - value) < -near:
            found.append(f"{level.name}: {kind} {float(bound)} crosses the optimum {value}")
    if sign * (float(level.value) - limit) > near:
        found.append(f"{level.name}: value {float(level.value)} beyond the optimum {limit}")
    short = sign * (value - float(level.value))
    if is_exact and short > near + float(level.rounding) + UNITS / 100 * abs(value):
        found.append(f"{level.name}: value {float(level.value)} misses the optimum {value}")
    if level.bound is None:
        found.append(f"{level.name}: no bound")
    return found


def _crossed_on_the_way(whole: Whole, exact: Told, city: Told) -> list[str]:
    """No bound told at any time is beaten by a plan known to either engine."""
    sign = 1 if whole.is_max(0) else -1
    plans, bounds = exact.plans + city.plans, exact.bounds + city.bounds
    best = max((sign * value for value in plans), default=None)
    least = min((sign * bound for bound in bounds), default=None)
    if best is None or least is None or best <= least + Fraction(CLOSE) * max(1, abs(best)):
        return []
    return [f"level 1: bound {float(sign * least)} beaten by a plan of {float(sign * best)}"]
