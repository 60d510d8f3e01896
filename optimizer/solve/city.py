"""The city engine: prices before columns, rounds of blocks, plans from what the blocks would do.

Every round prices all blocks, which gives a bound that is valid whatever the prices are, and a
column a block; the relaxation of the columns gives the next prices. Rounds of single relaxed hosts,
of milliseconds each, come to the prices of the linear relaxation. Then neighbours are joined into
neighbourhoods that are decided whole: who may have a building, and who opens for whom, is inside a
block then, where a relaxation has a little of everything. Plans are looked for among what the
blocks would do, at the prices of what all share; the rest in windows. Nothing here knows a family
or a goal by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from optimizer.solve.arrays import Bools, Floats
from optimizer.solve.blocks import Blocks
from optimizer.solve.bounds import Bound
from optimizer.solve.certificate import duals_at, exact_lower_bound
from optimizer.solve.clusters import clusters
from optimizer.solve.crew import Crew
from optimizer.solve.lagrange import Pricer
from optimizer.solve.pool import Pool
from optimizer.solve.pricing import RELAXED
from optimizer.solve.rens import NARROW, SUPPORT, WIDE, Sweep, offer_sweeps
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, run
from optimizer.solve.split import Split, joined, split, without_dominated
from optimizer.solve.start import offer_musts
from optimizer.solve.windows import improve

RELAXED_ROUNDS = 40
RELAXED_STEP = 0.7  # of the way from the best prices to the pool's
ROUNDS = 12
STEP = 0.4
ACCURACY = 5e-4  # of the goal, that all blocks together may be off by
CONVERGED = 5e-4  # of the goal, between the bound and the pool's relaxation
PRICING = Limits(gap=1e-3, nodes=50, is_quick=True)
BLOCK_COLUMNS = 1_000  # 0/1 columns of a neighbourhood
FIRST = (*NARROW, *WIDE)  # plans after the first round
LIKELY = 0.3  # of a column that some relaxed block had so much of


@dataclass
class _Level:
    """What the rounds of one level have come to."""

    search: Search
    cut: Split
    pricer: Pricer
    prices: Floats  # that gave the bound
    tried: Floats  # of the next round
    point: Floats  # fractional: where a plan is looked for
    bound: float = -np.inf

    @property
    def is_done(self) -> bool:
        """The gap is reached or the time is over."""
        return self.search.should_stop() or self.search.is_within_gap(self.bound)


def city(search: Search, blocks: Blocks, crew: Crew) -> Bound:
    """The best plan the rounds and windows find at a level, and its bound in model units."""
    cut = _cut(search)
    if search.best is None:
        search.report("stage", "musts")
        offer_musts(search, blocks)
    free = np.zeros(len(cut.linking))
    level = _Level(search, cut, Pricer(crew, cut), free, free, _settled(search, cut))
    found = _relaxed_rounds(level)
    if search.best is not None and not level.is_done:
        found = np.maximum(found, _rounds(_of_neighbourhoods(level, crew), level))
    if search.best is not None and not level.is_done:
        search.report("stage", "windows")
        improve(search, blocks, level.bound, found)
    return Bound(level.bound, _proved(level))


def _proved(level: _Level) -> Fraction | None:
    """What the best prices prove with every block relaxed, exactly; None out of time."""
    if level.search.should_stop():
        return None
    level.search.report("stage", "certifying")
    return exact_lower_bound(level.cut.problem, duals_at(level.cut, level.prices))


def _cut(search: Search) -> Split:
    problem = without_dominated(search.problem(search.cost_of(search.goal_name)))
    return split(problem, search.compiled.owners, len(search.compiled.rows))


def _settled(search: Search, cut: Split) -> Floats:
    """The best plan, or nothing, within the level's boxes: dominated columns give way."""
    found = np.zeros(len(cut.problem.cost)) if search.best is None else search.best.point
    return np.clip(found, cut.problem.lower, cut.problem.upper)


def _plan(level: _Level, prices: Floats, wanted: Bools, sweeps: Sequence[Sweep]) -> None:
    """Plans of the *wanted* columns at *prices* of the linking rows of single hosts."""
    level.search.report("stage", "plan")
    offer_sweeps(level.search, level.cut, prices, level.point, wanted, sweeps)


