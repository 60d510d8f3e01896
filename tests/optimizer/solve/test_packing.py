"""Packings of the pool: a whole column a host, every row kept, no better than relaxed columns."""

import numpy as np
import pytest

from optimizer.solve.crew import Alone
from optimizer.solve.lagrange import Pricer
from optimizer.solve.packing import offer_packed, packing
from optimizer.solve.pool import Pool
from optimizer.solve.rens import keeps_rows
from optimizer.solve.session import Limits, run
from tests.optimizer.solve.test_rens import begun

EXACT = Limits(gap=0.0, absolute_gap=1e-9)
SEEDS = range(1, 5)


def filled(search, cut, relaxed):
    """A pool with the best plan and what every host would do at the prices of the relaxation."""
    pool = Pool(cut, np.clip(search.best.point, cut.problem.lower, cut.problem.upper))
    priced = Pricer(Alone(), cut).price(relaxed.duals[cut.linking], EXACT, lambda: False)
    pool.add(priced.point)
    return pool


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_packing_is_a_plan_and_no_better_than_the_relaxed_one(seed, tmp_path):
    search, cut, relaxed = begun(seed, tmp_path)
    pool = filled(search, cut, relaxed)
    whole, split_pool = run(packing(pool).problem, EXACT), packing(pool)
    point = pool.point(whole.point)
    assert keeps_rows(cut.problem, point)
    assert cut.problem.cost @ point == pytest.approx(whole.value)
    assert whole.value >= run(split_pool.problem, Limits(whole=False)).value - 1e-6
    chosen = np.rint(whole.point[: len(pool.columns)])
    hosts = split_pool.owner[: len(pool.columns)]
    assert np.array_equal(np.bincount(hosts, chosen), np.ones(len(cut.hosts)))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_point_of_the_pool_is_a_packing_and_comes_back(seed, tmp_path):
    search, cut, relaxed = begun(seed, tmp_path)
    pool = filled(search, cut, relaxed)
    plan = np.clip(search.best.point, cut.problem.lower, cut.problem.upper)
    shares = pool.shares(plan)
    assert np.allclose(pool.point(shares), plan, atol=1e-5)
    assert keeps_rows(packing(pool).problem, shares)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_packed_in_parts_is_kept_and_within_the_columns_relaxation(seed, tmp_path):
    search, cut, relaxed = begun(seed, tmp_path)
    before = float(cut.problem.cost @ search.best.point)
    pool = filled(search, cut, relaxed)
    offer_packed(search, pool)
    value = float(cut.problem.cost @ search.best.point)
    allowed = run(pool.problem(), Limits()).value
    assert value >= allowed - 1e-6 * max(1.0, abs(allowed))
    assert value <= before + 1e-6 * max(1.0, abs(before))


def test_in_towns_with_room_a_packing_is_better_than_what_must_stand(tmp_path):
    better = 0
    for seed in SEEDS:
        search, cut, relaxed = begun(seed, tmp_path / str(seed))
        better += offer_packed(search, filled(search, cut, relaxed))
    assert better
