"""Where a narrower point has the better plan, it stands in the wider one's folder, verified."""

from dataclasses import replace
from fractions import Fraction

import pytest

from optimizer.api import record, solve
from optimizer.case import read_case
from optimizer.hold import held
from optimizer.result import read_result
from optimizer.run_plan import has_plan, plan_of
from optimizer.solve.outcome import Level, SolveOptions
from optimizer.solve.solve import solve as solve_here
from optimizer.sweep.floors import is_better, raise_to
from optimizer.verify import verify
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case
from tests.oracle.kit import building, case, community

OPTIONS = SolveOptions(gap=0.0)


def folder_with(plan_budget, budget, folder):
    """A run folder of *budget* that holds the best plan of *plan_budget*; both communities cost
    600,000 yuan to bring to standard."""
    both = [community("c"), community("d")], [building("b"), building("e")]
    path = write_case(case(*both, budget={"total_yuan": budget}), folder / "case")
    wide = read_case(path)
    poor = replace(wide.instance, limits=replace(wide.instance.limits, total_yuan=plan_budget))
    outcome = solve_here(poor, OPTIONS)
    levels = tuple(replace(level, bound=Fraction(2)) for level in outcome.levels[:1])
    levels += tuple(Level(o.name, o.value, None, 0.0, 0.0) for o in outcome.levels[1:])
    named = tuple(level.name for level in levels if not level.is_closed)
    made = replace(outcome, levels=levels, status="feasible", wide_levels=named)
    with held(folder / "out") as place:
        record(wide, made, OPTIONS, place)
    return wide, read_result(folder / "out")


def test_the_better_plan_is_carried_forward_with_the_bounds_of_the_wider_point(tmp_path):
    _, narrow = folder_with(600_000, 600_000, tmp_path / "narrow")
    case_of_wide, wide = folder_with(0, 1_000_000, tmp_path / "wide")
    assert is_better(narrow, wide)
    raise_to(narrow, wide, case_of_wide, OPTIONS, "zh")
    now = read_result(wide.directory)
    assert now.plan_json["objective"][0]["value"] == 1
    assert now.plan_json["objective"][0]["bound"] == 2
    assert now.status == "feasible"
    assert verify(wide.directory).ok
    assert not is_better(narrow, now)
    assert {p.name for p in wide.directory.parent.iterdir()} == {"case", "out"}


def test_a_later_goal_decides_where_earlier_ones_are_equal(tmp_path):
    _, one = folder_with(600_000, 600_000, tmp_path / "one")
    _, same = folder_with(600_000, 900_000, tmp_path / "same")
    assert not is_better(one, same)
    cheaper = replace(one, plan_json=_with_cost(one, 599_999))
    assert is_better(cheaper, same)
    assert not is_better(same, cheaper)


def _with_cost(result, yuan):
    levels = [dict(level) for level in result.plan_json["objective"]]
    next(level for level in levels if level["name"] == "cost")["value"] = yuan
    return {**result.plan_json, "objective": levels}


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_plan_read_back_is_the_plan_that_was_written(seed, tmp_path):
    path = write_case(random_case(seed), tmp_path / "case")
    outcome = solve_here(read_case(path).instance, OPTIONS)
    if outcome.plan is None:
        return
    solve(path, tmp_path / "out", OPTIONS, in_child=False)
    assert has_plan(tmp_path / "out")
    assert plan_of(read_result(tmp_path / "out")) == outcome.plan
