"""The relaxations of the verifier as arrays, and their duals by name.

Rows, columns and goals are the verifier's (:mod:`optimizer.checks.bound`); nothing of the model is
read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from scipy import sparse

from optimizer.checks.bound.audit import Level
from optimizer.checks.bound.program import Program, Row
from optimizer.solve.arrays import Floats
from optimizer.solve.session import Limits, Problem, run

DIGITS, PLACES = 12, 40  # of a dual
Duals = dict[str, str]
NOTHING = 1e-11  # of a dual, rows and costs scaled to 1


@dataclass(frozen=True)
class _Rows:
    """Rows as arrays, each divided by its largest coefficient, ``size``."""

    names: list[str]
    matrix: sparse.csr_matrix
    low: Floats
    high: Floats
    size: Floats


class Relaxed:
    """A program as arrays, made once for all levels."""

    def __init__(self, program: Program) -> None:
        self.lower = np.array([float(x) for x in program.lower])
        self.upper = np.array([float(x) for x in program.upper])
        self._rows = _rows(program.rows, len(self.lower))

    def duals(self, level: Level, seconds: float, should_stop: Callable[[], bool]) -> Duals | None:
        """The duals of *level* where its program is solved in time."""
        held = _rows(level.held, len(self.lower))
        cost = np.zeros(len(self.lower))
        for column, weight in level.cost.items():
            cost[column] = float(weight)
        scale = float(np.abs(cost).max(initial=0.0)) or 1.0
        problem = Problem(
            cost / scale,
            sparse.vstack([self._rows.matrix, held.matrix], format="csr"),
            np.append(self._rows.low, held.low),
            np.append(self._rows.high, held.high),
            self.lower,
            self.upper,
            np.zeros(len(cost), dtype=bool),
        )
        found = run(problem, Limits(seconds=seconds), should_stop=should_stop)
        if found.duals is None or not np.isfinite(found.duals).all():
            return None
        duals = np.where(np.abs(found.duals) > NOTHING, found.duals, 0.0)
        priced = duals * scale / np.append(self._rows.size, held.size)
        names = [*self._rows.names, *held.names]
        return {names[i]: _text(priced[i]) for i in np.flatnonzero(priced)}


def _rows(rows: Mapping[str, Row], width: int) -> _Rows:
    sizes = [max(map(abs, row.terms.values())) for row in rows.values()]
    starts = np.cumsum([0, *(len(row.terms) for row in rows.values())])
    columns = [column for row in rows.values() for column in row.terms]
    values = [
        weight / size
        for row, size in zip(rows.values(), sizes, strict=True)
        for weight in row.terms.values()
    ]
    pairs = list(zip(rows.values(), sizes, strict=True))
    return _Rows(
        list(rows),
        sparse.csr_matrix((values, columns, starts), shape=(len(rows), width)),
        np.array([-np.inf if r.low is None else float(r.low / Fraction(s)) for r, s in pairs]),
        np.array([np.inf if r.high is None else float(r.high / Fraction(s)) for r, s in pairs]),
        np.array([float(size) for size in sizes]),
    )


def _text(dual: float) -> str:
    """*dual* as a plain decimal."""
    value = Decimal(f"{dual:.{DIGITS}g}")
    return f"{value:.{PLACES}f}".rstrip("0").rstrip(".")
