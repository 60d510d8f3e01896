"""Service unions: members act together or each alone (contract 5 Union, HZ-32, A11).

Unless a test says otherwise: two neighbours, c and d, of 500 households each (300 m² by ratio,
600 m² each by its hub alone, 600 m² together), three services at 1,000 yuan per m², no domains.
"""

from itertools import pairwise

import pytest

from tests.oracle.against import check, refused, rules, steps
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    HUB,
    NO_DOMAINS,
    building,
    case,
    community,
    facility,
)
from tests.oracle.worth import worth

EACH = NO_DOMAINS | {"union_places": {"value": "members", "reason": "test"}}


def pair(first=(), second=()):
    return [
        community("c", union="u", **dict(first)),
        community("d", union="u", **dict(second)),
    ]


def neighbours(*ids):
    return [{"community": a, "neighbour": b} for a, b in pairwise(ids)]


def united(communities=None, *args, **more):
    members = communities or pair()
    told = {"adjacency": neighbours(*(c["id"] for c in members))} | more
    return case(members, *args, **told)


@pytest.mark.parametrize(("m2", "pilots"), steps(("599.99", 0), ("600", 1), ("600.01", 1)))
def test_two_members_share_one_hub_of_the_minimum(m2, pilots, tmp_path):
    # 300 + 300 m² by ratio, one hub of 600: one place, all 2,000 residents
    residents, cost = 2000 * pilots, 600_000 * pilots
    tiny = united(None, [building(area_m2=m2)])
    check(tiny, tmp_path, pilots=pilots, residents=residents, cost=cost)


def test_apart_two_members_need_two_hubs_and_are_two_pilots(tmp_path):
    # two buildings of 600 m²: each member alone is a place, so two places beat one
    tiny = united(None, [building("a"), building("b")])
    check(tiny, tmp_path, pilots=2, residents=2000, cost=1_200_000)


def test_with_each_member_a_place_together_is_as_good_and_cheaper(tmp_path):
    # union_places = members: two places with one hub of 600 m² for 600,000 yuan
    tiny = united(None, [building("a"), building("b")], rules=EACH)
    check(tiny, tmp_path, pilots=2, residents=2000, cost=600_000)


@pytest.mark.parametrize("target", [1, 2])
def test_each_members_place_counts_in_the_number_of_pilots(target, tmp_path):
    # with one place left only one member alone fits in
    tiny = united(rules=EACH, pilots={"target": target})
    check(tiny, tmp_path, pilots=target, residents=1000 * target)


@pytest.mark.parametrize(("households", "residents"), steps((499, 2000), (500, 2000), (501, 1000)))
def test_the_area_standard_is_the_sum_of_the_members(households, residents, tmp_path):
    # 60 × (500 + 500) / 100 = 600 m²; with one household more 600.6 m² in a building of 600, and
    # one member alone is all that is left
    tiny = united(pair({}, {"households": str(households)}))
    check(tiny, tmp_path, pilots=1, residents=residents)


@pytest.mark.parametrize(
    ("m2", "residents"), steps(("600.59", 1000), ("600.60", 2000), ("600.61", 2000))
)
def test_the_area_of_all_members_is_held_together(m2, residents, tmp_path):
    # 60 × (500 + 501) / 100 = 600.60 m²; with less one member alone has its hub of 600
    tiny = united(pair({}, {"households": "501"}), [building(area_m2=m2)])
    check(tiny, tmp_path, pilots=1, residents=residents)


@pytest.mark.parametrize(("m2", "pilots"), steps(("999.99", 0), ("1000", 1), ("1000.01", 1)))
def test_the_hub_minimum_is_the_larger_of_the_members(m2, pilots, tmp_path):
    # a new and an existing community of 100 households: 100 + 60 m² by ratio, hub of 1,000
    members = pair({"kind": "new", "households": "100"}, {"households": "100", "priority": "0.5"})
    tiny = united(members, [building("b", m2)], pilots={"by_district": {}})
    alone = worth(tiny, tmp_path / "p")
    # alone, the existing one needs 600 m² only: half the priority
    assert alone["communities_to_standard"] == (1 if pilots else 0.5)


def test_one_place_counts_the_largest_priority_and_all_residents(tmp_path):
    tiny = united(pair({"priority": "2"}, {"priority": "3"}))
    found = worth(tiny, tmp_path)
    assert (found["communities_to_standard"], found["residents_to_standard"]) == (3, 2000)


def test_places_of_each_member_count_every_priority(tmp_path):
    tiny = united(pair({"priority": "2"}, {"priority": "3"}), rules=EACH)
    assert worth(tiny, tmp_path)["communities_to_standard"] == 5


@pytest.mark.parametrize(("walk", "pilots"), steps(("999.99", 1), ("1000", 1), ("1000.01", 0)))
def test_the_hub_stands_within_the_hosting_distance_of_every_member(walk, pilots, tmp_path):
    # the only building is 100 m from c, which alone could have it: then d has nothing
    walks = {("b", "c"): "100", ("b", "d"): walk}
    members = pair({"priority": "1"}, {"priority": "3"})
    found = worth(united(members, walks=walks), tmp_path)
    assert found["communities_to_standard"] == (3 if pilots else 1)


def test_a_union_credits_a_building_that_one_member_could_have(tmp_path):
    # 900 m² by ratio: a hub of 600 near both, 300 m² near c only
    members = pair({"households": "1000"}, {"priority": "3"})
    walks = {("a", "c"): "100", ("a", "d"): "100", ("b", "c"): "100"}
    stock = [building("a"), building("b", "300")]
    assert worth(united(members, stock, walks=walks), tmp_path)["communities_to_standard"] == 3


