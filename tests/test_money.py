"""Budgets by source with what each may pay for, and by year (contract 5 Money, HZ-63, HZ-64).

Unless a test says otherwise: one community of 500 households, one building of 600 m² on one floor,
three services at 1,000 yuan per m²: a pilot costs 600,000 yuan.
"""

from decimal import Decimal

import pytest

from optimizer.api import SolveOptions, solve
from tests.oracle.against import check, refused, solved_and_compared, steps
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    GYM,
    HUB,
    building,
    case,
    community,
    facility,
    function,
)
from tests.oracle.worth import worth


def paid(found):
    """(building, source) -> yuan."""
    rows = found["tables"]["funding"]
    return {(row["building"], row["source"]): Decimal(row["yuan"]) for row in rows}


def sources(**yuan):
    return {"by_source_yuan": yuan}


@pytest.mark.parametrize(("own", "pilots"), steps((349999.99, 0), (350000, 1), (350000.01, 1)))
def test_all_sources_together_pay_the_cost(own, pilots, tmp_path):
    # 250,000 + 350,000 = 600,000 yuan
    check(case(budget=sources(central=250000, own=own)), tmp_path, pilots=pilots)


def test_each_building_is_paid_in_full_and_no_source_beyond_its_cap(tmp_path):
    found = worth(case(budget=sources(central=250000, own=350000)), tmp_path)
    assert paid(found) == {("b", "central"): 250000, ("b", "own"): 350000}
    (project,) = found["tables"]["projects"]
    assert project["yuan_by_source"] == "central:250000.00;own:350000.00"


def test_who_pays_survives_the_child_process(tmp_path):
    scenario = write_case(case(budget=sources(central=250000, own=350000)), tmp_path / "case")
    result = solve(scenario, tmp_path / "out", SolveOptions(gap=0.0))
    assert [row["source"] for row in result.tables["funding"]] == ["central", "own"]
    assert result.plan_json["violations"] == []


def test_a_source_that_is_not_listed_pays_nothing(tmp_path):
    told = {"budget": sources(own=600000), "sources": {"bond": {"hub": True}}}
    assert set(paid(worth(case(**told), tmp_path))) == {("b", "own")}


@pytest.mark.parametrize(("hub", "pilots"), steps((200000, 0), (600000, 1)))
def test_a_source_for_hubs_pays_no_other_building(hub, pilots, tmp_path):
    # c needs 1,200 m²: a hub of 600 in b and 600 m² in e; own money pays for one of them only
    tiny = case(
        [community(households="2000")],
        [building("b"), building("e")],
        budget=sources(bond=hub, own=600000),
        sources={"bond": {"hub": True}},
    )
    check(tiny, tmp_path, pilots=pilots)


def test_a_special_bonds_condition_changes_the_plan(tmp_path):
    # elderly care reaches the standard too, but the bond pays only where a clinic stands in the hub
    items = [DAY, CANTEEN, CLINIC | {"fitout_yuan_per_m2": "2000"}, GYM]
    told = {"budget": sources(bond=700000)}
    free = worth(case(None, None, items, **told), tmp_path / "free")
    bound = {"bond": {"hub": True, "any_item": ["clinic"]}}
    tied = worth(case(None, None, items, **told, sources=bound), tmp_path / "tied")
    # without the condition 600 m² at 1,000; with it 10 m² of clinic at 2,000: 10,000 more
    assert (free["cost"], tied["cost"]) == (600_000, 610_000)


@pytest.mark.parametrize(("item", "pilots"), steps(("clinic", 1), ("gym", 0)))
def test_an_item_may_stand_in_the_hub_today(item, pilots, tmp_path):
    # the clinic is there today on the hub's site, no function to plan it is left
    today = [facility("e", "clinic", "20", site="s")]
    services = [DAY, CANTEEN, function("lounge2", "culture"), CLINIC | {"min_m2": "700"}]
    told = {"budget": sources(bond=600000), "sources": {"bond": {"hub": True, "any_item": [item]}}}
    more = [*services, GYM | {"min_m2": "700"}]
    tiny = case(None, [building(site="s")], more, facilities=today, **told)
    check(tiny, tmp_path, pilots=pilots)


