"""From a solver's floating point to areas in whole units of 0.01 m² that still satisfy the rows.

0/1 columns are snapped, areas rounded up so that whoever is served stays served, and single units
taken away in a fixed order where rounding exceeds a limit, or handed back where a row needs them;
where that fails the same is tried from areas rounded down. What rows claim of areas is rounded
with them and lowered to what is needed first. The rows are the compiled ones: no family is known
by name. Rows with followers (persons, who pays) are left to :mod:`optimizer.solve.decode`, which
decides them exactly. Source: formulation.md section 5.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.solve.arrays import Floats, Ints
from optimizer.solve.compiled import Compiled
from optimizer.solve.session import Problem

UNIT_M2 = 0.01
SNAP = 1e-5  # of a unit: a solver says 600.00000001 m² where it means 600
ROW_TOLERANCE = 5e-9  # half of 1e-4 yuan (0.01 m² × 0.01 yuan/m²) in units of 10,000 yuan
PASSES = 8
PERSON = 1e-6  # persons have six decimals


def round_areas(compiled: Compiled, point: Floats) -> Iterator[Floats]:
    """*point* with whole 0/1 and whole units of area, in the ways that could be repaired."""
    none = np.array([], dtype=np.int64)
    claims = np.concatenate([none, *(compiled.columns_of.get(c, none) for c in compiled.claims)])
    areas = np.concatenate([compiled.columns_of.get("area", none), claims])
    whole = point.copy()
    whole[compiled.is_integer] = np.rint(point[compiled.is_integer])
    exact = point[areas] / UNIT_M2
    down = np.floor(exact + SNAP)
    order = areas[np.argsort(exact - down, kind="stable")]
    for units, first in ((np.ceil(exact - SNAP), order), (down, order[::-1])):
        rounded = whole.copy()
        rounded[areas] = units * UNIT_M2
        repaired = _Repair(compiled, rounded, first).run(np.sort(claims))
        if repaired is not None:
            yield repaired


def with_room_for_millionths(compiled: Compiled, problem: Problem, point: Floats) -> Problem:
    """*problem* with capacities in use less what cutting persons to millionths may take."""
    persons, areas = np.zeros(compiled.width), np.zeros(compiled.width)
    served = compiled.columns_of.get("served", np.array([], dtype=np.int64))
    persons[served] = point[served] > PERSON
    areas[compiled.columns_of["area"]] = 1.0
    pattern: Any = abs(compiled.matrix)
    high = problem.row_upper.copy()
    high[: len(compiled.rows)] -= PERSON * (pattern @ persons) * (pattern @ areas > 0)
    return replace(problem, row_upper=high)


class _Repair:
    """Moves single units until every row without followers holds; state is row activity."""

    def __init__(self, compiled: Compiled, point: Floats, order: Ints) -> None:
        self.rows, self.cols = compiled.matrix, compiled.by_column
        self.low, self.high = compiled.row_lower, compiled.row_upper
        self.upper = compiled.upper
        self.point = point
        self.rank = {int(j): k for k, j in enumerate(order) if point[j] > 0}
        self.activity: Floats = compiled.matrix @ point
        self.is_judged = ~_rows_of_followers(compiled)

    def run(self, claims: Ints) -> Floats | None:
        for column in claims.tolist():
            self._move(column, -self._room(column, -1))
        for _ in range(PASSES):
            short = np.flatnonzero((self.activity < self.low - ROW_TOLERANCE) & self.is_judged)
            over = np.flatnonzero((self.activity > self.high + ROW_TOLERANCE) & self.is_judged)
            if not len(short) and not len(over):
                return self.point
            for row in short:
                self._mend(int(row), self.low[row] - self.activity[row])
            for row in over:
                self._mend(int(row), self.high[row] - self.activity[row])
        return None

    def _mend(self, row: int, lacking: float) -> None:
        """Change area columns of *row* until its activity has moved by *lacking*."""
        columns, weights = _entries(self.rows, row)
        steps = sorted(
            (self.rank[j], j, weight)
            for j, weight in zip(columns.tolist(), weights.tolist(), strict=True)
            if j in self.rank and weight
        )
        for _, column, weight in steps:
            if abs(lacking) <= ROW_TOLERANCE:
                return
            direction = 1 if lacking * weight > 0 else -1
            wanted = int(np.ceil(abs(lacking / (weight * UNIT_M2)) - 1e-6))
            units = direction * min(wanted, self._room(column, direction, row))
            lacking -= units * UNIT_M2 * weight
            self._move(column, units)

    def _room(self, column: int, direction: int, mended: int = -1) -> int:
        """Units *column* may move without breaking a row other than *mended*."""
        value = self.point[column]
        room = (self.upper[column] - value if direction > 0 else value) / UNIT_M2
        rows, weights = _entries(self.cols, column)
        keep = self.is_judged[rows] & (rows != mended)
        rows, push = rows[keep], weights[keep] * direction
        slack = np.where(
            push > 0, self.high[rows] - self.activity[rows], self.activity[rows] - self.low[rows]
        )
        if len(rows):
            room = min(room, float(np.min(slack / (np.abs(push) * UNIT_M2))))
        return max(0, int(np.floor(room + 1e-6)))

    def _move(self, column: int, units: int) -> None:
        if not units:
            return
        self.point[column] = (round(self.point[column] / UNIT_M2) + units) * UNIT_M2
        rows, weights = _entries(self.cols, column)
        self.activity[rows] += weights * units * UNIT_M2


def _entries(matrix: Any, line: int) -> tuple[Ints, Floats]:
    begin, end = matrix.indptr[line], matrix.indptr[line + 1]
    return matrix.indices[begin:end], matrix.data[begin:end]


def _rows_of_followers(compiled: Compiled) -> np.ndarray:
    found = np.zeros(len(compiled.rows), dtype=bool)
    for variable in compiled.followers:
        columns = compiled.columns_of.get(variable)
        if columns is not None:
            found[compiled.by_column[:, columns].indices] = True
    return found
