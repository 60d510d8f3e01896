"""A [[change]] speaks of shipped functions too, whether or not the case has rows of its own."""

import csv
import json
from decimal import Decimal

import pytest

from optimizer.api import SolveOptions, read_case, solve
from optimizer.errors import InputError
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community

NO_OWN, OWN = "", "名称,功能编码\n诊所,health\n"


def written(tmp_path, *changes, functions=NO_OWN):
    said = [
        {"table": "functions", "match": match, "set": set, "reason": "测试"}
        for match, set in changes
    ]
    more = {"change": said} if said else {}
    path = write_case(case([community()], [building()], (), **more), tmp_path / "case")
    if functions:
        (path.parent / "data" / "functions.csv").write_text(functions, "utf-8")
    return path


@pytest.mark.parametrize("functions", [NO_OWN, OWN])
def test_what_it_sets_is_set_and_the_rest_is_the_catalogues(functions, tmp_path):
    before = read_case(written(tmp_path / "a", functions=functions)).instance.functions["meal"]
    path = written(tmp_path / "b", ({"id": "meal"}, {"min_m2": "150"}), functions=functions)
    after = read_case(path).instance.functions["meal"]
    assert (Decimal(str(before.min_m2)), Decimal(str(after.min_m2))) == (100, 150)
    assert (after.name, after.weight) == (before.name, before.weight)
    assert after.fitout_yuan_per_m2 == before.fitout_yuan_per_m2


def test_two_changes_of_one_function_hold_both(tmp_path):
    first = ({"id": "meal"}, {"min_m2": "150"})
    found = read_case(written(tmp_path, first, ({"id": "meal"}, {"opening_yuan": "7"})))
    meal = found.instance.functions["meal"]
    assert (float(meal.min_m2), float(meal.opening_yuan)) == (150, 7)


def test_the_run_folder_says_the_function_as_changed_and_why(tmp_path):
    path = written(tmp_path, ({"id": "meal"}, {"min_m2": "150"}))
    result = solve(path, tmp_path / "run", SolveOptions(gap=0.0), in_child=False)
    with (tmp_path / "run" / "inputs" / "functions.csv").open(encoding="utf-8") as file:
        functions = {row["id"]: row for row in csv.DictReader(file)}
    assert Decimal(functions["meal"]["min_m2"]) == 150
    plan = json.loads((tmp_path / "run" / "plan.json").read_text("utf-8"))
    [change] = plan["scenario"]["changes"]
    assert (change["match"], change["reason"]) == ({"id": "meal"}, "测试")
    assert not result.plan_json["violations"]


@pytest.mark.parametrize(
    ("match", "set", "code"),
    [
        ({"id": "mael"}, {"min_m2": "150"}, "change-matches-nothing"),
        ({"id": "meal"}, {"min_m2": "viel"}, "not-a-number"),
        ({"id": "meal"}, {"min": "1"}, "change-column"),
    ],
)
def test_what_cannot_be_changed_is_refused_where_it_is_said(match, set, code, tmp_path):
    with pytest.raises(InputError) as refused:
        read_case(written(tmp_path, (match, set)))
    assert code in {issue.code for issue in refused.value.issues}
    assert "scenario" in {issue.file for issue in refused.value.issues}
