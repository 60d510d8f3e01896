"""A child that dies or fails costs no plan it had found, and no defect hides behind its death."""

import multiprocessing
import os
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest

from models.build import build
from optimizer.case import SHIPPED, read_case
from optimizer.solve.blocks import Blocks
from optimizer.solve.child import _levels_kept, solve_in_child
from optimizer.solve.compiled import compile_model
from optimizer.solve.engines import whole
from optimizer.solve.journal import level_data
from optimizer.solve.outcome import Level, SolveOptions
from optimizer.solve.search import Search, now
from optimizer.solve.start import offer_musts
from tests.signals import needs_signals

ROOT = Path(__file__).resolve().parents[3]


class Dies:
    """Ends the process that reads it, as a damaged heap does."""

    def __reduce__(self):
        return os._exit, (139,)


class Fails:
    """An instance whose use raises *error*."""

    def __init__(self, error):
        self.error = error

    @property
    def goals(self):
        raise self.error


def tiny():
    return read_case(SHIPPED / "tiny" / "scenario.toml").instance


def kill_at_first_plan(kind, _data):
    if kind == "plan":
        for child in multiprocessing.active_children():
            child.kill()


def test_a_killed_child_leaves_its_best_plan_and_says_so():
    found = solve_in_child(tiny(), SolveOptions(), kill_at_first_plan)
    assert found.plan is not None
    assert found.status in ("stopped", "feasible", "optimal")  # it may have been done by then
    if found.status == "stopped":
        assert "crash, signal 9" in found.note
    assert (found.engine, "columns" in found.why_engine) == ("exact", True)  # of ``auto``


def test_a_child_that_is_killed_after_a_level_has_spent_what_the_level_did():
    told = []

    def kill_at_first_level(kind, data):
        if kind == "level":
            told.append(data)
            for child in multiprocessing.active_children():
                child.kill()

    found = solve_in_child(tiny(), SolveOptions(), kill_at_first_level)
    assert found.cpu_s >= told[0].cpu_s > 0


def test_a_level_under_way_when_the_child_was_killed_says_when_its_gap_stood():
    plan = [Level(name, Fraction(9), None, 4.0, 7.0) for name in ("streets_covered", "cost")]
    values = [level_data(level) for level in plan]
    sooner, later = ({"bound": "10", "spent": [3.0, 5.0]}, {"bound": "10", "spent": [6.0, 11.0]})
    for last, when in ((sooner, (4.0, 7.0)), (later, (6.0, 11.0))):
        first, second = _levels_kept([], values, {"streets_covered": last})
        assert (first.bound, (first.wall_s, first.cpu_s)) == (10, when)
        assert (second.bound, second.wall_s, second.cpu_s) == (None, 0.0, 0.0)


def test_the_limit_of_a_search_counts_from_before_the_model_was_built():
    wall, cpu = now()
    compiled, options = compile_model(build(tiny())), SolveOptions(seconds=60)
    search = Search(tiny(), compiled, options, print, lambda: False, (wall - 59, cpu - 3))
    assert search.seconds_left <= 1  # 60 - 59
    assert search.spent[0] >= 59
    assert search.spent[1] >= 3
    assert not search.should_stop()
    late = Search(tiny(), compiled, options, print, lambda: False, (wall - 60, cpu))
    assert late.should_stop()


def test_a_child_that_dies_before_any_plan_is_tried_once_more_and_no_plan_is_invented():
    found = solve_in_child(Dies(), SolveOptions(seconds=120))
    assert (found.status, found.plan) == ("no_plan", None)
    assert "crash, 139" in found.note


def test_memory_that_runs_out_has_its_own_word():
    found = solve_in_child(Fails(MemoryError()), SolveOptions())
    assert found.status == "no_plan"
    assert "memory" in found.note


def test_a_defect_before_any_plan_is_raised_with_its_traceback_and_is_not_called_no_plan():
    with pytest.raises(RuntimeError, match="KeyError: 'foreseen by nobody'"):
        solve_in_child(Fails(KeyError("foreseen by nobody")), SolveOptions())


@needs_signals
def test_no_child_outlives_a_parent_that_was_killed(tmp_path):
    words = [sys.executable, "-m", "optimizer", "solve", "gongshu", "--out", str(tmp_path / "o")]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.DEVNULL) as parent:
        child = _first_child(parent.pid)
        parent.kill()
    end = time.monotonic() + 60
    while Path(f"/proc/{child}/status").exists() and time.monotonic() < end:
        time.sleep(0.2)
    assert not Path(f"/proc/{child}/status").exists()


def _first_child(pid):
    """The solver child: the one that is no resource tracker."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
                command = (path.parent / "cmdline").read_bytes()
            except OSError:
                continue
            if int(fields[1]) == pid and b"spawn_main" in command:
                return int(path.parent.name)
        time.sleep(0.2)
    raise AssertionError("no child was started")


def test_a_plan_is_looked_for_when_half_of_the_limit_is_used_and_there_is_none():
    wall, cpu = now()
    compiled, options = compile_model(build(tiny())), SolveOptions(seconds=1_000)
    late, soon = (
        Search(tiny(), compiled, options, lambda *_: None, lambda: False, (wall - used, cpu))
        for used in (500, 400)
    )
    assert (late.lacks_a_plan, soon.lacks_a_plan) == (True, False)
    offer_musts(late, Blocks(compiled))
    assert (late.best.values[0], late.lacks_a_plan) == (0, True)  # a plan of nothing is none
    late.offer(whole(late)[0].point)
    assert (late.best.values[0] > 0, late.lacks_a_plan) == (True, False)
