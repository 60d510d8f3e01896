"""Upgrades: structure, fire safety and lift as paid decisions (contract 1, 5 Eligible and Money).

Unless a test says otherwise: one community of 500 households (a hub of 600 m²), one building of
600 m² on one floor, three services at 1,000 yuan per m²: a pilot costs 600,000 yuan.
"""

import pytest

from tests.oracle.against import check, steps
from tests.oracle.kit import CANTEEN, CLINIC, DAY, HUB, building, case
from tests.oracle.worth import worth

TWO_FLOORS = [
    {"building": "b", "level": "1", "area_m2": "300"},
    {"building": "b", "level": "2", "area_m2": "300"},
]
UPSTAIRS = [row | {"levels": "1-2", "lift_above": "1"} for row in HUB]


def repaired(**cells):
    return building(upgrade_yuan="80000", **cells)


@pytest.mark.parametrize("column", ["fire_ok", "structure_ok"])
@pytest.mark.parametrize(("said", "pilots"), [("0", 0), ("1", 1), ("upgrade", 1)])
def test_an_unsafe_building_may_be_used_after_its_upgrade(column, said, pilots, tmp_path):
    # 600,000 yuan, and 80,000 for the upgrade
    tiny = case(None, [repaired(**{column: said})])
    cost = {"0": 0, "1": 600_000, "upgrade": 680_000}[said]
    check(tiny, tmp_path, pilots=pilots, cost=cost)


@pytest.mark.parametrize(("budget", "pilots"), steps((679999.99, 0), (680000, 1), (680000.01, 1)))
def test_the_upgrade_is_paid_from_the_budget(budget, pilots, tmp_path):
    tiny = case(None, [repaired(fire_ok="upgrade")], budget={"total_yuan": budget})
    check(tiny, tmp_path, pilots=pilots)


def test_one_payment_makes_all_that_say_upgrade_so(tmp_path):
    safe = repaired(fire_ok="upgrade", structure_ok="upgrade", lift="upgrade")
    tiny = case(None, [safe], UPSTAIRS, floors=TWO_FLOORS)
    check(tiny, tmp_path, pilots=1, cost=680_000)


@pytest.mark.parametrize(("said", "cost"), [("0", 0), ("upgrade", 680_000), ("1", 600_000)])
def test_a_lift_opens_the_floor_above(said, cost, tmp_path):
    # 300 + 300 m²: without the lift only the first floor holds services
    tiny = case(None, [repaired(lift=said)], UPSTAIRS, floors=TWO_FLOORS)
    check(tiny, tmp_path, pilots=int(cost > 0), cost=cost)


def test_an_upgrade_pays_where_the_other_building_is_dearer(tmp_path):
    # e costs 79,999 yuan to acquire, b 80,000 to upgrade: e is taken; a yuan more and b is
    for acquire, cost in (("79999", 679_999), ("80001", 680_000)):
        other = building("e", acquire_yuan=acquire)
        tiny = case(None, [repaired(structure_ok="upgrade"), other])
        check(tiny, tmp_path / acquire, pilots=1, cost=cost)


def test_nothing_is_upgraded_where_nothing_above_is_wanted(tmp_path):
    # the canteen and the clinic go upstairs without a lift, 10 m² of day care below
    free = [DAY | {"levels": "1-2", "lift_above": "1"}, *({**r, "levels": "1-2"} for r in HUB[1:])]
    found = worth(case(None, [repaired(lift="upgrade")], free, floors=TWO_FLOORS), tmp_path)
    (row,) = found["tables"]["siting"]
    assert (found["cost"], row["upgraded"], row["upgrade_yuan"]) == (600_000, 0, 0)


@pytest.mark.parametrize(("below", "pilots"), steps(("299.99", 0), ("300", 1)))
def test_without_the_lift_what_needs_one_fits_below_it(below, pilots, tmp_path):
    # day care of at least 300 m² on the first floor; the rest may climb; money for no lift
    rows = [
        {"building": "b", "level": "1", "area_m2": below},
        {"building": "b", "level": "2", "area_m2": "400"},
    ]
    care = DAY | {"min_m2": "300", "levels": "1-2", "lift_above": "1"}
    climbing = [care, *({**row, "levels": "1-2"} for row in (CANTEEN, CLINIC))]
    stock = [repaired(lift="upgrade", area_m2="700")]
    tiny = case(None, stock, climbing, floors=rows, budget={"total_yuan": 600000})
    check(tiny, tmp_path, pilots=pilots)


def test_the_plan_says_what_is_upgraded(tmp_path):
    found = worth(case(None, [repaired(fire_ok="upgrade")]), tmp_path)
    (row,) = found["tables"]["siting"]
    assert (row["upgraded"], row["upgrade_yuan"]) == (1, 80_000)
