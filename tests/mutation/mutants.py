"""Mutants of a compiled model: of a group of rows, of a variable's bounds, of a goal's terms."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from optimizer.solve.compiled import Compiled, Objective

Change = Callable[[Compiled], Compiled]
NOBODY = np.array([], dtype=np.int64)


@dataclass(frozen=True)
class Mutant:
    """``change`` makes it from the arrays of any case that has rows of ``group``."""

    group: str
    operator: str
    change: Change

    @property
    def name(self) -> str:
        return f"{self.group}: {self.operator}"


def group_of(row: str) -> str:
    """``family.row`` of a row's name."""
    return row.partition("[")[0]


def rows_of(compiled: Compiled, group: str) -> np.ndarray:
    return np.flatnonzero([group_of(row) == group for row in compiled.rows])


# -- rows ----------------------------------------------------------------------------------------


def row_mutants(
    group: str, variables: list[str], has_side: bool, has_figure: bool
) -> Iterator[Mutant]:
    """Drop, flip, shift and scale the side or else the figure of the row, drop one variable.

    A row of choices only has no figure: all its coefficients are 1 or -1.
    """

    def on_rows(operator: str, change: Callable[[Compiled, np.ndarray], Compiled]) -> Mutant:
        return Mutant(group, operator, lambda c: change(c, rows_of(c, group)))

    yield on_rows("drop", _drop)
    yield on_rows("flip", _flip)
    kind = "right side" if has_side else "coefficient"
    steps = (("+1", 1, 1), ("-1", 1, -1), ("x10", 10, 0))
    for words, times, plus in steps if has_side or has_figure else ():
        moved = _side(times, plus) if has_side else _coefficient(times, plus)
        yield on_rows(f"{kind} {words}", moved)
    for variable in variables:
        yield on_rows(f"without {variable}", _without(variable))
    yield on_rows("without its last term", _without_last)


def _drop(c: Compiled, rows: np.ndarray) -> Compiled:
    low, high = c.row_lower.copy(), c.row_upper.copy()
    low[rows], high[rows] = -np.inf, np.inf
    return replace(c, row_lower=low, row_upper=high)


def _flip(c: Compiled, rows: np.ndarray) -> Compiled:
    """≤ becomes ≥ and the other way round; of an equation only ≤ is left."""
    low, high = c.row_lower.copy(), c.row_upper.copy()
    low[rows], high[rows] = c.row_upper[rows], c.row_lower[rows]
    low[np.isposinf(low)], high[np.isneginf(high)] = -np.inf, np.inf
    equal = rows[c.row_lower[rows] == c.row_upper[rows]]
    low[equal] = -np.inf
    return replace(c, row_lower=low, row_upper=high)


def _side(times: float, plus: float) -> Callable[[Compiled, np.ndarray], Compiled]:
    def change(c: Compiled, rows: np.ndarray) -> Compiled:
        low, high = c.row_lower.copy(), c.row_upper.copy()
        low[rows], high[rows] = low[rows] * times + plus, high[rows] * times + plus
        return replace(c, row_lower=low, row_upper=high)

    return change


def _coefficient(times: float, plus: float) -> Callable[[Compiled, np.ndarray], Compiled]:
    """The coefficients of the row that are largest: the figure the row is about."""

    def change(c: Compiled, rows: np.ndarray) -> Compiled:
        matrix = c.matrix.copy().astype(float)
        for row in rows:
            inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
            data = matrix.data[inside]
            if len(data):
                largest = np.abs(data) == np.abs(data).max()
                sign = np.sign(data)
                matrix.data[inside] = np.where(largest, data * times + plus * sign, data)
        return replace(c, matrix=matrix)

    return change


def _without(variable: str) -> Callable[[Compiled, np.ndarray], Compiled]:
    def change(c: Compiled, rows: np.ndarray) -> Compiled:
        matrix = c.matrix.copy().astype(float)
        is_named = np.array([name == variable for name, _ in c.columns])
        for row in rows:
            inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
            matrix.data[inside] = np.where(
                is_named[matrix.indices[inside]], 0.0, matrix.data[inside]
            )
        return replace(c, matrix=_cleaned(matrix))

    return change


