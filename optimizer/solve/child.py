"""The solve in a child process: what a crash, a limit or Ctrl-C leaves behind is in the journal.

The parent only reads the journal and keeps the clock, so a solver that overruns its limit, dies or
corrupts its memory costs no plan (reliability.md findings 5 and 6).
"""

import contextlib
import multiprocessing
import os
import signal
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import connection
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
MEMORY = "MemoryError"
POLL_SECONDS = 0.1
GRACE_SHARE, GRACE_LEAST_S = 0.05, 4.0  # of the limit, before a child that overruns is ended


def solve_in_child(
    instance: Instance, options: SolveOptions, progress: Progress = lambda _kind, _data: None
) -> Outcome:
    """:func:`optimizer.solve.solve.solve` in a child; Ctrl-C once keeps the plan, twice aborts.

    A child that dies before it has a plan is tried once more with another seed.

    *progress* gets ("stage", name), ("level", Level) and ("plan", Plan) as they come. Raises
    KeyboardInterrupt on the second Ctrl-C.
    """
    watch = _tried(instance, options, progress)
    if watch.died and watch.failure is None and watch.plan is None:
        again = _again(options, watch)
        if again is not None:
            watch = _tried(instance, again, progress)
    return watch.outcome()


def _again(options: SolveOptions, watch: "_Watch") -> SolveOptions | None:
    """Options of the one second try after a death without a plan; None where no time is left."""
    left = None if options.seconds is None else options.seconds - watch.age
    if left is not None and left <= 0:
        return None
    return replace(options, seed=options.seed + 1, seconds=left)


def _tried(instance: Instance, options: SolveOptions, progress: Progress) -> "_Watch":
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
        watch.read()
        watch.exit_code, watch.was_stopped = child.exitcode, stop.is_set()
    return watch


class _Watch:
    """What the journal has told so far."""

    def __init__(self, reader: JournalReader, options: SolveOptions, progress: Progress) -> None:
        self.reader, self.options, self.progress = reader, options, progress
        self.started = time.monotonic()
        self.plan: Plan | None = None
        self.values: list[Any] = []
        self.levels: list[Level] = []
        self.final: Outcome | None = None
        self.failure: dict[str, str] | None = None
        self.exit_code: int | None = None
        self.was_stopped = False

    @property
    def age(self) -> float:
        """Seconds since the child was started."""
        return time.monotonic() - self.started

    @property
    def died(self) -> bool:
        """The child ended without a word and nobody had asked it to end."""
        return self.final is None and not self.was_stopped

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
            elif kind == "failed":
                self.failure = data
            else:
                self.progress(kind, data)

    def is_overdue(self) -> bool:
        """The child is past its limit and its grace."""
        limit = self.options.seconds
        if limit is None:
            return False
        grace = max(GRACE_LEAST_S, limit * GRACE_SHARE)
        return self.age > limit + grace

    def outcome(self) -> Outcome:
        """The child's own outcome, or what the journal kept of a child that was ended or died.

        Raises RuntimeError where a defect of ours ended it before any plan.
        """
        if self.final is not None:
            return self.final
        if self.failure and self.failure["error"] != MEMORY and self.plan is None:
            raise RuntimeError(self.failure["text"])
        note = f"solver process ended early ({self._why()}); best plan kept from its journal"
        return Outcome(
            status="stopped" if self.plan else "no_plan",
            plan=self.plan,
            levels=_levels_kept(self.levels, self.values),
            engine=self.options.engine,
            why_engine="",
            wall_s=self.age,
            note=note,
        )

    def _why(self) -> str:
        if self.failure is not None:
            return "memory" if self.failure["error"] == MEMORY else self.failure["error"]
        if self.was_stopped:
            return "limit or Ctrl-C"
        killed = self.exit_code is not None and self.exit_code < 0
        return f"crash, signal {-(self.exit_code or 0)}" if killed else f"crash, {self.exit_code}"


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
    _end_with_parent()
    with contextlib.suppress(OSError):  # HiGHS prints a banner whatever its options say
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    journal = JournalWriter(Path(path))

    def report(kind: str, data: Any) -> None:
        if kind == "plan":
            values = [
                level_data(Level(name, value, None, 0.0, 0.0))
                for name, value in zip(instance.goals, data.values, strict=False)
            ]
            journal.write(kind, {"plan": plan_data(data.plan), "values": values}, sync=True)
        elif kind == "level":
            journal.write(kind, level_data(data), sync=True)
        else:
            journal.write(kind, data)

    try:
        found = solve(instance, options, report, stop.is_set)
    except Exception as error:
        text = "".join(traceback.format_exception(error))
        journal.write("failed", {"error": type(error).__name__, "text": text}, sync=True)
    else:
        journal.write("outcome", outcome_data(found), sync=True)


def _end_with_parent() -> None:
    """No orphan: a child whose parent was killed has nobody to hand its plan to."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            connection.wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
