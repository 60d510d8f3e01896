"""Every threshold one unit below, at, and one unit above (reliability.md section 4, T4).

Each case is solved through the public API, verified, judged by the oracle's clauses, and has its
arithmetic in a comment; the oracle must reach the expected values too. Unless a test says
otherwise: one community of 500 households (300 m² by ratio, so 600 m² by its hub), one building
of 600 m² on one floor, three services at 1,000 yuan per m², everything 100 m apart.
"""

import pytest

from tests.oracle.against import check, refused, rules, steps
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    FULL,
    GYM,
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

# -- area of the standard: HZ-14, HZ-16 ----------------------------------------------------------


@pytest.mark.parametrize(("m2", "pilots"), steps(("600.59", 0), ("600.60", 1), ("600.61", 1)))
def test_an_existing_pilot_has_60_m2_per_100_households(m2, pilots, tmp_path):
    # 1,001 households × 60 / 100 = 600.60 m², above the hub minimum of 600
    check(case([community(households="1001")], [building(area_m2=m2)]), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("m2", "pilots"), steps(("1000.99", 0), ("1001", 1), ("1001.01", 1)))
def test_a_new_pilot_has_100_m2_per_100_households(m2, pilots, tmp_path):
    # 1,001 households × 100 / 100 = 1,001 m², above the hub minimum of 1,000
    new = community(households="1001", kind="new")
    check(case([new], [building(area_m2=m2)]), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("m2", "pilots"), steps(("603.93", 0), ("603.94", 1)))
def test_a_standard_between_two_hundredths_is_met_by_the_next_one(m2, pilots, tmp_path):
    # 60.333 × 1,001 / 100 = 603.93333 m²
    figures = rules(area_per_100_households_m2__existing=60.333)
    tiny = case([community(households="1001")], [building(area_m2=m2)], rules=figures)
    check(tiny, tmp_path, pilots=pilots)


@pytest.mark.parametrize(("m2", "pilots"), steps(("50.59", 0), ("50.60", 1), ("50.61", 1)))
def test_existing_counted_area_is_part_of_the_standard(m2, pilots, tmp_path):
    # 1,001 households: 600.60 m² = 550 planned + 50.60 today on the same site, hub and standard
    today = [facility("e", "lounge", m2, site="s")]
    tiny = case(
        [community(households="1001")],
        [building(area_m2="550", site="s")],
        (*HUB, LOUNGE),
        facilities=today,
    )
    check(tiny, tmp_path, pilots=pilots)


@pytest.mark.parametrize(("counted", "pilots"), steps(("1", 1), ("0", 0)))
def test_area_that_is_not_counted_enters_no_standard(counted, pilots, tmp_path):
    # 1,100 households: 660 m² = 600 planned + 60 today, if that is counted
    today = [facility("e", "lounge", "60", counted=counted)]
    tiny = case([community(households="1100")], None, (*HUB, LOUNGE), facilities=today)
    check(tiny, tmp_path, pilots=pilots)


# -- the hub: HZ-15, HZ-17, HZ-40, HZ-41 ---------------------------------------------------------


@pytest.mark.parametrize(("m2", "hubs"), steps(("599.99", 0), ("600", 1), ("600.01", 1)))
def test_a_hub_of_an_existing_community_has_600_m2(m2, hubs, tmp_path):
    # 500 households ask for 300 m² only; the hub stands in the one street
    check(case(None, [building(area_m2=m2)]), tmp_path, pilots=hubs, streets=hubs)


@pytest.mark.parametrize(("m2", "hubs"), steps(("999.99", 0), ("1000", 1), ("1000.01", 1)))
def test_a_hub_of_a_new_community_has_1000_m2(m2, hubs, tmp_path):
    tiny = case([community(kind="new")], [building(area_m2=m2)])
    check(tiny, tmp_path, pilots=hubs, streets=hubs)


@pytest.mark.parametrize(("site", "hubs"), steps(("s", 1), ("t", 0)))
def test_two_buildings_of_one_site_are_one_hub(site, hubs, tmp_path):
    # 350 + 250 = 600 m² on one site; on two neither place has 600
    pair = [building("b1", "350", site="s"), building("b2", "250", site=site)]
    check(case(None, pair), tmp_path, pilots=hubs)


@pytest.mark.parametrize(("today", "hubs"), steps(("99.99", 0), ("100", 1), ("100.01", 1)))
def test_what_its_host_has_on_the_site_today_is_part_of_a_hub(today, hubs, tmp_path):
    # 500 planned + 100 today on site s
    rows = [facility("e", "lounge", today, site="s")]
    tiny = case(None, [building(area_m2="500", site="s")], (*HUB, LOUNGE), facilities=rows)
    check(tiny, tmp_path, pilots=hubs, streets=hubs)


