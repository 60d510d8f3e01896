"""Hosts in clusters of bounded size, neighbours in one where they fit."""

from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from optimizer.solve.arrays import Ints
from optimizer.solve.split import Split


def clusters(cut: Split, size: Ints, most: int) -> Iterator[Ints]:
    """Hosts in clusters of a *size* of at most *most* together, neighbours in one."""
    near = cut.neighbours
    _, part = connected_components(near, directed=False)
    order = _walk(near, part)
    cluster: list[int] = []
    held = 0
    for host in order:
        if cluster and held + size[host] > most:
            yield np.array(sorted(cluster), dtype=np.int64)
            cluster, held = [], 0
        cluster.append(host)
        held += int(size[host])
    if cluster:
        yield np.array(sorted(cluster), dtype=np.int64)


def _walk(near: sparse.csr_matrix, part: Ints) -> list[int]:
    """All hosts, part by part, each breadth first from one end of it."""
    order: list[int] = []
    for label in np.unique(part):
        start = int(np.flatnonzero(part == label)[0])
        last = sparse.csgraph.breadth_first_order(near, start, return_predecessors=False)[-1]
        order += sparse.csgraph.breadth_first_order(
            near, int(last), return_predecessors=False
        ).tolist()
    return order
