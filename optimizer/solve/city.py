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
from optimizer.solve.lagrange import Round, load, price_all
from optimizer.solve.pool import Pool
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, run
from optimizer.solve.split import Split, split, without_dominated
from optimizer.solve.start import insert, screen
from optimizer.solve.tiles import relaxed_by_tiles
from optimizer.solve.windows import improve

ROUNDS = 12
STEP = 0.4  # of the way from the best prices to the pool's
PACK_AFTER = (2, 5, 9)  # rounds
ACCURACY = 2e-4  # of the goal, that all blocks together may be off by
CONVERGED = 1e-3  # of the goal, between the bound and the pool's relaxation
PRICING = Limits(gap=0.0, nodes=200)
PACKING = Limits(gap=1e-4, nodes=300, stall_nodes=200)


@dataclass
class _Level:
    """What the rounds of one level have come to."""

    search: Search
    cut: Split
    pool: Pool
    prices: Floats
    bound: float = -np.inf

    @property
    def is_done(self) -> bool:
        """The gap is reached or the time is over."""
        return self.search.should_stop() or self.search.is_within_gap(self.bound)


def city(search: Search, blocks: Blocks, crew: Crew) -> Bound:
    """The best plan the rounds and windows find at a level, and its bound in model units."""
    if search.best is None:
        _begin(search, blocks)
    cut = _cut(search)
    search.report("stage", "prices")
    relaxed = relaxed_by_tiles(cut, Limits(), search.should_stop)
    load(crew, cut)
    search.report("stage", "rounds")
    if search.best is None:
        found = price_all(
            crew, cut, relaxed.prices, _accuracy(search, cut, 1.0), search.should_stop
        )
        return Bound() if found is None else Bound(found.bound)
    level = _Level(search, cut, Pool(cut, _settled(search, cut)), relaxed.prices)
    _rounds(level, crew)
    if not level.is_done:
        search.report("stage", "windows")
        improve(search, blocks, level.bound, np.maximum(relaxed.point, level.pool.support()))
    return Bound(level.bound, _proved(level))


def _proved(level: _Level) -> Fraction | None:
    """What the best prices prove with every block relaxed, exactly; None out of time."""
    if level.search.should_stop():
        return None
    level.search.report("stage", "certifying")
    return exact_lower_bound(level.cut.problem, duals_at(level.cut, level.prices))


def _begin(search: Search, blocks: Blocks) -> None:
    """Hosts that can, to standard at least cost one by one: a plan long before the first packing.

    At 2,400 hosts two rounds and a packing take ten minutes, and nothing was planned in them.
    """
    search.report("stage", "screening")
    screened = screen(search, blocks)
    search.report("stage", "insertion")
    insert(search, blocks, screened)


def _cut(search: Search) -> Split:
    problem = without_dominated(search.problem(search.cost_of(search.goal_name)))
    return split(problem, search.compiled.owners, len(search.compiled.rows))


def _settled(search: Search, cut: Split) -> Floats:
    """The best plan within the level's boxes: columns fixed as dominated give way."""
    assert search.best is not None
    return np.clip(search.best.point, cut.problem.lower, cut.problem.upper)


def _rounds(level: _Level, crew: Crew) -> None:
    """Price, take the columns in, move the prices; pack now and then and at the end."""
    prices = level.prices
    for count in range(1, ROUNDS + 1):
        found = _round(level, crew, prices, count)
        if found is None or level.is_done:
            break
        relaxed = run(level.pool.problem(is_whole=False), Limits())
        if relaxed.duals is None:
            break
        if relaxed.value - level.bound <= CONVERGED * _size(level.search, level.bound):
            break
        if count in PACK_AFTER:
            _pack(level)
            if level.is_done:
                return
        ours = relaxed.duals[: len(level.cut.linking)]
        prices = level.prices + STEP * (ours - level.prices)
    _pack(level)


def _round(level: _Level, crew: Crew, prices: Floats, count: int) -> Round | None:
    search = level.search
    limits = _accuracy(search, level.cut, _size(search, level.bound))
    found = price_all(crew, level.cut, prices, limits, search.should_stop)
    if found is None:
        return None
    if found.bound > level.bound:
        level.bound, level.prices = found.bound, found.prices
    level.pool.add(found.point)
    _report(level, count)
    return found


def _report(level: _Level, count: int) -> None:
    search = level.search
    bound = search.value_of(level.bound)
    if bound is None or search.best is None:
        return
    value = search.best.values[search.level]
    gap = str(abs(bound - value) / abs(value)) if value else None
    said = {"round": count, "rounds": ROUNDS, "bound": str(bound), "gap": gap}
    search.report("round", {"name": search.goal_name} | said)


def _pack(level: _Level) -> None:
    """The best packing of the pool, offered as a plan."""
    search = level.search
    settled = _settled(search, level.cut)
    level.pool.add(settled)
    search.report("stage", "packing")
    problem = level.pool.problem(is_whole=True)
    limits = replace(PACKING, absolute_gap=search.absolute_gap())
    found = search.run(problem, limits, level.pool.start(settled))
    if found.point is not None:
        search.offer(level.pool.point(found.point))


def _accuracy(search: Search, cut: Split, size: float) -> Limits:
    left = search.seconds_left
    share = ACCURACY * size / max(1, len(cut.hosts))
    return replace(PRICING, absolute_gap=max(1e-6, share), seconds=left)


def _size(search: Search, bound: float) -> float:
    """The goal's size in model units, never 0."""
    assert search.best is not None
    value = float(search.cost_of(search.goal_name) @ search.best.point)
    return max(abs(value), abs(bound) if np.isfinite(bound) else 0.0, 1e-6)
