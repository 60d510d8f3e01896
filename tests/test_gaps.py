"""gaps.csv: a need that stays unmet has the reason that can be counted, and the check counts it."""

import csv
from decimal import Decimal

import pytest

from optimizer.api import SolveOptions, solve
from optimizer.verify import verify
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community, needed

OPTIONS = SolveOptions(gap=0.0)


def gap_of(tiny, folder, community_id="c"):
    result = solve(write_case(tiny, folder / "case"), folder / "out", OPTIONS, in_child=False)
    assert not result.plan_json["violations"]
    [row] = [r for r in result.tables["gaps"] if r["community"] == community_id]
    return row


def one(persons="10", houses=None, walks=None, **more):
    """One service at 1 m² and 1,000 yuan a person, at least 5 m², that c needs for *persons*."""
    functions = (needed(persons, min_m2="5", **more.pop("function", {})),)
    return case(None, houses or [building()], functions, walks, goals=NEED, **more)


NEED = {"order": ["need_served", "cost"]}


def test_a_need_that_is_met_has_a_remedy_and_no_reason(tmp_path):
    row = gap_of(one(houses=[building(available_year="2025")]), tmp_path)
    assert (row["gap"], row["reason"], row["remedy"]) == (0, "none", "b:2025")
    assert (row["in_reach"], row["obstacles"], row["way"]) == ("", "", "")


def test_nobody_in_reach(tmp_path):
    row = gap_of(one(walks={("b", "c"): "1000.01"}), tmp_path)
    assert (row["reason"], row["in_reach"]) == ("no_building_in_reach", 0)


def test_each_building_that_may_not_be_used_is_counted_with_its_first_obstacle(tmp_path):
    houses = [
        building("b1", fire_ok="0", consent_owner="0"),
        building("b2", consent_owner="0"),
        building("b3", lock="never"),
        building("b4", area_m2="4.99"),
        building("b5", fire_class="IV"),
    ]
    row = gap_of(one(houses=houses, function={"levels": "1;IV:2"}), tmp_path)
    assert row["reason"] == "nothing_in_reach_usable"
    assert row["in_reach"] == 5
    assert row["obstacles"] == (
        "fire_not_ok:1;floors_too_small:1;locked_never:1;no_allowed_floor:1;owner_refuses:1"
    )


# 5 m² is the smallest: 5,000 yuan
@pytest.mark.parametrize(("yuan", "is_used"), [("4999.99", False), ("5000", True)])
def test_money_that_is_less_than_the_smallest_installation(yuan, is_used, tmp_path):
    row = gap_of(one(budget={"total_yuan": float(yuan)}), tmp_path)
    if is_used:
        assert (row["planned"], row["reason"]) == (5, "money_left_too_small")
        # 0 yuan left, 0.01 m² more costs 10
        assert (row["least_yuan"], row["left_yuan"]) == (10, 0)
    else:
        assert (row["planned"], row["reason"]) == (0, "money_left_too_small")
        assert (row["least_yuan"], row["left_yuan"]) == (5000, Decimal("4999.99"))
    assert row["way"] == "b"
    assert row["obstacles"] == "money_total:1"


def test_the_cheapest_of_several_is_named_with_the_ceiling_of_its_district(tmp_path):
    houses = [building("dear", acquire_yuan="900"), building("cheap", acquire_yuan="100")]
    tiny = one(houses=houses, budget={"by_district_yuan": {"拱墅区": 5099}})
    row = gap_of(tiny, tmp_path)
    assert row["obstacles"] == "money_district:2"
    assert (row["way"], row["least_yuan"], row["left_yuan"]) == ("cheap", 5100, 5099)


def test_full_floors_say_whom_they_serve(tmp_path):
    # 600 m² hold 600 of the 900 persons of two communities
    tiny = one("400", [building()])
    tiny.tables["communities"].append(community("d"))
    tiny.tables["needs"].append({"community": "d", "function": "care1", "persons": "500"})
    tiny.tables["distances"].append({"building": "b", "community": "d", "walk_m": "100"})
    folder = tmp_path
    result = solve(write_case(tiny, folder / "case"), folder / "out", OPTIONS, in_child=False)
    rows = {row["community"]: row for row in result.tables["gaps"]}
    assert sum(row["gap"] for row in rows.values()) == 300
    for mine, other in (("c", "d"), ("d", "c")):
        row = rows[mine]
        if row["gap"]:
            assert (row["reason"], row["obstacles"]) == ("capacity_used_up", "floors_full:1")
            assert row["taken_by"] == (other if rows[other]["planned"] else "")


def test_the_largest_size_is_an_obstacle_of_its_own(tmp_path):
    row = gap_of(one("10", function={"max_m2": "8"}), tmp_path)
    assert (row["planned"], row["gap"]) == (8, 2)
    assert (row["reason"], row["obstacles"]) == ("capacity_used_up", "at_largest_size:1")


def test_outdoor_space_is_an_obstacle_of_its_own(tmp_path):
    # 2 m² outdoors a person, 12 m² there are: 6 persons
    row = gap_of(
        one("10", [building(outdoor_m2="12")], function={"outdoor_m2_per_person": "2"}), tmp_path
    )
    assert (row["planned"], row["obstacles"]) == (6, "outdoor_full:1")


def test_the_operating_ceiling_is_told_in_yuan_a_year(tmp_path):
    # 100 yuan a year and m²: 700 yuan run 7 m²
    row = gap_of(
        one(
            budget={"operating_yuan_per_year": 700},
            function={"operating_yuan_per_m2_year": "100"},
        ),
        tmp_path,
    )
    assert (row["planned"], row["obstacles"]) == (7, "money_operating:1")
    assert (row["least_yuan"], row["left_yuan"]) == (1, 0)


def test_what_the_goals_do_not_ask_for_could_still_be_added(tmp_path):
    tiny = one("10")
    tiny.scenario["goals"] = {"order": ["cost"]}
    row = gap_of(tiny, tmp_path)
    assert (row["reason"], row["obstacles"]) == ("not_chosen", "can_add:1")
    assert (row["way"], row["least_yuan"], row["left_yuan"]) == ("b", 5000, "")


CELLS = ("remedy", "reason", "in_reach", "obstacles", "taken_by", "way", "least_yuan", "left_yuan")


@pytest.mark.parametrize("column", CELLS)
def test_a_cell_that_says_something_else_is_found_by_the_check(column, tmp_path):
    gap_of(one(budget={"total_yuan": 5000}), tmp_path)
    path = tmp_path / "out" / "gaps.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        heads, rows = reader.fieldnames, list(reader)
    rows[0][column] = f"{rows[0][column]}1"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    places = [v["place"] for v in verify(tmp_path / "out").violations]
    assert [place for place in places if not place.startswith("digests.json")] == [
        f"gaps.csv c/care1 {column}"
    ]
