"""Every threshold of reach, money, pilots and dates at −1, 0 and +1 unit (T4, second part).

As in test_boundaries.py: one community of 500 households, so 600 m² by its hub, one building of
600 m², three services at 1,000 yuan per m² – a pilot costs 600,000 yuan – everything 100 m apart.
"""

import pytest

from tests.oracle.against import check, refused, rules, steps
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    HUB,
    SEVEN,
    building,
    case,
    community,
    facility,
    function,
    needed,
)
from tests.oracle.walks import straight_m

PILOT_YUAN = 600_000


# -- reach ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("walk", "hosts"), steps(("799.99", 1), ("800", 1), ("800.01", 0)))
def test_a_community_hosts_within_host_m(walk, hosts, tmp_path):
    # host_m = 800 beside walk_m = 500: hosting looks at its own limit
    reach = {"walk_m": 500, "host_m": 800}
    tiny = case(walks={("b", "c"): walk}, reach=reach)
    check(tiny, tmp_path, pilots=hosts)


@pytest.mark.parametrize(("walk", "hosts"), steps(("799.99", 1), ("800", 1), ("800.01", 0)))
def test_without_host_m_the_limit_of_service_holds_for_hosting(walk, hosts, tmp_path):
    check(case(walks={("b", "c"): walk}, reach={"walk_m": 800}), tmp_path, pilots=hosts)


@pytest.mark.parametrize(("walk", "need"), steps(("799.99", 10), ("800", 10), ("800.01", 0)))
def test_need_is_met_within_walk_m(walk, need, tmp_path):
    # hosting reaches 1,000 m, service 800 m
    reach = {"walk_m": 800, "host_m": 1000}
    tiny = case(None, [building(area_m2="50")], [needed("10")], {("b", "c"): walk}, reach=reach)
    check(tiny, tmp_path, need=need)


@pytest.mark.parametrize(("walk", "need"), steps(("499.99", 10), ("500", 10), ("500.01", 0)))
def test_a_service_has_a_reach_of_its_own(walk, need, tmp_path):
    service = needed("10", reach_m="500")
    check(case(None, [building(area_m2="50")], [service], {("b", "c"): walk}), tmp_path, need=need)


def test_a_pair_that_is_not_listed_is_out_of_reach_and_without_limits_all_listed_are_within(
    tmp_path,
):
    pair = [community("c"), community("d")]
    walks = {("b", "d"): "99999"}
    # d hosts from afar; c, whose need it is, is not listed
    tiny = case(pair, [building(area_m2="50")], [needed("10")], walks, reach={})
    check(tiny, tmp_path, need=0)
    tiny = case(pair, [building(area_m2="50")], [needed("10")], walks | {("b", "c"): "99999"})
    del tiny.scenario["reach"]
    check(tiny, tmp_path / "listed", need=10)


def seven_services(**of_play):
    """One service for each domain; play, the last, with cells of its own."""
    rows = [DAY, CANTEEN, CLINIC]
    others = [d for d in SEVEN if d not in ("care", "meals", "health", "play")]
    return [*rows, *(function(f"own_{d}", d) for d in others), function("games", "play") | of_play]


@pytest.mark.parametrize(("kept", "pilots"), steps((6, 0), (7, 1)))
def test_a_pilot_has_all_seven_domains(kept, pilots, tmp_path):
    check(case(functions=seven_services()[:kept], rules={}), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("walk", "pilots"), steps(("499.99", 1), ("500", 1), ("500.01", 0)))
def test_a_domain_is_present_within_the_reach_of_its_function(walk, pilots, tmp_path):
    # the host is within 1,000 m, play reaches 500 m
    services = seven_services(reach_m="500")
    tiny = case(functions=services, walks={("b", "c"): walk}, rules={})
    check(tiny, tmp_path, pilots=pilots)


@pytest.mark.parametrize("counted", ["0", "1"])
def test_a_domain_is_present_in_a_facility_of_today_counted_or_not(counted, tmp_path):
    # play of 5 m² stands; no building can hold it
    today = [facility("e", "games", "5", counted=counted)]
    services = seven_services(min_m2="700")
    tiny = case([community(households="900")], None, services, facilities=today, rules={})
    check(tiny, tmp_path, pilots=1)


