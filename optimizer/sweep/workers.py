"""Points solved in processes of their own, as many at a time as asked for.

A process is a group of its own with its solver, so Ctrl-C in the terminal reaches the sweep alone,
which ends the groups; where the sweep itself is killed, each group ends itself. A point that dies
twice is given up and named. Source: reliability.md F10, F11.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from optimizer.axes import Settings
from optimizer.environment import clean_environment
from optimizer.errors import LinliError, NoPlanCanExist, NoPlanFound
from optimizer.run_plan import has_plan
from optimizer.solve.outcome import SolveOptions

TRIES, DONE = 2, "done"
Report = Callable[[int, str, Any], None]


@dataclass(frozen=True)
class Job:
    """What one process does: a point of a scenario into a folder, from the plan of another."""

    scenario: Path
    settings: Settings
    out: Path
    options: SolveOptions
    lang: str
    allow_outside: bool
    start: Path | None = None


def run_jobs(
    jobs: Mapping[int, Job],
    after: Mapping[int, int],
    is_done: Callable[[int], bool],
    workers: int,
    report: Report,
) -> list[int]:
    """Run *jobs*, each after the one it starts from; the numbers of those that died twice.

    *report* gets (number, kind, data) of every event; whatever ends this ends the processes.
    """
    with _Pool(jobs, workers, report) as pool:
        while True:
            over = {n for n in jobs if is_done(n)} | set(pool.given_up)
            over -= pool.running  # a folder is there before its process has said so
            waiting = [n for n in jobs if n not in over and after.get(n, n) in over | {n}]
            pool.fill([n for n in waiting if n not in pool.running])
            if not pool.running:
                return pool.given_up
            pool.listen()


@dataclass
class _Worker:
    """One process and the job it is at; None between two jobs."""

    process: Any
    connection: Connection
    number: int | None = None


class _Pool:
    """At most *size* processes; each takes one job after the other."""

    def __init__(self, jobs: Mapping[int, Job], size: int, report: Report) -> None:
        self.jobs, self.size, self.report = jobs, size, report
        self.workers: list[_Worker] = []
        self.tries: dict[int, int] = {}
        self.given_up: list[int] = []

    def __enter__(self) -> "_Pool":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            if worker.number is None:
                worker.connection.send(None)
            else:
                _end(worker.process)
            worker.process.join()

    @property
    def running(self) -> set[int]:
        """Numbers of the jobs at work."""
        return {worker.number for worker in self.workers if worker.number is not None}

    def fill(self, numbers: list[int]) -> None:
        """Begin *numbers* in order as long as there is a free process."""
        for number in numbers[: self.size - len(self.running)]:
            worker = next((w for w in self.workers if w.number is None), None) or self._new()
            worker.number = number
            worker.connection.send(self.jobs[number])
            self.report(number, "start", None)

    def _new(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(there,))
        with clean_environment():
            process.start()
        there.close()
        self.workers.append(_Worker(process, here))
        return self.workers[-1]

    def listen(self) -> None:
        """Hand on what the processes say; take out those that died."""
        ready = wait([worker.connection for worker in self.workers])
        for worker in [worker for worker in self.workers if worker.connection in ready]:
            try:
                kind, data = worker.connection.recv()
            except (EOFError, OSError):
                self._died(worker)
                continue
            number, worker.number = worker.number, None if kind == DONE else worker.number
            if number is not None:
                self.report(number, kind, data)

    def _died(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.process.join()
        if worker.number is None:
            return
        self.tries[worker.number] = self.tries.get(worker.number, 0) + 1
        if self.tries[worker.number] >= TRIES:
            self.given_up.append(worker.number)
        self.report(worker.number, "died", None)


def _end(process: Any) -> None:
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def _work(connection: Connection) -> None:
    """Solve one job after the other, until the sweep ends this process."""
    if os.name == "posix":
        os.setsid()
    with contextlib.suppress(OSError):  # HiGHS prints a banner whatever its options say
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while (job := connection.recv()) is not None:
        try:
            _solve(job, connection)
        except LinliError as error:
            connection.send(("error", error))
        connection.send((DONE, None))


def _solve(job: Job, connection: Connection) -> None:
    """One point; a case without a plan leaves its folder and is as done as any.

    This process is the solver's, too, unless a time limit asks for somebody to watch it.
    """
    from optimizer import api

    def tell(kind: str, data: Any) -> None:
        if kind != "plan":
            connection.send((kind, data))

    with contextlib.suppress(NoPlanCanExist, NoPlanFound):
        api.solve(
            job.scenario,
            job.out,
            job.options,
            allow_outside=job.allow_outside,
            progress=tell,
            in_child=job.options.seconds is not None,
            lang=job.lang,
            settings=job.settings,
            start=job.start if job.start is not None and has_plan(job.start) else None,
        )


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
    if os.name == "posix":
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)
