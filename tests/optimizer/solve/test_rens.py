"""Plans from prices: they keep every row and are never better than the relaxation."""

import numpy as np
import pytest

from models.build import build
from optimizer.case import read_case
from optimizer.solve.blocks import Blocks
from optimizer.solve.compiled import compile_model
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.rens import SUPPORT, offer_sweeps
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, run
from optimizer.solve.split import split, without_dominated
from optimizer.solve.start import offer_musts
from tests.agreement.towns import town
from tests.oracle.folder import write_case

SEEDS = range(1, 5)


def begun(seed, folder):
    """A search with what must stand, the cut of its first level and its relaxation."""
    instance = read_case(write_case(town(seed), folder)).instance
    goal = instance.goals[0]
    compiled = compile_model(build(instance, goals=[goal, "cost", "operating_cost"]))
    search = Search(instance, compiled, SolveOptions(), lambda *_: None, lambda: False)
    offer_musts(search, Blocks(compiled))
    problem = without_dominated(search.problem(search.cost_of(goal)))
    cut = split(problem, compiled.owners, len(compiled.rows))
    return search, cut, run(problem, Limits(whole=False))


def swept(search, cut, relaxed):
    prices = relaxed.duals[cut.linking]
    return offer_sweeps(search, cut, prices, relaxed.point, relaxed.point > SUPPORT)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_from_the_relaxation_lies_between_it_and_what_must_stand(seed, tmp_path):
    search, cut, relaxed = begun(seed, tmp_path)
    assert search.best is not None
    before = search.best.point
    swept(search, cut, relaxed)
    value = float(cut.problem.cost @ search.best.point)
    assert relaxed.value - 1e-6 * abs(relaxed.value) <= value
    assert value <= float(cut.problem.cost @ before) + 1e-6
    activity = search.compiled.matrix @ search.best.point
    assert (activity >= search.compiled.row_lower - 1e-6).all()
    assert (activity <= search.compiled.row_upper + 1e-6).all()


def test_in_towns_with_room_it_is_better_than_what_must_stand(tmp_path):
    better = 0
    for seed in SEEDS:
        search, cut, relaxed = begun(seed, tmp_path / str(seed))
        better += swept(search, cut, relaxed)
    assert better


def test_where_nothing_is_wanted_the_best_plan_stands(tmp_path):
    search, cut, relaxed = begun(1, tmp_path)
    swept(search, cut, relaxed)
    assert search.best is not None
    before, nothing = search.best.values[0], np.zeros(len(relaxed.point), dtype=bool)
    offer_sweeps(search, cut, np.zeros(len(cut.linking)), relaxed.point, nothing)
    assert search.best.values[0] >= before
