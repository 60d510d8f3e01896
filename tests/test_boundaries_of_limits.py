"""Limits of money, musts, hubs and supply at one unit less, at the limit and at one unit more.

What a case costs or reaches is computed by hand beside it; product and oracle must both reach it.
"""

import pytest

from tests.oracle.against import check, refused, rules, steps
from tests.oracle.kit import (
    DAY,
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

OFFICE = function("office", resident_activity="0", min_m2="1")
NO_PILOTS = {"pilots": {"target": 0}}
EACH_ITS_OWN = {("b1", "c"): "100", ("b2", "d"): "100"}


def two_places(m2="600", **more):
    """Two who are no pilots, in two streets, the second a village, each with a building."""
    return case(
        [
            community("c", pilot="excluded"),
            community("d", type="village", street="二街", pilot="excluded"),
        ],
        [building("b1"), building("b2", m2, street="二街")],
        walks=EACH_ITS_OWN,
        **more,
    )


# -- money ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("yuan", "pilots"), steps((7_199.99, 0), (7_200, 1), (7_200.01, 1)))
def test_yearly_operation_is_rent_and_the_rate_of_every_square_metre(yuan, pilots, tmp_path):
    # 1,200 of rent + 600 m² × 10
    functions = [row | {"operating_yuan_per_m2_year": "10"} for row in HUB]
    site = building(rent_yuan_per_year="1200")
    tiny = case(None, [site], functions, budget={"operating_yuan_per_year": yuan})
    check(tiny, tmp_path, pilots=pilots)


# -- musts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("coverage", ["street_coverage", "community_coverage"])
@pytest.mark.parametrize(
    ("m2", "is_met"), steps(("599.99", False), ("600", True), ("600.01", True))
)
def test_coverage_as_a_must_asks_for_a_hub_of_the_minimum_everywhere(
    coverage, m2, is_met, tmp_path
):
    tiny = two_places(m2, rules=rules(**{coverage: "must"}))
    if is_met:
        check(tiny, tmp_path, pilots=0, streets=2, cost=1_200_000)
    else:
        refused(tiny, tmp_path, 4, 5)


@pytest.mark.parametrize(("hubs", "cost"), steps((1, 600_000), (2, 1_200_000), (3, None)))
def test_a_number_of_hubs_as_a_must_is_reached_or_refused(hubs, cost, tmp_path):
    # two buildings of 600 m², one street, no pilots: more than one hub is only the must's
    tiny = case(
        [community("c"), community("d")],
        [building("b1"), building("b2")],
        walks=EACH_ITS_OWN,
        rules=rules(hub_count="must"),
        hubs={"target": hubs},
        **NO_PILOTS,
    )
    if cost is None:
        refused(tiny, tmp_path, 2, 4, 5)
    else:
        check(tiny, tmp_path, pilots=0, streets=1, cost=cost)


# -- hubs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("most", "pilots"), steps(("359.99", 0), ("360", 1), ("360.01", 1)))
def test_residents_have_their_share_of_a_pilots_counted_area(most, pilots, tmp_path):
    # 60 % of 600 m² is 360 m²; only the lounge is for their activities
    others = (row | {"resident_activity": "0"} for row in HUB)
    tiny = case(None, None, (*others, LOUNGE | {"max_m2": most}), rules=rules(residents_share=0.6))
    check(tiny, tmp_path, pilots=pilots)


@pytest.mark.parametrize(("most", "streets"), steps(("9.99", 0), ("10", 1), ("10.01", 1)))
def test_a_hub_has_the_smallest_office_a_city_asks_for(most, streets, tmp_path):
    figures = rules(hub_office_m2=10, office_share=0.1)
    tiny = case(None, None, (*HUB, OFFICE | {"max_m2": most}), rules=figures)
    check(tiny, tmp_path, pilots=streets, streets=streets)


@pytest.mark.parametrize(("m2", "streets"), steps(("699.99", 0), ("700", 1), ("700.01", 1)))
def test_the_hub_of_who_is_no_pilot_has_a_minimum_of_its_own(m2, streets, tmp_path):
    tiny = case(
        [community(pilot="excluded")],
        [building(area_m2=m2)],
        rules=rules(nonpilot_hub_min_m2__existing=700),
    )
    check(tiny, tmp_path, pilots=0, streets=streets, cost=700_000 * streets)


# -- what exists ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("m2", "cost"), steps(("9.99", 10), ("10", 0), ("10.01", 0)))
def test_market_supply_meets_need_to_the_last_hundredth(m2, cost, tmp_path):
    # ten persons at 1 m²; 0.01 m² more is 10 yuan
    market = facility("e", "care1", m2, counted="0")
    tiny = case(None, [building(area_m2="50")], [needed()], facilities=[market])
    check(tiny, tmp_path, need=10, cost=cost)


@pytest.mark.parametrize(("m2", "need"), steps(("149.99", 150), ("150", 150), ("150.01", "150.01")))
def test_a_refit_has_at_least_the_area_it_replaces(m2, need, tmp_path):
    # 150 m² serve 150 of 200 persons today
    tiny = case(
        None,
        [building(area_m2=m2, replaces="e")],
        [DAY | {"m2_per_person": "1", "need": "200"}, NURSERY],
        facilities=[facility("e", "day", "150")],
    )
    check(tiny, tmp_path, need=need)