def test_an_item_that_stands_on_the_site_today_counts_in_the_hub(tmp_path):
    # a clinic of 20 m² today, canteen and day care planned: three items, two core, 580 + 20 m²
    rows = [facility("e", "clinic", "20", site="s")]
    functions = (DAY, CANTEEN, CLINIC | {"min_m2": "600"})
    tiny = case(None, [building(area_m2="580", site="s")], functions, facilities=rows)
    check(tiny, tmp_path, pilots=1, cost=580_000)


@pytest.mark.parametrize(
    ("functions", "hubs"),
    [
        pytest.param((DAY, CANTEEN), 0, id="two items"),
        pytest.param((DAY, CANTEEN, CLINIC), 1, id="three items"),
        pytest.param((DAY, CANTEEN, CLINIC, GYM), 1, id="four items"),
        pytest.param((DAY, FULL, CANTEEN), 0, id="day and full-time care are one item"),
        pytest.param((DAY, CANTEEN, LOUNGE), 0, id="no domain, no item"),
        pytest.param((CANTEEN, CLINIC, GYM), 0, id="one core item"),
        pytest.param((DAY, FULL, CLINIC, GYM), 0, id="one core item twice"),
        pytest.param((DAY, NURSERY, CLINIC), 1, id="two core items"),
        pytest.param((DAY, NURSERY, CANTEEN), 1, id="three core items"),
    ],
)
def test_a_hub_has_three_items_two_of_them_core(functions, hubs, tmp_path):
    check(case(functions=functions), tmp_path, pilots=hubs, streets=hubs)


@pytest.mark.parametrize(("least", "hubs"), steps((2, 1), (3, 1), (4, 0)))
def test_the_number_of_items_is_a_figure_of_the_pack(least, hubs, tmp_path):
    check(case(rules=rules(hub_min_items=least)), tmp_path, pilots=hubs)


def test_the_office_is_no_item_even_where_it_is_allowed(tmp_path):
    office = function("office", "health", "office", min_m2="1")
    tiny = case(functions=(DAY, CANTEEN, office), rules=rules(office_share=0.5))
    check(tiny, tmp_path, pilots=0)


@pytest.mark.parametrize(
    ("m2", "has_clinic", "pilots", "streets"),
    [
        pytest.param("399.99", True, 0, 0, id="599.99 in all"),
        pytest.param("400", True, 1, 1, id="600 in all"),
        pytest.param("400", False, 0, 0, id="two items"),
    ],
)
def test_an_existing_hub_qualifies_by_area_and_items(m2, has_clinic, pilots, streets, tmp_path):
    # hub rows of 100 m² day care, 100 canteen and m2 of a third. 1,100 households ask for 660 m²; a
    # building of 60.01 m² fills that, but is too small for a hub
    rows = _hub_today("clinic" if has_clinic else "canteen", m2)
    tiny = case([community(households="1100")], [building(area_m2="60.01")], facilities=rows)
    check(tiny, tmp_path, pilots=pilots, streets=streets)


def _hub_today(last, m2):
    rows = (("e1", "day", "100"), ("e2", "canteen", "100"), ("e3", last, m2))
    return [facility(*row, hub="1") for row in rows]


@pytest.mark.parametrize(("pilot", "pilots"), steps(("", 0), ("required", 1)))
def test_who_meets_the_standard_today_is_a_pilot_only_where_required(pilot, pilots, tmp_path):
    # 500 households: 600 m² asked, 600 m² of hub there today
    rows = _hub_today("clinic", "400")
    tiny = case([community(pilot=pilot)], facilities=rows)
    check(tiny, tmp_path, pilots=pilots, streets=1, cost=0)


def test_an_existing_hub_without_functions_covers_its_street_and_makes_no_pilot(tmp_path):
    rows = [{"id": "e", "community": "c", "function": "", "area_m2": "900", "hub": "1"}]
    tiny = case(None, [building(area_m2="100")], facilities=rows)
    check(tiny, tmp_path, pilots=0, streets=1, cost=0)


def test_one_place_has_one_planned_hub(tmp_path):
    # two hosts, one site of two buildings of 600 m²: one pilot
    pair = [building("b1", "600", site="s"), building("b2", "600", site="s")]
    check(case([community("c"), community("d")], pair), tmp_path, pilots=1)
    # on two sites both
    apart = [building("b1", "600", site="s"), building("b2", "600", site="t")]
    check(case([community("c"), community("d")], apart), tmp_path / "apart", pilots=2)


