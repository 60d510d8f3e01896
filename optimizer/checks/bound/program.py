"""A linear program in exact numbers, and what a dual vector proves of it.

Rows and columns have names, so that a vector written by somebody else fits. Rows are stored in
whole numbers: a row is multiplied by the least number that makes its coefficients whole.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Number = Fraction | int
Terms = dict[int, Number]  # column -> coefficient
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Row:
    """``low ≤ terms ≤ high``; None is no limit. ``scale`` is what it was multiplied by."""

    terms: Mapping[int, int]
    low: Number | None
    high: Number | None
    scale: int = 1


@dataclass
class Program:
    """Columns with finite boxes and rows, both by name."""

    columns: dict[str, int] = field(default_factory=dict)
    lower: list[Number] = field(default_factory=list)
    upper: list[Number] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)

    def column(self, name: str, upper: Number = 1, lower: Number = 0) -> int:
        """The new column *name* with its box."""
        self.columns[name] = len(self.columns)
        self.lower.append(min(lower, upper))
        self.upper.append(upper)
        return len(self.lower) - 1

    def row(
        self, name: str, terms: Mapping[int, Number], low: Number | None, high: Number | None
    ) -> None:
        """Add a row; one without terms says nothing."""
        kept = {column: weight for column, weight in terms.items() if weight}
        if kept:
            self.rows[name] = whole_row(kept, low, high)

    def at_most(self, name: str, terms: Mapping[int, Number], high: Number = 0) -> None:
        """Add ``terms ≤ high``."""
        self.row(name, terms, None, high)

    def at_least(self, name: str, terms: Mapping[int, Number], low: Number = 0) -> None:
        """Add ``terms ≥ low``."""
        self.row(name, terms, low, None)


def whole_row(terms: Mapping[int, Number], low: Number | None, high: Number | None) -> Row:
    """The row with whole coefficients."""
    scale = math.lcm(*(weight.denominator for weight in terms.values()))
    scaled = {column: int(weight * scale) for column, weight in terms.items()}
    low, high = (None if side is None else side * scale for side in (low, high))
    return Row(scaled, low, high, scale)


def total(*parts: tuple[Number, Mapping[int, Number]]) -> Terms:
    """The weighted sum of several terms."""
    found: Terms = {}
    for weight, terms in parts:
        for column, value in terms.items():
            found[column] = found.get(column, 0) + weight * value
    return found


def each(columns: Iterable[int], weight: Number = 1) -> Terms:
    """*columns* with the same coefficient."""
    return dict.fromkeys(columns, weight)


def lower_bound(
    program: Program,
    cost: Mapping[int, Number],
    duals: Mapping[str, Fraction],
    held: Mapping[str, Row],
) -> Fraction:
    """No point of *program* that keeps the rows *held* too costs less: proved by *duals*."""
    rows = {**program.rows, **held}
    used = {name: y for name, y in duals.items() if name in rows and _has_side(rows[name], y)}
    scale = math.lcm(*(y.denominator for y in used.values()), *_denominators(cost))
    reduced = {column: int(weight * scale) for column, weight in cost.items()}
    bound = ZERO
    for name, dual in used.items():
        row, y = rows[name], int(dual * scale)
        side = row.low if y > 0 else row.high
        bound += y * Fraction(side or 0)
        for column, weight in row.terms.items():
            reduced[column] = reduced.get(column, 0) - y * weight
    for column, weight in reduced.items():
        if weight:
            bound += weight * (program.lower[column] if weight > 0 else program.upper[column])
    return bound / scale


def _has_side(row: Row, dual: Fraction) -> bool:
    """A dual of wrong sign prices a side that is not there."""
    return (dual > 0 and row.low is not None) or (dual < 0 and row.high is not None)


def _denominators(cost: Mapping[int, Number]) -> list[int]:
    return [weight.denominator for weight in cost.values()]
