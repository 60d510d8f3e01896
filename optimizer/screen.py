"""Tables on the screen: the same grids that workbooks and pages show."""

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from optimizer.export.grid import Grid, as_text, width_of
from optimizer.export.visible import visible
from optimizer.voice import VOICE

MOST_ROWS = 40
PIPED_WIDTH = 200  # where nobody says how wide the screen is
GAP = 2  # between two columns
HEAD_WORD, MOST_WORD = 12, 24  # cells: of a figure's head and of texts, then they wrap
MORE = ("另有 {} 行", "{} more rows")


def screen(*, stderr: bool = False) -> Console:
    """Where text goes: as wide as the terminal, wide enough for any table in a pipe."""
    console = Console(highlight=False, stderr=stderr)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED_WIDTH
    return console


def print_grid(
    console: Console, grid: Grid, lang: str, *, most_rows: int = MOST_ROWS, more: str = ""
) -> None:
    """Print *grid*, at most *most_rows* of its rows; *more* says where the others stand.

    Columns that a screen has no room for stand below, beside the first ones again.
    """
    most_rows = len(grid.rows) if VOICE.get().verbose else most_rows
    shown = replace(grid, rows=grid.rows[:most_rows])
    least = [_least(shown, at) for at in range(len(grid.columns))]
    for number, band in enumerate(_bands(least, max(1, grid.frozen), console.width)):
        part = replace(shown.only(band), title="" if number else grid.title)
        widths = _widths(part, [least[at] for at in band], console.width)
        console.print(_table(part, widths))
    if len(grid.rows) > most_rows:
        left = MORE[lang == "en"].format(len(grid.rows) - most_rows)
        console.print(f"{left}{more}", style="dim")


def _table(grid: Grid, widths: Sequence[int]) -> Table:
    table = Table(title=escape(grid.title) or None, title_justify="left", box=None, pad_edge=False)
    for column, width in zip(grid.columns, widths, strict=True):
        justify: Any = "right" if column.is_number else "left"
        table.add_column(escape(column.head), justify=justify, overflow="fold", width=width)
    for row in grid.rows:
        table.add_row(*_texts(grid, row))
    for row in grid.totals:
        table.add_row(*_texts(grid, row), style="bold")
    return table


def _least(grid: Grid, at: int) -> int:
    """Cells wide that column *at* must be: its figures whole, a word of its texts and head."""
    column = grid.columns[at]
    texts = [as_text(column.kind, row[at]) for row in (*grid.rows, *grid.totals)]
    longest = max(map(width_of, texts), default=0)
    if column.is_number:
        word = max(map(width_of, column.head.split(" ")))
        return max(longest, min(word, HEAD_WORD))
    words = (width_of(word) for text in (*texts, column.head) for word in text.split(" "))
    return min(max(words), MOST_WORD)


def _widths(grid: Grid, least: Sequence[int], width: int) -> list[int]:
    """Cells wide that each column is: as it would be, or what *width* leaves beyond *least*."""
    wanted = []
    for at, column in enumerate(grid.columns):
        texts = (as_text(column.kind, row[at]) for row in (*grid.rows, *grid.totals))
        wanted.append(max(map(width_of, (column.head, *texts))))
    more = [max(0, wide - narrow) for wide, narrow in zip(wanted, least, strict=True)]
    room = width - GAP * (len(least) - 1) - sum(least)
    if room < 0:
        return [*least[:-1], max(1, least[-1] + room)]
    if sum(more) <= room:
        return wanted
    return [narrow + room * part // sum(more) for narrow, part in zip(least, more, strict=True)]


def _bands(least: Sequence[int], kept: int, width: int) -> list[list[int]]:
    """Columns that stand side by side, the first *kept* in each."""
    kept = min(kept, len(least) - 1)
    first = list(range(kept))
    bands, band = [], list(first)
    for at in range(kept, len(least)):
        room = sum(least[k] + GAP for k in (*band, at)) - GAP
        if room > width and len(band) > kept:
            bands.append(band)
            band = list(first)
        band.append(at)
    return [*bands, band]


def _texts(grid: Grid, row: Sequence[Any]) -> list[str]:
    return [
        escape(visible(as_text(column.kind, cell)))
        for column, cell in zip(grid.columns, row, strict=True)
    ]
