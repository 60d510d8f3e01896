"""Bounds that stay valid whatever the solver's tolerances did, and their rounding to a goal's step.

From any row duals, ``y·b + Σ min over the box of (c − yA)`` bounds the LP from below (Neumaier and
Shcherbina 2004); wrong signs are cut to zero, so a bad dual vector weakens the bound, never breaks
it. Evaluated in floating point here, hence "claimed".
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from models.exact import fraction
from optimizer.solve.arrays import Floats
from optimizer.solve.session import Problem

STEP_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Bound:
    """Lower bound of a level's cost in model units; ``certified`` is proved in exact arithmetic."""

    claimed: float = -np.inf
    certified: Fraction | None = None


def safe_lower_bound(problem: Problem, duals: Floats) -> float:
    """Lower bound of the LP (and so of the MIP) from *duals*; -inf where a box is open."""
    y = duals.copy()
    y[(y > 0) & np.isneginf(problem.row_lower)] = 0.0
    y[(y < 0) & np.isposinf(problem.row_upper)] = 0.0
    sides = np.where(y > 0, problem.row_lower, problem.row_upper)
    from_rows = float(np.sum(np.where(y != 0, y * np.where(y != 0, sides, 0.0), 0.0)))
    reduced = problem.cost - problem.matrix.T @ y
    ends = np.where(reduced > 0, problem.lower, problem.upper)
    return from_rows + float(np.sum(np.where(reduced != 0, reduced * ends, 0.0)))


def outward(bound: float, is_max: bool, step: Fraction | None, value: Fraction) -> Fraction | None:
    """*bound* as an exact number no tighter than it, on the goal's step, never beyond *value*.

    A goal that only takes multiples of *step* cannot lie between two of them: 80.6 means 80.
    """
    if not np.isfinite(bound):
        return None
    slack = STEP_TOLERANCE * max(1.0, abs(bound))
    given = bound if not step else bound + slack if is_max else bound - slack
    return outward_exact(fraction(given), is_max, step, value)


def outward_exact(
    bound: Fraction, is_max: bool, step: Fraction | None, value: Fraction
) -> Fraction:
    """The same of an exact *bound*, which needs no slack."""
    unit = step or Fraction(1, 1_000_000)
    units = bound / unit
    exact = unit * (units.__floor__() if is_max == bool(step) else units.__ceil__())
    return max(exact, value) if is_max else min(exact, value)
