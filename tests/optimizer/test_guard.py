"""A text that a spreadsheet would count is written guarded and comes back as the planner's own."""

import csv
import io

from hypothesis import assume, example, given
from hypothesis import strategies as st

from optimizer.api import SolveOptions, read_case, solve
from optimizer.export.formats import export_named
from optimizer.guard import guarded, unguarded
from optimizer.labels import head
from optimizer.load.csv_file import csv_grid
from optimizer.tables import FACILITIES, PROJECTS
from optimizer.text import DITTO, read_cell
from tests.bad_input.base import workbook, write_book
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community

SIGNS = tuple("=+-@\t\r\n＝＋－＠")
TEXT = PROJECTS.column("fee_standard")
TEXTS = st.text(st.sampled_from("'=+-@＝＋－＠\t\rab1 ,\";"), max_size=8) | st.text(max_size=20)
OWN = {
    "responsible_unit": "=SUM(A1:A9)",
    "builder": "-abc",
    "operator": "+86 571 1234",
    "services": "@x",
    "operating_mode": "'=quoted",
    "fee_standard": "''@twice",
    "supervision": "'plain",
    "duties": "＝全角",
}


@given(TEXTS)
@example("=1")
@example("'=1")
@example("''")
def test_a_guarded_text_begins_no_formula_and_comes_back(text):
    assert not guarded(text).startswith(SIGNS)
    assert unguarded(guarded(text)) == text


@given(TEXTS)
def test_what_begins_no_formula_is_left_as_it_is(text):
    assume(not text.lstrip("'").startswith(SIGNS))
    assert guarded(text) == text == unguarded(text)


def read_csv(cell, head="fee_standard"):
    """The value that a CSV of projects has in its only row."""
    content = io.StringIO()
    csv.writer(content).writerows([["building", head], ["b", cell]])
    grid, _ = csv_grid("projects", "projects.csv", content.getvalue().encode())
    return read_cell(PROJECTS.column(head), grid.rows[1].cells[1])


@given(st.text(st.sampled_from("'=+-@＝＋－＠ab1,\";"), min_size=1, max_size=8))
def test_the_reader_of_csv_gives_the_text_that_was_guarded(text):
    assume(text not in DITTO)  # refused when read: it says nothing by itself
    assert read_csv(guarded(text)) == text


def test_one_apostrophe_goes_and_no_more():
    assert read_csv("'=1") == "=1"
    assert read_csv("''=1") == "'=1"
    assert read_csv("'1") == "'1"  # of a text; a code was kept from being counted:
    assert read_cell(FACILITIES.column("id"), "'0012") == "0012"


def test_in_a_workbook_an_apostrophe_is_one(tmp_path):
    book = workbook()
    page = book["buildings"]
    at = next(cell.column for cell in page[1] if cell.value == "name")
    for row, text in enumerate(("'=1+1", "=1+1"), start=2):
        page.cell(row, at).value = text
        page.cell(row, at).data_type = "s"
    read = read_case(write_book(tmp_path, book))
    assert [row.values["name"] for row in read.tables["buildings"].rows][:2] == ["'=1+1", "=1+1"]


def test_the_planners_own_columns_go_through_a_run_and_its_csv_and_back(tmp_path):
    path = write_case(
        case([community()], [building()], budget={"total_yuan": 1000000}), tmp_path / "case"
    )
    with (path.parent / "data" / "projects.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["building", *OWN])
        writer.writerow(["b", *map(guarded, OWN.values())])
    result = solve(path, tmp_path / "run", SolveOptions(gap=0.0), in_child=False)
    [project] = result.tables["projects"]
    assert {column: project[column] for column in OWN} == OWN
    [folder] = export_named(result, tmp_path / "run", ["csv"], "zh")
    with (folder / "项目清单.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = list(csv.DictReader(file))
    written = {column: row[head(column, "zh")] for column in OWN}
    assert not [text for text in written.values() if text.startswith(SIGNS)]
    assert {column: read_csv(text, column) for column, text in written.items()} == OWN
