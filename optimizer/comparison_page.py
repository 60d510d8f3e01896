"""A comparison on the screen: one row a run, then what differs, a column a run by its number."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from optimizer.compare import Comparison, Entry, Line
from optimizer.labels import label, number_text

SHOWN = ("pilots", "streets_covered", "need_served_share", "cost_yuan")
PARTS = ("money", "changes", "rules", "differences")
MOST_LINES = 30
MORE = ("另有 {} 行,见 comparison.csv 或 --json", "{} more lines: comparison.csv or --json")
FILES = ("文件在", "files in")
NUMBER, RUN, STATUS = ("序号", "#"), ("方案", "run"), ("状态", "status")


def print_comparison(comparison: Comparison, folder: Path | None, lang: str) -> None:
    """Print the runs with their goals, then money, changes, clauses and what differs."""
    console = Console(highlight=False)
    console.print(_runs(comparison, lang))
    for name in PARTS:
        lines = [line for line in comparison.part(name).lines if _tells(line)]
        if lines:
            console.print(_part(comparison, name, lines[:MOST_LINES], lang))
        if len(lines) > MOST_LINES:
            console.print(MORE[lang == "en"].format(len(lines) - MOST_LINES), style="dim")
    if folder is not None:
        console.print(f"{FILES[lang == 'en']} {folder}/")


def _runs(comparison: Comparison, lang: str) -> Table:
    goals = [line for line in comparison.part("goals").lines if line.of == "value"]
    table = Table(box=None, pad_edge=False)
    for head in (NUMBER, RUN, STATUS):
        table.add_column(head[lang == "en"], overflow="fold")
    for line in goals:
        table.add_column(label(line.key, lang), justify="right", overflow="fold")
    wanted = [name for name in SHOWN if name not in {line.key for line in goals}]
    for name in wanted:
        table.add_column(label(name, lang), justify="right", overflow="fold")
    for place, entry in enumerate(comparison.entries):
        table.add_row(str(place + 1), entry.label, *_figures(entry, goals, wanted, lang))
    return table


def _figures(entry: Entry, goals: list[Line], names: list[str], lang: str) -> Iterator[str]:
    yield label(entry.result.status, lang)
    levels = {level["name"]: level for level in entry.plan["objective"]}
    for line in goals:
        level = levels.get(line.key)
        yield "–" if level is None else _with_gap(level)
    for name in names:
        value = entry.plan["indicators"].get(name)
        yield "–" if value is None else number_text(value)


def _with_gap(level: Any) -> str:
    gap = level["gap"]
    return number_text(level["value"]) + ("" if not gap else f" ({float(gap):.1%})")


def _tells(line: Line) -> bool:
    """The line is not the same in every run."""
    return any(value != line.values[0] for value in line.values)


def _part(comparison: Comparison, name: str, lines: list[Line], lang: str) -> Table:
    table = Table(title=label(name, lang), title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    table.add_column("", overflow="fold")
    for place in range(len(comparison.entries)):
        table.add_column(str(place + 1), justify="right", overflow="fold")
    for line in lines:
        said = " ".join(part for part in (label(line.key, lang), line.name) if part)
        table.add_row(label(line.of, lang), said, *(shown(v, line.kind, lang) for v in line.values))
    return table


def shown(value: Any, kind: str, lang: str) -> str:
    """A figure of a line for the screen."""
    if value is None or value == "":
        return "–"
    if kind == "flag":
        return "●" if value else "–"
    if kind == "word":
        return label(str(value), lang)
    if kind == "share":
        return f"{float(value):.2%}"
    return number_text(value) if isinstance(value, Decimal | int) else str(value)[:24]
