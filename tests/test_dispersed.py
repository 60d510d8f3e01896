"""Dispersed hubs: a few places of one host near each other are one hub (HZ-29, A10)."""

import pytest

from optimizer.verify import verify
from tests.oracle.against import check, rules, solved_and_compared, steps
from tests.oracle.enumerate import optimum
from tests.oracle.generator import dispersed_case
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    FULL,
    HUB,
    NO_DOMAINS,
    NURSERY,
    building,
    case,
    community,
    facility,
)
from tests.oracle.walks import straight_m
from tests.oracle.worth import verdict, worth

OFF = NO_DOMAINS | {"HZ-29": {"enforce": False, "reason": "test"}}
METRES = 110_863.0  # of a degree of latitude at 30.28°, to 1 m


def at(metres, id, area_m2="300", **cells):
    """A building so many metres of walking north of the community (detour 1)."""
    return building(id, area_m2, lon="120.15", lat=f"{30.28 + metres / METRES:.9f}", **cells)


def row_of(*buildings, communities=None, **more):
    """Buildings along one street; a straight line is the walk."""
    communities = communities or [community(lon="120.15", lat="30.28")]
    reach = {"walk_m": 1000, "detour": 1}
    return case(communities, list(buildings), coords="cgcs2000", reach=reach, **more)


def pair(apart=200, first="300", second="300", **more):
    return row_of(at(0, "a", first), at(apart, "b", second), **more)


def forms(found):
    return [row["hub_form"] for row in found["tables"]["communities"]]


def test_by_hand_two_buildings_of_300_m2_make_the_pilot_that_one_cannot(tmp_path):
    # 600 m² at 1,000 yuan in two buildings 200 m apart; three items, two of them core
    check(pair(), tmp_path, pilots=1, streets=1, residents=1000, cost=600_000)
    found = worth(pair(), tmp_path / "w")
    assert forms(found) == ["分散"]
    assert verdict(found, "HZ-29", "c")["actual"] == "2"
    assert verdict(found, "HZ-17", "c building:a+building:b")["actual"] == "600"
    (hub,) = found["tables"]["projects"]
    assert (hub["hub_form"], hub["buildings"]) == ("分散", "a;b")
    assert [row["hub"] for row in found["tables"]["siting"]] == [True, True]
    assert worth(pair(rules=OFF), tmp_path / "off")["communities_to_standard"] == 0


@pytest.mark.parametrize(("apart", "pilots"), steps((299.99, 1), (300.0, 1), (300.01, 0)))
def test_every_two_buildings_are_within_300_m(apart, pilots, tmp_path):
    check(pair(exactly(apart)), tmp_path, pilots=pilots)
    listed = (tmp_path / "out" / "inputs" / "building_distances.csv").read_text("utf-8")
    rows = f"a,b,{apart:.2f},straight\n" if pilots else ""
    assert listed == "building,neighbour,walk_m,origin\n" + rows


def exactly(walk: float) -> float:
    """Metres for :func:`at` that make a walk of *walk*, good to a millimetre."""
    return walk * walk / straight_m(120.15, 30.28, 120.15, 30.28 + walk / METRES)


