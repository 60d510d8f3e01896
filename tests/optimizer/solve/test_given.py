"""A plan given as the start is floor where it keeps every row, and ignored where it does not."""

from dataclasses import replace

import pytest

from optimizer.case import read_case
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.solve import solve
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case
from tests.oracle.kit import building, case, community


def instance_of(folder, yuan):
    # each community reaches its standard in its own building of 600 m² at 1,000 yuan a m²
    tiny = case(
        [community("c"), community("d")],
        [building("b"), building("e", acquire_yuan="100000")],
        budget={"total_yuan": yuan},
    )
    return read_case(write_case(tiny, folder)).instance


@pytest.mark.parametrize("engine", ["exact", "city"])
def test_the_result_is_never_worse_than_the_plan_given(engine, tmp_path):
    poor = instance_of(tmp_path / "poor", 600_000)
    rich = instance_of(tmp_path / "rich", 1_300_000)
    given = solve(poor, SolveOptions(gap=0.0)).plan
    assert len(given.pilots) == 1
    plans = []
    options = SolveOptions(engine, gap=0.0, start=given)
    best = solve(rich, options, lambda kind, data: plans.append(data) if kind == "plan" else None)
    assert plans[0].plan == given
    assert best.levels[0].value == 2


def test_a_plan_that_costs_more_than_there_is_is_not_used(tmp_path):
    rich = instance_of(tmp_path / "rich", 1_300_000)
    poor = instance_of(tmp_path / "poor", 600_000)
    given = solve(rich, SolveOptions(gap=0.0)).plan
    assert given.cost_yuan == 1_300_000
    best = solve(poor, SolveOptions(gap=0.0, start=given))
    assert best.levels[0].value == 1
    assert best.plan.cost_yuan == 600_000


def test_a_plan_of_other_buildings_is_not_used(tmp_path):
    given = solve(instance_of(tmp_path / "a", 1_300_000), SolveOptions(gap=0.0)).plan
    alone = read_case(write_case(case(), tmp_path / "b")).instance
    assert solve(alone, SolveOptions(gap=0.0, start=given)).levels[0].value == 1


@pytest.mark.parametrize("seed", [3, 8, 11, 21, 34])
def test_the_best_plan_given_again_is_kept_as_it_is(seed, tmp_path):
    instance = read_case(write_case(random_case(seed), tmp_path)).instance
    first = solve(instance, SolveOptions(gap=0.0))
    seen = []
    again = solve(
        instance,
        SolveOptions(gap=0.0, start=first.plan),
        lambda kind, data: seen.append(data) if kind == "plan" else None,
    )
    assert seen[0].values[: len(first.levels)] == tuple(level.value for level in first.levels)
    assert [level.value for level in again.levels] == [level.value for level in first.levels]
    spoiled = replace(first.plan, pilots=("nobody",))
    assert solve(instance, SolveOptions(gap=0.0, start=spoiled)).status == first.status