def test_a_domain_in_a_building_of_another_host_does_not_count(tmp_path):
    # play fits only in b2 (floor of 20 m², levels as written), whose host is d by lock
    services = [row | {"max_m2": "300"} for row in seven_services()]
    services[-1] |= {"min_m2": "15", "max_m2": "20"}
    near = [building("b1", "600", fire_class="IV"), building("b2", "20", lock="community:d")]
    services[-1] |= {"levels": "1-3;IV:2"}
    pair = [community("c"), community("d", pilot="excluded")]
    check(case(pair, near, services, rules={}), tmp_path, pilots=0)
    near[1]["lock"] = ""
    check(case(pair, near, services, rules={}), tmp_path / "own", pilots=1)


@pytest.mark.parametrize(("across", "pilots"), steps((False, 0), (True, 1)))
def test_a_host_takes_buildings_of_its_own_district(across, pilots, tmp_path):
    reach = {"walk_m": 1000, "cross_district": across}
    check(case(None, [building(district="上城区")], reach=reach), tmp_path, pilots=pilots)


def placed(metres_north: float) -> tuple[dict, dict]:
    """A community and a building so many straight metres north of it."""
    step = metres_north / straight_m(120.15, 30.28, 120.15, 30.29) * 0.01
    position = {"lon": "120.15", "lat": "30.28"}
    return community(**position), building(**position | {"lat": f"{30.28 + step:.8f}"})


@pytest.mark.parametrize(("metres", "pilots"), steps((769.0, 1), (769.5, 0)))
def test_a_straight_line_counts_with_its_detour(metres, pilots, tmp_path):
    # the limit of 1,000 m ÷ 1.3 = 769.23 m straight
    c, b = placed(metres)
    check(case([c], [b], coords="cgcs2000"), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("metres", "pilots"), steps((499.5, 1), (500.5, 0)))
def test_the_detour_is_a_key_of_the_scenario(metres, pilots, tmp_path):
    # 1,000 m ÷ 2 = 500 m straight
    c, b = placed(metres)
    reach = {"walk_m": 1000, "detour": 2.0}
    check(case([c], [b], coords="wgs84", reach=reach), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("metres", "pilots"), steps((769.0, 1), (769.5, 0)))
def test_a_facility_gives_its_domain_within_reach_of_where_it_stands(metres, pilots, tmp_path):
    # play stands today in community d, so far north of c; no building can hold it
    c, far = placed(metres)
    services = seven_services(min_m2="700")
    d = community("d", lon="120.15", lat=far["lat"], pilot="excluded")
    today = [facility("e", "games", "5", community="d")]
    here = building(lon="120.15", lat="30.28")
    tiny = case([c, d], [here], services, facilities=today, rules={}, coords="cgcs2000")
    check(tiny, tmp_path, pilots=pilots)


# -- money ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("yuan", "pilots"), steps((599_999.99, 0), (600_000, 1), (600_000.01, 1)))
def test_a_plan_that_costs_exactly_its_budget_is_found(yuan, pilots, tmp_path):
    check(case(budget={"total_yuan": yuan}), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("myriads", "pilots"), steps((59.999999, 0), (60, 1), (60.000001, 1)))
def test_a_budget_in_10k_yuan_is_the_same_budget(myriads, pilots, tmp_path):
    check(case(budget={"total_10k_yuan": myriads}), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("yuan", "pilots"), steps((599_999.99, 0), (600_000, 1), (600_000.01, 1)))
def test_the_budget_of_a_district_binds_its_buildings(yuan, pilots, tmp_path):
    check(case(budget={"by_district_yuan": {"拱墅区": yuan}}), tmp_path, pilots=pilots)
    # the money of another district is no limit here
    other = case(budget={"by_district_yuan": {"上城区": 0}})
    check(other, tmp_path / "other", pilots=1, cost=PILOT_YUAN)


