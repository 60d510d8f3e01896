"""Every goal of contract section 5 on a case whose worth is worked out by hand.

Unless a test says otherwise nothing is asked of communities: a plain case (policy none) of one
service of 1 m² a person.
"""

from fractions import Fraction

import pytest

from optimizer.errors import NoPlanCanExist
from optimizer.scenario_keys import GOALS_READ
from tests.oracle.case import TinyCase
from tests.oracle.kit import building, case, community, facility, function
from tests.oracle.worth import worth
from tests.plain.convert import Plain

#: two sites of 100 m²; p needs 60 and q needs 80 persons
WALKS = {("s", "p"): "100", ("s", "q"): "500", ("t", "p"): "400", ("t", "q"): "200"}
TWO = Plain(
    cost={"s": "10", "t": "20"},
    demand={"p": "60", "q": "80"},
    walk=WALKS,
    capacity={"s": "100", "t": "100"},
)


def plain(folder, order, plain_case=TWO, **said):
    scenario = plain_case.scenario(folder / "case", goals={"order": order}, **said)
    from optimizer.api import SolveOptions, solve

    result = solve(scenario, folder / "out", SolveOptions(gap=0.0), in_child=False)
    assert result.plan_json["violations"] == []
    assert result.plan_json["status"] == "optimal"
    return {row["name"]: Fraction(str(row["value"])) for row in result.plan_json["objective"]}


def test_every_goal_of_the_contract_can_be_asked_for_and_no_other():
    from models.objectives import CLOSING, GOALS, TIES

    assert set(GOALS_READ) == set(GOALS) - (set(CLOSING) - {"cost"}) - set(TIES)


def test_need_served_at_least_cost(tmp_path):
    # one site holds 100 of 140 persons; both hold all for 30 yuan
    assert plain(tmp_path, ["need_served", "cost"]) == {"need_served": 140, "cost": 30}


@pytest.mark.parametrize(("yuan", "served"), [(9, 0), (10, 100), (29, 100), (30, 140)])
def test_need_served_within_a_budget(yuan, served, tmp_path):
    assert plain(tmp_path, ["need_served"], budget={"total_yuan": yuan})["need_served"] == served


def test_walking_distance_with_all_served(tmp_path):
    # p at s: 60 × 100, q at t: 80 × 200
    found = plain(tmp_path, ["walking_distance"], service={"serve_all": True})
    assert found["walking_distance"] == 22_000


def test_a_weighted_level_adds_goals_in_their_own_units(tmp_path):
    # both sites are needed: 30 yuan × 1,000 + 22,000 person-metres
    level = {"cost": 1000, "walking_distance": 1}
    found = plain(tmp_path, [level], service={"serve_all": True})
    assert found == {"cost+walking_distance": 52_000}


def test_a_weighted_level_may_take_from_one_goal_for_another(tmp_path):
    # the second site serves 40 more persons for 20 yuan: worth it above half a yuan a person
    for price, served in ((0.49, 100), (0.51, 140)):
        level = {"cost": 1, "need_served": price}
        found = plain(tmp_path / str(price), [level, "need_served"])
        assert found["need_served"] == served


def test_the_farthest_walk_with_all_served(tmp_path):
    found = plain(tmp_path, ["farthest_m"], service={"serve_all": True})
    assert found["farthest_m"] == 200
    one = Plain(cost={"s": "1"}, demand={"p": "6", "q": "8"}, walk=WALKS_OF_S)
    far = plain(tmp_path / "one", ["farthest_m"], one, service={"serve_all": True})
    assert far["farthest_m"] == 500


WALKS_OF_S = {key: walk for key, walk in WALKS.items() if key[0] == "s"}


def test_the_worst_served_share_is_raised_before_the_sum(tmp_path):
    # 100 m² for 60 + 80 persons: both to 100 / 140 rather than p in full
    found = plain(tmp_path, ["worst_served"], budget={"total_yuan": 10})
    assert found["worst_served"] == pytest.approx(Fraction(100, 140), abs=1e-6)


@pytest.mark.parametrize(("mode", "served"), [("split", 100), ("whole", 80)])
def test_a_need_is_met_in_any_fraction_or_wholly_from_one_building(mode, served, tmp_path):
    # 100 m²: q's 80 and a third of p's 60, or one of the two
    found = plain(tmp_path, ["need_served"], budget={"total_yuan": 10}, service={"mode": mode})
    assert found["need_served"] == served


