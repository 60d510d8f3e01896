"""The whole product against an oracle that shares no code with it (reliability.md section 4, T3).

The oracle enumerates; the product solves, rounds, writes and verifies. Both must find the same
five values, up to 1e-6 of the value and what rounding areas to 0.01 m² can cost.
"""

import pytest

from optimizer.api import SolveOptions, solve
from optimizer.errors import LinliError
from tests.oracle.agreement import disagreements
from tests.oracle.enumerate import optimum
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case

EVERYDAY, WHOLE = 40, 300


def solved_and_compared(seed: int, folder) -> list[str]:
    case = random_case(seed)
    best, scenario = optimum(case), write_case(case, folder / "case")
    if best is None:
        with pytest.raises(LinliError) as refused:
            solve(scenario, folder / "out", SolveOptions(gap=0.0), in_child=False)
        return [] if refused.value.exit_code in (2, 4, 5) else [repr(refused.value)]
    solve(scenario, folder / "out", SolveOptions(gap=0.0), in_child=False)
    return disagreements(case, best, folder / "out")


@pytest.mark.parametrize("seed", range(EVERYDAY))
def test_product_and_oracle_find_the_same_optimum(seed, tmp_path):
    assert solved_and_compared(seed, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(EVERYDAY, WHOLE))
def test_product_and_oracle_find_the_same_optimum_in_the_whole_programme(seed, tmp_path):
    assert solved_and_compared(seed, tmp_path) == []
