"""The solve in a child process: what a crash, a limit or Ctrl-C leaves behind is in the journal.

The parent only reads the journal and keeps the clock, so a solver that overruns its limit, dies or
corrupts its memory costs no plan (reliability.md findings 5 and 6).
"""

import contextlib
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from models.instance import Instance
from models.plan import Plan
from optimizer.solve.journal import (
    JournalReader,
    JournalWriter,
    level_data,
    level_of,
    outcome_data,
    outcome_of,
    plan_data,
    plan_of,
)
from optimizer.solve.outcome import Level, Outcome, SolveOptions

Progress = Callable[[str, Any], None]
POLL_SECONDS = 0.1
GRACE_SHARE, GRACE_LEAST_S = 0.05, 4.0  # of the limit, before a child that overruns is ended


def solve_in_child(
    instance: Instance, options: SolveOptions, progress: Progress = lambda _kind, _data: None
) -> Outcome:
    """:func:`optimizer.solve.solve.solve` in a child; Ctrl-C once keeps the plan, twice aborts.

    *progress* gets ("stage", name), ("level", Level) and ("plan", Plan) as they come. Raises
    KeyboardInterrupt on the second Ctrl-C.
    """
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    with tempfile.TemporaryDirectory(prefix="linli-") as folder:
        path = Path(folder) / "journal.jsonl"
        # no daemon: the city engine has processes of its own, which end with the child
        child = context.Process(target=_work, args=(instance, options, str(path), stop))
        child.start()
        watch = _Watch(JournalReader(path), options, progress)
        try:
            with _interrupts(stop):
                _wait(child, watch, stop)
        finally:
            if child.is_alive():
                child.kill()
            child.join()
        return watch.outcome(child.exitcode)


class _Watch:
    """What the journal has told so far."""

    def __init__(self, reader: JournalReader, options: SolveOptions, progress: Progress) -> None:
        self.reader, self.options, self.progress = reader, options, progress
        self.started = time.monotonic()
        self.plan: Plan | None = None
        self.values: list[Any] = []
        self.levels: list[Level] = []
        self.final: Outcome | None = None

    def read(self) -> None:
        """Take in every new event."""
        for kind, data in self.reader.new_events():
            if kind == "plan":
                self.plan = plan_of(data["plan"])
                self.values = data["values"]
                self.progress("plan", data["values"])
            elif kind == "level":
                self.levels.append(level_of(data))
                self.progress("level", self.levels[-1])
            elif kind == "outcome":
                self.final = outcome_of(data)
            else:
                self.progress(kind, data)

    def is_overdue(self) -> bool:
        """The child is past its limit and its grace."""
        limit = self.options.seconds
        if limit is None:
            return False
        grace = max(GRACE_LEAST_S, limit * GRACE_SHARE)
        return time.monotonic() - self.started > limit + grace

    def outcome(self, exit_code: int | None) -> Outcome:
        """The child's own outcome, or what the journal kept of a child that was ended or died."""
        self.read()
        if self.final is not None:
            return self.final
        note = f"solver process ended early (code {exit_code}); best plan kept from its journal"
        return Outcome(
            status="stopped" if self.plan else "no_plan",
            plan=self.plan,
            levels=_levels_kept(self.levels, self.values),
            engine=self.options.engine,
            why_engine="",
            wall_s=time.monotonic() - self.started,
            note=note,
        )


def _levels_kept(levels: list[Level], values: list[Any]) -> tuple[Level, ...]:
    """Closed levels with the values of the last plan; the others without a bound."""
    kept = [
        replace(level, value=level_of(value).value)
        for level, value in zip(levels, values, strict=False)
    ]
    return (*kept, *(level_of(value) for value in values[len(kept) :]))


def _wait(child: Any, watch: _Watch, stop: Event) -> None:
    while child.is_alive():
        child.join(POLL_SECONDS)
        watch.read()
        if watch.is_overdue():
            stop.set()
            child.kill()


@contextlib.contextmanager
def _interrupts(stop: Event) -> Iterator[None]:
    """First SIGINT or SIGTERM: stop and keep; second: KeyboardInterrupt."""

    def handle(_signal: int, _frame: Any) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    try:
        before = {s: signal.signal(s, handle) for s in (signal.SIGINT, signal.SIGTERM)}
    except ValueError:  # not the main thread: whoever runs us there keeps the signals
        yield
        return
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def _work(instance: Instance, options: SolveOptions, path: str, stop: Event) -> None:
    from optimizer.solve.solve import solve

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):  # HiGHS prints a banner whatever its options say
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    journal = JournalWriter(Path(path))
    goals = instance.goals

    def report(kind: str, data: Any) -> None:
        if kind == "plan":
            values = [
                level_data(Level(name, value, None, 0.0, 0.0))
                for name, value in zip(goals, data.values, strict=False)
            ]
            journal.write(kind, {"plan": plan_data(data.plan), "values": values}, sync=True)
        elif kind == "level":
            journal.write(kind, level_data(data), sync=True)
        else:
            journal.write(kind, data)

    journal.write("outcome", outcome_data(solve(instance, options, report, stop.is_set)), sync=True)