def test_cost_is_acquisition_openings_and_fit_out(tmp_path):
    # 123,456.78 + 1,000.50 (day care) + 600 × 1,000
    services = (DAY | {"opening_yuan": "1000.50"}, CANTEEN, CLINIC)
    tiny = case(None, [building(acquire_yuan="123456.78")], services)
    check(tiny, tmp_path, pilots=1, cost="724457.28")


@pytest.mark.parametrize(
    ("price", "factor", "rate"),
    [("999", "0.5", 500), ("1001", "0.5", 501), ("1000", "1.0004", 1000), ("1000", "1.0005", 1001)],
)
def test_a_rate_is_rounded_half_up_to_whole_yuan(price, factor, rate, tmp_path):
    # 999 × 0.5 = 499.5 → 500; 1,001 × 0.5 = 500.5 → 501; 1,000.4 → 1,000; 1,000.5 → 1,001
    service = needed("10", fitout_yuan_per_m2=price)
    tiny = case(None, [building(area_m2="50", fitout_factor=factor)], [service])
    check(tiny, tmp_path, need=10, cost=10 * rate)


# -- pilots --------------------------------------------------------------------------------------


def two(**cells):
    """Two communities and a building of 600 m² for each."""
    pair = [community("c", **cells), community("d")]
    return pair, [building("b1"), building("b2")]


@pytest.mark.parametrize(("target", "pilots"), steps((0, 0), (1, 1), (2, 2), (3, 2), ("none", 2)))
def test_no_more_pilots_than_the_target(target, pilots, tmp_path):
    check(case(*two(), pilots={"target": target}), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("most", "pilots"), steps((0, 0), (1, 1), (2, 2)))
def test_no_more_pilots_than_the_target_of_their_district(most, pilots, tmp_path):
    check(case(*two(), pilots={"by_district": {"拱墅区": most}}), tmp_path, pilots=pilots)


@pytest.mark.parametrize(
    ("priority", "value", "residents"), [("0.99", 1, 1000), ("1", 1, 3000), ("1.01", "1.01", 3000)]
)
def test_priority_comes_before_residents(priority, value, residents, tmp_path):
    # one place: c (3,000 residents) at this priority, or d (1,000 residents) at 1
    tiny = case(*two(priority=priority, residents="3000"), pilots={"target": 1})
    check(tiny, tmp_path, pilots=value, residents=residents)


@pytest.mark.parametrize(
    ("cells", "pilots"),
    [
        pytest.param({"type": "village"}, 0, id="village"),
        pytest.param({"type": "community"}, 1, id="community"),
        pytest.param({"pilot": "excluded"}, 0, id="excluded"),
        pytest.param({"type": "village", "pilot": "required"}, 1, id="required village"),
    ],
)
def test_who_may_be_a_pilot(cells, pilots, tmp_path):
    check(case([community(**cells)]), tmp_path, pilots=pilots)


def test_a_community_outside_the_pilot_districts_is_none(tmp_path):
    away = {"district": "桐庐县"}
    check(case([community(**away)], [building(**away)]), tmp_path, pilots=0, streets=1)


@pytest.mark.parametrize(("m2", "codes"), [("599.99", (4, 5)), ("600", ())])
def test_a_required_pilot_that_cannot_be_leaves_no_plan(m2, codes, tmp_path):
    tiny = case([community(pilot="required")], [building(area_m2=m2)])
    if codes:
        refused(tiny, tmp_path, *codes)
    else:
        check(tiny, tmp_path, pilots=1, cost=PILOT_YUAN)


def test_more_required_pilots_than_the_target_is_a_fault_of_the_input(tmp_path):
    pair, buildings = two(pilot="required")
    pair[1]["pilot"] = "required"
    refused(case(pair, buildings, pilots={"target": 1}), tmp_path / "all", 2)
    refused(case(pair, buildings, pilots={"by_district": {"拱墅区": 1}}), tmp_path / "one", 2)
    check(case(pair, buildings, pilots={"target": 2}), tmp_path / "both", pilots=2)


