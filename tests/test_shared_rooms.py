"""Rooms that functions use in turns (综合设置、错时使用): each case small enough to check by hand.

HZ-38, A9: floors, totals and fit-out meet the room once; each function has its capacity, item,
domain, opening and operation. Unless a test says otherwise: one community, one building on one
floor, services at 1,000 yuan per m², everything 100 m apart.
"""

import csv

import pytest

from optimizer.errors import InputError
from optimizer.verify import verify
from tests.oracle.against import rules, steps
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    LOUNGE,
    building,
    case,
    facility,
    function,
    needed,
)
from tests.oracle.worth import worth

TURNS = {"care1": "上午", "care2": "下午"}


def in_turns(*rooms, **figures):
    """The pack's combinations set by the scenario; domains off."""
    return rules(shared_rooms=list(rooms), **figures)


def two(**cells):
    """Two services that ten persons each need, 1 m² a person, and that may share a room."""
    one = {"shareable": "1"} | cells
    return [needed("10", **one), needed("10", id="care2", item="care2", **one)]


@pytest.mark.parametrize(
    ("rooms", "m2", "need"),
    [
        pytest.param([], "10", 10, id="alone"),
        pytest.param([TURNS], "10", 20, id="in turns"),
        pytest.param([TURNS], "9.99", "19.98", id="in turns, a little less"),
    ],
)
def test_a_room_used_in_turns_serves_each_to_its_capacity(rooms, m2, need, tmp_path):
    # sharing pays: 10 m² hold 10 persons of one service, or 10 of each at different times
    tiny = case(None, [building(area_m2=m2)], two(), rules=in_turns(*rooms))
    assert worth(tiny, tmp_path)["need_served"] == pytest.approx(float(need))


def test_the_table_says_the_room_twice_and_its_area_counts_once(tmp_path):
    found = worth(case(None, [building(area_m2="10")], two(), rules=in_turns(TURNS)), tmp_path)
    rows = [(r["function"], r["area_m2"], r["slot"]) for r in found["tables"]["allocation"]]
    assert [(f, float(m2), slot) for f, m2, slot in rows] == [
        ("care1", 10.0, "上午"),
        ("care2", 10.0, "下午"),
    ]
    assert found["plan"]["indicators"]["area_m2"] == 10
    (project,) = found["tables"]["projects"]
    assert float(project["area_m2"]) == 10
    assert {part.partition(":")[0] for part in project["functions"].split(";")} == set(TURNS)


def test_fit_out_is_paid_once_at_the_dearer_rate_and_each_opens_and_operates(tmp_path):
    # 10 m² × 1,500 (not 1,000) + 100 + 200; yearly 10 m² × (10 + 20)
    pair = two()
    pair[0] |= {"opening_yuan": "100", "operating_yuan_per_m2_year": "10"}
    pair[1] |= {"opening_yuan": "200", "operating_yuan_per_m2_year": "20"}
    pair[1]["fitout_yuan_per_m2"] = "1500"
    found = worth(case(None, [building(area_m2="10")], pair, rules=in_turns(TURNS)), tmp_path)
    assert found["cost"] == 15_300
    assert found["plan"]["indicators"]["operating_yuan_per_year"] == 300


@pytest.mark.parametrize(("budget", "need"), steps((10_000, 20), (9_990, "19.98")))
def test_a_room_in_turns_takes_its_money_once(budget, need, tmp_path):
    # 50 m² would hold both apart, at 20,000 yuan
    money = {"total_yuan": budget}
    tiny = case(None, [building(area_m2="50")], two(), rules=in_turns(TURNS), budget=money)
    assert worth(tiny, tmp_path)["need_served"] == pytest.approx(float(need))


