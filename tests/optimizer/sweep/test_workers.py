"""A worker that dies costs its point alone: tried twice, then named, the others are done.

Source: reliability.md F11.
"""

import os
import signal

import pytest

from optimizer.solve.outcome import SolveOptions
from optimizer.sweep.workers import Job, run_jobs
from tests.oracle.folder import write_case
from tests.oracle.kit import case
from tests.signals import needs_signals


@pytest.mark.slow
@needs_signals
def test_a_point_that_dies_twice_is_given_up_and_the_others_are_done(tmp_path):
    scenario = write_case(case(), tmp_path / "case")
    out = {number: tmp_path / str(number) for number in range(3)}
    jobs = {n: Job(scenario, {}, out[n], SolveOptions(), "zh", False) for n in out}
    deaths, pids = [], {}

    def report(number, kind, data):
        if kind == "start":
            pids[number] = None
        if number == 1 and kind == "stage" and data == "building":
            for pid in children():
                os.kill(pid, signal.SIGKILL)
        if kind == "died":
            deaths.append(number)

    given_up = run_jobs(jobs, {}, lambda n: (out[n] / "plan.json").exists(), 1, report)
    assert given_up == [1]
    assert deaths == [1, 1]
    assert [(out[n] / "plan.json").exists() for n in out] == [True, False, True]


def children():
    """Processes that this one started."""
    import multiprocessing

    return [child.pid for child in multiprocessing.active_children()]
