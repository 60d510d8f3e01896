"""Runs side by side: goals with bounds, indicators, money, who enters and leaves, every clause.

Works on any run folders, of different cases too: what differs in inputs, scenario and pack is part
of the result. Source: contract sections 3 (compare, sweep) and 4.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from optimizer.axes import Axis
from optimizer.checks.sweep import INDEX, points
from optimizer.errors import CallError, Text
from optimizer.result import Result, read_result

SCHEMA = "linli-comparison/1"
LEAST_RUNS = 2
ZERO = Decimal(0)
PRICE = "per_million_yuan"  # of goals that more is better of
LEVEL_FIGURES = (
    ("value", "figure"),
    ("bound", "figure"),
    ("gap", "share"),
    (PRICE, "figure"),
)


@dataclass(frozen=True)
class Entry:
    """One run and what it is called beside the others; ``settings`` of a sweep by key path."""

    label: str
    result: Result
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def plan(self) -> Mapping[str, Any]:
        """Content of plan.json."""
        return self.result.plan_json


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of every run: None where a run has none.

    ``key`` is a code or an id, ``name`` a name from the data, ``of`` a code that says which figure
    it is, ``kind`` its format as in the grids of the exports.
    """

    key: str
    of: str
    kind: str
    values: tuple[Any, ...]
    name: str = ""


