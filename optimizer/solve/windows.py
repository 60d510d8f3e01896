"""Windows: free a few dozen hosts, keep the rest of the plan, solve, keep what is better.

Everything outside stands in the rows as it is, so a window has the residual of *every* linking row
(formulation.md trap 7). Each window joins two neighbourhoods far apart: money and pilot numbers can
move between them.
"""

import random

from optimizer.solve.blocks import Blocks
from optimizer.solve.compiled import Floats
from optimizer.solve.search import Search
from optimizer.solve.session import Limits
from optimizer.solve.split import without_dominated

COLUMNS_IN_WINDOW = 4_000
NODES = 20
SUPPORT = 1e-3
TIDY_NODES = 2
AT_LEAST = 5  # windows a level may have, however small the city
HOSTS_A_WINDOW = 40  # one more window for so many hosts
FRUITLESS = 3  # windows in a row without a better plan end the level
HOSTS_A_FAILURE = 100  # one more such window for so many hosts


def improve(search: Search, blocks: Blocks, bound: float, support: Floats) -> None:
    """Windows until the gap to *bound* is reached, the time is over or many brought nothing.

    A 0/1 column that neither the plan nor *support* ever has above 0 stays as it is.
    """
    chance = random.Random(search.options.seed)  # noqa: S311
    hosts = len(blocks.hosts)
    patience = max(FRUITLESS, hosts // HOSTS_A_FAILURE)
    wanted = ~search.compiled.is_integer | (support > SUPPORT)
    fruitless = 0
    for _ in range(max(AT_LEAST, hosts // HOSTS_A_WINDOW)):
        if fruitless == patience or search.should_stop():
            return
        assert search.best is not None
        at = search.best.point
        free = blocks.mask(_window(blocks, chance)) & (wanted | (at > SUPPORT))
        problem = search.problem(search.cost_of(search.goal_name), free=free, at=at)
        limits = Limits(gap=1e-4, absolute_gap=search.absolute_gap(), nodes=NODES)
        found = search.run(without_dominated(problem), limits, at)
        fruitless = 0 if search.offer(found.point) else fruitless + 1
        if search.is_within_gap(bound):
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
