"""Bounds are valid for any duals, and stand on the goal's step."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from optimizer.case import read_case
from optimizer.solve.bounds import outward, safe_lower_bound
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.session import Limits, Problem, run
from optimizer.solve.solve import solve
from tests.agreement.engines import Whole
from tests.oracle.any_goals import any_goals_case
from tests.oracle.folder import write_case


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


def test_a_bound_holds_beside_the_values_of_the_last_plan(tmp_path):
    # a later level trades millionths of persons of the walking distance for a little money; beside
    # what is left of it 17,587.4994 can be reached, where 17,587.49985 was proved before
    scenario = write_case(any_goals_case(85), tmp_path)
    levels = solve(read_case(scenario).instance, SolveOptions(engine="exact", gap=0.0)).levels
    whole = Whole(scenario)
    for k, level in enumerate(levels):
        best, _ = whole.optimum([x.value for x in levels[:k]])
        sign = 1 if whole.is_max(k) else -1
        assert sign * (float(level.bound) - best) >= -5e-9 * max(1.0, abs(best)), level.name
