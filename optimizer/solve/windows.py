"""Windows: free a few dozen hosts, keep the rest of the plan, solve, keep what is better.

Everything outside stands in the rows as it is, so a window has the residual of *every* linking row
(formulation.md trap 7). Each window joins two neighbourhoods far apart: money and pilot numbers can
move between them.
"""

import random

import numpy as np

from optimizer.solve.blocks import Blocks
from optimizer.solve.compiled import Bools
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, Run

COLUMNS_IN_WINDOW = 4_000
NODES = 20
TIDY_NODES = 2
AT_LEAST = 5  # windows a level may have, however small the city
HOSTS_A_WINDOW = 40  # one more window for so many hosts
FRUITLESS = 3  # windows in a row without a better plan end the level
HOSTS_A_FAILURE = 100  # one more such window for so many hosts


def improve(search: Search, blocks: Blocks, relaxed: Run) -> None:
    """Windows until the gap is reached, the time is over or many in a row brought nothing."""
    chance = random.Random(search.options.seed)  # noqa: S311
    hosts = len(blocks.hosts)
    patience = max(FRUITLESS, hosts // HOSTS_A_FAILURE)
    fruitless = 0
    for _ in range(max(AT_LEAST, hosts // HOSTS_A_WINDOW)):
        if fruitless == patience or search.should_stop():
            return
        free = _without_hopeless(search, blocks.mask(_window(blocks, chance)), relaxed)
        assert search.best is not None
        problem = search.problem(search.cost_of(search.goal_name), free=free, at=search.best.point)
        limits = Limits(gap=1e-4, absolute_gap=search.absolute_gap(), nodes=NODES)
        found = search.run(problem, limits, search.best.point)
        fruitless = 0 if search.offer(found.point) else fruitless + 1
        if search.is_within_gap(relaxed.bound):
            return


def tidy_hosts(search: Search, blocks: Blocks) -> None:
    """One window a host that has something in the plan, for the goal of the closing level."""
    assert search.best is not None
    for host in sorted({row.host for row in search.best.plan.sitings}):
        if search.should_stop():
            return
        problem = search.problem(
            search.cost_of(search.goal_name), free=blocks.mask({host}), at=search.best.point
        )
        limits = Limits(gap=1e-4, nodes=TIDY_NODES)
        search.offer(search.run(problem, limits, search.best.point).point)


def _window(blocks: Blocks, chance: random.Random) -> set[str]:
    per_host = blocks.compiled.width / len(blocks.hosts)
    size = max(2, int(COLUMNS_IN_WINDOW / per_host))
    chosen: set[str] = set()
    for _ in range(2):
        chosen |= _cluster(blocks, chance.choice(blocks.hosts), size // 2)
    return chosen


def _cluster(blocks: Blocks, seed: str, size: int) -> set[str]:
    """*seed* and the hosts nearest to it by steps between neighbours."""
    cluster, queue = {seed}, [seed]
    while queue and len(cluster) < size:
        for host in sorted(blocks.neighbours[queue.pop(0)] - cluster):
            if len(cluster) < size:
                cluster.add(host)
                queue.append(host)
    return cluster


def _without_hopeless(search: Search, free: Bools, relaxed: Run) -> Bools:
    """Keep at their value the 0/1 columns that the LP prices far out of any better plan."""
    if relaxed.reduced is None or search.best is None:
        return free
    cost = search.cost_of(search.goal_name)
    distance = float(cost @ search.best.point) - relaxed.bound
    reduced = np.zeros(search.compiled.width)
    reduced[: len(relaxed.reduced)] = relaxed.reduced
    hopeless = (reduced > distance) & (search.best.point < 0.5) & search.compiled.is_integer
    return free & ~hopeless
