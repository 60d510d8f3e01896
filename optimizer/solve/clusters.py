"""Hosts in clusters of bounded size, those that meet in most rows together."""

from collections.abc import Iterator

import numpy as np

from optimizer.solve.arrays import Ints
from optimizer.solve.split import Split


def clusters(cut: Split, size: Ints, most: int) -> Iterator[Ints]:
    """Hosts in clusters of a *size* of at most *most* together; each is one host at least.

    A cluster begins beside the last one and takes in whoever meets it in most rows of few hosts,
    so that few rows are left between clusters.
    """
    near = cut.neighbours
    is_left = np.ones(len(size), dtype=bool)
    ties = np.zeros(len(size))  # rows shared with clusters that are full
    for _ in range(len(size)):
        if not is_left.any():
            return
        cluster: list[int] = []
        held, inside = 0, np.zeros(len(size))
        host = int(np.argmax(np.where(is_left, ties, -1.0)))
        while not cluster or held + size[host] <= most:
            cluster.append(host)
            is_left[host] = False
            held += int(size[host])
            begin, end = near.indptr[host], near.indptr[host + 1]
            inside[near.indices[begin:end]] += near.data[begin:end]
            reachable = np.where(is_left, inside, 0.0)
            host = int(np.argmax(reachable))
            if not reachable[host]:
                host = int(np.argmax(np.where(is_left, ties, -1.0)))
            if not is_left[host]:
                break
        ties += inside
        yield np.array(sorted(cluster), dtype=np.int64)
