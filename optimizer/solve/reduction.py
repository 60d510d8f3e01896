"""A problem without its fixed columns, and how a point of it becomes one of the whole."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from optimizer.solve.arrays import Bools, Floats, Ints
from optimizer.solve.session import Problem

ROW_SLACK = 1e-6


@dataclass(frozen=True)
class Reduction:
    """How a point of the reduced problem becomes one of the whole."""

    free: Bools
    rows: Ints  # rows that are left
    height: int  # rows there were
    fixed: Floats
    constant: float
    is_possible: bool  # no row of fixed columns alone is broken

    def lift(self, point: Floats) -> Floats:
        """*point* with the fixed columns put back."""
        whole = self.fixed.copy()
        whole[self.free] = point
        return whole

    def lift_duals(self, duals: Floats) -> Floats:
        """*duals* of the rows that are left with those of all others, which are 0."""
        whole = np.zeros(self.height)
        whole[self.rows] = duals
        return whole


def without_fixed(problem: Problem) -> tuple[Problem, Reduction]:
    """*problem* without columns whose bounds coincide and rows that the boxes alone keep."""
    free = problem.upper > problem.lower
    fixed = np.where(free, 0.0, problem.lower)
    by_column = problem.matrix[:, np.flatnonzero(free)]
    shift = problem.matrix @ fixed
    has_free = np.diff(by_column.indptr) > 0
    filled = np.flatnonzero(has_free)
    broken = (shift < problem.row_lower - ROW_SLACK) | (shift > problem.row_upper + ROW_SLACK)
    reduced = Problem(
        problem.cost[free],
        by_column[filled],
        (problem.row_lower - shift)[filled],
        (problem.row_upper - shift)[filled],
        problem.lower[free],
        problem.upper[free],
        problem.is_integer[free],
    )
    # only now: a window of a city has few rows, and the whole city's would be summed each time
    binding = np.flatnonzero(~_always_holds(reduced))
    reduced = replace(
        reduced,
        matrix=reduced.matrix[binding],
        row_lower=reduced.row_lower[binding],
        row_upper=reduced.row_upper[binding],
    )
    is_possible = not (broken & ~has_free).any()
    constant = float(problem.cost @ fixed)
    return reduced, Reduction(free, filled[binding], len(shift), fixed, constant, is_possible)


def _always_holds(problem: Problem) -> Bools:
    """Rows that no point of the boxes breaks."""
    matrix = problem.matrix
    up = np.where(matrix.data > 0, problem.upper[matrix.indices], problem.lower[matrix.indices])
    down = np.where(matrix.data > 0, problem.lower[matrix.indices], problem.upper[matrix.indices])
    holds: Bools = (_row_sums(matrix, matrix.data * up) <= problem.row_upper) & (
        _row_sums(matrix, matrix.data * down) >= problem.row_lower
    )
    return holds


def _row_sums(matrix: sparse.csr_matrix, data: Floats) -> Floats:
    sums = np.zeros(matrix.shape[0])
    filled = np.diff(matrix.indptr) > 0
    sums[filled] = np.add.reduceat(data, matrix.indptr[:-1][filled]) if filled.any() else 0.0
    return sums
