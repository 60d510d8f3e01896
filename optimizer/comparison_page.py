"""A comparison on the screen: the runs, then what differs with a column a run by its number."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from optimizer.compare import Comparison
from optimizer.export.comparison_grids import grids, run_cells, run_columns
from optimizer.export.grid import Column, Grid, as_text
from optimizer.labels import head, label
from optimizer.screen import print_grid, screen

FIXED = 3  # columns before the runs
FIGURES = ("buildings_used", "need_served_share", "cost_yuan")
MOST_LINES, MOST_RUNS = 24, 4  # more runs are for a workbook
MORE = (":见 comparison.csv 或 --json", ": comparison.csv or --json")
FILES = ("文件在", "files in")


def print_comparison(comparison: Comparison, folder: Path | None, lang: str) -> None:
    """Print goals and figures, then money, changes, clauses and what was given otherwise."""
    console = screen()
    print_grid(console, _figures(comparison, lang), lang)
    is_narrow = len(comparison.entries) <= MOST_RUNS
    for grid in grids(comparison, lang)[1:] if is_narrow else ():
        rows = tuple(row for row in grid.rows if len(set(row[FIXED:])) > 1)
        if rows:
            shown = replace(grid, rows=rows, columns=_numbered(grid.columns))
            print_grid(console, shown, lang, most_rows=MOST_LINES, more=MORE[lang == "en"])
    if folder is not None:
        console.print(f"{FILES[lang == 'en']} {folder}/")


def _figures(comparison: Comparison, lang: str) -> Grid:
    """One row a run; every goal with its gap in brackets."""
    goals = list(dict.fromkeys(line.key for line in comparison.part("goals").lines))
    names = [name for name in FIGURES if name != "cost_yuan" or "cost" not in goals]
    columns = [Column("#"), *run_columns(comparison, lang), Column(label("status", lang))]
    columns += [Column(head(code, lang), "share") for code in (*goals, *names)]
    rows = tuple(
        [
            str(place),
            *run_cells(comparison, entry),
            label(entry.result.status, lang),
            *_cells(entry, goals, names),
        ]
        for place, entry in enumerate(comparison.entries, start=1)
    )
    return Grid(label("comparison", lang), tuple(columns), rows)


def _cells(entry: Any, goals: list[str], names: list[str]) -> Iterator[str]:
    levels = {level["name"]: level for level in entry.plan["objective"]}
    for goal in goals:
        level = levels.get(goal)
        yield "–" if level is None else _with_gap(level)
    for name in names:
        yield as_text("figure", entry.plan["indicators"].get(name, "–"))


def _with_gap(level: Any) -> str:
    gap = level["gap"]
    return as_text("figure", level["value"]) + (f" ({gap:.1%})" if gap else "")


def _numbered(columns: Sequence[Column]) -> tuple[Column, ...]:
    runs = (Column(str(place), "figure") for place in range(1, len(columns) - FIXED + 1))
    return (*columns[:FIXED], *runs)
