"""A solver that never returns costs no more than its limit and a short grace, Ctrl-C less.

Source: reliability.md F09 and F06.
"""

import os
import signal
import threading
import time

from optimizer.endings import INTERRUPT, LIMIT
from optimizer.solve import child
from optimizer.solve.outcome import SolveOptions
from tests.signals import needs_signals


class NeverDone:
    """An instance whose use takes for ever and hears of nothing."""

    @property
    def goals(self):
        while True:
            time.sleep(1)


def seconds_of(options, **more):
    started = time.monotonic()
    found = child.solve_in_child(NeverDone(), options, **more)
    return found, time.monotonic() - started


def test_at_its_limit_and_a_grace_a_solver_that_does_not_return_is_ended(monkeypatch):
    monkeypatch.setattr(child, "GRACE_LEAST_S", 0.3)
    found, took = seconds_of(SolveOptions(seconds=1.0))
    assert (found.status, found.ended) == ("no_plan", LIMIT)
    assert 1.0 + 0.3 <= took < 1.0 + 0.3 + 2.0


def test_the_grace_is_a_twentieth_of_a_long_limit_and_four_seconds_of_a_short_one():
    # F09: wall at most the limit + max(10 s, 10 %), with what is written after
    assert (child.GRACE_LEAST_S, child.GRACE_SHARE) == (4.0, 0.05)


@needs_signals
def test_ctrl_c_ends_a_solver_that_does_not_listen_within_two_seconds():
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    found, took = seconds_of(SolveOptions())
    assert (found.status, found.ended) == ("no_plan", INTERRUPT)
    assert took < 0.5 + child.STOP_S + 2.0
