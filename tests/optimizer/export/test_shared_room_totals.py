"""A room that two functions use in turns stands under each and counts once in every total.

One building of 12 m²: a room of 10 m² for care1 and care2 in turns; and beside it 2 m² of care3.
Source: contract section 4 (slot).
"""

import re
from shutil import copytree

import pytest
from docx import Document
from openpyxl import load_workbook
from pyogrio import read_dataframe

from models.rooms import rooms_of_rows
from optimizer.api import SolveOptions, solve
from optimizer.compare import compare, entries_of
from optimizer.export.formats import export_named
from optimizer.run_plan import plan_of
from tests.oracle.against import rules
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, needed

PLACE = {"lon": "120.15", "lat": "30.3"}


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("turns")
    functions = [needed("10", id=f"care{k}", item=f"care{k}", shareable="1") for k in (1, 2)]
    functions.append(needed("2", id="care3", item="care3"))
    said = rules(shared_rooms=[{"care1": "am", "care2": "pm"}])
    tiny = case(None, [building(area_m2="12", **PLACE)], functions, rules=said)
    options = SolveOptions(gap=0.0)
    found = solve(write_case(tiny, folder / "case"), folder / "out", options, in_child=False)
    export_named(found, folder / "out", ["xlsx", "gpkg", "csv", "html", "docx"], "en")
    return found


def sheet(result, title):
    """Heads and rows of a sheet of the workbook, by the text of the first cell."""
    page = load_workbook(result.directory / "plan.xlsx")[title]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    at = next(n for n, row in enumerate(rows) if row[0] == "Building")
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]], rows[:at]


def test_the_total_of_the_allocation_counts_the_room_once(result):
    rows, before = sheet(result, "Allocation")
    area = {row["Building"]: row["Floor area (m²)"] for row in rows}
    functions = [r["Floor area (m²)"] for r in rows if r["Building"] == "b"]
    assert sorted(functions) == [2, 10, 10]
    assert area["Total"] == 12
    assert {name: m2 for name, m2 in area.items() if name and name.startswith("Subtotal")} == {
        "Subtotal care1": 10,
        "Subtotal care2": 10,
        "Subtotal care3": 2,
    }
    assert any("counts once" in str(cell) for row in before for cell in row)


def test_the_siting_says_what_is_planned_once(result):
    rows, _ = sheet(result, "Siting")
    planned = {row["Building"]: row["Area planned (m²)"] for row in rows}
    assert planned["b"] == planned["Total"] == 12


def test_indicators_projects_and_geopackage_count_the_room_once(result):
    assert result.plan_json["indicators"]["area_m2"] == 12
    (project,) = result.tables["projects"]
    assert project["area_m2"] == 12
    assert project["functions"] == "care1:10.00;care2:10.00;care3:2.00"
    (row,) = read_dataframe(result.directory / "plan.gpkg", layer="buildings").to_dict("records")
    assert row["planned_m2"] == 12


def test_the_project_plan_in_word_totals_the_room_once(result):
    (floors,) = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(str(result.directory / "plan.docx")).tables
        if "Floor" in [cell.text for cell in table.rows[0].cells]
    ]
    at = floors[0].index("Floor area (m²)")
    assert [row[at] for row in floors[1:]] == ["10.00", "10.00", "2.00", "12.00"]
    assert [row[floors[0].index("Slot")] for row in floors[1:4]] == ["am", "pm", ""]


def test_the_report_says_that_the_room_counts_once(result):
    page = (result.directory / "plan.html").read_text("utf-8")
    tile = re.search(r"Floor area.{0,200}?12(\.00)?\D", page, re.DOTALL)
    assert tile
    assert "counts once in the total" in page


def test_the_table_of_the_csv_folder_names_the_slots(result):
    text = (result.directory / "csv" / "Allocation.csv").read_text("utf-8-sig")
    assert text.count(",am,") == text.count(",pm,") == 1


def test_a_comparison_counts_the_room_once(result, tmp_path):
    again = copytree(result.directory, tmp_path / "again")
    found = compare(entries_of([result.directory, again]))
    lines = [line for part in found.parts for line in part.lines]
    assert [line.values for line in lines if line.key == "area_m2"] == [(12, 12)]


def test_a_plan_read_back_has_its_shared_room(result):
    assert plan_of(result).rooms_m2 == {("b", "care1+care2"): 10, ("b", "care3"): 2}


@pytest.mark.parametrize(
    ("second", "rooms"), [("10", ["x+y", "x+y"]), ("9.99", ["x", "y"]), (None, ["x"])]
)
def test_rows_are_one_room_where_slots_and_areas_are_those_of_a_combination(second, rooms):
    rows = [{"building": "b", "level": "1", "function": "x", "slot": "am", "area_m2": "10"}]
    if second is not None:
        rows.append(rows[0] | {"function": "y", "slot": "pm", "area_m2": second})
    assert rooms_of_rows(rows, [{"x": "am", "y": "pm"}]) == rooms


def test_two_rooms_of_one_size_on_a_floor_stay_two():
    combinations = [{"x": "am", "y": "pm"}, {"u": "am", "v": "pm"}]
    rows = [
        {"building": "b", "level": "1", "function": f, "slot": slot, "area_m2": "10"}
        for slots in combinations
        for f, slot in slots.items()
    ]
    assert rooms_of_rows(rows, combinations) == ["x+y", "x+y", "u+v", "u+v"]
