"""Exact arithmetic: the duals prove what they claim, bad ones less, none too much."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from optimizer.case import read_case
from optimizer.solve.certificate import exact_lower_bound
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.session import Problem
from optimizer.solve.solve import solve
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case


def problem(upper=3.0):
    # min -3x - 2y, x + y <= 4, x + 3y >= 2, 0 <= x <= 3, 0 <= y: x = 3, y = 1, value -11.
    return Problem(
        np.array([-3.0, -2.0]),
        sparse.csr_matrix([[1.0, 1.0], [1.0, 3.0]]),
        np.array([-np.inf, 2.0]),
        np.array([4.0, np.inf]),
        np.zeros(2),
        np.array([3.0, upper]),
        np.zeros(2, dtype=bool),
    )


def test_right_duals_prove_the_optimum_exactly():
    # -2 on x + y <= 4 leaves x a reduced cost of -1 up to 3: -2 · 4 - 1 · 3 = -11
    assert exact_lower_bound(problem(), np.array([-2.0, 0.0])) == -11


def test_a_price_of_a_side_that_does_not_exist_proves_nothing_more():
    # +5 on a row without a lower side is cut to 0: -3 · 3 - 2 · 3 = -15
    assert exact_lower_bound(problem(), np.array([5.0, 0.0])) == -15


def test_an_open_box_that_the_duals_need_proves_nothing():
    assert exact_lower_bound(problem(upper=np.inf), np.array([0.0, 0.0])) is None


@given(st.lists(st.floats(-10, 10), min_size=2, max_size=2))
def test_no_duals_prove_more_than_the_optimum(duals):
    assert exact_lower_bound(problem(), np.array(duals)) <= -11


@pytest.mark.parametrize("engine", ["exact", "city"])
def test_what_is_proved_is_never_crossed_by_the_best_plan(engine, tmp_path):
    instance = read_case(write_case(random_case(5), tmp_path)).instance
    best = solve(instance, SolveOptions(engine="exact", gap=0.0)).levels[0]
    level = solve(instance, SolveOptions(engine=engine, gap=0.0)).levels[0]
    assert level.exact_bound is not None
    assert level.exact_bound >= level.bound >= best.value
