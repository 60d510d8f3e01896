"""Readings that are data of pack or catalogue (A4, A6, A8, A10, A19, A22, A23), set otherwise.

Unless a test says otherwise: one community of 500 households (300 m² by ratio, 600 m² by its hub),
one building of 600 m² on one floor, three services at 1,000 yuan per m², everything 100 m apart,
no domains.
"""

from pathlib import Path

import pytest

from optimizer.api import SolveOptions, solve
from tests.oracle.against import refused, rules, steps
from tests.oracle.folder import SHIPPED, write_case
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    FULL,
    GYM,
    HUB,
    LOUNGE,
    building,
    case,
    community,
    facility,
    function,
)
from tests.oracle.worth import worth

SIX = {
    "shop": "convenience",
    "clinic": "health",
    "gym": "sports",
    "books": "culture",
    "swing": "play",
}


def pilots(tiny, folder):
    return worth(tiny, folder)["communities_to_standard"]


@pytest.mark.parametrize(("size", "cost"), steps((2, 600_000), ("1.99", 603_000), (4, 600_000)))
def test_households_that_are_missing_follow_the_citys_size_of_a_household(size, cost, tmp_path):
    # A4: 2,000 residents ÷ 2 = 1,000 households, 600 m²; ÷ 1.99 = 1,005 households, 603 m²;
    # ÷ 4 = 500 households, 300 m², and the hub of 600
    home = community(households="", residents="2000")
    size = float(size)
    tiny = case([home], [building(area_m2="700")], rules=rules(persons_per_household=size))
    assert worth(tiny, tmp_path)["cost"] == cost


@pytest.mark.parametrize(("item", "count"), [("elderly", 0), ("full", 1)])
def test_what_counts_as_one_item_is_said_by_the_catalogue(item, count, tmp_path):
    # A6: day care, full-time care and a clinic: two items, or three where a city counts them apart;
    # one of them is core, so it asks for one core item
    figures = rules(hub_min_core_items=1)
    tiny = case(None, None, (DAY, FULL | {"item": item}, CLINIC), rules=figures)
    assert pilots(tiny, tmp_path) == count


@pytest.mark.parametrize(("domain", "count"), [("care", 0), ("play", 1)])
def test_the_domain_of_child_care_is_said_by_the_catalogue(domain, count, tmp_path):
    # A8: everything else stands; what looks after children is care, or play where a city says so
    child = function("after", domain, "child")
    rest = [function(f, d) for f, d in SIX.items() if d != "play"]
    tiny = case(None, None, (DAY, CANTEEN, child, *rest), rules={})
    assert pilots(tiny, tmp_path) == count


@pytest.mark.parametrize(("place", "count"), [("site", 1), ("building", 0)])
def test_buildings_of_one_site_are_one_place_or_each_its_own(place, count, tmp_path):
    # A10: 300 + 300 m² on one site, no positions, so no dispersed hub
    pair = [building("a", "300", site="s"), building("b", "300", site="s")]
    assert pilots(case(None, pair, rules=rules(hub_place=place)), tmp_path) == count


@pytest.mark.parametrize(("counts", "count"), [("1", 1), ("0", 0)])
def test_what_enters_the_total_is_said_by_the_catalogue(counts, count, tmp_path):
    # A19: 550 m² of three services at most, 50 of a lounge that a city may leave out of the total
    sized = [row | {"max_m2": m2} for row, m2 in zip(HUB, ("200", "200", "150"), strict=True)]
    tiny = case(None, None, (*sized, LOUNGE | {"max_m2": "50", "counts_in_total": counts}))
    assert pilots(tiny, tmp_path) == count


@pytest.mark.parametrize(("counts", "cost"), [("1", 600_000), ("0", 660_000)])
def test_what_stands_today_enters_the_total_as_the_catalogue_says(counts, cost, tmp_path):
    # A19: 1,100 households ask for 660 m²; 60 m² of lounge stand
    tiny = case(
        [community(households="1100")],
        [building(area_m2="700")],
        (*HUB, LOUNGE | {"counts_in_total": counts}),
        facilities=[facility("e", "lounge", "60")],
    )
    assert worth(tiny, tmp_path)["cost"] == cost


@pytest.mark.parametrize(("domain", "count"), [("", 0), ("culture", 1)])
def test_a_service_is_an_item_of_a_hub_where_it_has_a_domain(domain, count, tmp_path):
    # A23: day care, canteen and a Party service: three items where a city gives it a domain
    party = function("party", domain)
    assert pilots(case(None, None, (DAY, CANTEEN, party)), tmp_path) == count


@pytest.mark.parametrize(
    ("core", "count"), [(["elderly", "meal"], 0), (["elderly", "gym"], 1), (["clinic", "gym"], 1)]
)
def test_the_core_items_are_a_list_of_the_pack(core, count, tmp_path):
    # HZ-41: two of the core items; day care, clinic and gym stand
    tiny = case(None, None, (DAY, CLINIC, GYM), rules=rules(core_items=core))
    assert pilots(tiny, tmp_path) == count


@pytest.mark.parametrize(
    ("figure", "cells"),
    [
        ("pilot_types", {"type": "village"}),
        ("pilot_districts", {"district": "建德市"}),
    ],
)
def test_who_may_be_a_pilot_is_a_list_of_the_pack(figure, cells, tmp_path):
    # HZ-01, HZ-02: neither a village nor an outer county, unless the city says so
    [allowed] = cells.values()
    home, stock = community(**cells), building(district=cells.get("district", "拱墅区"))
    assert pilots(case([home], [stock]), tmp_path / "shipped") == 0
    tiny = case([home], [stock], rules=rules(**{figure: [allowed]}))
    assert pilots(tiny, tmp_path / "own") == 1


def test_owners_of_a_route_are_a_list_of_the_pack(tmp_path):
    # A22: converted property is collective or social; a pack of the city adds what is the state's
    tiny = case(None, [building(owner="state", route="conversion")])
    assert pilots(tiny, tmp_path / "shipped") == 0
    assert pilots_of(with_owners(tiny, tmp_path / "own", '["collective", "social", "state"]')) == 1


def test_a_route_that_the_pack_does_not_list_is_refused(tmp_path):
    tiny = case(None, [building(route="gift")])
    refused(tiny, tmp_path, 2)


def with_owners(tiny, folder: Path, owners: str) -> Path:
    """The scenario of *tiny* under a pack of its own, whose route conversion has other owners."""
    scenario = write_case(tiny, folder)
    shipped = (SHIPPED / "policies" / "hangzhou-2024.toml").read_text("utf-8")
    pack = shipped.replace('owners = ["collective", "social"]', f"owners = {owners}")
    assert pack != shipped
    (folder / "own.toml").write_text(pack, "utf-8")
    text = scenario.read_text("utf-8").replace('"hangzhou-2024"', '"own.toml"')
    scenario.write_text(text, "utf-8")
    return scenario


def pilots_of(scenario: Path) -> int:
    result = solve(scenario, scenario.parent / "out", SolveOptions(gap=0.0), in_child=False)
    assert result.plan_json["violations"] == []
    return result.plan_json["indicators"]["pilots"]
