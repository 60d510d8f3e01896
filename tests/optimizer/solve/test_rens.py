"""Plans from the support of a relaxation: they keep every row and are never better than it."""

import numpy as np
import pytest

from models.build import build
from optimizer.case import read_case
from optimizer.solve.blocks import Blocks
from optimizer.solve.compiled import compile_model
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.rens import offer_rens
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


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_from_the_relaxation_lies_between_it_and_what_must_stand(seed, tmp_path):
    search, cut, relaxed = begun(seed, tmp_path)
    assert search.best is not None
    before = search.best.point
    offer_rens(search, cut, relaxed.point)
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
        better += offer_rens(search, cut, relaxed.point)
    assert better


def test_a_point_of_nothing_brings_nothing_new(tmp_path):
    search, cut, _ = begun(1, tmp_path)
    rest = np.clip(0.0, cut.problem.lower, cut.problem.upper)
    assert search.best is not None
    offer_rens(search, cut, rest)
    before = search.best.values
    assert not offer_rens(search, cut, rest)
    assert search.best.values == before
