"""Refits of existing facilities: used, they leave everything they gave (contract 5 Refit, HZ-23).

Unless a test says otherwise: one community of 500 households (a hub of 600 m²), one building of
600 m² that replaces the facility e, three services at 1,000 yuan per m², no domains asked for.
"""

import pytest

from tests.oracle.against import check, refused, rules, steps
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    HUB,
    NO_DOMAINS,
    NURSERY,
    SEVEN,
    building,
    case,
    community,
    facility,
    function,
)
from tests.oracle.worth import verdict, worth

OLD = facility("e", "clinic", "200")


def refit(area_m2="600", **cells):
    return building("b", area_m2, replaces="e", **cells)


@pytest.mark.parametrize(("households", "pilots"), steps((1000, 1), (1001, 0)))
def test_the_area_of_what_is_refitted_does_not_count_twice(households, pilots, tmp_path):
    # 200 m² today and 600 m² in the refit are 600, not 800: 1,000 households at 60 m² per 100
    tiny = case([community(households=str(households))], [refit()], facilities=[OLD])
    check(tiny, tmp_path, pilots=pilots)


def test_beside_it_another_building_adds_to_what_stays(tmp_path):
    # 1,300 households: 780 m²; a second building of 600 and the 200 of today, nothing refitted
    tiny = case([community(households="1300")], [refit(), building("n")], facilities=[OLD])
    check(tiny, tmp_path, pilots=1, cost=600_000)


@pytest.mark.parametrize(("m2", "pilots"), steps(("199.99", 0), ("200", 1)))
def test_a_refit_has_at_least_the_area_of_what_it_replaces(m2, pilots, tmp_path):
    # the refit of m2 is locked in use: with less room than 200 m² no plan can be
    tiny = case(None, [refit(m2, lock="must"), building("n")], facilities=[OLD])
    if pilots:
        check(tiny, tmp_path, pilots=1)
    else:
        refused(tiny, tmp_path, 2, 4, 5)


def test_a_refit_pays_where_the_other_building_is_dearer_to_acquire(tmp_path):
    # the refit costs 600,000; the other 600,000 and 1 to acquire
    tiny = case(None, [refit(), building("n", acquire_yuan="1")], facilities=[OLD])
    found = worth(tiny, tmp_path)
    (row,) = found["tables"]["siting"]
    assert (found["cost"], row["building"]) == (600_000, "b")


def test_persons_the_old_facility_served_are_served_anew_or_not_at_all(tmp_path):
    # 10 persons at 4 m²: 40 m² of day care today serve all; refitted, day care must stand again
    day = DAY | {"m2_per_person": "4", "need": "10", "min_m2": "0"}
    today = [facility("e", "day", "40")]
    tiny = case(None, [refit()], (day, CANTEEN, CLINIC), facilities=today)
    found = worth(tiny, tmp_path)
    assert (found["communities_to_standard"], found["need_served"]) == (1, 10 * 1)
    (gap,) = found["tables"]["gaps"]
    assert [float(gap[head]) for head in ("existing", "planned", "gap")] == [0, 10, 0]


def test_unused_the_old_facility_keeps_serving(tmp_path):
    day = DAY | {"m2_per_person": "4", "need": "10"}
    tiny = case(
        None,
        [refit("500")],
        (day, CANTEEN, CLINIC),
        facilities=[facility("e", "day", "40")],
    )
    found = worth(tiny, tmp_path)
    assert (found["communities_to_standard"], found["need_served"], found["cost"]) == (0, 10, 0)


@pytest.mark.parametrize(("left", "pilots"), steps(("600", 1), ("599.99", 0)))
def test_a_hub_of_today_that_is_refitted_is_none(left, pilots, tmp_path):
    # the hub of today has 200 m² of each service on site s; its clinic is refitted in b, locked
    today = [facility(f"e{i}", row["id"], "200", hub="1", site="s") for i, row in enumerate(HUB)]
    refitted = building("b", left, replaces="e0;e1;e2", site="s", lock="must")
    tiny = case([community(pilot="required")], [refitted], facilities=today)
    if pilots:
        # 600 m² again, in a planned hub on the same site
        check(tiny, tmp_path, pilots=1, cost=600_000)
    else:
        refused(tiny, tmp_path, 2, 4, 5)


def test_a_planned_hub_counts_what_stays_on_its_site(tmp_path):
    # e (100 m² of clinic) is refitted in b; f (100 m² of day care) stays on the site: 500 + 100
    today = [facility("e", "clinic", "100", site="s"), facility("f", "day", "100", site="s")]
    told = {"facilities": today, "rules": rules(area_per_100_households_m2__existing=10)}
    tiny = case(None, [refit("500", site="s")], (CANTEEN, CLINIC, DAY), **told)
    found = worth(tiny, tmp_path)
    assert found["communities_to_standard"] == 1
    assert verdict(found, "HZ-17", "c s")["actual"] == "600"


@pytest.mark.parametrize(("asked", "cost"), [(NO_DOMAINS, 600_000), ({}, 610_000)])
def test_a_domain_only_the_old_facility_gave_must_be_there_again(asked, cost, tmp_path):
    # all seven domains are there today, health only from the clinic; refitted, 10 m² of clinic at
    # 2,000 yuan stand in the hub
    others = [function(f"f{k}", domain) for k, domain in enumerate(SEVEN) if domain != "health"]
    today = [OLD, *(facility(row["id"], row["id"], "0.01", counted="0") for row in others)]
    held = (DAY, CANTEEN, NURSERY, CLINIC | {"fitout_yuan_per_m2": "2000"}, *others)
    tiny = case(None, [refit()], held, facilities=today, rules=asked)
    check(tiny, tmp_path, pilots=1, cost=cost)


def test_a_refit_is_hosted_by_the_community_of_what_it_replaces(tmp_path):
    two = [community("c"), community("d", priority="5")]
    tiny = case(two, [refit()], facilities=[OLD])
    found = worth(tiny, tmp_path)
    # d would be worth more, but the refit is c's
    assert found["communities_to_standard"] == 1


def test_a_street_is_covered_while_the_hub_of_today_stands(tmp_path):
    # a bare hub covers the street; refitted without being a hub it would not
    bare = facility("e", "", "200", hub="1")
    tiny = case(None, [refit("500", lock="must")], facilities=[bare])
    check(tiny, tmp_path, pilots=0, streets=0)
    unused = case(None, [refit("500")], facilities=[bare])
    check(unused, tmp_path / "unused", pilots=0, streets=1)


@pytest.mark.parametrize(
    ("buildings", "facilities"),
    [
        ([building("b", replaces="x")], [OLD]),
        ([refit(), building("n", replaces="e")], [OLD]),
        ([building("b", replaces="e;f")], [OLD, OLD | {"id": "f", "community": "d"}]),
    ],
    ids=["unknown", "twice", "two communities"],
)
def test_faults_of_refits_are_told(buildings, facilities, tmp_path):
    two = [community("c"), community("d")]
    scenario_faults = case(two, buildings, facilities=facilities)
    from optimizer.api import SolveOptions, solve
    from optimizer.errors import InputError
    from tests.oracle.folder import write_case

    with pytest.raises(InputError) as said:
        solve(write_case(scenario_faults, tmp_path / "case"), tmp_path / "out", SolveOptions())
    assert {issue.code for issue in said.value.issues} == {"refit-impossible"}
