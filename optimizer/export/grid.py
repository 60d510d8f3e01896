"""One table of any format: columns with a kind, rows of cells, totals below; and how cells read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

Cells = Sequence[Any]
DECIMALS = {"money": 2, "area": 2, "count": 0}
TEXTS = ("text", "wide", "long", "verdict")
SUMMED = ("money", "area", "persons")


class Share(float):
    """A number that reads as a percentage, whatever its size and its column."""


@dataclass(frozen=True, slots=True)
class Column:
    """Head and kind of one column.

    Kinds: text; wide and long (wrap); verdict; money, area, persons, count, walk, share (numbers of
    one format); plain (a number as it is); figure (a number of the format that fits it, or text).
    """

    head: str
    kind: str = "text"

    @property
    def is_number(self) -> bool:
        """Cells stand to the right."""
        return self.kind not in TEXTS


@dataclass(frozen=True)
class Grid:
    """A titled table; ``totals`` are rows of the same columns that stand below, apart.

    ``frozen`` columns stay on screen; ``bars`` are positions of columns worth a data bar; ``notes``
    are sentences between title and heads.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]
    totals: tuple[Cells, ...] = ()
    frozen: int = 0
    bars: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def only(self, kept: Sequence[int]) -> "Grid":
        """The same table with the columns at *kept* alone, in that order; no data bars."""
        return replace(
            self,
            columns=tuple(self.columns[at] for at in kept),
            rows=tuple([row[at] for at in kept] for row in self.rows),
            totals=tuple([row[at] for at in kept] for row in self.totals),
            bars=(),
        )

    def without_empty(self, kept: int) -> "Grid":
        """The same table without the columns after the first *kept* in which no row says a thing.

        A row that says nothing there is left out with them.
        """
        told = [row for row in self.rows if any(map(_says, row[kept:]))]
        filled = [at for at in range(len(self.columns)) if any(_says(row[at]) for row in told)]
        columns = [*range(kept), *(at for at in filled if at >= kept)]
        return replace(self, rows=tuple(told)).only(columns)


def _says(cell: Any) -> bool:
    return cell is not None and cell != ""


def is_number(value: Any) -> bool:
    """*value* is written as a number; a truth value is not one."""
    return isinstance(value, Decimal | int | float) and not isinstance(value, bool)


def kind_of(kind: str, value: Any) -> str:
    """The number format of a cell: its column's, or for a figure the one that fits *value*."""
    if kind != "figure" or not is_number(value):
        return kind
    if isinstance(value, Share):
        return "share"
    if value == int(value):
        return "count"
    return "share" if abs(value) < 1 else "area"


def as_text(kind: str, value: Any) -> str:
    """The cell as a person reads it on a page, its hidden signs still in it."""
    if value is None or value == "":
        return ""
    kind = kind_of(kind, value)
    if not is_number(value) or kind in TEXTS:
        return str(value)
    if kind == "share":
        return f"{value:.1%}"
    if kind == "plain":
        return f"{value:f}"
    if kind in ("persons", "walk"):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return f"{value:,.{DECIMALS[kind]}f}"


def width_of(text: str) -> int:
    """Width of *text* in character cells; a Chinese sign takes two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def total_row(columns: Sequence[Column], rows: Iterable[Cells], word: str) -> Cells:
    """*rows* summed where money, area or persons stand; *word* in the first column."""
    listed = list(rows)
    sums: list[Any] = [
        sum((row[at] for row in listed if is_number(row[at])), Decimal(0))
        if column.kind in SUMMED
        else ""
        for at, column in enumerate(columns)
    ]
    return [word, *sums[1:]]


def subtotals(
    columns: Sequence[Column], rows: Iterable[Cells], at: int, word: str, nothing: str
) -> Iterator[Cells]:
    """One total row for each value of column *at*; *nothing* stands for an empty cell."""
    parts: dict[str, list[Cells]] = {}
    for row in rows:
        parts.setdefault(str(row[at]) or nothing, []).append(row)
    for key in sorted(parts):
        yield total_row(columns, parts[key], f"{word} {key}")