@pytest.mark.parametrize(("room", "can"), [("139.99", False), ("140", True)])
def test_serve_all_is_proved_impossible_where_nobody_can_hold_it(room, can, tmp_path):
    demand = {"p": "140"}
    one = Plain({"s": "1"}, demand, {("s", "p"): "10"}, capacity={"s": room})
    if can:
        found = plain(tmp_path, ["cost"], one, service={"serve_all": True})
        assert found["cost"] == 1
    else:
        with pytest.raises(NoPlanCanExist, match="p"):
            plain(tmp_path, ["cost"], one, service={"serve_all": True})


def test_core_functions_come_first_where_they_are_asked_for_first(tmp_path):
    # 600 m² of hub; 50 persons of day care (core) at 1 m², 900 of the shop
    core = function("day", "care", "elderly", need="50", m2_per_person="1", weight="1")
    shop = function("shop", "convenience", need="900", m2_per_person="1", weight="5")
    order = {"order": ["priority_need_served", "need_served"]}
    found = worth(case(None, None, (core, shop), goals=order), tmp_path)
    assert found["priority_need_served"] == 50
    assert found["need_served"] == 50 + 5 * 550


def test_hubs_and_communities_covered(tmp_path):
    # c has a hub today, d and e can plan one each; money for one
    hub = [
        facility(f"h{f}", f, m2, hub="1", site="h")
        for f, m2 in (("day", "200"), ("canteen", "200"), ("clinic", "200"))
    ]
    three = [community("c"), community("d"), community("e")]
    two = [building("b1"), building("b2")]
    walks = {("b1", "d"): "10", ("b2", "e"): "10"}
    for yuan, hubs in ((599_999, 0), (600_000, 1), (1_200_000, 2)):
        order = {"order": ["communities_covered", "hubs"]}
        money = {"total_yuan": yuan}
        tiny = case(three, two, walks=walks, facilities=hub, goals=order, budget=money)
        found = worth(tiny, tmp_path / str(yuan))
        assert (found["communities_covered"], found["hubs"]) == (1 + hubs, hubs)


def one_service(*buildings, **more) -> TinyCase:
    """100 persons need a service of 1 m² a person; every building reaches them."""
    service = function("care1", "care", need="100", m2_per_person="1", min_m2="0")
    return case(None, list(buildings), [service], **more)


def test_state_owned_floor_area(tmp_path):
    pair = building("b1", "100", owner="social", route="lease"), building("b2", "60")
    order = {"order": ["need_served", "state_owned_m2"]}
    # 100 m² are needed; more than 60 state-owned there is not
    assert worth(one_service(*pair, goals=order), tmp_path)["state_owned_m2"] == 60


def test_new_build_floor_area(tmp_path):
    pair = building("b1", "100", route="supplement"), building("b2", "60")
    order = {"order": ["need_served", "new_build_m2"]}
    assert worth(one_service(*pair, goals=order), tmp_path)["new_build_m2"] == 40


def test_idle_floor_area_left_in_used_buildings(tmp_path):
    # 100 of 150 m², or 70 + 30 of 70 + 35
    trio = building("b1", "150"), building("b2", "70"), building("b3", "35")
    order = {"order": ["need_served", "idle_m2_left"]}
    assert worth(one_service(*trio, goals=order), tmp_path)["idle_m2_left"] == 0


def test_office_as_a_share_of_all_candidate_floor_area(tmp_path):
    # a lock asks for an office of at least 10 m²; 200 + 50 m² of candidates, one not eligible
    office = function("office", min_m2="10", resident_activity="0")
    service = function("care1", "care", need="100", m2_per_person="1", min_m2="0")
    tiny = case(
        None,
        [building("b1", "200", lock="function:office"), building("b2", "50", fire_ok="0")],
        [service, office],
        rules={
            "office_share": {"value": 0.5, "reason": "test"},
            "HZ-39": {"enforce": False, "reason": "test"},
        },
        goals={"order": ["office_share"]},
    )
    assert worth(tiny, tmp_path)["office_share"] == Fraction(10, 250)
