"""Readings of the programme text that a city may choose otherwise (A1 to A31), at their thresholds.

Unless a test says otherwise: one community of 500 households (300 m² by ratio, 600 m² by its hub),
one building of 600 m² on one floor, three services at 1,000 yuan per m², everything 100 m apart.
"""

import pytest

from optimizer.errors import NoPlanCanExist
from tests.oracle.against import check, refused, rules, steps
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    HANGZHOU,
    HUB,
    LOUNGE,
    NURSERY,
    building,
    case,
    community,
    facility,
    function,
    needed,
)
from tests.oracle.worth import verdict, worth


def said(**values):
    """One figure set otherwise, all else as shipped."""
    return {key: {"value": value, "reason": "test"} for key, value in values.items()}


@pytest.mark.parametrize(("m2", "pilots"), steps(("899.99", 0), ("900", 1), ("900.01", 1)))
def test_the_hub_may_be_on_top_of_the_total(m2, pilots, tmp_path):
    # A1: 500 households × 0.6 = 300 m², and 600 m² of hub beside them
    tiny = case(None, [building(area_m2=m2)], rules=rules(hub_inside_total=False))
    check(tiny, tmp_path, pilots=pilots)


def test_the_hub_is_inside_the_total_by_default(tmp_path):
    # A1: 1,500 households × 0.6 = 900 m², the hub of 600 among them
    tiny = case([community(households="1500")], [building(area_m2="900")])
    check(tiny, tmp_path, pilots=1, cost=900_000)


@pytest.mark.parametrize(("counts", "m2", "pilots"), [(True, "600", 1), (False, "659.99", 0)])
def test_existing_area_counts_in_the_standard_unless_the_city_says_only_what_is_built(
    counts, m2, pilots, tmp_path
):
    # A3: 1,100 households ask for 660 m²; 60 m² stand today
    today = [facility("e", "lounge", "60")]
    figures = rules(count_existing=counts)
    home = [community(households="1100")]
    tiny = case(home, [building(area_m2=m2)], (*HUB, LOUNGE), facilities=today, rules=figures)
    check(tiny, tmp_path / "a", pilots=pilots)
    tiny.tables["buildings"] = [building(area_m2="660")]
    check(tiny, tmp_path / "b", pilots=1, cost=600_000 if counts else 660_000)


@pytest.mark.parametrize("counts", [True, False])
def test_where_only_what_is_built_counts_a_refit_counts_in_full(counts, tmp_path):
    # A3: 1,100 households ask for 660 m²; 60 m² of lounge are refitted. Counted today: 660 - 60 are
    # lacking, and 60 go: 660. Not counted: 660 are lacking, and all of the refit is built
    today = [facility("e", "lounge", "60")]
    tiny = case(
        [community(households="1100")],
        [building(area_m2="700", replaces="e")],
        (*HUB, LOUNGE),
        facilities=today,
        rules=rules(count_existing=counts),
    )
    check(tiny, tmp_path, pilots=1, cost=660_000)


@pytest.mark.parametrize(
    ("rounds", "households", "cost"),
    [
        (False, "1001", 600_600),
        (True, "1000", 600_000),
        (True, "1001", 660_000),
        (True, "1100", 660_000),
        (True, "1101", 720_000),
    ],
)
def test_hundreds_of_households_are_a_ratio_unless_the_city_rounds_up(
    rounds, households, cost, tmp_path
):
    # A5: 1,001 households are 10.01 hundreds × 60 = 600.60 m², or 11 hundreds × 60 = 660 m²
    tiny = case(
        [community(households=households)],
        [building(area_m2="800")],
        rules=rules(round_up=rounds),
    )
    check(tiny, tmp_path, pilots=1, cost=cost)


SEVEN = (
    DAY,
    NURSERY,
    CANTEEN,
    CLINIC,
    function("shop", "convenience"),
    function("gym", "sports"),
    function("books", "culture"),
    function("swing", "play"),
)


@pytest.mark.parametrize(
    ("mode", "care", "pilots", "halves"),
    [
        ("any", (DAY,), 1, 1),
        ("any", (NURSERY,), 1, 1),
        ("any", (DAY, NURSERY), 1, None),
        ("all", (DAY,), 0, None),
        ("all", (NURSERY,), 0, None),
        ("all", (DAY, NURSERY), 1, 2),
    ],
)
def test_one_half_of_a_domain_is_enough_unless_all_are_asked(mode, care, pilots, halves, tmp_path):
    # A7: 养老托育 is one domain; the half that is missing is a target, told and no violation
    functions = (*care, *SEVEN[2:])
    tiny = case(functions=functions, rules=said(domain_mode=mode, hub_min_core_items=1))
    found = worth(tiny, tmp_path)
    assert found["communities_to_standard"] == pilots
    if pilots and halves:
        told = verdict(found, "A7", "c care")
        assert (told["kind"], told["ok"], told["actual"]) == ("target", halves == 2, str(halves))


