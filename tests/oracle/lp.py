"""Two small simplex methods: one exact in integers, one in floats whose bound is safe anyway.

Both maximise c·x over A x ≤ b, x ≥ 0, right-hand sides of any sign. Feasibility is reached by the
dual method with a zero objective, then the primal method follows; Bland's least index rule ends
every degenerate stretch.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

EPS = 1e-9
FLOAT_PIVOTS = 2_000
BLAND_AFTER = 200


@dataclass(frozen=True)
class Solved:
    """An exact optimum: its value and the point where it is reached."""

    value: Fraction
    point: list[Fraction]


def exact_maximise(
    cost: list[Fraction], rows: list[list[Fraction]], rhs: list[Fraction]
) -> Solved | None:
    """The exact maximum, or None where no point satisfies the rows. Unbounded is an error."""
    width = len(cost)
    tableau = _integers(cost, rows, rhs)
    basis = [width + i for i in range(len(rows))]
    denominator = _exact_dual_phase(tableau, basis, 1)
    if denominator is None:
        return None
    denominator = _exact_primal_phase(tableau, basis, denominator)
    point = [Fraction(0)] * width
    for i, j in enumerate(basis):
        if j < width:
            point[j] = Fraction(tableau[i][-1], denominator)
    return Solved(sum((c * x for c, x in zip(cost, point, strict=True)), Fraction(0)), point)


def _integers(cost, rows, rhs) -> list[list[int]]:
    """Rows with slack columns and the objective row -c, each scaled to whole numbers."""
    tableau = []
    for i, (row, b) in enumerate(zip(rows, rhs, strict=True)):
        scale = lcm(*(x.denominator for x in row), b.denominator)
        slack = [int(i == k) for k in range(len(rows))]
        tableau.append([*(int(x * scale) for x in row), *slack, int(b * scale)])
    scale = lcm(*(x.denominator for x in cost))
    tableau.append([*(-int(x * scale) for x in cost), *([0] * len(rows)), 0])
    return tableau


def _exact_dual_phase(tableau, basis, denominator) -> int | None:
    while True:
        short = [i for i in range(len(basis)) if tableau[i][-1] < 0]
        if not short:
            return denominator
        r = min(short, key=lambda i: basis[i])
        entering = next((j for j, x in enumerate(tableau[r][:-1]) if x < 0), None)
        if entering is None:
            return None
        denominator = _exact_pivot(tableau, basis, r, entering, denominator)


def _exact_primal_phase(tableau, basis, denominator) -> int:
    while True:
        entering = next((j for j, x in enumerate(tableau[-1][:-1]) if x < 0), None)
        if entering is None:
            return denominator
        leaving = None
        for i in range(len(basis)):
            if tableau[i][entering] > 0:
                ratio = Fraction(tableau[i][-1], tableau[i][entering])
                if leaving is None or (ratio, basis[i]) < leaving[:2]:
                    leaving = ratio, basis[i], i
        if leaving is None:
            raise ArithmeticError("the linear program is unbounded")
        denominator = _exact_pivot(tableau, basis, leaving[2], entering, denominator)


def _exact_pivot(tableau, basis, r, s, denominator) -> int:
    """Edmonds' integer pivot: every entry stays whole over the common denominator."""
    pivot_row, pivot = tableau[r], tableau[r][s]
    for i, row in enumerate(tableau):
        if i == r:
            continue
        factor = row[s]
        if factor:
            tableau[i] = [
                (x * pivot - factor * y) // denominator for x, y in zip(row, pivot_row, strict=True)
            ]
        elif pivot != denominator:
            tableau[i] = [x * pivot // denominator for x in row]
    basis[r] = s
    if pivot < 0:
        for i, row in enumerate(tableau):
            tableau[i] = [-x for x in row]
    return abs(pivot)


@dataclass(frozen=True)
class Relaxed:
    """A float answer: ``bound`` is at least the true maximum (-inf: proved infeasible)."""

    bound: float
    point: np.ndarray | None


def safe_maximise(cost, matrix, rhs, upper) -> Relaxed:
    """A bound that holds whatever the rounding did, by weak duality over the box [0, upper]."""
    height, width = matrix.shape
    tableau = np.zeros((height + 1, width + height + 1))
    tableau[:height, :width] = matrix
    tableau[:height, width:-1] = np.eye(height)
    tableau[:height, -1] = rhs
    tableau[-1, :width] = -cost
    basis = np.arange(width, width + height)
    broken = _float_dual_phase(tableau, basis)
    if broken is not None:
        y = np.maximum(0.0, tableau[broken, width:-1])
        reached = float(np.minimum(0.0, y @ matrix) @ upper)
        if reached > y @ rhs + EPS * (1 + np.abs(y) @ np.abs(rhs)):
            return Relaxed(-np.inf, None)
        return Relaxed(float(np.maximum(0.0, cost) @ upper), None)
    _float_primal_phase(tableau, basis)
    y = np.maximum(0.0, tableau[-1, width:-1])
    bound = float(y @ rhs + np.maximum(0.0, cost - y @ matrix) @ upper)
    point = np.zeros(width + height)
    point[basis] = tableau[:-1, -1]
    return Relaxed(bound, point[:width])


def _float_dual_phase(tableau, basis) -> int | None:
    """Pivot to a feasible basis; the row that proves there is none, or None."""
    last = 0
    for count in range(FLOAT_PIVOTS):
        values = tableau[:-1, -1]
        short = np.flatnonzero(values < -EPS)
        if not len(short):
            return None
        if count < BLAND_AFTER:
            last = int(short[np.argmin(values[short])])
            entering = int(np.argmin(tableau[last, :-1]))
        else:
            last = int(short[np.argmin(basis[short])])
            negative = np.flatnonzero(tableau[last, :-1] < -EPS)
            entering = int(negative[0]) if len(negative) else 0
        if tableau[last, entering] > -EPS:
            return last
        _float_pivot(tableau, basis, last, entering)
    return last


def _float_primal_phase(tableau, basis) -> None:
    for count in range(FLOAT_PIVOTS):
        reduced = tableau[-1, :-1]
        negative = np.flatnonzero(reduced < -EPS)
        if not len(negative):
            return
        entering = int(negative[0] if count > BLAND_AFTER else np.argmin(reduced))
        column = tableau[:-1, entering]
        rows = np.flatnonzero(column > EPS)
        if not len(rows):
            return
        ratios = np.maximum(0.0, tableau[rows, -1]) / column[rows]
        ties = rows[ratios <= ratios.min() + EPS]
        leaving = ties[np.argmin(basis[ties]) if count > BLAND_AFTER else np.argmax(column[ties])]
        _float_pivot(tableau, basis, int(leaving), entering)


def _float_pivot(tableau, basis, r, s) -> None:
    tableau[r] /= tableau[r, s]
    factors = tableau[:, s].copy()
    factors[r] = 0.0
    tableau -= np.outer(factors, tableau[r])
    basis[r] = s
