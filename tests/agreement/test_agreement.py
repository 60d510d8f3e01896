"""The city engine against the exact one; hundreds of cases: ``python -m tests.agreement``.

Every bound of every level is held against the optimum that HiGHS proves beside the plan's own
earlier levels; a plan is verified; nothing told on the way may be beaten by a plan known.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.build import build
from optimizer.case import read_case
from optimizer.solve.compiled import compile_model
from optimizer.solve.crew import Alone
from optimizer.solve.lagrange import Pricer
from optimizer.solve.session import Limits, run
from optimizer.solve.split import split, without_dominated
from tests.agreement.compare import disagreements
from tests.agreement.towns import town
from tests.arrays import problem_of
from tests.oracle.any_goals import any_goals_case
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case

SAMPLE = [(random_case, seed) for seed in (0, 1, 2, 4, 5)]
SAMPLE += [(any_goals_case, seed) for seed in (0, 1, 2, 4)] + [(town, 2)]
ROUGHLY = Limits(gap=0.3, nodes=1)


@pytest.mark.parametrize(("make", "seed"), SAMPLE)
def test_city_and_exact_engine_agree(make, seed, tmp_path):
    assert disagreements(make(seed), tmp_path) == []


@pytest.fixture(scope="module", params=["communities_to_standard", "need_served", "cost"])
def priced(request, tmp_path_factory):
    """A town cut by host and the cost of a plan that is known but not the best."""
    scenario = write_case(town(2), tmp_path_factory.mktemp("town"))
    compiled = compile_model(build(read_case(scenario).instance, goals=[request.param]))
    problem = problem_of(compiled, request.param)
    cut = split(without_dominated(problem), compiled.owners, len(compiled.rows))
    return Pricer(Alone(), cut), run(problem, ROUGHLY).value


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), size=st.sampled_from((1e-6, 1e-3, 1.0, 1e3)))
def test_no_bound_is_beaten_by_a_known_plan(priced, seed, size):
    pricer, known = priced
    prices = np.random.default_rng(seed).normal(0.0, size, len(pricer.cut.linking))
    bound = pricer.price(prices, ROUGHLY, lambda: False).bound
    assert bound <= known + 1e-6 * max(1.0, abs(known))
