"""A first plan: what must stand, then hosts put in one by one, the most gain for money first.

HiGHS called cold finds no plan worth the name from 60 communities on (performance.md fact 1). Each
host alone is a small problem: at a price of money that is low for every host it does what the level
counts in the way that costs least. Its relaxation orders them; each is then decided beside what
stands, and comes back later if it is worth much less than the next (after the lazy greedy of Minoux
1978, without its promise: gains for money need not fall).
"""

import heapq

import numpy as np

from optimizer.solve.blocks import Blocks
from optimizer.solve.compiled import Floats
from optimizer.solve.search import Search
from optimizer.solve.session import Limits
from optimizer.solve.split import Split

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


def lean_costs(search: Search, cut: Split) -> Floats | None:
    """The level's goal with money at a low price; None for a goal that no host gains by."""
    goal, money = cut.problem.cost, search.cost_of("cost")
    gain = _by_host(cut, np.maximum(-goal, 0.0))
    size = _by_host(cut, np.maximum(money, 0.0))
    if not gain.any() or not size.any():
        return None
    price = LEAN * np.median(gain[gain > 0]) / np.median(size[size > 0])
    costs: Floats = goal + price * money
    return costs


def insert(search: Search, blocks: Blocks, cut: Split, costs: Floats, lean: Floats) -> None:
    """Bring hosts into the best plan as they gain most for their money beside what stands."""
    assert search.best is not None
    point = search.best.point
    worth = _Worth(search, cut)
    queue = [(-worth.of(i, lean), i) for i in range(len(cut.hosts)) if worth.of(i, lean) > 0]
    heapq.heapify(queue)
    left = search.seconds_left
    until = -np.inf if left is None else left * (1 - SHARE_OF_TIME)
    failed = 0
    while queue and failed <= GIVE_UP_AFTER * len(cut.hosts):
        if search.should_stop() or (search.seconds_left or np.inf) < until:
            break
        _, i = heapq.heappop(queue)
        part = search.part(costs, blocks.mask({cut.hosts[i]}), point)
        found = search.run(part.problem, INSERTION).point
        grown = point if found is None else part.lift(found)
        now = worth.of(i, grown - point)
        if now <= 0:
            failed += 1
        elif queue and now < NEARLY * -queue[0][0]:
            heapq.heappush(queue, (-now, i))
        else:
            point, failed = grown, 0
    search.offer(point)


class _Worth:
    """What a host brings to the level's goal for the money it takes."""

    def __init__(self, search: Search, cut: Split) -> None:
        self.goal, self.money = search.cost_of(search.goal_name), search.cost_of("cost")
        self.columns = cut.columns
        size = _by_host(cut, np.maximum(self.money, 0.0))
        self.least = 1e-3 * float(np.median(size[size > 0])) if size.any() else 1.0

    def of(self, host: int, step: Floats) -> float:
        """Gain for money of the columns of *host* in *step*."""
        own = self.columns[host]
        gain = -float(self.goal[own] @ step[own])
        return gain / max(self.least, float(self.money[own] @ step[own]))


def _by_host(cut: Split, weights: Floats) -> Floats:
    """The most of *weights* each host can have, every column at its upper bound."""
    owned = (cut.owner >= 0) & (weights > 0)
    most = weights[owned] * cut.problem.upper[owned]
    return np.bincount(cut.owner[owned], most, minlength=len(cut.hosts)).astype(float)
