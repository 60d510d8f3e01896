"""The whole solve in one process: build, compile, and the goals one after the other."""

import contextlib
import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import pyomo.environ as pyo

from models.build import add_goals, build
from models.goal import MAX
from models.instance import Instance
from models.objectives import CLOSING, TIES, goal_of
from optimizer.solve.blocks import Blocks
from optimizer.solve.bounds import Bound
from optimizer.solve.compiled import Compiled, compile_model
from optimizer.solve.crew import Alone, Crew, crew_for
from optimizer.solve.engines import CLOSERS, ENGINES, EXACT_UP_TO, NEARLY_CLOSED, choose, whole
from optimizer.solve.given import offer_given
from optimizer.solve.outcome import Level, Outcome, SolveOptions
from optimizer.solve.search import Held, Report, Search, now


def solve(
    instance: Instance,
    options: SolveOptions,
    report: Report = lambda _kind, _data: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """The best plan of *instance* under *options*, level by level; never raises for a hard case.

    *report* receives ("stage", name), ("engine", [name, why]), ("level", Level) and
    ("plan", Candidate) events.
    """
    begun = now()
    report("stage", "building")
    compiled = _compiled(instance, options.engine)
    engine, why = choose(options.engine, compiled)
    report("engine", [engine, why])
    search = Search(instance, compiled, options, report, should_stop, begun)
    blocks = Blocks(compiled)
    for name, plan in (("given", options.start), ("left", options.left)):
        if plan is not None:
            report(name, offer_given(search, plan))
    with contextlib.closing(_crew(engine, options, blocks)) as crew:
        search.crew = crew
        levels = _levels(search, blocks, engine)
        return _outcome(search, levels, (engine, why))


def _levels(search: Search, blocks: Blocks, engine: str) -> list[Level]:
    """Every goal in order, then the closing ones; what was reached when it was stopped."""
    levels: list[Level] = []
    held: list[tuple[Held, ...]] = []
    asked = len(search.instance.goals)
    is_closed = True
    for name in search.goals:
        if name in TIES and not is_closed:
            break
        is_asked = len(levels) < asked
        search.report("stage", name if is_asked else f"closing: {name}")
        held.append(tuple(search.held))
        bound = (ENGINES if is_asked else CLOSERS)[engine](search, blocks)
        if search.best is None:
            break
        level = _level(search, bound)
        is_closed = is_closed and level.is_closed
        if is_asked:
            levels.append(level)
            search.report("level", level)
        if search.should_stop():
            break
        search.hold()
    if engine == "exact":
        return [_valid(search, k, level, held[k]) for k, level in enumerate(levels)]
    return levels


def _valid(search: Search, k: int, level: Level, held: Sequence[Held]) -> Level:
    """*level* with a bound beside the values of the last plan, which was proved beside *held*."""
    if search.should_stop() or not search.is_loosened(held):
        return level
    with search.beside_the_best(k):
        found, proved = whole(search)
        return _level(search, Bound(found.bound, proved))


def _crew(engine: str, options: SolveOptions, blocks: Blocks) -> Crew:
    if engine == "exact":
        return Alone()
    return crew_for(options.cluster, options.workers, len(blocks.hosts))


def _compiled(instance: Instance, engine: str) -> Compiled:
    """The arrays of *instance*; with a tie-break where a model is small enough to prove ties."""
    gc.disable()
    try:
        model = build(instance, goals=(*instance.goals, *CLOSING))
        if engine == "exact" or sum(map(len, model.component_objects(pyo.Var))) <= EXACT_UP_TO:
            add_goals(model, instance, TIES)
        return compile_model(model)
    finally:
        gc.enable()


def _level(search: Search, bound: Bound) -> Level:
    assert search.best is not None
    wall_s, cpu_s = search.spent
    is_small = search.compiled.width <= EXACT_UP_TO
    is_near = is_small or search.is_within(bound.claimed, NEARLY_CLOSED)
    claimed, certified = search.value_of(bound.claimed), search.certified_value_of(bound.certified)
    return Level(
        name=search.goal_name,
        value=search.best.values[search.level],
        bound=search.tighter(claimed, certified),
        wall_s=wall_s,
        cpu_s=cpu_s,
        rounding=search.rounding() if is_near and not search.should_stop() else Fraction(0),
        exact_bound=certified,
    )


def _outcome(search: Search, levels: list[Level], engine: tuple[str, str]) -> Outcome:
    best, (wall_s, cpu_s) = search.best, search.spent
    if best is not None:
        levels = [_ending(search, level, best.values[k]) for k, level in enumerate(levels)]
        levels += [
            Level(name, best.values[k], None, 0.0, 0.0)
            for k, name in enumerate(search.instance.goals)
            if k >= len(levels)
        ]
    wide = tuple(level.name for level in levels if not _is_within(level, search.options.level_gap))
    return Outcome(
        status=_status(search, levels, wide),
        plan=None if best is None else best.plan,
        levels=tuple(levels),
        engine=engine[0],
        why_engine=engine[1],
        wide_levels=wide,
        wall_s=wall_s,
        cpu_s=cpu_s,
    )


def _ending(search: Search, level: Level, value: Fraction) -> Level:
    """*level* with the *value* of the last plan, and no bound tighter than it.

    A later level may trade millionths of persons of one goal for a little of the next.
    """
    worst = max if goal_of(search.instance, level.name).sense == MAX else min
    bounds = (level.bound, level.exact_bound)
    bound, certified = (None if found is None else worst(found, value) for found in bounds)
    return replace(level, value=value, bound=bound, exact_bound=certified)


def _is_within(level: Level, gap: float) -> bool:
    if level.bound is None:
        return False
    return abs(level.bound - level.value) <= abs(level.value) * Fraction(gap) or level.is_closed


def _status(search: Search, levels: list[Level], wide: tuple[str, ...]) -> str:
    if search.best is None:
        return "no_plan"
    if search.should_stop():
        return "stopped"
    if not wide and all(level.is_closed for level in levels):
        return "optimal"
    return "feasible"