# -- sizes, capacity, floors ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("least", "cost"), steps(("9.99", 10_000), ("10", 10_000), ("10.01", 10_010))
)
def test_an_installation_has_at_least_its_minimum(least, cost, tmp_path):
    # 10 persons at 1 m² need 10 m² at 1,000 yuan
    tiny = case(None, [building(area_m2="50")], [needed("10", min_m2=least)])
    check(tiny, tmp_path, need=10, cost=cost)


@pytest.mark.parametrize(("m2", "need"), steps(("29.99", 0), ("30", 10), ("30.01", 10)))
def test_a_building_smaller_than_the_minimum_holds_nothing(m2, need, tmp_path):
    tiny = case(None, [building(area_m2=m2)], [needed("10", min_m2="30")])
    check(tiny, tmp_path, need=need)


@pytest.mark.parametrize(("most", "need"), steps(("9.99", "9.99"), ("10", 10), ("10.01", 10)))
def test_an_installation_has_at_most_its_maximum(most, need, tmp_path):
    tiny = case(None, [building(area_m2="50")], [needed("10", max_m2=most)])
    check(tiny, tmp_path, need=need)


@pytest.mark.parametrize(("std", "need"), steps(("4.99", "9.98"), ("5", 10), ("5.01", 10)))
def test_the_maximum_is_twice_the_standard_size_by_default(std, need, tmp_path):
    tiny = case(None, [building(area_m2="50")], [needed("10", std_m2=std)])
    check(tiny, tmp_path, need=need)


def test_an_installation_without_minimum_has_a_hundredth_of_a_square_metre(tmp_path):
    # no capacity limit, 10 persons: 0.01 m² × 1,000 yuan
    tiny = case(None, [building(area_m2="50")], [needed("10", m2_per_person="0")])
    check(tiny, tmp_path, need=10, cost=10)


@pytest.mark.parametrize(("m2", "need"), steps(("9.99", "9.99"), ("10", 10), ("10.01", 10)))
def test_persons_served_are_at_most_area_over_area_per_person(m2, need, tmp_path):
    check(case(None, [building(area_m2=m2)], [needed("10")]), tmp_path, need=need)


@pytest.mark.parametrize(
    ("m2", "need"), steps(("40.70", 0), ("40.71", "5.814286"), ("40.72", "5.814286"))
)
def test_whoever_is_served_wholly_has_room_for_the_last_millionth(m2, need, tmp_path):
    # 40.70 m² at 7 m² a person hold 5.8142857: a millionth less than is needed
    service = needed("5.814286", m2_per_person="7")
    tiny = case(None, [building(area_m2=m2)], [service], service={"mode": "whole"})
    check(tiny, tmp_path, need=need)


@pytest.mark.parametrize(("floor", "need"), steps(("19.99", 10), ("20", 20), ("20.01", 20)))
def test_a_floor_holds_no_more_than_its_area(floor, need, tmp_path):
    # two services of at least 10 m² that may stand on floor 1 only; floor 2 is large
    pair = [needed("10", min_m2="10"), needed("10", min_m2="10", id="care2", item="care2")]
    storeys = [{"building": "b", "level": k, "area_m2": a} for k, a in (("1", floor), ("2", "90"))]
    tiny = case(None, [building(area_m2="150")], pair, floors=storeys)
    check(tiny, tmp_path, need=need)


@pytest.mark.parametrize(
    ("levels", "need"),
    steps(("1", 10), ("1-2", 30), ("2", 20), ("-1,1", 15), ("-1,1-2", 35), ("1-3", 30), ("3", 0)),
)
def test_a_service_stands_on_the_levels_listed_for_it(levels, need, tmp_path):
    # floors: -1 of 5 m², 1 of 10, 2 of 20; 1 m² a person, 50 persons, one installation spans them
    sizes = (("-1", "5"), ("1", "10"), ("2", "20"))
    storeys = [{"building": "b", "level": k, "area_m2": a} for k, a in sizes]
    tiny = case(None, [building(area_m2="35")], [needed("50", levels=levels)], floors=storeys)
    check(tiny, tmp_path, need=need)


@pytest.mark.parametrize(("fire", "need"), steps(("I", 60), ("II", 60), ("III", 30), ("IV", 10)))
def test_levels_follow_the_fire_class(fire, need, tmp_path):
    # floors 1, 2, 3 of 10, 20, 30 m²
    storeys = [{"building": "b", "level": str(k), "area_m2": f"{k}0"} for k in (1, 2, 3)]
    service = needed("90", levels="1-3;III:1-2;IV:1")
    tiny = case(None, [building(area_m2="60", fire_class=fire)], [service], floors=storeys)
    check(tiny, tmp_path, need=need)


