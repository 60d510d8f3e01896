"""What an argument in equivalent.toml says to be implied is so: the solver looks for a point.

A mutant changes rows or bounds. Where they are implied, no point that the mutant allows leaves one
of them as it was: the largest and the least of each is within it.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from optimizer.solve.compiled import Compiled
from optimizer.solve.session import Limits, RunStatus, run
from tests.arrays import problem_at
from tests.mutation.battery import Prepared
from tests.mutation.mutants import Mutant

EXACT = Limits(gap=0.0, absolute_gap=1e-9)
CLOSE = 1e-4  # HiGHS keeps rows to 1e-6, of coefficients up to some hundreds
MOST_ROWS = 6  # of one mutant in one case


def left_by(mutant: Mutant, case: Prepared) -> list[str]:
    """Rows and columns of *case* that a point of the mutated model leaves."""
    before, after = case.compiled, mutant.change(case.compiled)
    return list(_parts(case.name, before, after)) + [
        f"{case.name}: {name} {found:g} is not in [{low:g}, {high:g}]"
        for name, row, low, high in _changed(before, after)
        for found in _ends(after, row, low, high)
        if not low - CLOSE <= found <= high + CLOSE
    ]


def _parts(case: str, before: Compiled, after: Compiled) -> Iterator[str]:
    """Choices that need not be whole any more and can be a half."""
    for j in np.flatnonzero(before.is_integer & ~after.is_integer)[:MOST_ROWS]:
        at = np.arange(before.width) == j
        lower, upper = np.where(at, 0.5, after.lower), np.where(at, 0.5, after.upper)
        halved = replace(problem_at(after, np.zeros(before.width)), lower=lower, upper=upper)
        if run(halved, EXACT).status is not RunStatus.INFEASIBLE:
            yield f"{case}: {before.columns[j]} can be a half"


def _changed(before: Compiled, after: Compiled) -> Iterator[tuple[str, np.ndarray, float, float]]:
    """(name, coefficients, lower, upper) before the mutation of some of what it changed."""
    is_moved = (before.row_lower != after.row_lower) | (before.row_upper != after.row_upper)
    is_moved |= np.diff((before.matrix != after.matrix).tocsr().indptr) > 0
    for k in np.flatnonzero(is_moved)[:MOST_ROWS]:
        row = before.matrix[[k]].toarray()[0]
        yield before.rows[k], row, before.row_lower[k], before.row_upper[k]
    moved = (before.lower != after.lower) | (before.upper != after.upper)
    for j in np.flatnonzero(moved)[:MOST_ROWS]:
        alone = np.zeros(before.width)
        alone[j] = 1.0
        yield str(before.columns[j]), alone, before.lower[j], before.upper[j]


def _ends(after: Compiled, row: np.ndarray, low: float, high: float) -> Iterator[float]:
    """The least of *row* where it has a lower side, the largest where it has an upper one."""
    for sign, side in ((1, low), (-1, high)):
        if np.isfinite(side):
            found = run(problem_at(after, sign * row), EXACT)
            if found.status is not RunStatus.INFEASIBLE:
                yield sign * found.bound
