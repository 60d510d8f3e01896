"""A few columns of a problem, every other one standing: what a window or an insertion solves.

Rows keep the residual of what stands (formulation.md trap 7). Cut from the matrix by columns, so a
part of a city is paid by its own size.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from optimizer.solve.arrays import Bools, Floats, Ints
from optimizer.solve.session import Problem


@dataclass(frozen=True)
class Part:
    """``problem`` over ``columns`` of a point of which all others stand as in ``at``."""

    problem: Problem
    columns: Ints
    rows: Ints  # of the problem it is cut from
    at: Floats

    @property
    def start(self) -> Floats:
        """What the part's columns are in ``at``."""
        return self.at[self.columns]

    def lift(self, point: Floats) -> Floats:
        """*point* of the part in its place."""
        whole = self.at.copy()
        whole[self.columns] = point
        return whole


def part_of(problem: Problem, by_column: sparse.csc_matrix, free: Bools, at: Floats) -> Part:
    """The *free* columns of *problem*, whose matrix *by_column* is, beside *at*."""
    columns = np.flatnonzero(free & (problem.upper > problem.lower))
    inside = sparse.csr_matrix(by_column[:, columns])
    rows = np.flatnonzero(np.diff(inside.indptr))
    inside = inside[rows]
    standing = at.copy()
    standing[columns] = 0.0
    shift = problem.matrix[rows] @ standing
    return Part(
        Problem(
            problem.cost[columns],
            inside,
            problem.row_lower[rows] - shift,
            problem.row_upper[rows] - shift,
            problem.lower[columns],
            problem.upper[columns],
            problem.is_integer[columns],
        ),
        columns,
        rows,
        at,
    )