@pytest.mark.parametrize(
    ("rooms", "m2", "pilots"),
    [
        ([], "600", 0),
        ([{"canteen": "noon", "clinic": "am"}], "599.99", 0),
        ([{"canteen": "noon", "clinic": "am"}], "600", 1),
    ],
)
def test_a_shared_room_brings_both_items_and_counts_once_in_the_hub(rooms, m2, pilots, tmp_path):
    # day care 200 + canteen and clinic 400 in turns = 600 m² and three items; apart 1,000 m²
    functions = (
        DAY | {"min_m2": "200"},
        CANTEEN | {"min_m2": "400", "shareable": "1"},
        CLINIC | {"min_m2": "400", "shareable": "1"},
    )
    tiny = case(None, [building(area_m2=m2)], functions, rules=in_turns(*rooms))
    found = worth(tiny, tmp_path)
    assert found["communities_to_standard"] == pilots
    if pilots:
        (row,) = found["tables"]["communities"]
        assert (float(row["area_m2"]), float(row["hub_m2"]), row["functions"]) == (600, 600, 3)


@pytest.mark.parametrize(("rooms", "pilots"), [([], 0), ([{"gym": "am", "swing": "pm"}], 1)])
def test_each_function_of_a_shared_room_brings_its_domain(rooms, pilots, tmp_path):
    # seven services of 100 m² at least in 600 m²: only where sports and play share a room
    homes = {"day": "care", "canteen": "meals", "clinic": "health", "gym": "sports"}
    homes |= {"shop": "convenience", "books": "culture", "swing": "play"}
    items = {"day": "elderly", "canteen": "meal"}
    functions = [
        function(f, domain, items.get(f, ""), min_m2="100", shareable="1")
        for f, domain in homes.items()
    ]
    said = {"shared_rooms": {"value": rooms, "reason": "test"}}
    assert (
        worth(case(functions=functions, rules=said), tmp_path)["communities_to_standard"] == pilots
    )


@pytest.mark.parametrize(("most", "need"), steps(("4", 8), ("5", 10), ("6", 12)))
def test_a_shared_room_keeps_the_largest_size_of_each(most, need, tmp_path):
    # care1 at most 4, 5 or 6 m², care2 as large as it likes; one of them alone would serve 10
    pair = two()
    pair[0]["max_m2"] = most
    pair[1]["max_m2"] = most
    tiny = case(None, [building(area_m2="6")], pair, rules=in_turns(TURNS))
    assert worth(tiny, tmp_path)["need_served"] == need


@pytest.mark.parametrize(("levels", "need"), [("1", 20), ("2", 10)])
def test_a_shared_room_stands_where_all_may(levels, need, tmp_path):
    # floor 1 of 10 m², floor 2 too small for anything but care2's 0.01 m²: no common floor, no room
    pair = two()
    pair[1]["levels"] = levels
    floors = [{"building": "b", "level": k, "area_m2": a} for k, a in (("1", "10"), ("2", "0.5"))]
    pair[1]["min_m2"] = "1"
    tiny = case(None, [building(area_m2="10.5")], pair, floors=floors, rules=in_turns(TURNS))
    assert worth(tiny, tmp_path)["need_served"] == need


@pytest.mark.parametrize(("outdoor", "need"), steps(("29.97", "19.98"), ("30", 20)))
def test_outdoor_space_is_taken_by_the_neediest_of_a_room(outdoor, need, tmp_path):
    # 2 and 3 m² outdoors a person: 3 × 10 = 30, not 50
    pair = two()
    pair[0]["outdoor_m2_per_person"] = "2"
    pair[1]["outdoor_m2_per_person"] = "3"
    home = [building(area_m2="10", outdoor_m2=outdoor)]
    tiny = case(None, home, pair, rules=in_turns(TURNS))
    assert worth(tiny, tmp_path)["need_served"] == pytest.approx(float(need))


def test_a_lock_on_a_function_is_kept_by_a_shared_room(tmp_path):
    home = [building(area_m2="10", lock="function:care2")]
    found = worth(case(None, home, two(), rules=in_turns(TURNS)), tmp_path)
    assert found["need_served"] == 20


