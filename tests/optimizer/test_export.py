"""Workbook and report say what the run folder says, and text in them is only ever text."""

import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from optimizer import labels
from optimizer.api import SolveOptions, read_result, solve
from optimizer.errors import CallError
from optimizer.export import export_named
from optimizer.export.sheets import SHEETS
from tests.oracle.folder import write_case
from tests.oracle.kit import CANTEEN, CLINIC, DAY, building, case, community

EVIL = ["=1+1", "@SUM(A1)", "<script>alert(1)</script>"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    places = {"lon": "120.15", "lat": "30.3"}
    tiny = case(
        [community(name=EVIL[0], **places), community("d", name=EVIL[2], **places)],
        [building("b", "700.25", name=EVIL[1], acquire_yuan="12345.67", **places)],
        (DAY | {"need": "9"}, CANTEEN, CLINIC),
        coords="wgs84",
    )
    return solve(
        write_case(tiny, folder / "case"), folder / "out", SolveOptions(gap=0.0), in_child=False
    )


@pytest.fixture(scope="module")
def book(result):
    return load_workbook(result.directory / "plan.xlsx")


def test_every_sheet_is_there_with_its_rows(result, book):
    assert book.sheetnames == [sheet.title("zh") for sheet in SHEETS]
    for sheet in SHEETS:
        page = book[sheet.title("zh")]
        assert page.max_row == 3 + len(list(sheet.rows(result, "zh"))), sheet.en
        assert page.freeze_panes is not None


def test_every_figure_of_the_allocation_is_a_number_in_the_workbook(result, book):
    page = book[next(s for s in SHEETS if s.en == "Allocation").title("zh")]
    figures = {
        cell.value for row in page.iter_rows(min_row=4) for cell in row if cell.data_type == "n"
    }
    wanted = {float(row["area_m2"]) for row in result.tables["allocation"]}
    assert wanted <= figures


def test_money_reaches_the_workbook_to_the_fen(result, book):
    # 12,345.67 for the building; fit-out 1,000 yuan a m²
    cost = sum(row["yuan"] for row in result.tables["funding"])
    assert cost % 1000 == Decimal("345.67")
    page = book[next(s for s in SHEETS if s.en == "Funding").title("zh")]
    assert float(cost) in {cell.value for row in page.iter_rows() for cell in row}


def test_text_is_never_a_formula(book):
    texts = {c.value: c.data_type for page in book for row in page.iter_rows() for c in row}
    assert "f" not in set(texts.values())
    assert EVIL[0] in texts
    assert EVIL[1] in texts


def test_the_report_escapes_text_asks_for_nothing_outside_and_has_a_strict_policy(result):
    page = (result.directory / "plan.html").read_text("utf-8")
    assert EVIL[2] not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", page)
    assert "<script" not in page


def test_synthesised_and_assumed_figures_say_so(result, book):
    said = {c.value for page in book for row in page.iter_rows() for c in row if c.value}
    assert any("假定" in str(text) for text in said)


def test_english_heads_have_no_chinese(result, tmp_path):
    export_named(result, tmp_path, ["xlsx"], "en")
    english = load_workbook(tmp_path / "plan.xlsx")
    for page in english:
        heads = [cell.value for cell in page[3] if cell.value]
        assert not [head for head in heads if CHINESE.search(str(head))], page.title


def test_every_column_of_the_plans_tables_has_a_label(result):
    for rows in result.tables.values():
        for column in rows[0] if rows else ():
            assert labels.is_known(column) or column.startswith("served_"), column


def test_an_unknown_format_names_those_there_are(result, tmp_path):
    with pytest.raises(CallError, match="xlsx"):
        export_named(result, tmp_path, ["pdf"], "zh")


def test_what_is_read_back_is_the_plan(result):
    again = read_result(result.directory)
    assert again.tables == result.tables
    assert again.plan_json == result.plan_json
