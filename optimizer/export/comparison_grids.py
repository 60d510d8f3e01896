"""A comparison as tables: one row a run, then what differs with a column a run."""

from collections.abc import Iterator, Sequence
from typing import Any

from optimizer.compare import Comparison, Entry, Line
from optimizer.export.grid import Cells, Column, Grid, is_number
from optimizer.export.names import function_name
from optimizer.labels import head, label
from optimizer.labels.judging import clause_text, rule_text

MARK = "●"


def grids(comparison: Comparison, lang: str) -> tuple[Grid, ...]:
    """Every table of *comparison*, heads and words in *lang*."""
    parts = (_part(comparison, name, lang) for name in ("money", "changes", "rules", "differences"))
    return (runs_grid(comparison, lang), *parts)


def runs_grid(comparison: Comparison, lang: str) -> Grid:
    """One row a run: goals with bound and gap, and the indicators."""
    goals = list(dict.fromkeys(line.key for line in comparison.part("goals").lines))
    figures = [line.key for line in comparison.part("indicators").lines if line.key != "status"]
    columns = [*run_columns(comparison, lang), Column(label("status", lang))]
    for goal in goals:
        columns += [
            Column(head(goal, lang), "figure"),
            Column(f"{label(goal, lang)}: {label('bound', lang)}", "figure"),
            Column(f"{label(goal, lang)}: {label('gap_share', lang)}", "share"),
        ]
    columns += [Column(head(name, lang), "figure") for name in figures]
    rows = tuple(
        [*run_cells(comparison, entry), *_run(entry, goals, figures, lang)]
        for entry in comparison.entries
    )
    return Grid(label("comparison", lang), tuple(columns), rows, frozen=1)


def run_columns(comparison: Comparison, lang: str) -> list[Column]:
    """What tells the runs apart: the keys a sweep varies, else the name of each run."""
    if not comparison.axes:
        return [Column(label("run", lang), "wide")]
    return [Column(head(axis.path[-1], lang), "figure") for axis in comparison.axes]


def run_cells(comparison: Comparison, entry: Entry) -> list[Any]:
    """The cells of *entry* under :func:`run_columns`."""
    if not comparison.axes:
        return [entry.label]
    values = (entry.settings[axis.name] for axis in comparison.axes)
    return [value if is_number(value) else str(value) for value in values]


def _run(entry: Entry, goals: list[str], figures: list[str], lang: str) -> Cells:
    levels = {level["name"]: level for level in entry.plan["objective"]}
    cells: list[Any] = [label(entry.result.status, lang)]
    for goal in goals:
        level = levels.get(goal, {})
        cells += [level.get("value"), level.get("bound"), level.get("gap")]
    return [*cells, *(entry.plan["indicators"].get(name) for name in figures)]


def _part(comparison: Comparison, name: str, lang: str) -> Grid:
    lines = comparison.part(name).lines
    columns = (
        Column(label("figure", lang)),
        Column(label("id", lang)),
        Column(label("name", lang), "wide"),
        *(Column(_short(comparison, entry), "figure") for entry in comparison.entries),
    )
    listed = [rule for entry in comparison.entries for rule in entry.result.policy["rules"]]
    rows = tuple(
        [label(line.of, lang), line.key, _name(name, line, listed, lang), *shown_values(line, lang)]
        for line in lines
    )
    return Grid(label(name, lang), columns, rows, frozen=3)


def _short(comparison: Comparison, entry: Entry) -> str:
    """What heads the column of *entry*: the values of a sweep, whose keys all runs share."""
    return " · ".join(map(str, run_cells(comparison, entry)))


def _name(part: str, line: Line, listed: Sequence[Any], lang: str) -> str:
    """What stands beside the id of *line*; of a clause what the rule asks for too."""
    if line.of == "source":
        return label(line.key, lang)
    if line.of == "function":
        return function_name(line.key, line.name, lang)
    if part == "rules":
        return f"{clause_text(line.name, lang)} {rule_text(line.key, listed, lang)}".strip()
    return line.name


def shown_values(line: Line, lang: str) -> Iterator[Any]:
    """The values of *line* with marks for flags and words for codes."""
    for value in line.values:
        if line.kind == "flag":
            yield None if value is None else (MARK if value else "")
        elif line.kind == "word":
            yield None if value is None else label(str(value), lang)
        else:
            yield value