def test_without_hub_the_item_stands_in_the_building_itself(tmp_path):
    # 1,200 m² in two buildings of one site: each must hold the canteen to be paid for
    tiny = case(
        [community(households="2000")],
        [building("b", site="s"), building("e", site="s")],
        budget=sources(bond=1200000),
        sources={"bond": {"any_item": ["meal"]}},
    )
    found = worth(tiny, tmp_path)
    rows = {(row["building"], row["function"]) for row in found["tables"]["allocation"]}
    assert found["communities_to_standard"] == 1
    assert {("b", "canteen"), ("e", "canteen")} <= rows


@pytest.mark.parametrize(("cap", "pilots"), steps((599999.99, 0), (600000, 1), (600000.01, 1)))
def test_a_source_pays_only_in_its_districts_up_to_their_caps(cap, pilots, tmp_path):
    where = {"central": {"by_district_yuan": {"拱墅区": cap, "上城区": 900000}}}
    tiny = case(budget=sources(central=900000), sources=where)
    check(tiny, tmp_path, pilots=pilots)


def test_a_source_of_another_district_pays_nothing_here(tmp_path):
    where = {"central": {"by_district_yuan": {"上城区": 900000}}}
    check(case(budget=sources(central=900000), sources=where), tmp_path, pilots=0, cost=0)


def test_a_building_that_costs_nothing_needs_no_source(tmp_path):
    free = [row | {"fitout_yuan_per_m2": "0"} for row in HUB]
    found = worth(case(None, None, free, budget=sources(own=0)), tmp_path)
    assert (found["communities_to_standard"], paid(found)) == (1, {})


@pytest.mark.parametrize(("yuan", "pilots"), steps((599999.99, 0), (600000, 1), (600000.01, 1)))
def test_a_buildings_money_falls_in_one_year(yuan, pilots, tmp_path):
    # 599,999.99 in each of two years: more than enough together, never in one year
    told = {"by_year_yuan": {"2025": yuan, "2026": yuan}}
    check(case(budget=told), tmp_path, pilots=pilots)


def test_two_buildings_may_be_paid_in_two_years(tmp_path):
    two = [community("c"), community("d")]
    told = {"by_year_yuan": {"2025": 600000, "2026": 600000}}
    found = worth(case(two, [building("b"), building("e")], budget=told), tmp_path)
    assert found["communities_to_standard"] == 2
    assert {row["year"] for row in found["tables"]["siting"]} == {"2025", "2026"}


@pytest.mark.parametrize(("year", "pilots"), steps(("2026", 1), ("2027", 0)))
def test_a_building_is_sited_in_a_listed_year_when_it_is_available(year, pilots, tmp_path):
    told = {"by_year_yuan": {"2025": 600000, "2026": 600000}}
    tiny = case(None, [building(available_year=year)], budget=told)
    check(tiny, tmp_path, pilots=pilots)


def test_what_a_year_leaves_over_is_not_carried_on(tmp_path):
    told = {"by_year_yuan": {"2025": 900000, "2026": 500000}}
    tiny = case(None, [building(available_year="2026")], budget=told)
    check(tiny, tmp_path, pilots=0)


@pytest.mark.parametrize(
    "told",
    [
        {"budget": {"by_source_yuan": {}}},
        {"budget": sources(own=1), "sources": {"own": {"any_item": ["childcare"]}}},
        {"budget": {"by_year_yuan": {"next": 1}}},
        {"budget": {"by_source_yuan": {"a;b": 1}}},
        {"budget": sources(own=1), "sources": {"own": {"any_items": ["meal"]}}},
    ],
    ids=["no source", "no such item", "no year", "semicolon", "unknown key"],
)
def test_faults_of_sources_and_years_are_told(told, tmp_path):
    refused(case(**told), tmp_path, 2)


#: cases of the generator whose budget has sources or years
PAID = (400, 404, 408, 412, 416, 420, 424, 428, 436, 444, 448, 452, 456, 460, 464, 476, 484, 488)


@pytest.mark.parametrize("seed", PAID)
def test_product_and_oracle_agree_where_money_has_sources_and_years(seed, tmp_path):
    tiny = random_case(seed)
    assert {"by_source_yuan", "by_year_yuan"} & set(tiny.scenario["budget"])
    assert solved_and_compared(tiny, tmp_path) == []
