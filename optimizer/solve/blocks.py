"""Blocks of the compiled model: the columns and local rows of one host, and who borders whom."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from optimizer.solve.arrays import Bools
from optimizer.solve.compiled import COORDINATOR, Compiled

CLOSE_ROW = 40  # a linking row of at most so many hosts joins neighbours; a budget joins all


class Blocks:
    """The compiled model cut by owner; rows of several owners belong to no block."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.hosts = tuple(sorted(set(compiled.owners) - {COORDINATOR}))

    @cached_property
    def neighbours(self) -> Mapping[str, frozenset[str]]:
        """Host -> hosts that share a linking row of few owners with it (a building, a need)."""
        compiled = self.compiled
        near: dict[str, set[str]] = {host: set() for host in self.hosts}
        for row in np.flatnonzero(~compiled.is_local_row):
            begin, end = compiled.matrix.indptr[row], compiled.matrix.indptr[row + 1]
            owners = {compiled.owners[j] for j in compiled.matrix.indices[begin:end]}
            owners.discard(COORDINATOR)
            if len(owners) <= CLOSE_ROW:
                for host in owners:
                    near[host] |= owners
        return {host: frozenset(found - {host}) for host, found in near.items()}

    def mask(self, hosts: frozenset[str] | set[str]) -> Bools:
        """True for the columns of *hosts* and of the coordinator."""
        free = np.zeros(self.compiled.width, dtype=bool)
        for host in [*hosts, COORDINATOR]:
            columns = self.compiled.owned_by.get(host)
            if columns is not None:
                free[columns] = True
        return free
