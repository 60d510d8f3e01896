"""A bound in exact rational arithmetic: what the solver's duals prove, whatever its tolerances did.

For any duals ``y`` of the rows (of right sign) every point of the level costs at least

    y·sides + Σ_j min over the box of (c - yA)_j

(Neumaier and Shcherbina 2004). The duals are rounded to multiples of 2^-30, the arrays taken as the
binary fractions they are, and the sum is one of integers: no rounding anywhere. It proves the bound
of the arrays that were solved, not that the arrays say what the policy says; that is what the
verifier and the oracle of the tests are for.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from optimizer.solve.arrays import Floats
from optimizer.solve.lagrange import signed
from optimizer.solve.pricing import is_best_at_rest
from optimizer.solve.reduction import without_fixed
from optimizer.solve.session import Limits, Problem, as_relaxation, run
from optimizer.solve.split import Split

DUAL_BITS = 30


def exact_lower_bound(problem: Problem, duals: Floats) -> Fraction | None:
    """Least cost of *problem* that *duals* prove; None where a box they need is open."""
    y = np.rint(np.ldexp(duals, DUAL_BITS))
    y[(y > 0) & np.isneginf(problem.row_lower)] = 0.0
    y[(y < 0) & np.isposinf(problem.row_upper)] = 0.0
    rows = np.flatnonzero(y)
    units = [int(value) for value in y[rows]]
    sides = np.where(y > 0, problem.row_lower, problem.row_upper)[rows]
    total = Fraction(0)
    for unit, side in zip(units, sides.tolist(), strict=True):
        total += unit * Fraction(side)
    for column, reduced in _reduced(problem, rows, units).items():
        end = problem.lower[column] if reduced > 0 else problem.upper[column]
        if not np.isfinite(end):
            return None
        total += reduced * Fraction(float(end))
    return total * Fraction(1, 2**DUAL_BITS)


def _reduced(problem: Problem, rows: np.ndarray, units: list[int]) -> dict[int, Fraction]:
    """Reduced costs that are not 0, times 2^30."""
    matrix = problem.matrix[rows]
    line = np.repeat(np.arange(len(rows)), np.diff(matrix.indptr)).tolist()
    found: dict[int, Fraction] = {
        int(j): Fraction(float(problem.cost[j])) * 2**DUAL_BITS
        for j in np.flatnonzero(problem.cost)
    }
    for row, column, weight in zip(
        line, matrix.indices.tolist(), matrix.data.tolist(), strict=True
    ):
        found[column] = found.get(column, Fraction(0)) - units[row] * Fraction(weight)
    return {column: reduced for column, reduced in found.items() if reduced}


def duals_at(cut: Split, prices: Floats) -> Floats:
    """Duals of all rows: *prices* of the linking ones, those of each block's relaxation of its own.

    Rows the boxes keep and blocks that are best at rest have none.
    """
    prices = signed(cut, prices)
    duals = np.zeros(len(cut.problem.row_lower))
    duals[cut.linking] = prices
    reduced = cut.problem.cost - cut.shared_by_column @ prices
    for i, columns in enumerate(cut.columns):
        small, left = without_fixed(as_relaxation(cut.block(i)))
        cost = reduced[columns][left.free]
        if not len(cost) or is_best_at_rest(small, cost):
            continue
        found = run(replace(small, cost=cost), Limits())
        if found.duals is not None:
            duals[cut.rows[i]] = left.lift_duals(found.duals)
    return duals
