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
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from multiprocessing import connection
from pathlib import Path
from typing import Any

from models.instance import Instance
from models.plan import Plan
from optimizer.endings import CRASH, INTERRUPT, KILLED, LIMIT, MEMORY
from optimizer.environment import clean_environment
from optimizer.interrupts import interrupts
from optimizer.shortage import is_memory_short
from optimizer.solve.journal import (
    JournalReader,
    JournalWriter,
    Kept,
    level_data,
    level_of,
    outcome_data,
    outcome_of,
    plan_data,
    plan_of,
    resume,
)
from optimizer.solve.outcome import Level, Outcome, SolveOptions

Progress = Callable[[str, Any], None]
OUT_OF_MEMORY, STOP, SIGKILL = "MemoryError", "stop", 9
NOTHING_KEPT = Kept()
POLL_SECONDS = 0.1
STOP_S = 0.8  # after Ctrl-C, before a child that does not come to its end is ended
GRACE_SHARE, GRACE_LEAST_S = 0.05, 4.0  # of the limit, before a child that overruns is ended


def solve_in_child(
    instance: Instance,
    options: SolveOptions,
    progress: Progress = lambda _kind, _data: None,
    journal: Path | None = None,
    kept: Kept = NOTHING_KEPT,
) -> Outcome:
    """:func:`optimizer.solve.solve.solve` in a child; Ctrl-C once keeps the plan, twice aborts.

    A child that dies before it has a plan is tried once more with another seed. Its events go to
    the file *journal* behind those *kept* there, else to one that goes with this call.

    *progress* gets ("stage", name), ("level", Level) and ("plan", Plan) as they come. Raises
    KeyboardInterrupt on the second Ctrl-C, OSError where the journal cannot be written.
    """
    with contextlib.ExitStack() as stack:
        if journal is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="linli-"))
            journal = Path(folder) / "journal.jsonl"
        watch = _tried(instance, options, progress, JournalReader(journal, kept.end))
        if watch.died and watch.failure is None and watch.plan is None:
            again = _again(options, watch)
            if again is not None:
                end = resume(journal).end
                watch = _tried(instance, again, progress, JournalReader(journal, end))
        return watch.outcome()


def _again(options: SolveOptions, watch: "_Watch") -> SolveOptions | None:
    """Options of the one second try after a death without a plan; None where no time is left."""
    left = None if options.seconds is None else options.seconds - watch.age
    if left is not None and left <= 0:
        return None
    return replace(options, seed=options.seed + 1, seconds=left)


def _tried(
    instance: Instance, options: SolveOptions, progress: Progress, reader: JournalReader
) -> "_Watch":
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()  # no semaphore, which Python would miss after a kill
    # no daemon: the city engine has processes of its own, which end with the child
    words = (instance, options, str(reader.path), there)
    child = context.Process(target=_work, args=words)
    with clean_environment():
        child.start()
    there.close()
    watch = _Watch(reader, options, progress)
    try:
        with interrupts(lambda: watch.ask_to_stop(here)):
            _wait(child, watch)
    finally:
        if child.is_alive():
            child.kill()
        child.join()
    watch.read()
    watch.exit_code = child.exitcode
    with contextlib.suppress(EOFError, OSError):
        if here.poll():
            watch.unwritten = here.recv()
    here.close()
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
        self.rounds: dict[str, Mapping[str, Any]] = {}
        self.engine = (options.engine, "")
        self.exit_code: int | None = None
        self.unwritten: tuple[int, str] | None = None
        self.asked_at: float | None = None
        self.was_ended = False

    @property
    def age(self) -> float:
        """Seconds since the child was started."""
        return time.monotonic() - self.started

    @property
    def died(self) -> bool:
        """The child ended without a word and nobody had asked it to end."""
        return self.final is None and not self.was_stopped and self.unwritten is None

    @property
    def was_stopped(self) -> bool:
        """The user or the limit ended it."""
        return self.was_ended or self.asked_at is not None

    def ask_to_stop(self, pipe: connection.Connection) -> None:
        """Tell the child at the other end of *pipe* to come to its end."""
        self.asked_at = time.monotonic()
        with contextlib.suppress(OSError):
            pipe.send(STOP)

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
            elif kind == "engine":
                self.engine = tuple(data)
            else:
                if kind == "round":
                    self.rounds[data["name"]] = data
                self.progress(kind, data)

    def is_overdue(self) -> bool:
        """The child is past its limit and its grace, or was asked to stop and has not."""
        if self.asked_at is not None and time.monotonic() - self.asked_at > STOP_S:
            return True
        limit = self.options.seconds
        if limit is None:
            return False
        grace = max(GRACE_LEAST_S, limit * GRACE_SHARE)
        return self.age > limit + grace

    def outcome(self) -> Outcome:
        """The child's own outcome, or what the journal kept of a child that was ended or died.

        Raises RuntimeError where a defect of ours ended it before any plan.
        """
        if self.unwritten is not None:
            raise OSError(*self.unwritten)
        if self.final is not None:
            asked = INTERRUPT if self.asked_at is not None else LIMIT
            return replace(self.final, ended=asked if self.final.status == "stopped" else "")
        if self.failure and self.failure["error"] != OUT_OF_MEMORY and self.plan is None:
            raise RuntimeError(self.failure["text"])
        note = f"solver process ended early ({self._why()}); best plan kept from its journal"
        levels = _levels_kept(self.levels, self.values, self.rounds)
        return Outcome(
            status="stopped" if self.plan else "no_plan",
            plan=self.plan,
            levels=levels,
            engine=self.engine[0],
            why_engine=self.engine[1],
            wall_s=self.age,
            cpu_s=max((level.cpu_s for level in levels), default=0.0),  # at least
            note=note,
            ended=self._ended(),
        )

    def _ended(self) -> str:
        if self.failure is not None:
            return MEMORY if self.failure["error"] == OUT_OF_MEMORY else CRASH
        if self.was_stopped:
            return LIMIT if self.asked_at is None else INTERRUPT
        return KILLED if self.exit_code == -SIGKILL else CRASH

    def _why(self) -> str:
        if self.failure is not None:
            is_memory = self.failure["error"] == OUT_OF_MEMORY
            return MEMORY if is_memory else self.failure["error"]
        if self.was_stopped:
            return "limit or Ctrl-C"
        killed = self.exit_code is not None and self.exit_code < 0
        return f"crash, signal {-(self.exit_code or 0)}" if killed else f"crash, {self.exit_code}"


