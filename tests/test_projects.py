"""projects.csv: one row a hub or a building outside one, with what the planner knows passed on."""

from decimal import Decimal

import pytest

from optimizer.api import SolveOptions, solve
from optimizer.verify import verify
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community


def solved(folder, rows, houses=None, **more):
    tiny = case([community(name="甲")], houses or [building()], **more)
    tiny.tables["projects"] = rows
    path = write_case(tiny, folder / "case")
    return solve(path, folder / "out", SolveOptions(gap=0.0), in_child=False)


def project(**cells):
    empty = dict.fromkeys(("building", "site", "operator", "builder", "responsible_unit"), "")
    return empty | cells


def test_a_hub_is_one_project_with_the_money_and_area_of_its_buildings(tmp_path):
    two = [
        building("b1", "400", site="院", acquire_yuan="1000", route="transfer"),
        building("b2", "200", site="院", route="lease", rent_yuan_per_year="50"),
    ]
    [row] = solved(tmp_path, [project(building="b1", operator="x")], two).tables["projects"]
    assert (row["project"], row["name"], row["buildings"]) == ("hub:c", "甲", "b1;b2")
    assert row["nature"] == "划转;改建"
    assert row["area_m2"] == 600
    assert row["total_yuan"] == Decimal(601_000)  # 600 m² at 1,000 yuan and 1,000 for b1
    assert row["yuan_by_source"] == "unassigned:601000.00"
    assert row["operating_yuan_per_year"] == 50
    assert row["status"] == "planned"


def test_what_nobody_knows_stays_empty(tmp_path):
    [row] = solved(tmp_path, [project(building="b", operator="某公司")]).tables["projects"]
    assert (row["operator"], row["builder"], row["duties"]) == ("某公司", "", "")


def test_the_row_of_a_building_goes_before_that_of_its_site_field_by_field(tmp_path):
    rows = [
        project(building="b", operator="own"),
        project(site="院", operator="site", builder="whole site"),
    ]
    [row] = solved(tmp_path, rows, [building(site="院")]).tables["projects"]
    assert (row["operator"], row["builder"]) == ("own", "whole site")


def test_what_is_known_of_several_buildings_of_a_hub_stands_together(tmp_path):
    two = [building("b1", "400", site="院"), building("b2", "200", site="院")]
    rows = [
        project(building="b1", operator="x", builder="y"),
        project(building="b2", operator="z", builder="y"),
    ]
    [row] = solved(tmp_path, rows, two).tables["projects"]
    assert (row["operator"], row["builder"]) == ("x;z", "y")


def test_consents_nobody_has_given_yet_are_open(tmp_path):
    [row] = solved(tmp_path, [project(building="b")], [building(consent_owner="1")]).tables[
        "projects"
    ]
    assert row["open_consents"] == "consent_department;review_ok"


@pytest.mark.parametrize("field", ["operator", "duties", "nature", "open_consents", "year"])
def test_a_field_that_says_something_else_is_found_by_the_check(field, tmp_path):
    solved(tmp_path, [project(building="b", operator="x")])
    path = tmp_path / "out" / "projects.csv"
    head, line = path.read_text("utf-8").splitlines()
    cells = line.split(",")
    cells[head.split(",").index(field)] = "else"
    path.write_text(f"{head}\n{','.join(cells)}\n", "utf-8")
    places = [v["place"] for v in verify(tmp_path / "out").violations]
    assert [place for place in places if not place.startswith("digests.json")] == [
        f"projects.csv hub:c {field}"
    ]
