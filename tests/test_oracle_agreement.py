"""The whole product against an oracle that shares no code with it (reliability.md section 4, T3).

The oracle enumerates; the product solves, rounds, writes and verifies. Both must find the same
value at every level, up to 1e-6 of the value and what rounding areas to 0.01 m² can cost.
"""

import pytest

from tests.oracle.against import solved_and_compared
from tests.oracle.any_goals import any_goals_case
from tests.oracle.enumerate import optimum
from tests.oracle.generator import random_case

EVERYDAY, WHOLE = 30, 300
LOST_PERSONS = (46, 85, 132)  # millionths of persons cut, then held as if they were there
WHOLE_BUT_A_MILLIONTH = 21_172  # 40.70 m² at 7 m² hold 5.814285 of 5.814286 persons
NOTHING = 181  # a weighted level is worth 0, and the solver says 1e-14 less
LONG = (6, 8, 15, 23)  # several seconds in the oracle


@pytest.mark.parametrize("seed", [seed for seed in range(EVERYDAY) if seed not in LONG])
def test_product_and_oracle_find_the_same_optimum(seed, tmp_path):
    assert solved_and_compared(random_case(seed), tmp_path) == []


def test_the_best_plan_of_a_seeded_case_has_a_room_used_in_turns():
    assert optimum(random_case(5)).best.facts.rooms["b0"] == (("full", "nursery"),)


@pytest.mark.parametrize("seed", [*range(EVERYDAY), *LOST_PERSONS, NOTHING])
def test_product_and_oracle_agree_on_goals_in_any_order_under_other_keys(seed, tmp_path):
    assert solved_and_compared(any_goals_case(seed), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*LONG, *range(EVERYDAY, WHOLE)])
def test_product_and_oracle_find_the_same_optimum_in_the_whole_programme(seed, tmp_path):
    assert solved_and_compared(random_case(seed), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "seed",
    [*sorted({*range(EVERYDAY, WHOLE)} - {*LOST_PERSONS, NOTHING}), WHOLE_BUT_A_MILLIONTH],
)
def test_goals_in_any_order_in_the_whole_programme(seed, tmp_path):
    assert solved_and_compared(any_goals_case(seed), tmp_path) == []
