"""A first plan: what must stand, then hosts put in one by one, the most gain for money first.

HiGHS called cold finds no plan worth the name from 60 communities on (performance.md fact 1). Each
host alone is a small problem: at a price of money that is low for every host it does what the level
counts in the way that costs least. Its relaxation orders them; each is then decided beside what
stands, and comes back later if it is worth much less than the next (after the lazy greedy of Minoux
1978, without its promise: gains for money need not fall).
"""


import numpy as np

from optimizer.solve.blocks import Blocks
from optimizer.solve.search import Search
from optimizer.solve.session import Limits

LEAN = 0.5  # a host that costs this share of its full size is still worth its gain
MUSTS = Limits(gap=0.05)
INSERTION = Limits(gap=0.02, nodes=50, is_small=True)
NEARLY = 0.8  # of the next one's worth: near enough to be put in before it
SHARE_OF_TIME = 0.4  # of what is left, for insertions
GIVE_UP_AFTER = 0.1  # of all hosts, in a row without room: the shared limits are exhausted


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
