"""A HiGHS run: statuses of our own, limits that are known, interrupts that keep the best point."""

from dataclasses import replace

import highspy
import numpy as np
import pytest
from scipy import sparse

from optimizer.solve import session
from optimizer.solve.session import STATUS, Limits, Problem, RunStatus, run


def knapsack(size=40, rows=20):
    chance = np.random.default_rng(1)
    return Problem(
        -chance.integers(1, 30, size).astype(float),
        sparse.csr_matrix(chance.integers(0, 20, (rows, size)).astype(float)),
        np.full(rows, -np.inf),
        np.full(rows, 120.0),
        np.zeros(size),
        np.ones(size),
        np.ones(size, dtype=bool),
    )


def test_value_and_bound_meet_at_gap_zero():
    found = run(knapsack(), Limits(gap=0.0))
    assert found.status is RunStatus.OPTIMAL
    assert found.value == pytest.approx(found.bound, abs=1e-6)


def test_a_process_may_ask_for_another_number_of_threads():
    # HiGHS has one scheduler a process and refuses a run with other threads than its own
    one, two, again = (run(knapsack(), Limits(gap=0.0, threads=n)) for n in (1, 2, 1))
    assert one.status is two.status is again.status is RunStatus.OPTIMAL
    assert two.value == again.value == pytest.approx(one.value)


def test_an_infeasible_model_is_only_suspected_and_has_no_point():
    impossible = replace(knapsack(), row_lower=np.full(20, 1e6), row_upper=np.full(20, np.inf))
    found = run(impossible, Limits())
    assert found.status is RunStatus.INFEASIBLE
    assert found.point is None


def test_stopping_keeps_the_incumbent_and_its_bound():
    seen = []
    found = run(
        knapsack(120, 40),
        Limits(gap=0.0),
        on_incumbent=seen.append,
        should_stop=lambda: len(seen) > 0,
    )
    assert found.status in (RunStatus.INTERRUPTED, RunStatus.OPTIMAL)
    assert found.point is not None
    assert found.bound <= found.value


def test_an_unknown_option_is_an_error(monkeypatch):
    monkeypatch.setattr(session, "_options", lambda limits: {"mip_rel_gapp": 0.1})
    with pytest.raises(ValueError, match="mip_rel_gapp"):
        run(knapsack(), Limits())


def test_every_model_status_of_highs_has_a_meaning_of_ours():
    for name, status in highspy.HighsModelStatus.__members__.items():
        assert STATUS.get(status, RunStatus.ERROR) in RunStatus, name
