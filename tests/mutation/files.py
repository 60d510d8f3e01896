"""Small folders that the mutants of the checks of files meet: digests, and sweeps of points."""

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from optimizer.checks import digests, sweep
from optimizer.checks.folder import VerifyError
from optimizer.verify import UNREADABLE, Findings

SWEEPS = 800
Points = list[tuple[dict[str, Any], dict[str, Any]]]  # plan.json, scenario.json of each
Report = Callable[[frozenset[str]], Iterator[tuple[str, int]]]
TEXT = {"plan.json": "{}", "siting.csv": "a\n", "inputs/needs.csv": "b\n", "plan.xlsx": "x"}


def folders_of_files(place: Path) -> Iterator[tuple[str, Report]]:
    """Every folder by name with its report."""
    for name, spoil in DAMAGES.items():
        folder = place / f"digests {name}" / "data" / "out"
        (folder / "inputs").mkdir(parents=True)
        for file, text in TEXT.items():
            (folder / file).write_text(text, "utf-8")
        for steps in range(1, 4):
            (folder / Path(*[".."] * steps) / "far.csv").write_text("far", "utf-8")
        record = {"schema": digests.SCHEMA, "files": {f: _digest(t) for f, t in TEXT.items()}}
        said = spoil(record, folder)
        if said is not None:
            (folder / digests.NAME).write_text(json.dumps(said), "utf-8")
        yield f"digests {name}", partial(_of_digests, folder, said)
    sweeps = {f"sweep {n}": _any_sweep(Random(f"sweep {n}")) for n in range(SWEEPS)}
    for name, (points, index) in (sweeps | SWEEPS_OF_SOURCES).items():
        _write_sweep(place / name, points, index)
        yield name, partial(_of_sweep, place / name)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _less(record: dict, _folder: Path) -> dict:
    return record | {"files": {k: v for k, v in record["files"].items() if k != "siting.csv"}}


def _put(name: str, text: str) -> Callable[[dict, Path], dict]:
    def spoil(record: dict, folder: Path) -> dict:
        (folder / name).write_text(text, "utf-8")
        return record

    return spoil


def _named(name: str) -> Callable[[dict, Path], dict]:
    def spoil(record: dict, folder: Path) -> dict:
        at = str(folder / "siting.csv") if name == "absolute" else name
        content = "a\n" if name == "absolute" else "far"
        return record | {"files": record["files"] | {at: _digest(content)}}

    return spoil


def _gone(record: dict, folder: Path) -> dict:
    (folder / "siting.csv").unlink()
    return record


DAMAGES: dict[str, Callable[[dict, Path], Any]] = {
    "whole": lambda record, _: record,
    "missing": lambda _record, _folder: None,
    "a list": lambda _record, _folder: [],
    "another schema": lambda record, _: record | {"schema": "linli-digests/0"},
    "no files": lambda record, _: {"schema": record["schema"], "files": []},
    "no schema": lambda record, _: {"files": record["files"]},
    "a file is not named": _less,
    "a file is gone": _gone,
    "a file changed": _put("siting.csv", "c\n"),
    "an input changed": _put("inputs/needs.csv", "c\n"),
    "one more table": _put("inputs/more.csv", ""),
    "one more record": _put("more.json", ""),
    "a note of the user": _put("note.txt", ""),
    "exports are noted": _put("exports.json", "{}"),
    "one above": _named("../far.csv"),
    "two above": _named("../../far.csv"),
    "three above": _named("../../../far.csv"),
    "down and above": _named("inputs/../../far.csv"),
    "absolute": _named("absolute"),
}


def _of_digests(folder: Path, said: Any, names: frozenset[str]) -> Iterator[tuple[str, int]]:
    if "digests" not in names:
        return
    findings = Findings()
    digests.check_folder(folder, findings)
    if isinstance(said, dict) and isinstance(said["files"], dict):
        for above in range(4):
            digests.check_files(said["files"], folder, findings, above=above)
    yield "digests", hash(str(findings.violations))


