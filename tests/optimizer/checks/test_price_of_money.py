"""What a million yuan more can bring at most: proved by the same dual vector as the bound."""

import json
from decimal import Decimal

import pytest

from optimizer.api import solve
from optimizer.solve.outcome import SolveOptions
from optimizer.verify import verify
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community, needed

PLACE = "plan.json objective need_served per_million_yuan"


def run(folder, budget, **tables):
    """A hundred persons need 1 m² each, which costs 1,000 yuan."""
    tiny = case(**({"buildings": [building(area_m2="200")]} | tables), functions=[needed("100")])
    tiny.scenario["budget"] = budget
    path = write_case(tiny, folder / "case")
    solve(path, folder / "out", SolveOptions(gap=0.0), in_child=False)
    return folder / "out"


def level(out, name="need_served"):
    plan = json.loads((out / "plan.json").read_text("utf-8"), parse_float=Decimal)
    return next(level for level in plan["objective"] if level["name"] == name)


# 50,000 yuan are 50 persons, and each further 1,000 yuan is one; 100,000 are all of them
@pytest.mark.parametrize(("yuan", "served", "price"), [(50_000, 50, 1_000), (120_000, 100, 0)])
def test_scarce_money_has_the_price_of_what_it_buys_and_plenty_has_none(
    yuan, served, price, tmp_path
):
    found = level(run(tmp_path, {"total_yuan": yuan}))
    assert (found["value"], found["bound"]) == (served, served)
    assert abs(found["per_million_yuan"] - price) <= Decimal("0.01")


def test_money_of_a_district_counts_with_money_in_all(tmp_path):
    # of 50,000 yuan in all 拱墅区 may have 30,000: more of both, or of the district, is needed
    found = level(run(tmp_path, {"total_yuan": 50_000, "by_district_yuan": {"拱墅区": 30_000}}))
    assert found["value"] == 30
    assert abs(found["per_million_yuan"] - 1_000) <= Decimal("0.01")


def test_of_two_districts_the_one_where_money_does_most_is_told(tmp_path):
    # a square metre costs 1,000 yuan in one, 2,000 in the other
    two = [community(), community("d", district="上城区")]
    houses = [
        building(area_m2="40"),
        building("e", "40", district="上城区", fitout_factor="2"),
    ]
    budget = {"by_district_yuan": {"拱墅区": 20_000, "上城区": 20_000}}
    found = level(run(tmp_path, budget, communities=two, buildings=houses))
    assert found["value"] == 30  # 20,000 ÷ 1,000 + 20,000 ÷ 2,000
    assert abs(found["per_million_yuan"] - 1_000) <= Decimal("0.01")


def test_what_costs_least_has_no_price_of_money(tmp_path):
    assert level(run(tmp_path, {"total_yuan": 50_000}), "cost")["per_million_yuan"] is None


@pytest.mark.parametrize(("shift", "places"), [(0, []), ("0.000001", [PLACE])])
def test_a_file_that_states_another_price_is_told(shift, places, tmp_path):
    out = run(tmp_path, {"total_yuan": 50_000})
    stated = level(out)["per_million_yuan"]
    path = out / "plan.json"
    text, said = path.read_text("utf-8"), f'"per_million_yuan": {stated}'
    assert text.count(said) == 1
    told = stated + Decimal(shift)
    path.write_text(text.replace(said, f'"per_million_yuan": {told}'), "utf-8")
    report = verify(out, is_published=False)
    assert [v["place"] for v in report.violations if v["rule"] == "V16b"] == places
