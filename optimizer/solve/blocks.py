"""Blocks of the compiled model: the columns and local rows of one host, and who borders whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimizer.solve.compiled import COORDINATOR, Bools, Compiled, Floats, Ints
from optimizer.solve.session import Problem

CLOSE_ROW = 40  # a linking row of at most so many hosts joins neighbours; a budget joins all


@dataclass(frozen=True)
class Block:
    """Positions of one host's columns and of the rows that only it has."""

    columns: Ints
    rows: Ints


class Blocks:
    """The compiled model cut by owner; rows of several owners belong to no block."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.hosts = tuple(sorted(set(compiled.owners) - {COORDINATOR}))

    @cached_property
    def of(self) -> Mapping[str, Block]:
        """Host -> block."""
        compiled = self.compiled
        filled = compiled.is_local_row & (np.diff(compiled.matrix.indptr) > 0)
        rows: dict[str, list[int]] = {host: [] for host in self.hosts}
        for row in np.flatnonzero(filled):
            rows[compiled.owners[compiled.matrix.indices[compiled.matrix.indptr[row]]]].append(
                int(row)
            )
        return {
            host: Block(compiled.owned_by[host], np.array(rows[host], dtype=np.int64))
            for host in self.hosts
        }

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

    def problem(self, host: str, cost: Floats, lower: Floats) -> tuple[Problem, Ints]:
        """The block of *host* alone, shared rows dropped: a relaxation of what it can do."""
        compiled, block = self.compiled, self.of[host]
        matrix = compiled.matrix[block.rows][:, block.columns]
        return (
            Problem(
                cost[block.columns],
                matrix,
                compiled.row_lower[block.rows],
                compiled.row_upper[block.rows],
                lower[block.columns],
                compiled.upper[block.columns],
                compiled.is_integer[block.columns],
            ),
            block.columns,
        )

    def mask(self, hosts: frozenset[str] | set[str]) -> Bools:
        """True for the columns of *hosts* and of the coordinator."""
        free = np.zeros(self.compiled.width, dtype=bool)
        for host in [*hosts, COORDINATOR]:
            columns = self.compiled.owned_by.get(host)
            if columns is not None:
                free[columns] = True
        return free