@pytest.mark.parametrize(("places", "pilots"), steps((2, 1), (3, 1), (4, 0)))
def test_at_most_three_places(places, pilots, tmp_path):
    # 600 m² in equal parts, each pair within 150 m
    parts = [at(50 * i, f"b{i}", str(600 // places)) for i in range(places)]
    check(row_of(*parts), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("most", "pilots"), steps((3, 0), (4, 1), (5, 1)))
def test_a_pack_may_allow_another_number_of_places(most, pilots, tmp_path):
    parts = [at(50 * i, f"b{i}", "150") for i in range(4)]
    check(row_of(*parts, rules=rules(dispersed_hub_places=most)), tmp_path, pilots=pilots)


@pytest.mark.parametrize(("metres", "pilots"), steps((199.99, 0), (200, 1), (200.01, 1)))
def test_a_pack_may_set_another_distance(metres, pilots, tmp_path):
    tiny = pair(exactly(200.0), rules=rules(dispersed_hub_m=metres))
    check(tiny, tmp_path, pilots=pilots)


@pytest.mark.parametrize(("second", "pilots"), steps(("299.99", 0), ("300", 1), ("300.01", 1)))
def test_the_area_is_that_of_the_places_together(second, pilots, tmp_path):
    # a third building beyond 300 m of both holds the ratio's m², not the hub's
    tiny = row_of(at(0, "a"), at(200, "b", second), at(900, "far", "300"))
    check(tiny, tmp_path, pilots=pilots)


def test_items_count_over_the_places_and_once(tmp_path):
    # day care and full-time care are one item: only the second building has room for a canteen
    one = [DAY | {"max_m2": "300"}, FULL, CANTEEN | {"levels": "2"}, CLINIC]
    floors = [{"building": "b", "level": str(k), "area_m2": "150"} for k in (1, 2)]
    check(pair(functions=one, floors=floors), tmp_path / "two", pilots=1)
    without = [DAY, FULL, CLINIC]
    check(pair(functions=without), tmp_path / "one", pilots=0)


def test_two_items_in_one_place_and_one_in_the_other(tmp_path):
    # the clinic stands in basements only: in a, which has nothing else but one
    there = [DAY, CANTEEN, CLINIC | {"levels": "-1"}]
    floors = [{"building": "a", "level": "-1", "area_m2": "300"}]
    found = worth(pair(functions=there, floors=floors), tmp_path)
    assert found["communities_to_standard"] == 1
    held = {(row["building"], row["function"]) for row in found["tables"]["allocation"]}
    assert held == {("a", "clinic"), ("b", "day"), ("b", "canteen")}


def test_what_stands_beside_the_hub_does_not_count_in_it(tmp_path):
    # b reaches a and z, 400 m apart; 250 + 250 m² are near each other, never 600
    apart = [at(0, "a", "250"), at(200, "b", "250"), at(400, "z", "250")]
    check(row_of(*apart), tmp_path, pilots=0)


def test_a_place_of_two_buildings_is_one_and_needs_only_those_in_use_to_be_near(tmp_path):
    # a is 200 m from s1 and 450 m from s2: the hub is a and s1, s2 stays out of use
    parts = [at(0, "a"), at(200, "s1", site="s"), at(450, "s2", site="s")]
    check(row_of(*parts), tmp_path, pilots=1)
    # a and s2 alone are 450 m apart
    never = [parts[0], parts[1] | {"lock": "never"}, parts[2]]
    check(row_of(*never, rules=NO_DOMAINS), tmp_path / "never", pilots=0)
    # in use, s2 would belong to the place: no dispersed hub with it
    must = [parts[0], parts[1], parts[2] | {"lock": "must"}]
    assert worth(row_of(*must), tmp_path / "must")["communities_to_standard"] == 1
    small = [
        at(0, "a"),
        at(200, "s1", "299", site="s"),
        at(450, "s2", "299", site="s", lock="must"),
    ]
    check(row_of(*small), tmp_path / "small", pilots=0)


def test_what_the_host_has_today_on_a_place_counts_in_it(tmp_path):
    # 250 + 250 m² planned and 100 m² of today on the site of b
    today = [facility("e", "day", "100", site="s")]
    tiny = row_of(at(0, "a", "250"), at(200, "b", "250", site="s"), facilities=today)
    check(tiny, tmp_path, pilots=1, cost=500_000)


def test_it_covers_the_street_that_holds_all_of_it_and_none_across_a_border(tmp_path):
    other = community("d", lon="120.15", lat="30.28", street="二街", pilot="excluded")
    own = community(lon="120.15", lat="30.28")
    whole = [at(0, "a"), at(200, "b")]
    across = [at(0, "a"), at(200, "b", street="二街")]
    check(row_of(*whole, communities=[own, other]), tmp_path / "w", pilots=1, streets=1)
    check(row_of(*across, communities=[own, other]), tmp_path / "a", pilots=1, streets=0)
    # of three, the two in one street are enough: the third is no part of the hub
    third = [*whole, at(100, "z", street="二街")]
    check(row_of(*third, communities=[own, other]), tmp_path / "t", pilots=1, streets=1)


def test_the_hub_of_a_union_is_within_reach_of_every_member(tmp_path):
    members = [
        community(lon="120.15", lat="30.28", union="u", households="100"),
        community(
            "d", lon="120.15", lat=f"{30.28 + 800 / METRES:.9f}", union="u", households="100"
        ),
    ]
    # 800 m from c to d: a and b are within 1,000 m of both, from -250 m on too far from d
    near = row_of(at(0, "a"), at(200, "b"), communities=members)
    assert worth(near, tmp_path / "n")["residents_to_standard"] == 2000
    far = row_of(at(-250, "a"), at(0, "b"), communities=members)
    assert worth(far, tmp_path / "f")["residents_to_standard"] == 1000


def test_a_source_for_hubs_pays_for_every_branch_where_one_has_the_item(tmp_path):
    # only b may hold the canteen; the bond pays for a as well, since it is the same hub
    meals = [DAY, CANTEEN | {"levels": "2"}, CLINIC, NURSERY | {"levels": "5"}]
    floors = [{"building": "b", "level": str(k), "area_m2": "150"} for k in (1, 2)]
    money = {
        "budget": {"by_source_yuan": {"bond": 600000}},
        "sources": {"bond": {"hub": True, "any_item": ["meal"]}},
    }
    check(pair(functions=meals, floors=floors, **money), tmp_path, pilots=1, cost=600_000)
    without = {**money, "sources": {"bond": {"hub": True, "any_item": ["infant"]}}}
    check(pair(functions=meals, floors=floors, **without), tmp_path / "no", pilots=0)


def test_the_office_of_a_hub_may_stand_in_any_branch(tmp_path):
    from tests.models.golden_city import OFFICE

    asked = rules(hub_office_m2=20, office_share=0.1)
    found = worth(pair(functions=[*HUB, OFFICE | {"max_m2": "20"}], rules=asked), tmp_path)
    assert found["communities_to_standard"] == 1
    assert verdict(found, "HZ-35", "c building:a+building:b")["actual"] == "20"


def test_hubs_and_communities_covered_count_it_once(tmp_path):
    goals = {"order": ["hubs", "communities_covered", "cost"]}
    found = worth(pair(goals=goals), tmp_path)
    assert (found["hubs"], found["communities_covered"], found["cost"]) == (1, 1, 600_000)


def test_without_positions_there_is_none(tmp_path):
    tiny = case(buildings=[building("a", "300"), building("b", "300")])
    check(tiny, tmp_path, pilots=0)


def test_a_required_pilot_that_only_a_dispersed_hub_can_have_is_possible(tmp_path):
    must = [community(lon="120.15", lat="30.28", pilot="required")]
    check(pair(communities=must), tmp_path, pilots=1)


def test_area_is_rounded_so_that_the_branches_reach_the_minimum(tmp_path):
    # thirds: 200.005 m² each would do, whole centimetres must
    parts = [at(50 * i, f"b{i}", "200.01") for i in range(3)]
    found = worth(row_of(*parts), tmp_path)
    assert found["cost"] == 600_000


@pytest.mark.parametrize("seed", [2, 7, 16, 33, 37])
def test_product_and_oracle_agree_where_hubs_may_be_dispersed(seed, tmp_path):
    assert solved_and_compared(dispersed_case(seed), tmp_path) == []


@pytest.mark.parametrize("seed", [4, 8, 11, 20, 22, 31])
def test_product_and_oracle_agree_where_a_dispersed_hub_is_what_pays(seed, tmp_path):
    tiny = dispersed_case(seed)
    best = optimum(tiny)
    assert any(len(sites) > 1 for _, sites in best.best.target.hubs), "one place would do"
    assert solved_and_compared(tiny, tmp_path) == []


SPOILED = {
    "a pair is not near": ("inputs/building_distances.csv", "a,b,200.00,straight\n", "", "A10"),
    "a distance is not what positions say": (
        "inputs/building_distances.csv",
        "200.00",
        "199.98",
        "A16",
    ),
    "the pack allows no second place": (
        "inputs/policy.json",
        '"dispersed_hub": true',
        '"dispersed_hub": false',
        "HZ-29",
    ),
    "one place only is allowed": (
        "inputs/policy.json",
        '"dispersed_hub_places": 3',
        '"dispersed_hub_places": 1',
        "HZ-29",
    ),
    "the form is said wrongly": ("communities.csv", "分散", "集聚", "contract 4"),
    "a building of the hub is not marked": ("siting.csv", "b,c,,1,", "b,c,,0,", "HZ-17"),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_the_verifier_catches_a_dispersed_hub_that_is_none(fault, tmp_path):
    name, said, instead, rule = SPOILED[fault]
    worth(pair(exactly(200)), tmp_path)
    folder = tmp_path / "out"
    assert verify(folder).ok
    text = (folder / name).read_text("utf-8")
    assert said in text
    (folder / name).write_text(text.replace(said, instead), "utf-8")
    assert rule in {found["rule"] for found in verify(folder).violations}
