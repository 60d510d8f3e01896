"""A first plan: nothing but what must stand.

From it every engine goes on; where a must cannot be kept there is none.
"""

import numpy as np

from optimizer.solve.blocks import Blocks
from optimizer.solve.search import Search
from optimizer.solve.session import Limits

MUSTS = Limits(gap=0.05)


def offer_musts(search: Search, blocks: Blocks) -> None:
    """Offer nothing but what must be (required pilots, locks, refits), if one run can."""
    compiled = search.compiled
    point = np.clip(0.0, compiled.lower, compiled.upper)
    activity = compiled.matrix @ point
    wrong = (activity < compiled.row_lower - 1e-9) | (activity > compiled.row_upper + 1e-9)
    lacking = {compiled.owners[j] for j in compiled.matrix[wrong].indices}
    lacking |= {compiled.owners[j] for j in np.flatnonzero(compiled.lower > 0)}
    if lacking:
        part = search.part(search.cost_of("cost"), blocks.mask(lacking), point)
        found = search.run(part.problem, MUSTS).point
        if found is None:
            return
        point = part.lift(found)
    search.offer(point)
