"""Plans packed of the pool: a whole column a host, so that the linking rows hold.

The columns of single hosts go together as they are, so packings come near to the relaxation of the
pool, where one MILP over a city's columns finds nothing in half a minute: they are packed part by
part, at the prices of what all hosts share. Source: formulation.md section 8.
"""

from dataclasses import replace

import numpy as np

from optimizer.solve.pool import Pool
from optimizer.solve.rens import Sweep, keeps_rows, swept
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, run
from optimizer.solve.split import Split, split_by

FROM_RELAXATION = (Sweep(1.0, 300), Sweep(0.7, 300), Sweep(0.4, 300))
FROM_BEST = (Sweep(0.7, 600), Sweep(0.4, 600))


def offer_packed(search: Search, pool: Pool) -> bool:
    """Offer packings of *pool*, from its relaxation and from the best plan; True if one is better.

    The columns of the best plan must be in the pool.
    """
    cut = packing(pool)
    relaxed = run(cut.problem, Limits(whole=False), should_stop=search.should_stop)
    if relaxed.duals is None or relaxed.point is None or search.best is None:
        return False
    is_better, prices = False, relaxed.duals[cut.linking]
    best = pool.shares(np.clip(search.best.point, pool.cut.problem.lower, pool.cut.problem.upper))
    for ahead, sweeps in ((relaxed.point, FROM_RELAXATION), (None, FROM_BEST)):
        for found in swept(search, cut, prices, best, ahead, cut.problem.is_integer, sweeps):
            is_better |= keeps_rows(cut.problem, found) and search.offer(pool.point(found))
    return is_better


def packing(pool: Pool) -> Split:
    """The pool's columns cut by host: 0/1, one a host, under the linking rows."""
    problem = pool.problem()
    owner = np.full(len(problem.cost), -1, dtype=np.int64)
    owner[: len(pool.columns)] = [column.host for column in pool.columns]
    whole = replace(problem, is_integer=owner >= 0)
    return split_by(whole, pool.cut.hosts, owner, len(problem.row_lower))