def _relaxed_rounds(level: _Level) -> Floats:
    """The prices of the linear relaxation, nearly; the most any relaxed block had of a column."""
    level.search.report("stage", "prices")
    pool = Pool(level.cut, _settled(level.search, level.cut))
    for _ in range(RELAXED_ROUNDS):
        if level.is_done or not _step(level, pool, RELAXED, RELAXED_STEP):
            break
    seen = np.maximum(level.point, pool.most())
    if not level.is_done:
        _plan(level, level.prices, (level.point > SUPPORT) | (seen > LIKELY), NARROW)
    return seen


def _of_neighbourhoods(level: _Level, crew: Crew) -> _Level:
    """The level in larger blocks, from the prices of its single hosts."""
    search, cut = level.search, level.cut
    sizes = np.array([np.count_nonzero(_free(cut)[columns]) for columns in cut.columns])
    groups = list(clusters(cut, sizes, BLOCK_COLUMNS))
    large = joined(cut, groups, len(search.compiled.rows))
    prices = _by_row(cut, level.prices)[large.linking]
    return _Level(search, large, Pricer(crew, large, 1), prices, prices, level.point, level.bound)


def _free(cut: Split) -> Bools:
    """0/1 columns that are not fixed."""
    problem = cut.problem
    free: Bools = problem.is_integer & (problem.upper > problem.lower)
    return free


def _by_row(cut: Split, prices: Floats) -> Floats:
    """*prices* of the linking rows in their places among all rows."""
    found = np.zeros(len(cut.problem.row_lower))
    found[cut.linking] = prices
    return found


def _rounds(level: _Level, hosts: _Level) -> Floats:
    """Price, take the columns in, move the prices, look for a plan; what the columns have.

    *level* is of neighbourhoods, *hosts* the same of single hosts, which gets the bound.
    """
    level.search.report("stage", "rounds")
    pool = Pool(level.cut, _settled(level.search, level.cut))
    for count in range(1, ROUNDS + 1):
        if level.is_done:
            break
        pool.add(_settled(level.search, level.cut))
        goes_on = _step(level, pool, _accuracy(level), STEP)
        hosts.bound = max(hosts.bound, level.bound)
        _report(level, count)
        if not level.is_done:
            prices = _by_row(level.cut, level.prices)[hosts.cut.linking]
            _plan(
                hosts,
                prices,
                (pool.most() > SUPPORT) | (hosts.point > SUPPORT),
                FIRST if count == 1 else NARROW,
            )
        if not goes_on:
            break
    return pool.most()


def _step(level: _Level, pool: Pool, limits: Limits, step: float) -> bool:
    """One round into *pool* and its relaxation; False where there is no more to gain."""
    cut, stop = level.cut, level.search.should_stop
    known = pool if limits.whole else None
    found = level.pricer.price(level.tried, limits, stop, known)
    if found is None:
        return False
    if found.bound > level.bound:
        level.bound, level.prices = found.bound, found.prices
    pool.add(found.point)
    packed = run(pool.problem(), Limits(), should_stop=stop)
    if packed.duals is None or packed.point is None:
        return False
    level.point = pool.point(packed.point)
    level.tried = level.prices + step * (packed.duals[: len(cut.linking)] - level.prices)
    return packed.value - level.bound > CONVERGED * _size(level)


def _report(level: _Level, count: int) -> None:
    search = level.search
    bound = search.value_of(level.bound)
    if bound is None or search.best is None:
        return
    value = search.best.values[search.level]
    gap = str(abs(bound - value) / abs(value)) if value else None
    said = {"round": count, "rounds": ROUNDS, "bound": str(bound), "gap": gap}
    search.report("round", {"name": search.goal_name} | said)


def _accuracy(level: _Level) -> Limits:
    share = ACCURACY * _size(level) / max(1, len(level.cut.hosts))
    return replace(PRICING, absolute_gap=max(1e-6, share), seconds=level.search.seconds_left)


def _size(level: _Level) -> float:
    """The goal's size in model units, never 0."""
    search, bound = level.search, level.bound
    cost = search.cost_of(search.goal_name)
    value = 0.0 if search.best is None else float(cost @ search.best.point)
    return max(abs(value), abs(bound) if np.isfinite(bound) else 0.0, 1e-6)
