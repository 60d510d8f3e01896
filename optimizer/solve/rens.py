"""Plans from a relaxation: 0/1 columns it has at 0 stay there, the rest is decided by parts.

A part meets what is decided already as it is. Of what is still to be decided, rows of all hosts
(money, numbers) count what the fractional point has, so each part gets the share that the
relaxation gave it; rows of neighbours count whichever leaves the part more room. Source: Berthold,
RENS, 2014; formulation.md section 8; performance.md fact 2.
"""

from dataclasses import replace

import numpy as np

from optimizer.solve.arrays import Bools, Floats, Ints
from optimizer.solve.clusters import clusters
from optimizer.solve.part import Part, part_of
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, Problem
from optimizer.solve.split import Split, without_dominated

WHOLE_COLUMNS = 1_000  # 0/1 columns of a part: decided at the root, or nearly
SUPPORT = 1e-6
NODES = 20
KEPT = 1e-6  # relative: a row broken by less is kept


def offer_rens(search: Search, cut: Split, point: Floats) -> bool:
    """Offer what the support of *point* allows, and of the best plan; True if it was better."""
    wanted = ~cut.problem.is_integer | (point > SUPPORT)
    if search.best is not None:
        wanted |= search.best.point > SUPPORT
    found = _by_parts(search, cut, point, wanted)
    return found is not None and _keeps_rows(cut.problem, found) and search.offer(found)


def _by_parts(search: Search, cut: Split, point: Floats, wanted: Bools) -> Floats | None:
    """All parts decided one after the other; None where it was stopped."""
    problem = cut.problem
    limits = Limits(gap=search.options.level_gap / 2, absolute_gap=search.absolute_gap())
    limits = replace(limits, nodes=NODES)
    standing: Floats = np.clip(0.0, problem.lower, problem.upper).astype(float)
    is_open = cut.owner >= 0
    for own in clusters(cut, _sizes(cut, wanted), WHOLE_COLUMNS):
        if search.should_stop():
            return None
        mine = np.isin(cut.owner, own)
        is_open &= ~mine
        part = part_of(problem, cut.by_column, (mine | (cut.owner < 0)) & wanted, standing)
        ahead = np.where(is_open, point - standing, 0.0)
        eased = _beside(cut, part, ahead)
        found = search.run(without_dominated(eased), limits).point
        if found is not None:
            standing = part.lift(found)
    return standing


def _sizes(cut: Split, wanted: Bools) -> Ints:
    """0/1 columns of each host that are *wanted*."""
    chosen = wanted & cut.problem.is_integer & (cut.owner >= 0)
    return np.bincount(cut.owner[chosen], minlength=len(cut.hosts))


def _beside(cut: Split, part: Part, ahead: Floats) -> Problem:
    """*part* with room for the step *ahead* of the hosts that are to be decided after it."""
    problem = part.problem
    step = cut.problem.matrix[part.rows] @ ahead
    near = cut.is_near[part.rows]
    return replace(
        problem,
        row_lower=problem.row_lower - np.where(near, np.maximum(step, 0.0), step),
        row_upper=problem.row_upper - np.where(near, np.minimum(step, 0.0), step),
    )


def _keeps_rows(problem: Problem, point: Floats) -> bool:
    activity = problem.matrix @ point
    room = KEPT * np.maximum(1.0, np.abs(activity))
    low, high = problem.row_lower - room, problem.row_upper + room
    return bool((activity >= low).all() and (activity <= high).all())
