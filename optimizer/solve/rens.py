"""Plans from prices: part by part, everything else as it stands, rows of all hosts at a price.

A part may take all that is left of the money, and pays for it: so each takes what the price is
worth, and what one part leaves the next may have. (Shares of a row by what a relaxation had there
left a third of a city's money unused: a plan of whole hubs needs it elsewhere.) A first sweep
leaves room for what the relaxation wants of the hosts still to come; later ones decide every part
again beside all others, at lower prices. 0/1 columns that are not *wanted* stay at 0. Source:
Berthold, RENS, 2014; formulation.md section 8; performance.md fact 2.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimizer.solve.arrays import Bools, Floats, Ints
from optimizer.solve.clusters import clusters
from optimizer.solve.part import Part, part_of
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, Problem
from optimizer.solve.split import Split, without_dominated


@dataclass(frozen=True)
class Sweep:
    """One pass over all hosts: part of the prices that is paid, 0/1 columns of a part.

    Whole plans cost more than relaxed ones, so the whole price would leave money unused.
    """

    share: float
    size: int


NARROW = (Sweep(1.0, 200), Sweep(0.7, 250), Sweep(0.4, 300))
SUPPORT = 1e-6
PART = Limits(gap=1e-3, absolute_gap=1e-4, nodes=5, is_quick=True)
KEPT = 1e-6  # relative: a row broken by less is kept


def offer_sweeps(
    search: Search,
    cut: Split,
    prices: Floats,
    point: Floats,
    wanted: Bools,
    sweeps: Sequence[Sweep] = NARROW,
) -> bool:
    """Offer plans of the *wanted* columns, from the best or from none; True if one was better.

    *prices* are of the linking rows, *point* is a fractional one.
    """
    problem, is_better = cut.problem, False
    standing: Floats = np.clip(0.0, problem.lower, problem.upper).astype(float)
    ahead: Floats | None = point
    if search.best is not None and search.best.values[search.level]:
        standing, ahead = np.clip(search.best.point, problem.lower, problem.upper), None
    for found in swept(search, cut, prices, standing, ahead, wanted, sweeps):
        is_better |= keeps_rows(problem, found) and search.offer(found)
    return is_better


def swept(
    search: Search,
    cut: Split,
    prices: Floats,
    standing: Floats,
    ahead: Floats | None,
    wanted: Bools,
    sweeps: Sequence[Sweep],
) -> Iterator[Floats]:
    """The point after each of *sweeps*, from the one that is *standing*, until it is stopped.

    The first leaves the hosts still to come the room that they have in *ahead*.
    """
    wanted = wanted | ~cut.problem.is_integer
    for sweep in sweeps:
        priced = replace(cut.problem, cost=_priced(cut, prices * sweep.share))
        found = _sweep(search, cut, priced, standing, ahead, wanted, sweep.size)
        if found is None:
            return
        standing, ahead = found, None
        yield found


def _priced(cut: Split, prices: Floats) -> Floats:
    """Costs of the level with the rows of all hosts at their *prices*."""
    of_all = np.where(cut.is_close, 0.0, prices)
    costs: Floats = cut.problem.cost - cut.shared_by_column @ of_all
    return costs


def _sweep(
    search: Search,
    cut: Split,
    priced: Problem,
    standing: Floats,
    ahead: Floats | None,
    wanted: Bools,
    size: int,
) -> Floats | None:
    """All parts decided one after the other; None where it was stopped."""
    wanted = wanted | (standing > SUPPORT)
    is_open = cut.owner >= 0
    for own in clusters(cut, _sizes(cut, wanted), size):
        if search.should_stop():
            return None
        mine = np.isin(cut.owner, own)
        is_open &= ~mine
        part = part_of(priced, cut.by_column, (mine | (cut.owner < 0)) & wanted, standing)
        problem, start = part.problem, part.start
        if ahead is not None:
            problem = _beside(priced, part, np.where(is_open, ahead - standing, 0.0))
        found = search.run(without_dominated(problem), PART, start).point
        if found is not None:
            standing = part.lift(found)
    return standing


def _sizes(cut: Split, wanted: Bools) -> Ints:
    """0/1 columns of each host that are *wanted*."""
    problem = cut.problem
    free = problem.is_integer & (problem.upper > problem.lower)
    chosen = wanted & free & (cut.owner >= 0)
    return np.bincount(cut.owner[chosen], minlength=len(cut.hosts))


def _beside(priced: Problem, part: Part, ahead: Floats) -> Problem:
    """*part* with the room that the step *ahead* of the hosts still to come would leave it."""
    step = priced.matrix[part.rows] @ ahead
    return replace(
        part.problem,
        row_lower=part.problem.row_lower - np.maximum(step, 0.0),
        row_upper=part.problem.row_upper - np.minimum(step, 0.0),
    )


def keeps_rows(problem: Problem, point: Floats) -> bool:
    """No row of *problem* is broken by *point*, but for rounding."""
    activity = problem.matrix @ point
    room = KEPT * np.maximum(1.0, np.abs(activity))
    low, high = problem.row_lower - room, problem.row_upper + room
    return bool((activity >= low).all() and (activity <= high).all())
