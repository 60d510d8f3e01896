"""The city engine: prices before columns, one pricing of all hosts a round, packings of the pool.

At each level the linking rows get prices from the linear relaxation (of tiles, for a large city);
every round prices all hosts, which gives a bound that is valid whatever the prices are, and a
column a host; the pool of columns gives the next prices as an LP and plans as a MIP. What is left
to gain is looked for in windows. Nothing here knows a family or a goal by name.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from optimizer.solve.blocks import Blocks
from optimizer.solve.bounds import Bound
from optimizer.solve.certificate import duals_at, exact_lower_bound
from optimizer.solve.compiled import Floats
from optimizer.solve.crew import Crew
from optimizer.solve.lagrange import best_of_each, load, price_all
from optimizer.solve.pool import Pool
from optimizer.solve.pricing import RELAXED
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, run
from optimizer.solve.split import Split, split, without_dominated
from optimizer.solve.start import insert, lean_costs, offer_musts
from optimizer.solve.tiles import relaxed_by_tiles
from optimizer.solve.windows import improve

RELAXED_ROUNDS = 12
ROUNDS = 12
STEP = 0.4  # of the way from the best prices to the pool's
PACK_AFTER = (2, 6)  # rounds, and after the last
ACCURACY = 5e-4  # of the goal, that all blocks together may be off by
CONVERGED = 1e-3  # of the goal, between the bound and the pool's relaxation
PRICING = Limits(gap=0.0, nodes=200, is_small=True)
PACKING = Limits(gap=5e-4, nodes=300, stall_nodes=200)


@dataclass
class _Level:
    """What the rounds of one level have come to."""

    search: Search
    cut: Split
    prices: Floats
    bound: float = -np.inf

    @property
    def is_done(self) -> bool:
        """The gap is reached or the time is over."""
        return self.search.should_stop() or self.search.is_within_gap(self.bound)


def city(search: Search, blocks: Blocks, crew: Crew) -> Bound:
    """The best plan the rounds and windows find at a level, and its bound in model units."""
    cut = _cut(search)
    if search.best is None:
        _begin(search, blocks, cut, crew)
    search.report("stage", "prices")
    relaxed = relaxed_by_tiles(cut, crew, search.should_stop)
    load(crew, cut)
    level = _Level(search, cut, relaxed.prices)
    if search.best is None:
        found = price_all(crew, cut, level.prices, _accuracy(level), search.should_stop)
        return Bound() if found is None else Bound(found.bound)
    support = np.maximum(relaxed.point, _relaxed_rounds(level, crew))
    pool = Pool(cut, _settled(level))
    _rounds(level, crew, pool)
    if not level.is_done:
        search.report("stage", "windows")
        improve(search, blocks, level.bound, np.maximum(support, pool.support()))
    return Bound(level.bound, _proved(level))


def _proved(level: _Level) -> Fraction | None:
    """What the best prices prove with every block relaxed, exactly; None out of time."""
    if level.search.should_stop():
        return None
    level.search.report("stage", "certifying")
    return exact_lower_bound(level.cut.problem, duals_at(level.cut, level.prices))


def _begin(search: Search, blocks: Blocks, cut: Split, crew: Crew) -> None:
    """A plan long before the prices: hosts by what they gain for money."""
    search.report("stage", "insertion")
    offer_musts(search, blocks)
    costs = lean_costs(search, cut)
    if search.best is None or costs is None:
        return
    load(crew, cut)
    found = best_of_each(crew, cut, costs, RELAXED, search.should_stop)
    if found is not None:
        insert(search, blocks, cut, costs, found[0])


def _cut(search: Search) -> Split:
    problem = without_dominated(search.problem(search.cost_of(search.goal_name)))
    return split(problem, search.compiled.owners, len(search.compiled.rows))


def _settled(level: _Level) -> Floats:
    """The best plan within the level's boxes: columns fixed as dominated give way."""
    assert level.search.best is not None
    problem = level.cut.problem
    return np.clip(level.search.best.point, problem.lower, problem.upper)


def _relaxed_rounds(level: _Level, crew: Crew) -> Floats:
    """Better prices from relaxed blocks, which cost a tenth; the fractional point they end at."""
    pool = Pool(level.cut, _settled(level))
    prices: Floats | None = level.prices
    for _ in range(RELAXED_ROUNDS):
        if prices is not None:
            prices = _step(level, crew, pool, prices, RELAXED)
    packed = run(pool.problem(is_whole=False), Limits(), should_stop=level.search.should_stop)
    return _settled(level) if packed.point is None else pool.point(packed.point)


def _rounds(level: _Level, crew: Crew, pool: Pool) -> None:
    """Price, take the columns in, move the prices; pack on the way and at the end."""
    level.search.report("stage", "rounds")
    prices = level.prices
    for count in range(1, ROUNDS + 1):
        moved = _step(level, crew, pool, prices, _accuracy(level))
        _report(level, count)
        if moved is None:
            break
        prices = moved
        if count in PACK_AFTER:
            _pack(level, pool)
    if not level.is_done:
        _pack(level, pool)


def _step(level: _Level, crew: Crew, pool: Pool, prices: Floats, limits: Limits) -> Floats | None:
    """One round into *pool*; prices of the next, None where there is no more to gain."""
    found = price_all(crew, level.cut, prices, limits, level.search.should_stop)
    if found is None:
        return None
    if found.bound > level.bound:
        level.bound, level.prices = found.bound, found.prices
    pool.add(found.point)
    if level.is_done:
        return None
    packed = run(pool.problem(is_whole=False), Limits(), should_stop=level.search.should_stop)
    if packed.duals is None or packed.value - level.bound <= CONVERGED * _size(level):
        return None
    ours = packed.duals[: len(level.cut.linking)]
    return level.prices + STEP * (ours - level.prices)


def _report(level: _Level, count: int) -> None:
    search = level.search
    bound = search.value_of(level.bound)
    if bound is None or search.best is None:
        return
    value = search.best.values[search.level]
    gap = str(abs(bound - value) / abs(value)) if value else None
    said = {"round": count, "rounds": ROUNDS, "bound": str(bound), "gap": gap}
    search.report("round", {"name": search.goal_name} | said)


def _pack(level: _Level, pool: Pool) -> None:
    """The best packing of *pool*, offered as a plan."""
    search, settled = level.search, _settled(level)
    pool.add(settled)
    search.report("stage", "packing")
    limits = replace(PACKING, absolute_gap=search.absolute_gap())
    found = search.run(pool.problem(is_whole=True), limits, pool.start(settled))
    if found.point is not None:
        search.offer(pool.point(found.point))


def _accuracy(level: _Level) -> Limits:
    share = ACCURACY * _size(level) / max(1, len(level.cut.hosts))
    return replace(PRICING, absolute_gap=max(1e-6, share), seconds=level.search.seconds_left)


def _size(level: _Level) -> float:
    """The goal's size in model units, never 0."""
    search, bound = level.search, level.bound
    cost = search.cost_of(search.goal_name)
    value = 0.0 if search.best is None else float(cost @ search.best.point)
    return max(abs(value), abs(bound) if np.isfinite(bound) else 0.0, 1e-6)
