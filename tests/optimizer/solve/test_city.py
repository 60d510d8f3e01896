"""Bounds of priced blocks, packings of their columns, and crews that all find the same."""

import os
import signal
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from models.build import build
from optimizer.case import read_case
from optimizer.solve.city import recalled
from optimizer.solve.clusters import clusters
from optimizer.solve.compiled import compile_model
from optimizer.solve.crew import Alone, Cluster, Processes
from optimizer.solve.lagrange import Pricer
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.part import part_of
from optimizer.solve.pool import Pool
from optimizer.solve.pricing import RELAXED, Asked, better_than, price
from optimizer.solve.reduction import without_fixed
from optimizer.solve.session import Limits, Problem, run
from optimizer.solve.solve import solve
from optimizer.solve.split import split, without_dominated
from tests.arrays import problem_of as level_of
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case

EXACT = Limits(gap=0.0, absolute_gap=1e-9)


def problem_of(seed, folder, goal):
    instance = read_case(write_case(random_case(seed), folder)).instance
    compiled = compile_model(build(instance, goals=[goal]))
    return level_of(compiled, goal), compiled


def never():
    return False


@pytest.fixture
def cut(tmp_path):
    problem, compiled = problem_of(4, tmp_path, "need_served")
    return split(without_dominated(problem), compiled.owners, len(compiled.rows))


@pytest.mark.parametrize("goal", ["communities_to_standard", "need_served", "cost"])
@pytest.mark.parametrize("seed", [3, 4])
def test_no_prices_make_a_bound_above_the_optimum(seed, goal, tmp_path):
    problem, compiled = problem_of(seed, tmp_path, goal)
    best = run(problem, EXACT)
    cut = split(without_dominated(problem), compiled.owners, len(compiled.rows))
    pricer, chance = Pricer(Alone(), cut), np.random.default_rng(seed)
    tried = [np.zeros(len(cut.linking))]
    tried += [chance.normal(0.0, 10.0**k, len(cut.linking)) for k in (-2, 0, 2)]
    for prices in tried:
        found = pricer.price(prices, EXACT, never)
        assert found.bound <= best.value + 1e-6 * max(1.0, abs(best.value))


@pytest.mark.parametrize("goal", ["communities_to_standard", "cost", "need_served"])
def test_columns_fixed_as_dominated_cost_nothing(goal, tmp_path):
    problem, _ = problem_of(5, tmp_path, goal)
    fixed = without_dominated(problem)
    assert (fixed.upper <= fixed.lower).sum() >= (problem.upper <= problem.lower).sum()
    assert run(fixed, EXACT).value == pytest.approx(run(problem, EXACT).value, abs=1e-6)


@pytest.mark.parametrize("seed", range(3, 9))
def test_columns_of_one_goal_keep_every_row_of_their_host_under_another(seed, tmp_path):
    goals = ("communities_to_standard", "need_served")
    instance = read_case(write_case(random_case(seed), tmp_path)).instance
    compiled = compile_model(build(instance, goals=goals))
    one, other = (
        split(without_dominated(level_of(compiled, goal)), compiled.owners, len(compiled.rows))
        for goal in goals
    )
    prices = np.random.default_rng(seed).normal(0.0, 1.0, len(one.linking))
    found = Pricer(Alone(), one).price(prices, EXACT, never)
    point = recalled(sparse.csr_matrix(found.point), other)
    activity = other.problem.matrix @ point
    own = np.concatenate(other.rows)
    assert len(own)
    assert (activity[own] >= other.problem.row_lower[own] - 1e-6).all()
    assert (activity[own] <= other.problem.row_upper[own] + 1e-6).all()
    assert (point >= other.problem.lower).all()
    assert (point <= other.problem.upper).all()


def test_a_column_that_a_row_needs_is_not_fixed():
    # least y with x + y >= 2 and x <= 1: x costs nothing and eases the row, so it goes to 1
    problem = Problem(
        np.array([0.0, 1.0]),
        sparse.csr_matrix([[1.0, 1.0]]),
        np.array([2.0]),
        np.array([np.inf]),
        np.zeros(2),
        np.array([1.0, 5.0]),
        np.zeros(2, dtype=bool),
    )
    fixed = without_dominated(problem)
    assert (fixed.lower[0], fixed.upper[0]) == (1.0, 1.0)
    assert (fixed.lower[1], fixed.upper[1]) == (0.0, 5.0)
    assert run(fixed, EXACT).value == 1.0