@pytest.mark.parametrize(("second", "pilots"), steps(("candidate", 1), ("excluded", 0)))
def test_an_excluded_member_bars_the_union_from_being_a_pilot(second, pilots, tmp_path):
    # 300 m² of c's own today: alone c would need a hub of 600 m², the building has 600
    members = pair({"pilot": "excluded"}, {"pilot": second, "households": "1001"})
    # d alone: 600.6 m² in 600 m²; together 900.6 m² with c's 301 m² of today
    today = [facility("e", "clinic", "301")]
    tiny = united(members, facilities=today)
    assert worth(tiny, tmp_path)["communities_to_standard"] == 0
    both = pair({}, {"pilot": second, "households": "1001"})
    found = worth(united(both, facilities=today), tmp_path / "both")
    # 900.6 - 301 = 599.6 m² together
    assert found["residents_to_standard"] == (2000 if pilots else 1000)


def test_a_required_member_may_be_a_pilot_together(tmp_path):
    # alone d would need 600.6 m²; together with c's 301 m² of today 599.6 m² are enough
    members = pair({}, {"pilot": "required", "households": "1001"})
    tiny = united(members, facilities=[facility("e", "clinic", "301")])
    check(tiny, tmp_path, pilots=1, residents=2000)


def test_a_required_member_that_neither_way_reaches_the_standard_is_told(tmp_path):
    members = pair({"pilot": "required"}, {})
    refused(united(members, [building(area_m2="599.99")]), tmp_path, 4)


def test_a_member_at_the_standard_today_takes_no_place_and_counts_no_residents(tmp_path):
    # c meets the standard alone with 600 m² of today; d joins it: 600 m² for both are there
    today = [
        facility(f"e{i}", row["id"], "200", hub="1") for i, row in enumerate((DAY, CANTEEN, CLINIC))
    ]
    tiny = united(pair({"priority": "5"}, {}), [building(area_m2="10")], facilities=today)
    found = worth(tiny, tmp_path)
    # the union meets the standard today as a whole: it is at standard, and no pilot
    assert (found["communities_to_standard"], found["residents_to_standard"]) == (0, 0)
    more = pair({"priority": "5"}, {"households": "501"})
    found = worth(united(more, facilities=today), tmp_path / "more")
    # 600.6 m² together: d brings one place of priority 1 and its own 1,000 residents
    assert (found["communities_to_standard"], found["residents_to_standard"]) == (1, 1000)
    rows = {row["community"]: row for row in found["tables"]["communities"]}
    assert (rows["c"]["pilot"], rows["d"]["pilot"]) == (False, True)


def test_members_carry_the_unions_figures(tmp_path):
    found = worth(united(), tmp_path)
    for row in found["tables"]["communities"]:
        assert (row["union"], row["to_standard"], row["covered"]) == ("u", True, True)
        assert (float(row["required_m2"]), float(row["area_m2"])) == (600, 600)
    (hub,) = found["tables"]["projects"]
    assert (hub["project"], hub["union"]) == ("hub:union:u", "u")
    assert found["plan"]["indicators"]["pilots"] == 1


def test_the_domains_of_every_member_are_asked_for(tmp_path):
    # the clinic reaches 500 m: d at 600 m has no health service, alone c is a pilot
    near = [DAY, CANTEEN, CLINIC | {"reach_m": "500"}]
    asked = rules(domains=["health"])
    del asked["HZ-39"]
    walks = {("b", "c"): "100", ("b", "d"): "600"}
    members = pair({"priority": "1"}, {"priority": "3"})
    found = worth(united(members, None, near, walks=walks, rules=NO_DOMAINS), tmp_path / "off")
    assert found["communities_to_standard"] == 3


def test_a_lock_to_a_community_is_kept_by_its_union(tmp_path):
    tiny = united(None, [building(lock="community:d")])
    check(tiny, tmp_path, pilots=1, residents=2000)


@pytest.mark.parametrize("members", [["c"], ["c", "d", "e", "f"]], ids=["one", "four"])
def test_a_union_has_two_or_three_members(members, tmp_path):
    refused(united([community(id, union="u") for id in members]), tmp_path, 2)


def test_members_of_a_union_are_neighbours(tmp_path):
    apart = case(pair(), adjacency=[{"community": "c", "neighbour": "x"}])
    refused(apart, tmp_path / "x", 2)
    chain = [community(id, union="u") for id in ("c", "d", "e")]
    # 180,000 yuan × 3: 900 m² by ratio for three
    tiny = united(chain, [building(area_m2="900")])
    check(tiny, tmp_path, pilots=1, residents=3000, cost=900_000)


def test_a_hub_of_one_member_covers_the_other_where_they_act_together(tmp_path):
    # c has a qualifying hub, d none and no building: together both are covered
    today = [facility(f"e{i}", row["id"], "200", hub="1") for i, row in enumerate(HUB)]
    far = [building(area_m2="10")]
    goals = {"order": ["communities_covered", "cost"]}
    found = worth(united(None, far, facilities=today, goals=goals), tmp_path)
    assert found["communities_covered"] == 2
    members = [community("c"), community("d")]
    apart = worth(case(members, far, facilities=today, goals=goals), tmp_path / "apart")
    assert apart["communities_covered"] == 1
