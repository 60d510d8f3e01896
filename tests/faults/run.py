"""Runs of the program in forked processes on a failing system, and what became of their folder."""

import contextlib
import hashlib
import io
import json
import multiprocessing
import os
import shutil
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

import optimizer.api as api
import optimizer.cli
import optimizer.export.formats
import optimizer.solve.child
import optimizer.solve.solve
from optimizer.errors import CallError
from optimizer.hold import held
from optimizer.publish import clear_leftovers
from optimizer.verify import VerifyError, verify
from tests.faults.system import ERRORS, KILL, LIE, RUN, SOLVER, Fault, System
from tests.oracle.folder import write_case
from tests.oracle.kit import case

MAY_LACK = {"bound_certificate.json"}  # a plan whose certificate met the fault goes without
OLD, NEW, NO_PLAN, NONE, TORN = "old", "new", "without a plan", "none", "torn"
#: what stands there when the program ends with a code
STATES_OF = {0: (NEW,), 2: (OLD, NONE), 3: (NEW,), 5: (NO_PLAN,)}
#: what may stand beside a run folder when the next run has begun
MAY_STAY = {"out", ".out.journal", "out.old1", "out.old2"}


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code, below 0 a signal, and what it said."""

    code: int
    said: str


@dataclass(frozen=True)
class Verdict:
    """What a fault left: the folder ``old``, ``new``, ``none`` or ``torn``; why it is not right."""

    fault: Fault
    ended: Ended
    folder: str
    faults: tuple[str, ...]

    @property
    def survived(self) -> bool:
        """Nothing was lost and the message says what happened."""
        return not self.faults


def forked(work, folder: Path) -> Ended:
    """*work* in a process of its own that shares all modules; its output is read from a file."""
    said = folder.parent / f"{folder.name}.said"
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(handle, 1)
            os.dup2(handle, 2)
            sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8")
            sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8")
            code = work()
        except BaseException:
            traceback.print_exc()
        finally:
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return Ended(os.waitstatus_to_exitcode(status), said.read_text("utf-8", "replace"))


def called(words: list[str]) -> int:
    """The program with *words*; its exit code. The solver's process is forked, not spawned."""
    context = multiprocessing.get_context("fork")
    multiprocessing.get_context = lambda *_: context
    sys.argv = ["linli", *words]
    try:
        optimizer.cli.main()
    except SystemExit as error:
        return int(error.code or 0)
    return 0


def solved(folder: Path, fault: Fault | None, *words: str, known=None) -> Ended:
    """``linli solve`` of the case in *folder* on a system that fails as *fault* says.

    With the outcome *known* nothing is searched: all else happens as ever.
    """
    path, out = folder / "case" / "scenario.toml", folder / "out"

    def work() -> int:
        os.environ["TMPDIR"] = str(folder / "tmp")
        System(folder, folder.parent / f"{folder.name}.log", fault).install()
        if known is not None:
            optimizer.solve.child.solve_in_child = lambda *_: known
        return called(["solve", str(path), "--out", str(out), "--lang", "en", *words])

    return forked(work, folder)


def prepared(place: Path) -> Path:
    """A folder with a case and a good result of it, to be copied for every fault."""
    folder = place / "whole"
    write_case(case(), folder / "case")
    (folder / "tmp").mkdir()
    ended = solved(folder, None)
    assert ended.code == 0, ended.said
    return folder


@dataclass(frozen=True)
class Call:
    """A watched call: the *number*-th of process *role*."""

    role: str
    number: int
    what: str
    path: str


def calls(log: Path) -> list[Call]:
    """Every watched call of the run that wrote *log*."""
    lines = [line.split(" ", 3) for line in log.read_text("utf-8", "replace").splitlines()]
    return [Call(role, int(number), what, path) for role, number, what, path in lines]


def call_at(log: Path, fault: Fault) -> Call:
    """The call that *fault* met in the run that wrote *log*."""
    found = (c for c in calls(log) if (c.role, c.number) == (fault.role, fault.number))
    return next(found, Call(fault.role, fault.number, "", ""))


