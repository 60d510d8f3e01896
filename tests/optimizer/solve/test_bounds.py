"""Bounds are valid for any duals, and stand on the goal's step."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from optimizer.solve.bounds import outward, safe_lower_bound
from optimizer.solve.session import Limits, Problem, run


def problem():
    # min -3x - 2y, x + y <= 4, x + 3y >= 2, 0 <= x <= 3, 0 <= y <= 3: x = 3, y = 1, value -11.
    return Problem(
        np.array([-3.0, -2.0]),
        sparse.csr_matrix([[1.0, 1.0], [1.0, 3.0]]),
        np.array([-np.inf, 2.0]),
        np.array([4.0, np.inf]),
        np.zeros(2),
        np.full(2, 3.0),
        np.zeros(2, dtype=bool),
    )


def test_the_solvers_own_duals_give_the_optimum():
    found = run(problem(), Limits())
    assert found.value == -11
    assert safe_lower_bound(problem(), found.duals) == -11


@given(st.lists(st.floats(-10, 10), min_size=2, max_size=2))
def test_no_dual_vector_gives_a_bound_above_the_optimum(duals):
    assert safe_lower_bound(problem(), np.array(duals)) <= -11 + 1e-9


def test_a_bound_on_whole_numbers_is_rounded_to_them():
    assert outward(80.6, True, Fraction(1), Fraction(78)) == 80
    assert outward(79.9999999, True, Fraction(1), Fraction(78)) == 80
    assert outward(80.4, False, Fraction(1), Fraction(90)) == 81


def test_a_bound_is_never_beyond_the_value_of_the_plan_it_bounds():
    assert outward(99.9999, True, None, Fraction(100)) == 100
    assert outward(100.0001, False, None, Fraction(100)) == 100


def test_an_infinite_bound_is_none():
    assert outward(float("inf"), True, None, Fraction(1)) is None
