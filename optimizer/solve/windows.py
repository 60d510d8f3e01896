"""Windows: free a few dozen hosts, keep the rest of the plan, solve, keep what is better.

Everything outside stands in the rows as it is, so a window has the residual of *every* linking row
(formulation.md trap 7). Each window joins two neighbourhoods far apart: money and pilot numbers can
move between them.
"""

import random
from collections.abc import Iterator

from optimizer.solve.arrays import Floats
from optimizer.solve.blocks import Blocks
from optimizer.solve.search import Search
from optimizer.solve.session import Limits
from optimizer.solve.split import without_dominated

WHOLE_COLUMNS = 250  # 0/1 columns of a window
NODES = 20
SUPPORT = 1e-3
TIDY_NODES = 2
FRUITLESS = 5  # windows in a row without a better plan end the level
HOSTS_A_FAILURE = 60  # one more such window for so many hosts


def improve(search: Search, blocks: Blocks, bound: float, support: Floats) -> None:
    """Windows until the gap to *bound* is reached, the time is over or many brought nothing.

    A 0/1 column that neither the plan nor *support* ever has above 0 stays as it is.
    """
    wanted = ~search.compiled.is_integer | (support > SUPPORT)
    patience = max(FRUITLESS, len(blocks.hosts) // HOSTS_A_FAILURE)
    fruitless = 0
    for window in _windows(search, blocks, int((wanted & search.compiled.is_integer).sum())):
        if fruitless >= patience or search.should_stop() or search.is_within_gap(bound):
            return
        assert search.best is not None
        at = search.best.point
        free = blocks.mask(window) & (wanted | (at > SUPPORT))
        part = search.part(search.cost_of(search.goal_name), free, at)
        limits = Limits(gap=1e-4, absolute_gap=search.absolute_gap(), nodes=NODES)
        found = search.run(without_dominated(part.problem), limits, part.start)
        is_better = found.point is not None and search.offer(part.lift(found.point))
        fruitless = 0 if is_better else fruitless + 1


def tidy_hosts(search: Search, blocks: Blocks) -> None:
    """One window a host that has something in the plan, for the goal of the closing level."""
    assert search.best is not None
    for host in sorted({row.host for row in search.best.plan.sitings}):
        if search.should_stop():
            return
        at = search.best.point
        part = search.part(search.cost_of(search.goal_name), blocks.mask({host}), at)
        limits = Limits(gap=1e-4, nodes=TIDY_NODES)
        found = search.run(part.problem, limits, part.start).point
        search.offer(None if found is None else part.lift(found))


def _windows(search: Search, blocks: Blocks, wanted: int) -> Iterator[set[str]]:
    """Two clusters far apart at a time; every host seeds one before any does again."""
    # the order of windows, the same for a seed: nothing here is a secret
    chance = random.Random(search.options.seed)  # noqa: S311
    size = max(2, WHOLE_COLUMNS * len(blocks.hosts) // max(1, wanted))
    while True:
        seeds = list(blocks.hosts)
        chance.shuffle(seeds)
        for k in range(0, len(seeds), 2):
            pair = seeds[k : k + 2]
            yield set().union(*(_cluster(blocks, seed, size // len(pair)) for seed in pair))


def _cluster(blocks: Blocks, seed: str, size: int) -> set[str]:
    """*seed* and the hosts nearest to it by steps between neighbours."""
    cluster, queue = {seed}, [seed]
    while queue and len(cluster) < size:
        for host in sorted(blocks.neighbours[queue.pop(0)] - cluster):
            if len(cluster) < size:
                cluster.add(host)
                queue.append(host)
    return cluster
