"""The whole sweep: points solved or found finished, floors, and one comparison beside them.

Source: contract sections 2 ([compare]) and 3; reliability.md section 4 (Sweep rule), F10.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimizer.canonical import json_text
from optimizer.case import read_case
from optimizer.checks.sweep import INDEX
from optimizer.compare import Comparison, Entry, compare
from optimizer.errors import CallError, LinliError, StoppedEarly, Text
from optimizer.export.comparison import write_comparison
from optimizer.export.place import moved_into
from optimizer.hold import held, not_written
from optimizer.publish import clear_leftovers, set_aside
from optimizer.result import read_result
from optimizer.run_plan import has_plan
from optimizer.solve.outcome import SolveOptions
from optimizer.sweep.floors import is_better, raise_to
from optimizer.sweep.order import is_wider, narrowest_first, starts
from optimizer.sweep.points import Point, Sweep, read_sweep
from optimizer.sweep.workers import Job, run_jobs
from optimizer.written import write_text

SCHEMA = "linli-sweep/1"
Report = Callable[[Point, str, Any], None]


@dataclass(frozen=True)
class Swept:
    """A sweep that ran to its end: its comparison, and the points whose solver died twice."""

    directory: Path
    sweep: Sweep
    comparison: Comparison
    failed: tuple[Point, ...]


def run_sweep(
    path: Path,
    out: Path,
    options: SolveOptions,
    *,
    workers: int | None = None,
    allow_outside: bool = False,
    lang: str = "zh",
    report: Report = lambda _point, _kind, _data: None,
) -> Swept:
    """Solve every point of scenario *path* that has no run folder in *out* yet, and compare all.

    Raises InputError and CallError (exit 2). Ctrl-C ends the processes at once and raises
    StoppedEarly (exit 3): what is finished stays, the same call goes on from there.
    """
    sweep = read_sweep(path, options, allow_outside=allow_outside)
    _refuse_if_taken(out)
    with held(out):
        _refuse_if_taken(out)
        _prepare(out, sweep)
        parents = starts(sweep.points)
        jobs = {
            n: _job(sweep, out, n, parents, options, lang, allow_outside)
            for n in _longest_first(sweep, parents)
        }
        with _interrupts(sweep, out):
            failed = run_jobs(
                jobs,
                parents,
                lambda n: _is_done(out, sweep.points[n]),
                workers or os.cpu_count() or 1,
                lambda n, kind, data: _reported(report, sweep, out, n, kind, data),
            )
        _floors(sweep, out, options, allow_outside, lang)
        comparison = compare(_entries(sweep, out), axes=sweep.axes)
        with _written_into(out) as staged:
            write_comparison(comparison, staged, lang)
    return Swept(out, sweep, comparison, tuple(sweep.points[n] for n in failed))


@contextlib.contextmanager
def _interrupts(sweep: Sweep, out: Path) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        done, count = sum(_is_done(out, p) for p in sweep.points), len(sweep.points)
        raise StoppedEarly(
            Text(
                f"已停止:{count} 个点已完成 {done} 个;再次运行同一命令即从这里继续。",
                f"Stopped: {done} of {count} points are finished; the same call goes on from here.",
            )
        ) from None


def _job(
    sweep: Sweep,
    out: Path,
    number: int,
    parents: Mapping[int, int],
    options: SolveOptions,
    lang: str,
    allow_outside: bool,
) -> Job:
    start = parents.get(number)
    return Job(
        scenario=sweep.scenario,
        settings=sweep.points[number].settings,
        out=out / sweep.points[number].folder,
        options=options,
        lang=lang,
        allow_outside=allow_outside,
        start=None if start is None else out / sweep.points[start].folder,
    )


def _reported(report: Report, sweep: Sweep, out: Path, number: int, kind: str, data: Any) -> None:
    if isinstance(data, LinliError):
        raise data
    if data is None:
        data = sum(_is_done(out, point) for point in sweep.points), len(sweep.points)
    report(sweep.points[number], kind, data)


def _longest_first(sweep: Sweep, parents: Mapping[int, int]) -> list[int]:
    """Points so that those many others wait for begin first."""
    waiting = dict.fromkeys(range(len(sweep.points)), 0)
    for number in waiting:
        at = number
        while at in parents:
            at = parents[at]
            waiting[at] += 1
    return sorted(waiting, key=lambda n: (-waiting[n], n))


def _is_done(out: Path, point: Point) -> bool:
    return (out / point.folder / "plan.json").exists()


def _refuse_if_taken(out: Path) -> None:
    """CallError where *out* holds something else than a sweep."""
    if not out.exists():
        return
    try:
        inside = set(os.listdir(out)) if out.is_dir() else {out.name}
    except OSError as error:
        raise CallError(not_written(out, error)) from error
    if inside and INDEX not in inside:
        raise CallError(
            Text(
                f"{out} 已有别的内容,不是批量比较的文件夹。",
                f"{out} holds something else than a sweep.",
            )
        )


def _prepare(out: Path, sweep: Sweep) -> None:
    """The index of the points; what a killed sweep left half done is cleared away."""
    index = {
        "schema": SCHEMA,
        "axes": [{"key": axis.name, "values": list(axis.values)} for axis in sweep.axes],
        "points": [{"label": p.label, "folder": p.folder, "key": p.key} for p in sweep.points],
    }
    with _written_into(out) as staged:
        write_text(staged / INDEX, json_text(index) + "\n")
    for point in sweep.points:
        with held(out / point.folder) as place:
            clear_leftovers(place)
            for old in set_aside(place.directory):
                shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def _written_into(out: Path) -> Iterator[Path]:
    try:
        out.mkdir(exist_ok=True)
        with moved_into(out) as staged:
            yield staged
    except OSError as error:
        raise CallError(not_written(out, error)) from error


def _floors(sweep: Sweep, out: Path, options: SolveOptions, allow_outside: bool, lang: str) -> None:
    """Each point at least as good as every narrower one."""
    ordered = [p for p in narrowest_first(sweep.points) if has_plan(out / p.folder)]
    for place, wide in enumerate(ordered):
        for narrow in ordered[:place]:
            if not is_wider(narrow, wide):
                continue
            ours, theirs = read_result(out / narrow.folder), read_result(out / wide.folder)
            if is_better(ours, theirs):
                case = read_case(
                    sweep.scenario, allow_outside=allow_outside, settings=wide.settings
                )
                raise_to(ours, theirs, case, options, lang)


def _entries(sweep: Sweep, out: Path) -> list[Entry]:
    return [
        Entry(
            p.label,
            read_result(out / p.folder, with_plan=False),
            {".".join(k): v for k, v in p.settings.items()},
        )
        for p in sweep.points
        if _is_done(out, p)
    ]