# -- sweeps ---------------------------------------------------------------------------------------

GOALS = (["communities_to_standard", "cost"], ["cost", "walking_distance"], ["cost+farthest_m"])


def _any_sweep(chance: Random) -> tuple[Points, Any]:
    """Two to three points with few and near figures, so that they are often equal or one apart."""
    goals, points, base = chance.choice(GOALS), [], _scenario(chance)
    folders = [
        f"p{n}" if chance.random() < 0.97 else "absent" for n in range(chance.choice((2, 3)))
    ]
    for _ in folders:
        levels = [{"name": g, "value": chance.choice((1, 1, 2))} for g in goals]
        status = chance.choice(("optimal", "optimal", "feasible", "no_plan", "infeasible"))
        near = {k: base[k] if chance.random() < 0.7 else v for k, v in _scenario(chance).items()}
        points.append(({"status": status, "objective": levels}, near))
    is_whole = chance.random() < 0.95
    return points, _index(folders) if is_whole else chance.choice(([], {}))


def _index(folders: list[str]) -> Any:
    return {"points": [{"folder": name} for name in folders]}


def _write_sweep(folder: Path, points: Points, index: Any) -> None:
    for number, (plan, scenario) in enumerate(points):
        inputs = folder / f"p{number}" / "inputs"
        inputs.mkdir(parents=True)
        (inputs.parent / "plan.json").write_text(json.dumps(plan))
        (inputs / "scenario.json").write_text(json.dumps(scenario))
    (folder / sweep.INDEX).write_text(json.dumps(index))


def _scenario(chance: Random) -> dict[str, Any]:
    def cap() -> int | None:
        return chance.choice((None, 1, 1, 2))

    is_free = chance.random() < 0.5
    districts = {} if is_free else {"A": chance.choice((1, 2))}
    years = chance.choice((None, None, {"2025": chance.choice((1, 2))}))
    sources = []
    if chance.random() < 0.6:
        where = chance.choice((None, {"A": 1}, {"A": 2}, {"A": 1, "B": 1}, {"B": 1}))
        hub = chance.random() < 0.4
        sources = [
            {"name": "s", "yuan": chance.choice((1, 2)), "by_district_yuan": where, "hub": hub}
        ]
    return {
        "name": str(chance.random()),
        "deadline": chance.choice((2025, 2025, 2025, 2026)),
        "budget": {
            "total_yuan": cap(),
            "by_district_yuan": districts,
            "operating_yuan_per_year": cap() if not is_free else None,
            "by_year_yuan": years,
        },
        "sources": sources,
    }


def _worse(narrow: dict[str, Any], wide: dict[str, Any]) -> tuple[Points, Any]:
    """Two points alike but for what their one source has; the second brings less."""
    points = []
    for value, figures in ((2, narrow), (1, wide)):
        source = {"name": "s", "yuan": 1, "by_district_yuan": None, "hub": False} | figures
        level = {"name": "communities_to_standard", "value": value}
        scenario = _scenario(Random(0)) | {"sources": [source]}
        points.append(({"status": "optimal", "objective": [level]}, scenario))
    return points, _index(["p0", "p1"])


SWEEPS_OF_SOURCES = {
    "sweep: a source has more": _worse({"yuan": 1}, {"yuan": 2}),
    "sweep: a source has more in a district": _worse(
        {"by_district_yuan": {"A": 1}}, {"by_district_yuan": {"A": 2}}
    ),
    "sweep: a source has less in a district": _worse(
        {"by_district_yuan": {"A": 2}}, {"by_district_yuan": {"A": 1}}
    ),
}


def _of_sweep(folder: Path, names: frozenset[str]) -> Iterator[tuple[str, int]]:
    if "sweep" not in names:
        return
    findings, said = Findings(), ""
    try:
        said = str([point.name for point in sweep.points(folder)])
        sweep.check(folder, findings)
    except (VerifyError, *UNREADABLE) as error:
        said += f"{type(error).__name__} {error}"
    yield "sweep", hash((said, str(findings.violations)))
