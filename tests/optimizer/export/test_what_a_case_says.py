"""What a case says that decides nothing stands in the tables of its plan; no column is ignored."""

import re
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from optimizer import tables
from optimizer.api import SolveOptions, solve
from optimizer.export.formats import export_named
from optimizer.export.given import OF_BUILDINGS, OF_COMMUNITIES, OF_FUNCTIONS
from optimizer.export.sheets import SHEETS
from optimizer.labels import head
from optimizer.result import read_result
from tests.oracle.folder import write_case
from tests.oracle.kit import CANTEEN, CLINIC, DAY, building, case, community

SOURCES = {
    path: path.read_text("utf-8")
    for folder in ("models", "optimizer")
    for path in (Path(__file__).parents[3] / folder).rglob("*.py")
    if path.name != "tables.py" and path.parent.name != "labels"
}
COLUMNS = [
    pytest.param(column.name, id=f"{spec.name}.{column.name}")
    for spec in tables.TABLES.values()
    for column in spec.columns
    if column.is_supported
]
SAID = {code: f"{code} of the building" for code in OF_BUILDINGS} | {"lease_term_years": "12.5"}
FUNCTIONS = (
    DAY | {"fee": "low", "basic": "yes"},
    CANTEEN | {"fee": "low"},
    CLINIC | {"fee": "free"},
)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    return solve(write_case(case(), folder / "case"), folder / "out", in_child=False)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """One pilot in one building, every column filled, exported in English."""
    folder = tmp_path_factory.mktemp("said")
    home = community(**{code: f"{code} of the community" for code in OF_COMMUNITIES})
    tiny = case([home], [building(**SAID)], FUNCTIONS)
    made = solve(write_case(tiny, folder / "case"), folder / "out", SolveOptions(), in_child=False)
    export_named(read_result(made.directory), made.directory, ["docx"], "en")
    return made


def sheet_rows(result, title):
    """Rows by head of a sheet in English."""
    grid = next(sheet for sheet in SHEETS if sheet.en == title).grid(result, "en")
    heads = [column.head for column in grid.columns]
    return [dict(zip(heads, row, strict=True)) for row in grid.rows]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_that_is_accepted_is_used_or_shown(name):
    assert any(re.search(rf"\b{name}\b", text) for text in SOURCES.values())


@pytest.mark.parametrize(
    ("title", "codes"),
    [("Allocation", OF_FUNCTIONS), ("Siting", OF_BUILDINGS), ("Communities", OF_COMMUNITIES)],
)
def test_a_column_stands_where_the_case_says_something_in_it(title, codes, run, plain):
    heads = {head(code, "en") for code in codes}
    assert heads <= set(sheet_rows(run, title)[0])
    assert not heads & set(sheet_rows(plain, title)[0])


def test_what_is_said_of_a_building_and_a_community_stands_in_its_row(run):
    [siting], [home] = sheet_rows(run, "Siting"), sheet_rows(run, "Communities")
    assert [siting[head(code, "en")] for code in OF_BUILDINGS] == list(SAID.values())
    assert [home[head(code, "en")] for code in OF_COMMUNITIES] == [
        f"{code} of the community" for code in OF_COMMUNITIES
    ]


def test_every_floor_says_what_its_users_pay(run):
    rows = {row["Function"]: (row["Fee"], row[head("basic", "en")]) for row in
            sheet_rows(run, "Allocation")}  # fmt: skip
    assert rows == {"day": ("low fee", "yes"), "canteen": ("low fee", ""), "clinic": ("free", "")}


def test_the_project_list_groups_functions_by_what_users_pay(run):
    [project] = sheet_rows(run, "Projects")
    assert project["Fees"] == "free: clinic; low fee: canteen, day"
    assert project["Fee standard"] == "to be filled"


def test_without_fees_in_the_catalogue_they_are_to_be_filled(plain):
    [project] = sheet_rows(plain, "Projects")
    assert project["Fees"] == "to be filled"


def test_workbook_and_plans_in_word_carry_them(run):
    cells = [
        {str(cell.value) for row in page.rows for cell in row}
        for page in load_workbook(run.directory / "plan.xlsx")
    ]
    words = {
        cell.text
        for table in Document(str(run.directory / "plan.docx")).tables
        for row in table.rows
        for cell in row.cells
    }
    assert any(set(SAID.values()) <= sheet for sheet in cells)
    assert {*SAID.values(), "free: clinic; low fee: canteen, day", "yes"} <= words
