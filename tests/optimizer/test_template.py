"""linli init: a case that check passes as it is written, in both forms and languages."""

import json
import re

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from optimizer.api import SolveOptions, check, solve
from optimizer.cli import app
from optimizer.labels.functions import FUNCTIONS
from optimizer.tables import TABLES
from optimizer.template import write_template

FORMS = [(lang, as_book) for lang in ("zh", "en") for as_book in (False, True)]


def called(*words):
    return CliRunner().invoke(app, list(map(str, words)))


@pytest.mark.parametrize(("lang", "as_book"), FORMS)
def test_check_passes_on_a_template_without_a_word(lang, as_book, tmp_path):
    write_template(tmp_path / "case", lang, as_book=as_book)
    assert check(tmp_path / "case") == ()


@pytest.mark.slow
def test_the_forms_are_one_case(tmp_path):
    values = set()
    for lang, as_book in FORMS:
        folder = tmp_path / f"{lang}{as_book}"
        write_template(folder, lang, as_book=as_book)
        plan = solve(folder, folder / "out", SolveOptions(), in_child=False)
        assert not plan.plan_json["violations"]
        values.add(str([level["value"] for level in plan.plan_json["objective"]]))
    assert len(values) == 1


def test_the_workbook_has_notes_drop_downs_units_and_a_frozen_head(tmp_path):
    write_template(tmp_path / "case", "zh", as_book=True)
    book = load_workbook(tmp_path / "case" / "case.xlsx")
    assert book.sheetnames[:2] == ["填表说明", "社区"]
    sheet = book["建筑"]
    heads = [cell.value for cell in sheet[1]]
    assert "建筑面积(㎡)" in heads
    assert sheet.freeze_panes == "B2"
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert '"国有,市属国企,部门,集体,社会"' in lists
    assert sheet.cell(2, 1).number_format == "@"
    offered = {column.zh[0] for column in TABLES["buildings"].columns if column.is_supported}
    assert {head.split("(")[0] for head in heads} == offered


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wide_sheet_is_printed_on_pages_side_by_side_each_with_its_ids(lang, tmp_path):
    """At most 160 characters a page: twelve columns of 12 stand on one, thirty do not."""
    write_template(tmp_path / "case", lang, as_book=True)
    book = load_workbook(tmp_path / "case" / "case.xlsx")
    for sheet in book.worksheets[1:]:
        widths = [sheet.column_dimensions[c[0].column_letter].width for c in sheet.columns]
        pages = sheet.page_setup.fitToWidth or 1
        assert 160 * (pages - 1) < sum(widths) - len(widths) <= 160 * pages
        assert bool(sheet.print_title_cols) == (pages > 1)
        assert sheet.print_title_rows == "$1:$1"
    assert book.worksheets[2].page_setup.fitToWidth > 1
    notes = book.worksheets[0]
    longest = max(notes["D"], key=lambda cell: len(str(cell.value or "")))
    assert notes.row_dimensions[longest.row].height >= 3 * 15  # the list of functions is not cut


def test_init_says_what_it_wrote_and_leaves_a_folder_that_is_taken(tmp_path):
    done = called("init", tmp_path / "case", "--xlsx", "--json", "--lang", "en")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["written"] == ["case.xlsx", "scenario.toml"]
    assert sorted(p.name for p in (tmp_path / "case").iterdir()) == ["case.xlsx", "scenario.toml"]
    refused = called("init", tmp_path / "case")
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert called("check", tmp_path / "case", "--lang", "en").exit_code == 0


def test_init_renames_a_folder_that_is_taken_aside_where_it_is_forced(tmp_path):
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "mine.txt").write_text("mine", "utf-8")
    assert called("init", tmp_path / "case", "--force").exit_code == 0
    assert (tmp_path / "case.old1" / "mine.txt").read_text("utf-8") == "mine"
    assert called("check", tmp_path / "case").exit_code == 0


@pytest.mark.parametrize("as_book", [False, True])
def test_the_template_is_in_one_language(as_book, tmp_path):
    """Words in the other one are the pack's districts, ids of functions, and keys of locks."""
    kept = {"gongshu", "hangzhou", "csv", "xlsx", "gpkg", "linli", "scenario", "toml", "coords"}
    for lang in ("zh", "en"):
        folder = tmp_path / f"{lang}{as_book}"
        write_template(folder, lang, as_book=as_book)
        if as_book:
            book = load_workbook(folder / "case.xlsx")
            cells = [
                str(c.value) for page in book for row in page.iter_rows() for c in row if c.value
            ]
            said = " ".join([*book.sheetnames, *cells])
        else:
            files = [p for p in folder.rglob("*") if p.suffix in (".csv", ".md")]
            said = " ".join(p.stem + " " + p.read_text("utf-8-sig") for p in files)
            said = said.replace("README", "")
        if lang == "en":
            assert not set(re.findall(r"[\u4e00-\u9fff]+", said)) - {"拱墅区"}
        else:
            words = set(re.findall(r"[a-z_]{3,}", said)) - kept - set(FUNCTIONS)
            assert words <= {"must", "never", "community", "function", "check"}, words
