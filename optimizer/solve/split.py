"""A level's problem cut by owner: one block a host, the rows that link them, the coordinator.

Read off the arrays: no family and no goal is known by name. A column that the level's goal and rows
never want above (or below) its bound is fixed there first, which is most of a city's columns at a
level that does not ask for persons.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from optimizer.solve.arrays import Bools, Floats, Ints
from optimizer.solve.compiled import COORDINATOR
from optimizer.solve.session import Problem

CLOSE_ROW = 40  # a linking row of at most so many hosts joins neighbours; a budget joins all


def without_dominated(problem: Problem) -> Problem:
    """*problem* with every column fixed at the bound that costs nothing and eases every row.

    The optimum is kept: moving such a column to that bound breaks no row and costs no more.
    """
    entries = problem.matrix.tocoo()
    capped = np.isfinite(problem.row_upper)[entries.row]
    floored = np.isfinite(problem.row_lower)[entries.row]
    width = len(problem.cost)
    up = np.where(entries.data > 0, capped, floored) & (entries.data != 0)
    down = np.where(entries.data > 0, floored, capped) & (entries.data != 0)
    is_eased_up = np.bincount(entries.col, up, minlength=width) == 0
    is_eased_down = np.bincount(entries.col, down, minlength=width) == 0
    at_lower = (problem.cost >= 0) & is_eased_down & np.isfinite(problem.lower)
    at_upper = (problem.cost <= 0) & is_eased_up & np.isfinite(problem.upper) & ~at_lower
    return replace(
        problem,
        lower=np.where(at_upper, problem.upper, problem.lower),
        upper=np.where(at_lower, problem.lower, problem.upper),
    )


@dataclass(frozen=True)
class Split:
    """*problem* by owner; ``hosts[i]`` owns ``columns[i]`` and alone has ``rows[i]``."""

    problem: Problem
    hosts: tuple[str, ...]
    columns: tuple[Ints, ...]
    rows: tuple[Ints, ...]
    linking: Ints
    coordinator: Ints
    owner: Ints  # position of each column's host, -1 for the coordinator

    @cached_property
    def shared(self) -> sparse.csr_matrix:
        """Linking rows over all columns."""
        return self.problem.matrix[self.linking]

    @cached_property
    def shared_by_column(self) -> sparse.csr_matrix:
        """The same, a row a column."""
        return self.shared.T.tocsr()

    @cached_property
    def by_column(self) -> sparse.csc_matrix:
        """All rows, by column."""
        return self.problem.matrix.tocsc()

    @property
    def low(self) -> Floats:
        """Lower sides of the linking rows."""
        return self.problem.row_lower[self.linking]

    @property
    def high(self) -> Floats:
        """Upper sides of the linking rows."""
        return self.problem.row_upper[self.linking]

    @cached_property
    def hosts_of_rows(self) -> sparse.csr_matrix:
        """Linking rows × hosts: how many columns that are free the host has in the row."""
        problem = self.problem
        free = (problem.upper > problem.lower) & (self.owner >= 0)
        chosen = np.flatnonzero(free)
        pattern = sparse.csr_matrix(
            (np.ones(len(chosen)), (chosen, self.owner[chosen])),
            shape=(len(problem.cost), len(self.hosts)),
        )
        ones = self.shared.copy()
        ones.data = (ones.data != 0).astype(float)
        found = sparse.csr_matrix(ones @ pattern)
        found.eliminate_zeros()
        return found

    @cached_property
    def is_close(self) -> Bools:
        """True for a linking row that few hosts meet in."""
        hosts = np.diff(self.hosts_of_rows.indptr)
        close: Bools = (hosts > 0) & (hosts <= CLOSE_ROW)
        return close

    @cached_property
    def is_near(self) -> Bools:
        """True for each row of the problem that is not one of all hosts."""
        near = np.ones(len(self.problem.row_lower), dtype=bool)
        near[self.linking[~self.is_close]] = False
        return near

    @cached_property
    def neighbours(self) -> sparse.csr_matrix:
        """Hosts × hosts: they meet in a row of few."""
        close = self.hosts_of_rows[np.flatnonzero(self.is_close)]
        found = sparse.csr_matrix(close.T @ close)
        found.setdiag(0)
        found.eliminate_zeros()
        return found

    def block(self, host: int) -> Problem:
        """The block of host number *host* alone, its columns in their order."""
        problem, columns, rows = self.problem, self.columns[host], self.rows[host]
        return Problem(
            problem.cost[columns],
            narrowed(problem.matrix[rows], columns),
            problem.row_lower[rows],
            problem.row_upper[rows],
            problem.lower[columns],
            problem.upper[columns],
            problem.is_integer[columns],
        )


def narrowed(matrix: sparse.csr_matrix, columns: Ints) -> sparse.csr_matrix:
    """*matrix* with only *columns* (ascending), at the price of its own entries."""
    where = np.searchsorted(columns, matrix.indices)
    where = np.minimum(where, max(len(columns) - 1, 0))
    kept = columns[where] == matrix.indices if len(columns) else np.zeros(len(where), dtype=bool)
    lines = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))[kept]
    counts = np.bincount(lines, minlength=matrix.shape[0])
    starts = np.concatenate(([0], np.cumsum(counts)))
    return sparse.csr_matrix(
        (matrix.data[kept], where[kept], starts), shape=(matrix.shape[0], len(columns))
    )


def split(problem: Problem, owners: Sequence[str], model_rows: int) -> Split:
    """*problem* cut by *owners*; rows from *model_rows* on (held goals) always link."""
    hosts = tuple(sorted(set(owners) - {COORDINATOR}))
    number = {host: i for i, host in enumerate(hosts)}
    owner = np.array([number.get(name, -1) for name in owners], dtype=np.int64)
    return split_by(problem, hosts, owner, model_rows)


def split_by(problem: Problem, hosts: tuple[str, ...], owner: Ints, model_rows: int) -> Split:
    """The same by the position of each column's host among *hosts*, -1 for the coordinator."""
    of_row = _owner_of_rows(problem.matrix, owner)
    of_row[model_rows:] = -1
    return Split(
        problem=problem,
        hosts=hosts,
        columns=_groups(owner, len(hosts)),
        rows=_groups(of_row, len(hosts)),
        linking=np.flatnonzero(of_row == -1),
        coordinator=np.flatnonzero(owner == -1),
        owner=owner,
    )


def _owner_of_rows(matrix: sparse.csr_matrix, owner: Ints) -> Ints:
    """Owner of each row; -1 where several meet or the coordinator is in it, -2 of an empty row."""
    filled = np.diff(matrix.indptr) > 0
    found = np.full(matrix.shape[0], -2, dtype=np.int64)
    if filled.any():
        inside = owner[matrix.indices]
        starts = matrix.indptr[:-1][filled]
        low = np.minimum.reduceat(inside, starts)
        high = np.maximum.reduceat(inside, starts)
        found[filled] = np.where(low == high, low, -1)
    return found


def _groups(keys: Ints, count: int) -> tuple[Ints, ...]:
    order = np.argsort(keys, kind="stable")
    ends = np.searchsorted(keys[order], np.arange(count + 1))
    return tuple(order[ends[i] : ends[i + 1]] for i in range(count))
