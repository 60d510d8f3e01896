"""Tables on the screen: the same grids that workbooks and pages show."""

import os
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from optimizer.export.grid import Grid, as_text
from optimizer.export.visible import visible
from optimizer.voice import VOICE

MOST_ROWS = 40
PIPED_WIDTH = 200  # where nobody says how wide the screen is
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
    """Print *grid*, at most *most_rows* of its rows; *more* says where the others stand."""
    table = Table(title=escape(grid.title) or None, title_justify="left", box=None, pad_edge=False)
    for column in grid.columns:
        justify: Any = "right" if column.is_number else "left"
        table.add_column(escape(column.head), justify=justify, overflow="fold")
    most_rows = len(grid.rows) if VOICE.get().verbose else most_rows
    for row in grid.rows[:most_rows]:
        table.add_row(*_texts(grid, row))
    for row in grid.totals:
        table.add_row(*_texts(grid, row), style="bold")
    console.print(table)
    if len(grid.rows) > most_rows:
        left = MORE[lang == "en"].format(len(grid.rows) - most_rows)
        console.print(f"{left}{more}", style="dim")


def _texts(grid: Grid, row: Sequence[Any]) -> list[str]:
    return [
        escape(visible(as_text(column.kind, cell)))
        for column, cell in zip(grid.columns, row, strict=True)
    ]
