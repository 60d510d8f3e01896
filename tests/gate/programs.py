"""Random integer programs in small boxes, their optimum by enumeration, and a solver's answer."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import sparse

from optimizer.solve.session import Limits, Problem, Run, RunStatus

EXACT = Limits(gap=0.0, absolute_gap=0.0, seconds=20.0)
CLOSE = 1e-6


@dataclass(frozen=True)
class Wrong:
    """An answer that is not the optimum."""

    seed: int
    expected: float | None  # None: no point satisfies the rows
    found: Run


def program(seed: int) -> Problem:
    """2 to 6 whole variables, 1 to 5 rows of every sense; halves and tenths among the figures."""
    rng = np.random.default_rng(seed)
    width, height = rng.integers(2, 7), rng.integers(1, 6)
    upper = rng.integers(1, 4 if width > 4 else 7, width).astype(float)
    matrix = rng.integers(-9, 10, (height, width)) * rng.choice([1.0, 0.5, 0.1, 10.0], (height, 1))
    matrix[rng.random((height, width)) < 0.3] = 0.0
    at = matrix @ np.floor(rng.random(width) * (upper + 1))  # most have a point
    low = np.where(rng.random(height) < 0.5, at - rng.integers(0, 3, height), -np.inf)
    high = np.where(
        np.isinf(low) | (rng.random(height) < 0.3), at + rng.integers(0, 3, height), np.inf
    )
    if rng.random() < 0.1:
        low, high = low + 0.05, np.maximum(high, low + 0.05)
    cost = rng.integers(-20, 21, width) * rng.choice([1.0, 0.25, 1000.0])
    whole = np.ones(width, dtype=bool)
    return Problem(cost, sparse.csr_matrix(matrix), low, high, np.zeros(width), upper, whole)


def listed(problem: Problem) -> float | None:
    """The least cost of all points, None where none satisfies the rows."""
    points = np.array(list(product(*(range(int(u) + 1) for u in problem.upper))), dtype=float)
    activity = points @ problem.matrix.toarray().T
    is_in = (activity >= problem.row_lower - CLOSE) & (activity <= problem.row_upper + CLOSE)
    inside = points[is_in.all(axis=1)]
    return float((inside @ problem.cost).min()) if len(inside) else None


def wrong_answers(seeds, run: Callable[[Problem, Limits], Run]) -> list[Wrong]:
    """The programs of *seeds* that *run* does not answer with the optimum and a bound of it."""
    found = []
    for seed in seeds:
        problem = program(seed)
        expected, answer = listed(problem), run(problem, EXACT)
        if not _agrees(expected, answer):
            found.append(Wrong(seed, expected, answer))
    return found


def _agrees(expected: float | None, answer: Run) -> bool:
    if expected is None:
        return answer.status is RunStatus.INFEASIBLE and answer.point is None
    allowed = CLOSE * max(1.0, abs(expected))
    return (
        answer.status is RunStatus.OPTIMAL
        and abs(answer.value - expected) <= allowed
        and answer.bound <= expected + allowed
    )