def test_the_pools_relaxation_keeps_every_row_between_the_bound_and_the_plan(cut):
    plan = run(cut.problem, EXACT).point
    pool = Pool(cut, plan)
    found = Pricer(Alone(), cut).price(np.zeros(len(cut.linking)), EXACT, never)
    pool.add(found.point)
    packed = run(pool.problem(), EXACT)
    assert found.bound - 1e-6 <= packed.value <= cut.problem.cost @ plan + 1e-6
    point = pool.point(packed.point)
    assert cut.problem.cost @ point == pytest.approx(packed.value)
    activity = cut.problem.matrix @ point
    assert (activity >= cut.problem.row_lower - 1e-6).all()
    assert (activity <= cut.problem.row_upper + 1e-6).all()


def priced(crew, cut):
    try:
        prices = np.linspace(-1.0, 1.0, len(cut.linking))
        return Pricer(crew, cut).price(prices, EXACT, never)
    finally:
        crew.close()


@pytest.mark.parametrize("limits", [RELAXED, EXACT])
def test_a_round_that_goes_on_from_the_last_finds_what_a_fresh_one_does(limits, cut):
    before, prices = np.zeros(len(cut.linking)), np.linspace(-1.0, 1.0, len(cut.linking))
    pricer = Pricer(Alone(), cut)
    pricer.price(before, limits, never)
    assert any(basis is not None for basis in pricer._bases)
    fresh = Pricer(Alone(), cut).price(prices, limits, never)
    assert pricer.price(prices, limits, never).bound == pytest.approx(fresh.bound, abs=1e-6)


def test_a_known_column_that_is_the_best_comes_back_with_the_same_bound(cut):
    # the pool knows the best column of every host at these prices: nobody can beat it
    prices = np.linspace(-1.0, 1.0, len(cut.linking))
    pricer = Pricer(Alone(), cut)
    found = pricer.price(prices, EXACT, never)
    pool = Pool(cut, np.clip(0.0, cut.problem.lower, cut.problem.upper))
    pool.add(found.point)
    again = pricer.price(prices, EXACT, never, pool)
    assert again.bound == pytest.approx(found.bound, abs=1e-6)
    reduced = cut.problem.cost - cut.shared_by_column @ again.prices
    assert reduced @ again.point == pytest.approx(reduced @ found.point, abs=1e-6)


@pytest.mark.parametrize("seed", [2, 4])
def test_the_first_whole_areas_of_a_city_are_those_of_a_plan(seed, tmp_path, monkeypatch):
    monkeypatch.setattr("optimizer.solve.units.MANY_AREAS", 0)
    instance = read_case(write_case(random_case(seed), tmp_path)).instance
    city = solve(instance, SolveOptions(engine="city"))
    exact = solve(instance, SolveOptions(engine="exact"))
    assert city.levels[0].value == exact.levels[0].value


def test_one_process_and_several_find_the_same(cut, monkeypatch):
    monkeypatch.setattr("optimizer.solve.lagrange.CHUNK_HOSTS", 1)
    alone = priced(Alone(), cut)
    several = priced(Processes(2), cut)
    assert several.bound == alone.bound
    assert np.array_equal(several.point, alone.point)


def test_a_lost_process_costs_its_blocks_only(cut, monkeypatch):
    monkeypatch.setattr("optimizer.solve.lagrange.CHUNK_HOSTS", 1)
    crew = Processes(2)
    os.kill(crew._workers[0].process.pid, signal.SIGKILL)
    assert priced(crew, cut).bound == priced(Alone(), cut).bound


