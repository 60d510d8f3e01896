"""The city engine: prices before columns, rounds of blocks, plans from what the blocks would do.

Every round prices all hosts, which gives a bound that is valid whatever the prices are, and a
column a host; the relaxation of the columns gives the next prices. Rounds of relaxed hosts, of
milliseconds each, come to the prices of the linear relaxation; rounds of whole hosts then to those
of whole columns, of which plans are packed. (Hosts joined into neighbourhoods have a stronger bound
and fewer plans: their columns do not go together.) The rest is looked for in windows. Nothing here
knows a family or a goal by name.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from scipy import sparse

from optimizer.solve.arrays import Floats
from optimizer.solve.blocks import Blocks
from optimizer.solve.bounds import Bound
from optimizer.solve.certificate import duals_at, exact_lower_bound
from optimizer.solve.lagrange import Pricer
from optimizer.solve.packing import offer_packed
from optimizer.solve.pool import Pool
from optimizer.solve.pricing import RELAXED
from optimizer.solve.rens import NARROW, SUPPORT, offer_sweeps
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, run
from optimizer.solve.split import Split, split, without_dominated
from optimizer.solve.start import offer_musts
from optimizer.solve.windows import improve

RELAXED_ROUNDS = 40
RELAXED_STEP = 0.7  # of the way from the best prices to the pool's
ROUNDS = 30
STEP = 0.4
ACCURACY = 5e-4  # of the goal, that all hosts together may be off by
CONVERGED = 5e-4  # of the goal, between the bound and the pool's relaxation
SHARE_OF_GAP = 0.1  # of what is between them, that all hosts together may be off by
FIRST_GAP = 0.05  # of the goal, before there is one
PRICING = Limits(gap=1e-4, nodes=20, is_quick=True)
LIKELY = 0.3  # of a column that some relaxed host had so much of


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
    gap: float = np.inf  # between the bound and the pool's relaxation

    @property
    def is_done(self) -> bool:
        """The gap is reached or the time is over."""
        return self.search.should_stop() or self.search.is_within_gap(self.bound)


def city(search: Search, blocks: Blocks) -> Bound:
    """The best plan the rounds and windows find at a level, and its bound in model units."""
    cut = _cut(search)
    if search.best is None:
        search.report("stage", "musts")
        offer_musts(search, blocks)
    free = np.zeros(len(cut.linking))
    level = _Level(search, cut, Pricer(search.crew, cut), free, free, _settled(search, cut))
    found = _relaxed_rounds(level)
    if search.best is not None and not level.is_done:
        found = np.maximum(found, _rounds(level))
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


def _relaxed_rounds(level: _Level) -> Floats:
    """The prices of the linear relaxation, nearly; the most any relaxed block had of a column."""
    level.search.report("stage", "prices")
    pool = Pool(level.cut, _settled(level.search, level.cut))
    for _ in range(RELAXED_ROUNDS):
        if level.is_done or level.search.lacks_a_plan:
            break
        if not _step(level, pool, RELAXED, RELAXED_STEP):
            break
    seen = np.maximum(level.point, pool.most())
    if not level.is_done:
        level.search.report("stage", "plan")
        wanted = (level.point > SUPPORT) | (seen > LIKELY)
        offer_sweeps(level.search, level.cut, level.prices, level.point, wanted, NARROW)
    return seen


def _rounds(level: _Level) -> Floats:
    """Price, take the columns in, move the prices, pack a plan; what the columns have."""
    search = level.search
    search.report("stage", "rounds")
    pool = Pool(level.cut, _settled(search, level.cut))
    for point in search.points:
        pool.add(recalled(point, level.cut))
    level.gap, level.tried = np.inf, level.prices
    for count in range(1, ROUNDS + 1):
        if level.is_done:
            break
        pool.add(_settled(search, level.cut))
        goes_on = _step(level, pool, _accuracy(level), STEP)
        _report(level, count)
        if not level.is_done:
            offer_packed(search, pool)
        if not goes_on:
            break
    return pool.most()


def recalled(point: sparse.csr_matrix, cut: Split) -> Floats:
    """Columns of an earlier level as ones of this: dominated entries give way, no row breaks."""
    found: Floats = np.clip(point.toarray().ravel(), cut.problem.lower, cut.problem.upper)
    return found


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
    if limits.whole:
        level.search.points.append(sparse.csr_matrix(found.point))
    packed = run(pool.problem(), Limits(), should_stop=stop)
    if packed.duals is None or packed.point is None:
        return False
    level.point = pool.point(packed.point)
    level.tried = level.prices + step * (packed.duals[: len(cut.linking)] - level.prices)
    level.gap = max(0.0, packed.value - level.bound)
    return level.gap > CONVERGED * _size(level)


def _report(level: _Level, count: int) -> None:
    search = level.search
    bound = search.value_of(level.bound)
    if bound is None or search.best is None:
        return
    value = search.best.values[search.level]
    gap = str(abs(bound - value) / abs(value)) if value else None
    said = {"round": count, "rounds": ROUNDS, "bound": str(bound), "gap": gap}
    search.report("round", {"name": search.goal_name, "spent": search.spent} | said)


def _accuracy(level: _Level) -> Limits:
    """What all hosts together may be off by, in equal parts: little beside what is still open."""
    size = _size(level)
    off = max(ACCURACY * size, SHARE_OF_GAP * min(level.gap, FIRST_GAP * size))
    share = max(1e-6, off / max(1, len(level.cut.hosts)))
    return replace(PRICING, absolute_gap=share, seconds=level.search.seconds_left)


def _size(level: _Level) -> float:
    """The goal's size in model units, never 0."""
    search, bound = level.search, level.bound
    cost = search.cost_of(search.goal_name)
    value = 0.0 if search.best is None else float(cost @ search.best.point)
    return max(abs(value), abs(bound) if np.isfinite(bound) else 0.0, 1e-6)
