"""Where the head of a table stands in a sheet, and what it says over one line or two.

Offices put titles above it, merge groups over it and write units below it. The head is the first
row most of whose cells are columns of the table; a second line is joined to it where that makes
more of them known. Source: ecosystem.md section 1 (government forms).
"""

import re
from dataclasses import dataclass

from optimizer.heads import read_head
from optimizer.load.raw import Cell, RawRow
from optimizer.text import INVISIBLE, clean
from optimizer.units import is_unit

SEARCHED_ROWS = 40
KNOWN_SHARE = 0.6
BRACKETED = re.compile(r"[(\[【](.*)[)\]】]")


@dataclass(frozen=True, slots=True)
class FoundHead:
    """The heads as written, where they stand, and how many filled rows to the last line of them."""

    heads: tuple[str, ...]
    row: int
    first: int  # index among the filled rows
    lines: int


def find_head(table: str, rows: list[RawRow], merged: dict[Cell, Cell]) -> FoundHead:
    """The head of *table* among its filled *rows*; the first row where none looks like one."""
    tried = [_at(table, rows, i, merged) for i in range(min(SEARCHED_ROWS, len(rows)))]
    for found in tried:
        if _known(table, found.heads) >= max(2, KNOWN_SHARE * _filled(found.heads)):
            return found
    best = max(tried, key=lambda found: _known(table, found.heads))
    return best if _known(table, best.heads) else tried[0]


def _at(table: str, rows: list[RawRow], i: int, merged: dict[Cell, Cell]) -> FoundHead:
    upper = _trimmed(_written(rows[i]))
    found = FoundHead(upper, rows[i].number, i, 1)
    if i + 1 == len(rows):
        return found
    lower = _written(rows[i + 1])
    if _is_unit_line(lower):
        return FoundHead(_with_units(upper, lower), rows[i].number, i, 2)
    group = _spread(upper, rows[i].number, merged)
    joined = _trimmed(_joined(table, group, lower))
    alone = max(_known(table, upper), _known(table, lower))
    if _known(table, joined) > alone and _under(table, upper, lower):
        return FoundHead(joined, rows[i].number, i, 2)
    return found


def _written(row: RawRow) -> tuple[str, ...]:
    return tuple(cell.translate(INVISIBLE).strip() for cell in row.cells)


def _under(table: str, upper: tuple[str, ...], lower: tuple[str, ...]) -> bool:
    """The lower line is heads, no data: what stands in it is known wherever it is filled."""
    filled = [cell for cell in lower if cell]
    known = sum(read_head(table, cell) is not None for cell in filled)
    is_part = _filled(upper) > 1
    return bool(filled) and known >= KNOWN_SHARE * len(filled) and is_part


def _known(table: str, heads: tuple[str, ...]) -> int:
    return sum(read_head(table, head) is not None for head in heads if head)


def _filled(heads: tuple[str, ...]) -> int:
    return sum(bool(head) for head in heads)


def _trimmed(heads: tuple[str, ...]) -> tuple[str, ...]:
    while heads and not heads[-1]:
        heads = heads[:-1]
    return heads


def _is_unit_line(cells: tuple[str, ...]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(is_unit(_bare(cell)) for cell in filled)


def _bare(cell: str) -> str:
    found = BRACKETED.fullmatch(clean(cell))
    return found[1] if found else cell


def _with_units(upper: tuple[str, ...], units: tuple[str, ...]) -> tuple[str, ...]:
    padded = units + ("",) * (len(upper) - len(units))
    return tuple(
        f"{head}({_bare(unit)})" if head and unit else head
        for head, unit in zip(upper, padded, strict=False)
    )


def _spread(upper: tuple[str, ...], row: int, merged: dict[Cell, Cell]) -> tuple[str, ...]:
    """A merged group title stands over every column it covers."""
    spread = list(upper)
    for column in range(len(spread)):
        origin = merged.get((row, column))
        if origin and origin[0] == row and not spread[column]:
            spread[column] = spread[origin[1]]
    return tuple(spread)


def _joined(table: str, upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    width = max(len(upper), len(lower))
    above = upper + ("",) * (width - len(upper))
    below = lower + ("",) * (width - len(lower))
    return tuple(_one(table, a, b) for a, b in zip(above, below, strict=True))


def _one(table: str, above: str, below: str) -> str:
    if below and (read_head(table, below) is not None or not above):
        return below
    if below and read_head(table, above + below) is not None:
        return above + below
    return above