def test_a_crew_that_is_stopped_has_no_answer(cut):
    stopped = Pricer(Alone(), cut).price(np.zeros(len(cut.linking)), EXACT, lambda: True)
    assert stopped is None


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_finds_the_same(cut, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("optimizer.solve.lagrange.CHUNK_HOSTS", 1)
    alone = priced(Alone(), cut)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as city:
        crew = Cluster(city.scheduler_address)
        pricer = Pricer(crew, cut)
        os.kill(city.workers[0].process.pid, signal.SIGKILL)
        prices = np.linspace(-1.0, 1.0, len(cut.linking))
        found = pricer.price(prices, EXACT, never)
        crew.close()
    assert found.bound == alone.bound
    assert np.array_equal(found.point, alone.point)


def test_seconds_left_to_a_block_do_not_change_a_bound_that_is_found(cut):
    limited = replace(EXACT, seconds=60.0)
    pricer = Pricer(Alone(), cut)
    zero = np.zeros(len(cut.linking))
    free, timed = (pricer.price(zero, limits, never) for limits in (EXACT, limited))
    assert free.bound == timed.bound


def test_only_points_better_than_what_is_known_are_kept_in_the_boxes():
    # least of -3x - y over x + y <= 1.5 in [0, 1]²: -3.5 relaxed at (1, 0.5), -3 whole at (1, 0).
    # y's reduced cost is 0, x's is -2: below -3 there is room for 0.5, so x stays >= 1 - 0.25 -> 1
    problem = Problem(
        np.array([-3.0, -1.0]),
        sparse.csr_matrix([[1.0, 1.0]]),
        np.array([-np.inf]),
        np.array([1.5]),
        np.zeros(2),
        np.ones(2),
        np.ones(2, dtype=bool),
    )
    relaxed = run(problem, RELAXED)
    narrow = better_than(problem, relaxed, -3.0)
    assert (narrow.lower.tolist(), narrow.upper.tolist()) == ([1.0, 0.0], [1.0, 1.0])
    wide = better_than(problem, relaxed, 0.0)
    assert (wide.lower.tolist(), wide.upper.tolist()) == ([0.0, 0.0], [1.0, 1.0])


@pytest.mark.parametrize("seed", range(3, 9))
def test_relaxed_first_or_not_a_block_has_the_same_least_cost(seed, tmp_path):
    problem, compiled = problem_of(seed, tmp_path, "need_served")
    cut = split(without_dominated(problem), compiled.owners, len(compiled.rows))
    for i in range(len(cut.hosts)):
        small, left = without_fixed(cut.block(i))
        if left.is_possible and len(small.cost):
            found = price(small, replaced(left), Asked(small.cost), EXACT)
            assert found.bound == pytest.approx(run(small, EXACT).value, abs=1e-6)
            assert found.value == pytest.approx(found.bound, abs=1e-6)


def replaced(left):
    """Nothing fixed: the block as it is."""
    count = int(left.free.sum())
    return replace(left, free=np.ones(count, dtype=bool), fixed=np.zeros(count))


def test_a_part_of_a_problem_keeps_what_is_left_of_every_row():
    # x + y + z <= 5 with z standing at 2: 3 are left for x and y; the row of z alone is not asked
    matrix = sparse.csr_matrix([[1.0, 1.0, 1.0], [0.0, 0.0, 1.0]])
    problem = Problem(
        np.array([-1.0, -1.0, 0.0]),
        matrix,
        np.full(2, -np.inf),
        np.array([5.0, 2.0]),
        np.zeros(3),
        np.full(3, 4.0),
        np.zeros(3, dtype=bool),
    )
    part = part_of(
        problem, matrix.tocsc(), np.array([True, True, False]), np.array([1.0, 0.0, 2.0])
    )
    assert part.problem.row_upper.tolist() == [3.0]
    assert part.start.tolist() == [1.0, 0.0]
    assert part.lift(np.array([3.0, 0.0])).tolist() == [3.0, 0.0, 2.0]


def test_musts_that_no_plan_keeps_are_not_offered(tmp_path):
    # two communities must be pilots and no building can make them one: there is no first plan
    case = random_case(9)
    instance = read_case(write_case(case, tmp_path)).instance
    outcome = solve(instance, SolveOptions(engine="city"))
    exact = solve(instance, SolveOptions(engine="exact"))
    assert (outcome.plan is None) == (exact.plan is None)


@pytest.mark.parametrize("most", [1, 3, 1_000])
def test_every_host_is_in_one_cluster_and_none_but_a_single_one_is_too_large(most, cut):
    size = np.arange(1, len(cut.hosts) + 1)
    found = list(clusters(cut, size, most))
    assert sorted(np.concatenate(found)) == list(range(len(cut.hosts)))
    assert all(len(inside) == 1 or size[inside].sum() <= most for inside in found)