@pytest.mark.parametrize(
    ("above", "lift", "need"), [("1", "0", 10), ("2", "0", 30), ("3", "0", 60), ("1", "1", 60)]
)
def test_above_a_level_a_lift_is_needed(above, lift, need, tmp_path):
    storeys = [{"building": "b", "level": str(k), "area_m2": f"{k}0"} for k in (1, 2, 3)]
    service = needed("90", levels="1-3", lift_above=above)
    tiny = case(None, [building(area_m2="60", lift=lift)], [service], floors=storeys)
    check(tiny, tmp_path, need=need)


def test_floors_may_not_exceed_the_legal_area(tmp_path):
    storeys = [{"building": "b", "level": str(k), "area_m2": "300"} for k in (1, 2)]
    tiny = case(None, [building(area_m2="599.99")], floors=storeys)
    refused(tiny, tmp_path / "over", 2)
    tiny.tables["buildings"][0]["area_m2"] = "600"
    check(tiny, tmp_path, pilots=0)  # the services stand on floor 1 only: 300 m²


# -- counts and need -----------------------------------------------------------------------------


@pytest.mark.parametrize(("residents", "cost"), steps(("2000", 600_000), ("2001", 600_600)))
def test_households_follow_from_residents_rounded_half_up(residents, cost, tmp_path):
    # 2 persons a household: 2,001 ÷ 2 = 1,000.5 → 1,001 households × 0.6 = 600.60 m²
    c = community(households="", residents=residents)
    tiny = case([c], [building(area_m2="700")], rules=rules(persons_per_household=2))
    check(tiny, tmp_path, pilots=1, cost=cost)


@pytest.mark.parametrize(
    ("rate", "need"), steps(("0.0004", 0), ("0.0005", "0.000001"), ("0.0015", "0.000002"))
)
def test_need_is_rounded_half_up_to_six_decimals(rate, need, tmp_path):
    # one resident × 0.0005 ÷ 1,000 = 0.0000005 → 0.000001 persons
    service = function("care1", "care", m2_per_person="0", need_group="residents")
    service["need_per_1000"] = rate
    tiny = case([community(residents="1")], [building(area_m2="50")], [service])
    check(tiny, tmp_path, need=need)


@pytest.mark.parametrize(("today", "cost"), steps(("9.99", 10), ("10", 0), ("10.01", 0)))
def test_existing_supply_meets_the_need_of_its_own_community(today, cost, tmp_path):
    # 10 persons at 1 m²; 9.99 m² leave 0.01 person: 0.01 m² × 1,000
    rows = [facility("e", "care1", today, counted="0")]
    tiny = case(None, [building(area_m2="50")], [needed()], facilities=rows)
    check(tiny, tmp_path, need=10, cost=cost)


def test_spare_supply_serves_nobody_else_and_thirds_are_rounded_once(tmp_path):
    # d has 100 m² it does not need; c has 1 m² at 3 m² a person: 0.333333 of 10 persons served,
    # 9.666667 left: 29.000001 m², so 29.01 × 1,000
    rows = [facility("e1", "care1", "100", community="d"), facility("e2", "care1", "1")]
    service = needed("10", m2_per_person="3")
    pair = [community("c"), community("d")]
    tiny = case(pair, [building(area_m2="50")], [service], facilities=rows)
    check(tiny, tmp_path, need=10)


@pytest.mark.parametrize(("weight", "need"), steps(("0.333333", "3.33333"), ("2.5", 25)))
def test_need_served_is_weighted(weight, need, tmp_path):
    tiny = case(None, [building(area_m2="50")], [needed("10", weight=weight)])
    check(tiny, tmp_path, need=need)


@pytest.mark.parametrize(("outdoor", "need"), steps(("19.98", "9.99"), ("20", 10), ("20.02", 10)))
def test_outdoor_space_limits_by_capacity(outdoor, need, tmp_path):
    # 2 m² outdoors a person × area ÷ 1 m² a person: 20 m² for 10 m² indoors, 19.98 for 9.99
    service = needed("10", outdoor_m2_per_person="2")
    tiny = case(None, [building(area_m2="50", outdoor_m2=outdoor)], [service])
    check(tiny, tmp_path, need=need)


def test_a_zero_in_the_own_table_replaces_the_catalogues_figure(tmp_path):
    # the shipped canteen has at least 100 m²; the case says 0: 10 persons at 1 m², 10 m²
    own = needed("10", id="meal", item="meal", domain="meals")
    own |= {"max_m2": "40", "levels": "1", "fitout_yuan_per_m2": "1000", "weight": "1"}
    check(case(None, [building(area_m2="50")], [own]), tmp_path, need=10, cost=10_000)