@dataclass(frozen=True)
class Part:
    """Lines of one meaning; ``name`` is a code."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Comparison:
    """The runs in their order, what ``[compare]`` varies, and every part."""

    entries: tuple[Entry, ...]
    axes: tuple[Axis, ...]
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        """The part called *name*."""
        return next(part for part in self.parts if part.name == name)


def entries_of(folders: Sequence[Path]) -> list[Entry]:
    """The runs in *folders*, each called by its folder, by the whole path where two are alike.

    The folder of a sweep stands for its points. Raises CallError for fewer than two runs, and for
    a folder that is no run folder.
    """
    folders = [run for folder in folders for run in _runs_in(folder)]
    if len(folders) < LEAST_RUNS:
        raise CallError(
            Text("比较至少要两个结果文件夹。", "Two run folders are needed at the least.")
        )
    names = [folder.resolve().name for folder in folders]
    labels = [
        name if names.count(name) == 1 else str(folder)
        for name, folder in zip(names, folders, strict=True)
    ]
    if len(set(labels)) < len(labels):
        raise CallError(Text("同一结果给了两次。", "One run folder is given twice."))
    return [
        Entry(label, read_result(folder, with_plan=False))
        for label, folder in zip(labels, folders, strict=True)
    ]


def _runs_in(folder: Path) -> list[Path]:
    return points(folder) if (folder / INDEX).exists() else [folder]


def compare(entries: Sequence[Entry], axes: tuple[Axis, ...] = ()) -> Comparison:
    """*entries* side by side; a run without a plan has its status and nothing else."""
    runs = tuple(entries)
    parts = tuple(Part(name, tuple(lines(runs))) for name, lines in PARTS.items())
    return Comparison(runs, axes, parts)


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """*comparison* as JSON data."""
    return {
        "schema": SCHEMA,
        "axes": [{"key": a.name, "values": list(a.values)} for a in comparison.axes],
        "runs": [
            {
                "label": e.label,
                "directory": e.result.directory.name,
                "name": e.plan["scenario"]["name"],
                "status": e.result.status,
                "settings": dict(e.settings),
            }
            for e in comparison.entries
        ],
        **{
            part.name: [
                {"key": line.key, "of": line.of, "name": line.name, "values": list(line.values)}
                for line in part.lines
            ]
            for part in comparison.parts
        },
    }


def _goals(runs: Sequence[Entry]) -> Iterator[Line]:
    """Each goal of any run, in order: value, bound, gap, what more money can bring, the proof."""
    levels = [{level["name"]: level for level in run.plan["objective"]} for run in runs]
    for name in dict.fromkeys(name for own in levels for name in own):
        for of, kind in LEVEL_FIGURES:
            values = tuple(own.get(name, {}).get(of) for own in levels)
            if of != PRICE or any(value is not None for value in values):
                yield Line(name, of, kind, values)
        said = tuple(own.get(name, {}).get("certificate") for own in levels)
        yield Line(name, "certificate", "word", said)


def _indicators(runs: Sequence[Entry]) -> Iterator[Line]:
    yield Line("status", "value", "word", tuple(run.result.status for run in runs))
    for name in dict.fromkeys(name for run in runs for name in run.plan["indicators"]):
        values = tuple(run.plan["indicators"].get(name) for run in runs)
        yield Line(name, "value", "figure", values)


def _money(runs: Sequence[Entry]) -> Iterator[Line]:
    """One-off money by district, by source and by year; each adds up to the cost."""
    for of in ("district", "source", "year"):
        sums = [_sums(run.result, of) for run in runs]
        for key in sorted({key for own in sums if own is not None for key in own}):
            values = tuple(None if own is None else own.get(key, ZERO) for own in sums)
            yield Line(key, of, "money", values)


def _sums(result: Result, of: str) -> dict[str, Decimal] | None:
    if not result.has_plan:
        return None
    districts = {row["id"]: row["district"] for row in result.inputs["buildings"]}
    sums: dict[str, Decimal] = {}
    for row in result.tables["funding"]:
        key = districts[row["building"]] if of == "district" else row[of]
        sums[str(key)] = sums.get(str(key), ZERO) + row["yuan"]
    return sums


def _changes(runs: Sequence[Entry]) -> Iterator[Line]:
    """Pilots, used buildings and functions that are not the same in all runs."""
    for of, kind, read in (
        ("pilot", "flag", _pilots),
        ("hub", "flag", _hubs),
        ("building", "text", _buildings),
        ("function", "area", _functions),
    ):
        found = [read(run.result) if run.result.has_plan else None for run in runs]
        known = [own for own in found if own is not None]
        names = _names(runs, of)
        for key in sorted({key for own in known for key in own}):
            if any(own.get(key) != known[0].get(key) for own in known):
                absent = ZERO if kind == "area" else ("" if kind == "text" else 0)
                values = tuple(None if own is None else own.get(key, absent) for own in found)
                yield Line(key, of, kind, values, names.get(key, ""))


def _names(runs: Sequence[Entry], of: str) -> dict[str, str]:
    table = {"building": "buildings", "function": "functions"}.get(of, "communities")
    return {row["id"]: str(row["name"]) for run in runs for row in run.result.inputs.get(table, ())}


def _pilots(result: Result) -> dict[str, Any]:
    return {row["community"]: 1 for row in result.tables["communities"] if row["pilot"]}


def _hubs(result: Result) -> dict[str, Any]:
    return {row["community"]: 1 for row in result.tables["siting"] if row["hub"]}


def _buildings(result: Result) -> dict[str, Any]:
    """Used building -> its host: one that changes hands is a change."""
    return {row["building"]: row["union"] or row["community"] for row in result.tables["siting"]}


def _functions(result: Result) -> dict[str, Any]:
    areas: dict[str, Any] = {}
    for row in result.tables["allocation"]:
        areas[row["function"]] = areas.get(row["function"], ZERO) + row["area_m2"]
    return areas


def _rules(runs: Sequence[Entry]) -> Iterator[Line]:
    """Each clause: verdicts, of which do not hold; where it judges one thing, its figures."""
    verdicts = [_by_clause(run.plan["rules"]) for run in runs]
    for key in sorted({key for own in verdicts for key in own}):
        rows = [own.get(key, []) for own in verdicts]
        id, clause, kind = key
        yield Line(id, kind, "count", tuple(len(own) for own in rows), clause)
        missed = tuple(sum(not row["ok"] for row in own) for own in rows)
        yield Line(id, f"{kind}_missed", "count", missed, clause)
        if all(len(own) <= 1 for own in rows):
            for of in ("required", "actual"):
                values = tuple(Decimal(own[0][of]) if own else None for own in rows)
                yield Line(id, of, "figure", values, clause)


def _by_clause(rules: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str, str], list[Any]]:
    groups: dict[tuple[str, str, str], list[Any]] = {}
    for rule in rules:
        groups.setdefault((rule["id"], rule["clause"], rule["kind"]), []).append(rule)
    return groups


def _differences(runs: Sequence[Entry]) -> Iterator[Line]:
    """What the runs were not given alike: files by digest, scenario, pack, versions."""
    for of, read in (
        ("inputs", lambda run: run.plan["inputs"]),
        ("scenario", lambda run: run.plan["scenario"]),
        ("policy", lambda run: {k: v for k, v in run.result.policy.items() if k != "rules"}),
        ("versions", lambda run: run.plan["versions"]),
        ("options", _options),
    ):
        found = [dict(_flat(read(run), "")) for run in runs]
        for key in sorted({key for own in found for key in own}):
            if any(own.get(key) != found[0].get(key) for own in found):
                yield Line(key, of, "text", tuple(own.get(key) for own in found))


OPTIONS = ("seed", "threads", "options")


def _options(run: Entry) -> Mapping[str, Any]:
    """What the solve was called with, and the engine that was taken."""
    engine = run.plan.get("engine") or {}
    return {key: run.plan.get(key) for key in OPTIONS} | {"engine": engine.get("name")}


def _flat(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
        for number, part in enumerate(value, start=1):
            named = {k: v for k, v in part.items() if k != "name"}
            yield from _flat(named, f"{path}.{part.get('name', number)}")
    elif isinstance(value, list):
        yield path, "; ".join(str(part) for part in value)
    else:
        yield path, value


PARTS: Mapping[str, Callable[[Sequence[Entry]], Iterator[Line]]] = {
    "goals": _goals,
    "indicators": _indicators,
    "money": _money,
    "changes": _changes,
    "rules": _rules,
    "differences": _differences,
}
