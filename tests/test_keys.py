"""Keys of pack and scenario that a city may set otherwise, each at its threshold.

Unless a test says otherwise: one community of 500 households (300 m² by ratio, 600 m² by its hub),
one building of 600 m² on one floor, three services at 1,000 yuan per m², everything 100 m apart.
"""

import pytest

from optimizer.errors import NoPlanCanExist
from tests.oracle.against import rules, steps
from tests.oracle.kit import HUB, LOUNGE, building, case, community, facility, function
from tests.oracle.worth import verdict, worth

OFFICE = function("office", resident_activity="0")


@pytest.mark.parametrize(("m2", "hubs"), steps(("299.99", 0), ("300", 1), ("300.01", 1)))
def test_a_hub_of_no_pilot_may_have_a_minimum_of_its_own(m2, hubs, tmp_path):
    # 300 m² where a pilot's hub needs 600: no pilot, but the street is covered
    tiny = case(None, [building(area_m2=m2)], rules=rules(nonpilot_hub_min_m2__existing=300))
    found = worth(tiny, tmp_path)
    assert (found["communities_to_standard"], found["streets_covered"]) == (0, hubs)


@pytest.mark.parametrize(("m2", "pilots"), steps(("599.99", 0), ("600", 1)))
def test_a_pilots_hub_keeps_the_larger_minimum(m2, pilots, tmp_path):
    tiny = case(None, [building(area_m2=m2)], rules=rules(nonpilot_hub_min_m2__existing=300))
    assert worth(tiny, tmp_path)["communities_to_standard"] == pilots


def test_a_larger_minimum_for_hubs_of_no_pilot_binds_only_those(tmp_path):
    # 600 m² is a pilot's hub; with the community excluded as pilot the same hub needs 700
    figures = rules(nonpilot_hub_min_m2__existing=700)
    assert worth(case(rules=figures), tmp_path / "p")["streets_covered"] == 1
    barred = case([community(pilot="excluded")], rules=figures)
    assert worth(barred, tmp_path / "n")["streets_covered"] == 0


@pytest.mark.parametrize(("share", "pilots"), steps((0.0166, 0), (0.0167, 1)))
def test_a_hub_may_need_an_office(share, pilots, tmp_path):
    # 10 m² of office in a hub of 600: a share of 10 / 600 = 0.01667 is needed
    figures = rules(hub_office_m2=10, office_share=share)
    tiny = case(None, None, (*HUB, OFFICE), rules=figures)
    assert worth(tiny, tmp_path)["communities_to_standard"] == pilots


@pytest.mark.parametrize(("lounge", "pilots"), steps(("359.99", 0), ("360", 1)))
def test_most_of_a_pilots_area_is_for_residents_where_the_pack_says_so(lounge, pilots, tmp_path):
    # 600 m², 0.6 of it for residents: day, canteen and clinic are not, at most 240; the lounge is
    plain = [row | {"resident_activity": "0"} for row in HUB]
    room = LOUNGE | {"max_m2": lounge}
    tiny = case(None, None, (*plain, room), rules=rules(residents_share=0.6))
    assert worth(tiny, tmp_path)["communities_to_standard"] == pilots


@pytest.mark.parametrize(("ceiling", "pilots"), steps((7199.99, 0), (7200, 1)))
def test_yearly_operation_stays_under_its_ceiling(ceiling, pilots, tmp_path):
    # rent 1,200 + 600 m² × 10 yuan a year
    dear = [row | {"operating_yuan_per_m2_year": "10"} for row in HUB]
    tiny = case(
        None,
        [building(rent_yuan_per_year="1200")],
        dear,
        budget={"operating_yuan_per_year": ceiling},
    )
    found = worth(tiny, tmp_path)
    assert found["communities_to_standard"] == pilots
    if pilots:
        assert verdict(found, "contract 5 Money")["actual"] == "7200"


@pytest.mark.parametrize(("source", "pilots"), [("own", 0), ("reach", 1)])
def test_domains_may_be_found_in_anybodys_building(source, pilots, tmp_path):
    # c's hub has care, meals and health, today's rooms the rest but sports: that fits only in g,
    # which d hosts, 900 m from c
    today = {"shop": "convenience", "books": "culture", "swing": "play"}
    tiny = case(
        [community("c"), community("d", pilot="excluded")],
        [building("b"), building("g", "700", lock="community:d;function:gym")],
        (*HUB, function("gym", "sports", min_m2="650"), *(function(*row) for row in today.items())),
        walks={("b", "c"): "10", ("g", "d"): "10", ("g", "c"): "900"},
        rules={"domains_from": {"value": source, "reason": "test"}},
        facilities=[facility(f"e{f}", f, "1") for f in today],
    )
    assert worth(tiny, tmp_path)["communities_to_standard"] == pilots


def test_coverage_may_be_a_must_and_says_what_cannot_be_covered(tmp_path):
    musts = rules(community_coverage="must", street_coverage="must")
    two = [community("c"), community("d", street="二街")]
    both = [building("b"), building("e", street="二街")]
    walks = {("b", "c"): "10", ("e", "d"): "10"}
    money = {"total_yuan": 1_199_999}  # a hub costs 600 m² × 1,000 yuan: one only
    target = worth(case(two, both, walks=walks, budget=money), tmp_path / "t")
    assert target["streets_covered"] == 1
    found = worth(case(two, both, walks=walks, rules=musts), tmp_path / "m")
    assert found["streets_covered"] == 2
    assert verdict(found, "HZ-05") | {"kind": "must", "required": "2", "actual": "2"} == verdict(
        found, "HZ-05"
    )
    with pytest.raises(NoPlanCanExist, match="d"):
        worth(case(two, [building("b")], walks={("b", "c"): "10"}, rules=musts), tmp_path / "x")


@pytest.mark.parametrize(("target", "ok"), [(1, True), (2, False)])
def test_a_target_of_hubs_is_judged_and_missed_without_a_violation(target, ok, tmp_path):
    found = worth(case(hubs={"target": target}), tmp_path)
    assert verdict(found, "HZ-03", "target")["ok"] is ok
