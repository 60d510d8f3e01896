"""[compare]: which points a scenario asks for, what is refused, and whose plan flows to whom."""

import pytest

from optimizer.api import check
from optimizer.errors import CallError, InputError
from optimizer.scenario import read_scenario
from optimizer.solve.outcome import SolveOptions
from optimizer.sweep.order import is_wider, starts
from optimizer.sweep.points import read_sweep
from tests.oracle.folder import write_case
from tests.oracle.kit import case

OPTIONS = SolveOptions()


def scenario(folder, compare, more=""):
    path = write_case(case(budget={"total_10k_yuan": 60}), folder)
    path.write_text(f"{path.read_text('utf-8')}\n{more}\n[compare]\n{compare}\n", "utf-8")
    return path


def points(folder, compare):
    return read_sweep(scenario(folder, compare), OPTIONS).points


def test_one_key_is_one_point_a_value_in_the_order_of_the_list(tmp_path):
    found = points(tmp_path, "budget.total_10k_yuan = [60, 40.5]")
    assert [p.label for p in found] == [
        "budget.total_10k_yuan = 60",
        "budget.total_10k_yuan = 40.5",
    ]


def test_several_keys_make_every_combination_the_last_fastest(tmp_path):
    found = points(tmp_path, "budget.total_10k_yuan = [40, 60]\nreach.walk_m = [500, 900, 1000]")
    assert [tuple(p.settings.values()) for p in found] == [
        (40, 500),
        (40, 900),
        (40, 1000),
        (60, 500),
        (60, 900),
        (60, 1000),
    ]


def test_a_point_is_the_scenario_with_its_value_set_in_whichever_unit(tmp_path):
    path = scenario(tmp_path, "budget.total_yuan = [400000]")
    [point] = read_sweep(path, OPTIONS).points
    assert read_scenario(path).total_yuan == 600_000
    at_point = read_scenario(path, settings=point.settings)
    assert at_point.total_yuan == 400_000
    assert "compare" not in at_point.resolved


def test_a_table_as_value_sets_several_keys_at_once(tmp_path):
    both = 'budget = [{ total_10k_yuan = 40, by_district_10k_yuan = { "拱墅区" = 30 } }]'
    path = scenario(tmp_path, both)
    [point] = read_sweep(path, OPTIONS).points
    at_point = read_scenario(path, settings=point.settings)
    assert (at_point.total_yuan, at_point.by_district_yuan) == (400_000, {"拱墅区": 300_000})


@pytest.mark.parametrize(
    ("compare", "code", "place"),
    [
        ("budget.total_10k_yuan = []", "empty-axis", "compare.budget.total_10k_yuan"),
        ("budget.total_10k_yuan = 40", "wrong-type", "compare.budget.total_10k_yuan"),
        ("budget.totl_10k_yuan = [40]", "unknown-key", "compare.budget.totl_10k_yuan"),
        ("buget.total_10k_yuan = [40]", "unknown-key", "compare.buget.total_10k_yuan"),
        ('budget.total_10k_yuan = [40, "x"]', "wrong-type", "compare.budget.total_10k_yuan.2"),
        ("budget.total_10k_yuan = [40, 40]", "given-twice", "compare.budget.total_10k_yuan"),
        ('extends = ["a.toml"]', "unknown-key", "compare.extends"),
        ('goals.order = [["cost"], []]', "wrong-type", "compare.goals.order.2"),
    ],
)
def test_what_cannot_be_compared_is_a_fault_of_the_scenario(compare, code, place, tmp_path):
    path = scenario(tmp_path, compare)
    with pytest.raises(InputError) as said:
        check(path)
    assert (code, place) in [(i.code, i.column) for i in said.value.issues]


def test_a_scenario_without_compare_is_told_how_to_write_one(tmp_path):
    with pytest.raises(CallError, match=r"\[compare\]"):
        read_sweep(write_case(case(), tmp_path), OPTIONS)


def test_the_key_is_of_what_decides_the_plan_and_of_nothing_else(tmp_path):
    path = scenario(tmp_path, "budget.total_10k_yuan = [40, 60]")
    first, second = read_sweep(path, OPTIONS).points
    assert first.key != second.key
    assert first.key != read_sweep(path, SolveOptions(seed=1)).points[0].key
    text = path.read_text("utf-8")
    path.write_text(text.replace("[40, 60]", "[30, 40]").replace('"boundary"', '"b"'), "utf-8")
    assert read_sweep(path, OPTIONS).points[1].key == first.key
    table = tmp_path / "data" / "buildings.csv"
    table.write_text(table.read_text("utf-8").replace("600", "601"), "utf-8")
    assert read_sweep(path, OPTIONS).points[1].key != first.key


def test_a_larger_cap_is_wider_and_nothing_else_is(tmp_path):
    found = points(tmp_path, "budget.total_10k_yuan = [40, 60]\nreach.walk_m = [500, 1000]")
    wider = {(a.number, b.number) for a in found for b in found if is_wider(a, b)}
    assert wider == {(0, 2), (1, 3)}  # (40, 500) → (60, 500), (40, 1000) → (60, 1000)


def test_plans_flow_up_a_tree_so_that_half_of_an_axis_runs_at_a_time(tmp_path):
    values = ", ".join(str(yuan) for yuan in range(10))
    found = points(tmp_path, f"budget.total_10k_yuan = [{values}]")
    # i without its lowest binary digit: 7 = 111 starts from 6 = 110, 6 from 4, 4 from 0
    assert starts(found) == {1: 0, 2: 0, 3: 2, 4: 0, 5: 4, 6: 4, 7: 6, 8: 0, 9: 8}