def _without_last(c: Compiled, rows: np.ndarray) -> Compiled:
    matrix = c.matrix.copy().astype(float)
    for row in rows:
        if matrix.indptr[row + 1] - matrix.indptr[row] > 1:
            matrix.data[matrix.indptr[row + 1] - 1] = 0.0
    return replace(c, matrix=_cleaned(matrix))


def _cleaned(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    matrix.eliminate_zeros()
    return matrix


# -- variables -----------------------------------------------------------------------------------


def column_mutants(variable: str) -> Iterator[Mutant]:
    """A variable without its lower bounds, its upper bounds, or free to be a fraction."""
    group = f"columns.{variable}"

    def on_columns(operator: str, change: Callable[[Compiled, np.ndarray], Compiled]) -> Mutant:
        return Mutant(group, operator, lambda c: change(c, c.columns_of[variable]))

    yield on_columns("lower bound 0", _open_below)
    yield on_columns("no upper bound", _open_above)
    yield on_columns("fractions", _broken)


def _open_below(c: Compiled, columns: np.ndarray) -> Compiled:
    lower = c.lower.copy()
    lower[columns] = 0.0
    return replace(c, lower=lower)


def _open_above(c: Compiled, columns: np.ndarray) -> Compiled:
    """A choice may be 1 at most still; an amount anything the model calls large."""
    upper = c.upper.copy()
    upper[columns] = np.where(c.is_integer[columns], 1.0, 1e5)
    return replace(c, upper=upper)


def _broken(c: Compiled, columns: np.ndarray) -> Compiled:
    whole = c.is_integer.copy()
    whole[columns] = False
    return replace(c, is_integer=whole)


# -- goals ---------------------------------------------------------------------------------------


def goal_mutants(goal: str, variables: list[str]) -> Iterator[Mutant]:
    """Flip, drop a variable, weigh it double, leave out its last term, shift what exists.

    The shift promises a thousand too much, more than any rounding of a tiny case can cost; a bound
    that promises too little would end at the plan's own value.
    """

    def on_goal(operator: str, change: Callable[[Compiled, Objective], Objective]) -> Mutant:
        def whole(c: Compiled) -> Compiled:
            changed = change(c, c.objectives[goal])
            return replace(c, objectives={**c.objectives, goal: changed})

        return Mutant(f"goal_{goal}", operator, whole)

    yield on_goal("flip", lambda _, o: replace(o, coefficients=-o.coefficients, offset=-o.offset))
    yield on_goal("shift", lambda _, o: replace(o, offset=o.offset + (1e3 if o.is_max else -1e3)))
    for variable in variables:
        yield on_goal(f"without {variable}", _times(variable, 0.0))
        yield on_goal(f"{variable} x2", _times(variable, 2.0))
    yield on_goal("without its last term", _without_last_of)


def _times(variable: str, factor: float) -> Callable[[Compiled, Objective], Objective]:
    def change(c: Compiled, objective: Objective) -> Objective:
        found = objective.coefficients.copy()
        found[c.columns_of.get(variable, NOBODY)] *= factor
        return replace(objective, coefficients=found)

    return change


def _without_last_of(_: Compiled, objective: Objective) -> Objective:
    found = objective.coefficients.copy()
    found[np.flatnonzero(found)[-1:]] = 0.0
    return replace(objective, coefficients=found)


def closing_mutants(goal: str, variables: list[str]) -> Iterator[Mutant]:
    """Those of a level that nobody asked for: no value is shown, so nothing can be promised."""
    for mutant in goal_mutants(goal, variables):
        group, operator = f"closing_{goal}", mutant.operator
        if operator != "shift":
            yield Mutant(group, operator, mutant.change)
    yield Mutant(f"closing_{goal}", "drop", _without_level(goal))


def _without_level(goal: str) -> Change:
    def change(c: Compiled) -> Compiled:
        nothing = replace(c.objectives[goal], coefficients=np.zeros(c.width))
        return replace(c, objectives={**c.objectives, goal: nothing})

    return change