def content(folder: Path) -> dict[str, str]:
    """Every file of *folder* with its digest."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def copied(whole: Path, folder: Path, *, with_result: bool) -> Path:
    """A fresh *folder* with the case of *whole*, and its result."""
    log = folder.parent / f"{folder.name}.log"
    log.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole, folder)
    if not with_result:
        shutil.rmtree(folder / "out")
    return folder


def injected(whole: Path, place: Path, fault: Fault, *words: str, known=None) -> Verdict:
    """The verdict on a run over the good result of *whole* that meets *fault*."""
    folder = copied(whole, place / "faulty", with_result="--force" in words)
    before = content(folder / "out")
    inputs = content(folder / "case")
    ended = solved(folder, fault, *words, known=known)
    is_lock = call_at(folder.parent / f"{folder.name}.log", fault).path.endswith(".out.lock")
    state = state_of(folder / "out", before, set(content(whole / "out")))
    faults = [*_of_state(state, before, folder), *_of_end(fault, ended, state, is_lock=is_lock)]
    if content(folder / "case") != inputs:
        faults.append("inputs changed")
    faults += _of_leftovers(folder)
    return Verdict(fault, ended, state, tuple(faults))


def state_of(out: Path, before: dict[str, str], files: set[str]) -> str:
    """What stands in *out*: what stood there, a whole new result, nothing, or a torn one."""
    if not out.exists():
        return NONE
    now = content(out)
    if before and now == before:
        return OLD
    try:
        report = verify(out)
    except VerifyError:
        return TORN
    if report.ok and not report.has_plan:
        return NO_PLAN
    is_whole = set(now) | MAY_LACK == files | MAY_LACK
    return NEW if report.ok and is_whole else TORN


def _of_state(state: str, before: dict[str, str], folder: Path) -> list[str]:
    if state == TORN or (before and state == NONE):
        return [f"the folder is {state}"]
    aside = folder / "out.old1"
    if before and state in (NEW, NO_PLAN) and (not aside.exists() or content(aside) != before):
        return ["the result before is lost"]
    return []


def _of_end(fault: Fault, ended: Ended, state: str, *, is_lock: bool) -> list[str]:
    """*is_lock*: what is written are words about the owner of a lock, which lock nothing."""
    found = ["traceback"] if "Traceback" in ended.said else []
    if fault.kind == KILL and fault.role != SOLVER:
        return found if ended.code in (-9, 0) else [*found, f"code {ended.code} when killed"]
    if ended.code not in STATES_OF:
        return [*found, f"code {ended.code}"]
    if state not in STATES_OF[ended.code] and "is there and whole" not in ended.said:
        found.append(f"code {ended.code} with the folder {state}")
    if ended.code == 2:
        reason = os.strerror(ERRORS[fault.kind]) if fault.kind in ERRORS else "reads back"
        if reason.lower() not in ended.said.lower():
            found.append(f"the message does not say {reason!r}")
    if fault.kind == LIE and fault.role == RUN and ended.code != 2 and not is_lock:
        found.append("a lying write was published")
    return found


def _of_leftovers(folder: Path) -> list[str]:
    """The next run takes the folder over and clears it."""
    try:
        with held(folder / "out") as place:
            clear_leftovers(place)
    except CallError as error:
        return [f"the next run cannot begin: {error.message.en}"]
    left = {path.name for path in folder.iterdir()} - MAY_STAY - {"case", "tmp"}
    if any((folder / "tmp").iterdir()):
        left |= {f"tmp/{path.name}" for path in (folder / "tmp").iterdir()}
    return [f"left behind: {name}" for name in sorted(left)]


def known_outcome(whole: Path):
    """The outcome of the case in *whole*, solved once; later runs of ours are given it."""
    from optimizer.case import read_case
    from optimizer.solve.journal import outcome_data, outcome_of

    file = whole / "outcome.json"

    def work() -> int:
        instance = read_case(whole / "case" / "scenario.toml").instance
        found = optimizer.solve.solve.solve(instance, api.SolveOptions())
        file.write_text(json.dumps(outcome_data(found)), "utf-8")
        return 0

    assert forked(work, whole).code == 0
    found = outcome_of(json.loads(file.read_text("utf-8")))
    file.unlink()
    return found


def warm_up(whole: Path, known) -> None:
    """Run once in this process without a search: a forked one finds every module loaded."""
    words = ["solve", str(whole / "case" / "scenario.toml"), "--lang", "en"]
    real = optimizer.solve.child.solve_in_child, multiprocessing.get_context
    optimizer.solve.child.solve_in_child = lambda *_: known
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = called([*words, "--out", str(whole.parent / "warm")])
    optimizer.solve.child.solve_in_child, multiprocessing.get_context = real
    assert code == 0