def test_a_function_has_one_installation_a_building(tmp_path):
    # 30 persons of care1, 10 of care2, room of 40 m²: a room of 10 in turns and 20 more of care1
    # would serve all on 30 m²; one installation a building: apart 30 + 10, or 30 in turns
    pair = two()
    pair[0]["need"] = "30"
    tiny = case(None, [building(area_m2="40")], pair, rules=in_turns(TURNS))
    found = worth(tiny, tmp_path)
    assert (found["need_served"], found["cost"]) == (40, 30_000)


def test_an_office_in_turns_is_office_and_its_share_counts(tmp_path):
    # a lounge that is the office at night: 60 m² of 600 counted; a share of 0.1 holds it, 0.09 not
    functions = (
        DAY,
        CANTEEN,
        CLINIC | {"max_m2": "200"},
        LOUNGE | {"shareable": "1", "min_m2": "60"},
        function("office", shareable="1", min_m2="60", resident_activity="0"),
    )
    room = {"lounge": "day", "office": "night"}
    for share, pilots in ((0.1, 1), (0.09, 0)):
        said = in_turns(room, office_share=share, hub_office_m2=60)
        found = worth(case(functions=functions, rules=said), tmp_path / str(share))
        assert found["communities_to_standard"] == pilots


def faults(rooms, functions, folder):
    with pytest.raises(InputError) as said:
        worth(case(None, None, functions, rules=in_turns(*rooms)), folder)
    return [(issue.code, issue.value) for issue in said.value.issues]


def test_only_functions_that_may_share_and_exist_are_combined(tmp_path):
    pair = [*two(), needed(id="care3", item="care3")]
    wrong = [{"care1": "am", "care3": "pm"}, {"care1": "am", "nobody": "pm"}]
    assert faults(wrong, pair, tmp_path) == [
        ("not-shareable", "care1+care3"),
        ("unknown-function", "care1+nobody"),
    ]


@pytest.mark.parametrize(
    "room",
    [{"care1": "am"}, {"care1": "am", "care2": "am"}, {"care1": "am", "care2": " "}, "care1"],
)
def test_a_combination_gives_two_functions_different_slots(room, tmp_path):
    assert [code for code, _ in faults([room], two(), tmp_path)] == ["override-value"]


def test_combinations_that_a_table_of_areas_cannot_tell_apart_are_refused(tmp_path):
    four = [needed(id=f"care{k}", item=f"care{k}", shareable="1") for k in (1, 2, 3, 4)]
    pairs = [("care1", "care2"), ("care3", "care4"), ("care1", "care4"), ("care2", "care3")]
    rooms = [{a: "am", b: "pm"} for a, b in pairs]
    assert [code for code, _ in faults(rooms, four, tmp_path)] == ["ambiguous-rooms"]


@pytest.mark.parametrize(
    ("column", "value"), [("area_m2", "9.99"), ("slot", "晚上"), ("slot", ""), ("level", "2")]
)
def test_the_verifier_sees_a_shared_room_that_is_none(column, value, tmp_path):
    worth(case(None, [building(area_m2="10")], two(), rules=in_turns(TURNS)), tmp_path)
    file = tmp_path / "out" / "allocation.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert verify(tmp_path / "out").ok
    rows[0][column] = value
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    broken = {violation["rule"] for violation in verify(tmp_path / "out").violations}
    assert broken & ({"SH-11"} if value == "" else {"HZ-38"})


def test_a_refit_in_turns_has_at_least_what_it_replaces_once(tmp_path):
    # 20 m² of care1 refitted: a room of 20 m² in turns, where 10 would do for the need
    today = [facility("e", "care1", "20")]
    home = [building(area_m2="30", replaces="e", lock="must")]
    found = worth(case(None, home, two(), facilities=today, rules=in_turns(TURNS)), tmp_path)
    assert found["need_served"] == 20
    assert found["plan"]["indicators"]["area_m2"] == 20