def _levels_kept(
    levels: list[Level], values: list[Any], rounds: Mapping[str, Mapping[str, Any]]
) -> tuple[Level, ...]:
    """Closed levels with the values of the last plan; the others with the bound of a round."""
    kept = [
        replace(level, value=level_of(value).value)
        for level, value in zip(levels, values, strict=False)
    ]
    others = map(level_of, values[len(kept) :])
    return (*kept, *(_beside(level, rounds.get(level.name)) for level in others))


def _beside(level: Level, last: Mapping[str, Any] | None) -> Level:
    """*level*, with the time of the last plan, beside the *last* round: none, no bound, no time."""
    if last is None:
        return replace(level, wall_s=0.0, cpu_s=0.0)
    wall_s, cpu_s = map(max, last["spent"], (level.wall_s, level.cpu_s))
    return replace(level, bound=Fraction(last["bound"]), wall_s=wall_s, cpu_s=cpu_s)


def _wait(child: Any, watch: _Watch) -> None:
    while child.is_alive():
        child.join(POLL_SECONDS)
        watch.read()
        if watch.is_overdue() and child.is_alive():
            watch.was_ended = True
            child.kill()


def _work(
    instance: Instance, options: SolveOptions, path: str, pipe: connection.Connection
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # sent to a whole group: the parent says when; no SIG_IGN, which processes of ours would inherit
    signal.signal(signal.SIGTERM, lambda _signal, _frame: None)
    parent = _Parent(pipe)
    with contextlib.suppress(OSError):  # HiGHS prints a banner whatever its options say
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        _solve(instance, options, JournalWriter(Path(path)), parent)
    except OSError as error:
        parent.cannot_write(error)


class _Parent:
    """The process that started this one: what it says, and what only it must hear of."""

    def __init__(self, pipe: connection.Connection) -> None:
        self._pipe, self._told = pipe, threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def wants_a_stop(self) -> bool:
        """The search is to end with what it has."""
        return self._told.is_set()

    def cannot_write(self, error: OSError) -> None:
        """The journal refuses an event: what is found from here on would be lost."""
        if not self._told.is_set():
            self._told.set()
            with contextlib.suppress(OSError):
                self._pipe.send((error.errno, error.strerror))

    def _listen(self) -> None:
        """A child whose parent was killed ends: nobody takes its plan."""
        parent = multiprocessing.parent_process()
        if parent is None:
            return
        while parent.sentinel not in connection.wait([parent.sentinel, self._pipe]):
            self._told.set()
            connection.wait([parent.sentinel])
        os._exit(1)


def _solve(
    instance: Instance, options: SolveOptions, journal: JournalWriter, parent: _Parent
) -> None:
    def write(kind: str, data: Any, *, sync: bool) -> None:
        try:
            journal.write(kind, data, sync=sync)
        except OSError as error:  # never through the solver's own code
            parent.cannot_write(error)

    def report(kind: str, data: Any) -> None:
        if kind == "plan":
            values = [
                level_data(Level(name, value, None, *data.spent))
                for name, value in zip(instance.goals, data.values, strict=False)
            ]
            write(kind, {"plan": plan_data(data.plan), "values": values}, sync=True)
        elif kind == "level":
            write(kind, level_data(data), sync=True)
        else:
            write(kind, data, sync=False)

    try:
        from optimizer.solve.solve import solve

        found = solve(instance, options, report, parent.wants_a_stop)
    except Exception as error:
        name = OUT_OF_MEMORY if is_memory_short(error) else type(error).__name__
        text = "".join(traceback.format_exception(error))
        write("failed", {"error": name, "text": text}, sync=True)
    else:
        write("outcome", outcome_data(found), sync=True)
