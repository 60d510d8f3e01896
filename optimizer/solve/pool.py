"""The pool: columns of whole blocks, and their relaxation under the linking rows.

Its duals are the prices of the next round; what it has above 0 is where a plan is looked for.
Columns are vertices of a block, so fixed costs, minimum sizes and hubs sit inside them. Source:
Dantzig and Wolfe 1960; formulation.md section 8.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from optimizer.solve.arrays import Floats, Ints
from optimizer.solve.session import Problem
from optimizer.solve.split import Split

DECIMALS = 5  # columns that agree so far are one


@dataclass(frozen=True)
class Column:
    """One plan of one host."""

    host: int
    values: Floats
    cost: float
    rows: Ints
    weights: Floats


@dataclass(frozen=True)
class Known:
    """The best column of a host at some prices, and what it costs there."""

    cost: float = np.inf
    values: Floats | None = None


class Pool:
    """Columns by host; ``plan`` keeps the packing feasible: its sides give way to that point."""

    def __init__(self, cut: Split, plan: Floats) -> None:
        self.cut = cut
        self.columns: list[Column] = []
        self._seen: list[dict[bytes, int]] = [{} for _ in cut.hosts]
        activity = cut.shared @ plan
        self._low = np.minimum(cut.low, activity)
        self._high = np.maximum(cut.high, activity)
        self._by_column = cut.shared.tocsc()
        self.add(plan)
        self._add_rest()

    def add(self, point: Floats) -> int:
        """Take in every host's column of *point* that is new; their number."""
        return sum(self._add(i, point[columns]) for i, columns in enumerate(self.cut.columns))

    def _add(self, host: int, values: Floats) -> bool:
        key = _key(values)
        if key in self._seen[host]:
            return False
        self._seen[host][key] = len(self.columns)
        own = self.cut.columns[host]
        used = np.flatnonzero(values)
        entries = sparse.coo_matrix(self._by_column[:, own[used]])
        weights: Floats = np.bincount(entries.row, entries.data * values[used][entries.col]).astype(
            float
        )
        rows = np.flatnonzero(weights)
        cost = float(self.cut.problem.cost[own] @ values)
        self.columns.append(Column(host, values.copy(), cost, rows, weights[rows]))
        return True

    def _add_rest(self) -> None:
        """Doing nothing: all columns at their lower bounds, where that breaks no row."""
        problem = self.cut.problem
        activity = problem.matrix @ problem.lower
        broken = (activity < problem.row_lower) | (activity > problem.row_upper)
        for i, rows in enumerate(self.cut.rows):
            if not broken[rows].any():
                self._add(i, problem.lower[self.cut.columns[i]])

    def problem(self) -> Problem:
        """The relaxation: one column a host, the coordinator free, under the linking rows."""
        cut, count = self.cut, len(self.columns)
        shared = sparse.hstack([self._entries(), self._by_column[:, cut.coordinator]])
        extra = len(cut.coordinator)
        hosts = np.array([column.host for column in self.columns], dtype=np.int64)
        one = sparse.csr_matrix(
            (np.ones(count), (hosts, np.arange(count))), shape=(len(cut.hosts), count + extra)
        )
        ones = np.ones(len(cut.hosts))
        level = cut.problem
        return Problem(
            np.concatenate([[c.cost for c in self.columns], level.cost[cut.coordinator]]),
            sparse.csr_matrix(sparse.vstack([shared, one], format="csr")),
            np.concatenate([self._low, ones]),
            np.concatenate([self._high, ones]),
            np.concatenate([np.zeros(count), level.lower[cut.coordinator]]),
            np.concatenate([np.ones(count), level.upper[cut.coordinator]]),
            np.zeros(count + extra, dtype=bool),
        )

    def shares(self, point: Floats) -> Floats:
        """A *point* of the level whose columns were taken in, as one of the packing."""
        found = np.zeros(len(self.columns))
        for i, columns in enumerate(self.cut.columns):
            found[self._seen[i][_key(point[columns])]] = 1.0
        return np.concatenate([found, point[self.cut.coordinator]])

    def best_at(self, prices: Floats) -> list[Known]:
        """The best column of each host at *prices* of the linking rows."""
        costs = np.array([column.cost for column in self.columns]) - prices @ self._entries()
        found = [Known()] * len(self.cut.hosts)
        for column, cost in zip(self.columns, costs.tolist(), strict=True):
            if cost < found[column.host].cost:
                found[column.host] = Known(cost, column.values)
        return found

    def _entries(self) -> sparse.csc_matrix:
        starts = np.cumsum([0, *(len(column.rows) for column in self.columns)])
        return sparse.csc_matrix(
            (
                np.concatenate([column.weights for column in self.columns]),
                np.concatenate([column.rows for column in self.columns]),
                starts,
            ),
            shape=(len(self.cut.linking), len(self.columns)),
        )

    def most(self) -> Floats:
        """The most that any column has of each of the level's."""
        found = np.zeros(len(self.cut.problem.cost))
        for column in self.columns:
            inside = self.cut.columns[column.host]
            found[inside] = np.maximum(found[inside], column.values)
        return found

    def point(self, packed: Floats) -> Floats:
        """A packing as a point of the level."""
        found = np.zeros(len(self.cut.problem.cost))
        for share, column in zip(packed, self.columns, strict=False):
            if share:
                found[self.cut.columns[column.host]] += share * column.values
        found[self.cut.coordinator] = packed[len(self.columns) :]
        return found


def _key(values: Floats) -> bytes:
    return np.round(values, DECIMALS).tobytes()
