"""A comparison on the screen: the runs, then what differs with a column a run by its number."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from optimizer.compare import Comparison, Entry
from optimizer.export.comparison_grids import grids
from optimizer.export.grid import Column, Grid, as_text, is_number
from optimizer.labels import head, label
from optimizer.labels.settings import setting_head, setting_text
from optimizer.screen import print_grid, screen

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
        rows = tuple(row for row in grid.rows if len(set(row[grid.frozen :])) > 1)
        if rows:
            shown = replace(grid, rows=rows, columns=_numbered(grid.columns, grid.frozen))
            print_grid(console, shown, lang, most_rows=MOST_LINES, more=MORE[lang == "en"])
    if folder is not None:
        console.print(f"{FILES[lang == 'en']} {folder}/")


def _figures(comparison: Comparison, lang: str) -> Grid:
    """One row a run; every goal with its gap in brackets."""
    goals = list(dict.fromkeys(line.key for line in comparison.part("goals").lines))
    names = [name for name in FIGURES if name != "cost_yuan" or "cost" not in goals]
    columns = [Column("#"), *_run_columns(comparison, lang), Column(label("status", lang))]
    columns += [Column(head(code, lang), "share") for code in (*goals, *names)]
    rows = tuple(
        [
            str(place),
            *_run_cells(comparison, entry, lang),
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


def _run_columns(comparison: Comparison, lang: str) -> list[Column]:
    """What tells the runs apart: the keys a sweep varies, else the name of each run."""
    if not comparison.axes:
        return [Column(label("run", lang), "wide")]
    return [Column(setting_head(axis.path, lang), "figure") for axis in comparison.axes]


def _run_cells(comparison: Comparison, entry: Entry, lang: str) -> list[Any]:
    if not comparison.axes:
        return [entry.label]
    values = (entry.settings[axis.name] for axis in comparison.axes)
    return [value if is_number(value) else setting_text(value, lang) for value in values]


def _numbered(columns: Sequence[Column], fixed: int) -> tuple[Column, ...]:
    runs = (Column(str(place), "figure") for place in range(1, len(columns) - fixed + 1))
    return (*columns[:fixed], *runs)