# -- dates, office, eligibility ------------------------------------------------------------------


@pytest.mark.parametrize(("year", "pilots"), steps(("2024", 1), ("2025", 1), ("2026", 0), ("", 1)))
def test_a_building_is_there_by_the_deadline(year, pilots, tmp_path):
    check(case(None, [building(available_year=year)], deadline=2025), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("year", "cost"), steps(("2024", 0), ("2025", 0), ("2026", 10_000)))
def test_a_facility_that_opens_after_the_deadline_does_not_count(year, cost, tmp_path):
    # 10 m² today serve all 10 persons; later they are served by 10 m² at 1,000 yuan
    today = [facility("e", "care1", "10", year=year)]
    tiny = case(None, [building(area_m2="50")], [needed()], facilities=today, deadline=2025)
    check(tiny, tmp_path, need=10, cost=cost)


@pytest.mark.parametrize(("m2", "fits"), steps(("99.99", False), ("100", True), ("100.01", True)))
def test_office_is_at_most_its_share_of_the_hosts_counted_area(m2, fits, tmp_path):
    # office of at least 10 m² at a share of 0.1: 100 m² in all, 90 of them the other service
    services = [function("office", min_m2="10"), needed("5", id="care2", item="care2")]
    spot = building(area_m2=m2, lock="function:office")
    tiny = case(None, [spot], services, rules=rules(office_share=0.1))
    if fits:
        check(tiny, tmp_path, need=5, cost=100_000)
    else:
        refused(tiny, tmp_path, 2, 4, 5)


def test_with_share_0_no_office_fits(tmp_path):
    tiny = case(None, [building(lock="function:office")], (*HUB, function("office", min_m2="1")))
    refused(tiny, tmp_path, 2, 4)


@pytest.mark.parametrize(
    "flag", ["fire_ok", "structure_ok", "consent_owner", "consent_department", "review_ok"]
)
def test_one_flag_at_0_makes_a_building_ineligible(flag, tmp_path):
    check(case(None, [building(**{flag: "0"})]), tmp_path / "0", pilots=0)
    check(case(None, [building(**{flag: "1"})]), tmp_path / "1", pilots=1)


@pytest.mark.parametrize(
    ("route", "owner", "kind", "pilots"),
    [
        ("transfer", "state", "existing", 1),
        ("transfer", "municipal_soe", "existing", 1),
        ("transfer", "department", "existing", 1),
        ("transfer", "collective", "existing", 0),
        ("transfer", "social", "existing", 0),
        ("conversion", "state", "existing", 0),
        ("conversion", "collective", "existing", 1),
        ("conversion", "social", "existing", 1),
        ("allocation", "state", "existing", 0),
        ("allocation", "state", "new", 1),
        ("lease", "social", "existing", 1),
    ],
)
def test_route_owner_and_kind_fit(route, owner, kind, pilots, tmp_path):
    spot = building(area_m2="1000", route=route, owner=owner)
    check(case([community(kind=kind)], [spot]), tmp_path, pilots=pilots)


def test_a_hub_covers_the_street_it_stands_in(tmp_path):
    # c in 一街, its building in 二街, where d lives
    pair = [community("c"), community("d", street="二街", pilot="excluded")]
    walks = {("b", "c"): "100"}
    check(case(pair, [building(street="二街")], walks=walks), tmp_path, pilots=1, streets=1)
    # a street of no community is none of the streets
    tiny = case(None, [building(street="三街")])
    check(tiny, tmp_path / "none", pilots=1, streets=0)


@pytest.mark.parametrize(
    ("lock", "cost"),
    [("", 0), ("must", 100), ("never", 0), ("community:c", 100), ("function:day", 10_000)],
)
def test_locks_hold(lock, cost, tmp_path):
    # nobody needs anything; the cheapest use is 0.01 m² of a service at 10,000 yuan, or day care
    # of 10 m² at 1,000
    services = [DAY, function("tap", min_m2="0", fitout_yuan_per_m2="10000")]
    check(case(None, [building(lock=lock)], services), tmp_path, cost=cost)