def test_a_half_that_stands_today_need_not_be_planned(tmp_path):
    # A7, all: care for infants is there today, care for the elderly planned
    rows = [facility("e", "creche", "20")]
    functions = (DAY, NURSERY | {"min_m2": "601"}, *SEVEN[2:])
    figures = said(domain_mode="all", hub_min_core_items=1)
    with_it = case(functions=functions, facilities=rows, rules=figures)
    assert worth(with_it, tmp_path / "with")["communities_to_standard"] == 1
    without = case(functions=functions, rules=figures)
    assert worth(without, tmp_path / "without")["communities_to_standard"] == 0


@pytest.mark.parametrize(("tolerance", "ok"), [(0, False), (0.49, False), (0.5, True)])
def test_an_about_number_is_reached_within_its_tolerance(tolerance, ok, tmp_path):
    # A13: one pilot of two, one hub of two; ⌈2 × (1 - 0.49)⌉ = 2, 2 × (1 - 0.5) = 1
    tiny = case(rules=rules(pilot_tolerance=tolerance), pilots={"target": 2})
    found = worth(tiny, tmp_path)
    assert verdict(found, "HZ-02", "target")["ok"] is ok
    assert verdict(found, "HZ-03", "target")["ok"] is ok


@pytest.mark.parametrize(("limit", "need"), [(1000, 10), (700, 0)])
def test_without_a_limit_of_the_scenario_the_packs_walking_limit_holds(limit, need, tmp_path):
    # A16: 0.006 degrees of latitude are 665 m, × 1.3 detour = 865 m
    points = {"lon": "120.15"}
    tiny = case(
        [community(**points, lat="30.300")],
        [building(**points, lat="30.306")],
        [needed()],
        coords="cgcs2000",
        reach={"detour": 1.3},
        rules=rules(walk_limit_m=limit),
    )
    assert worth(tiny, tmp_path)["need_served"] == need


@pytest.mark.parametrize(("limit", "is_union"), [(700, True), (600, False)])
def test_points_are_neighbours_up_to_the_packs_distance(limit, is_union, tmp_path):
    # HZ-31: 0.006 degrees of latitude are 665 m in a straight line
    points = {"lon": "120.15", "union": "u"}
    tiny = case(
        [community("c", **points, lat="30.300"), community("d", **points, lat="30.306")],
        [building(lon="120.15", lat="30.303")],
        coords="cgcs2000",
        rules=rules(adjacency_m=limit),
    )
    if is_union:
        assert worth(tiny, tmp_path)["communities_to_standard"] == 1
    else:
        refused(tiny, tmp_path, 2)


@pytest.mark.parametrize(("one", "pilots"), [(True, 1), (False, 2)])
def test_one_site_has_one_planned_hub_unless_the_city_says_otherwise(one, pilots, tmp_path):
    # A26: two hosts, one site of two buildings of 600 m²
    pair = [building("b1", "600", site="s"), building("b2", "600", site="s")]
    figures = rules(one_hub_a_site=one)
    tiny = case([community("c"), community("d")], pair, rules=figures)
    check(tiny, tmp_path, pilots=pilots)


@pytest.mark.parametrize(("around", "pilots"), steps(("none", 1), (99.99, 0), (100, 1)))
def test_converted_property_lies_around_the_community(around, pilots, tmp_path):
    # A27: 100 m to walk
    social = building(owner="social", route="conversion")
    check(case(None, [social], rules=rules(around_m=around)), tmp_path, pilots=pilots)


def test_other_routes_keep_the_hosting_distance(tmp_path):
    check(case(rules=rules(around_m=50)), tmp_path, pilots=1)


@pytest.mark.parametrize(("term", "pilots"), steps(("", 1), ("4.99", 0), ("5", 1), ("20", 1)))
def test_a_lease_whose_term_is_known_lasts_at_least_five_years(term, pilots, tmp_path):
    tiny = case(None, [building(route="lease", lease_term_years=term)])
    assert HANGZHOU["min_lease_years"] == 5
    check(tiny, tmp_path, pilots=pilots)


@pytest.mark.parametrize(("least", "pilots"), steps((0, 1), (3, 1), (3.01, 0)))
def test_the_shortest_lease_is_a_figure_of_the_pack(least, pilots, tmp_path):
    tiny = case(None, [building(lease_term_years="3")], rules=rules(min_lease_years=least))
    check(tiny, tmp_path, pilots=pilots)


def test_the_number_of_hubs_may_be_a_must(tmp_path):
    # a hub costs 600 m² × 1,000 yuan; two communities, nobody may be a pilot, one street
    two = [community("c", pilot="excluded"), community("d", pilot="excluded")]
    both = [building("b"), building("e")]
    target = worth(case(two, both, hubs={"target": 2}), tmp_path / "t")
    assert target["plan"]["indicators"]["hubs"] == 1
    assert verdict(target, "HZ-03", "target")["kind"] == "target"
    must = rules(hub_count="must")
    found = worth(case(two, both, hubs={"target": 2}, rules=must), tmp_path / "m")
    told = verdict(found, "HZ-03", "target")
    assert (told["kind"], told["required"], told["actual"]) == ("must", "2", "2")
    with pytest.raises(NoPlanCanExist, match="3"):
        worth(case(two, both, hubs={"target": 3}, rules=must), tmp_path / "x")
