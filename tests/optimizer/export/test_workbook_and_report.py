"""Workbook and report say what the run folder says, and text in them is only ever text."""

import re
from base64 import b64encode
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from json import loads

import pytest
from openpyxl import load_workbook

from optimizer import labels
from optimizer.api import read_result
from optimizer.errors import CallError
from optimizer.export.formats import export_named
from optimizer.export.page.write import VENDOR
from optimizer.export.sheets import SHEETS
from tests.optimizer.export.conftest import EVIL

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def book(result):
    return load_workbook(result.directory / "plan.xlsx")


def test_every_sheet_is_there_with_its_rows(result, book):
    titles = [
        "概要",
        "分配方案",
        "选址",
        "项目清单",
        "社区达标",
        "缺口清单",
        "条款核验",
        "资金",
        "假设与来源",
    ]
    assert book.sheetnames == titles
    for sheet in SHEETS:
        grid, page = sheet.grid(result, "zh"), book[sheet.title("zh")]
        heads = 3 + len(grid.notes)  # title, notes, an empty row, heads
        totals = 1 + len(grid.totals) if grid.totals else 0
        assert page.max_row == heads + len(grid.rows) + totals, sheet.en


def test_a_sheet_can_be_filed_as_it_is(book):
    for page in book:
        assert page.freeze_panes is not None
        assert page.print_area
        assert page.print_title_rows
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.fitToWidth in (None, 1)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert int(page.page_setup.paperSize) in (8, 9)  # A3 where columns are many, else A4


def test_every_figure_of_the_allocation_is_a_number_in_the_workbook(result, book):
    page = book["分配方案"]
    figures = {
        cell.value for row in page.iter_rows(min_row=4) for cell in row if cell.data_type == "n"
    }
    wanted = {float(row["area_m2"]) for row in result.tables["allocation"]}
    assert wanted <= figures


def test_money_reaches_the_workbook_to_the_fen(result, book):
    # 12,345.67 for the building; fit-out 1,000 yuan a m²
    cost = sum(row["yuan"] for row in result.tables["funding"])
    assert cost % 1000 == Decimal("345.67")
    assert float(cost) in {cell.value for row in book["资金"].iter_rows() for cell in row}


def test_subtotals_of_the_project_list_add_up_to_its_total(result, book):
    rows = [[cell.value for cell in row] for row in book["项目清单"].iter_rows(min_row=3)]
    at = rows[0].index("总投资(元)")
    totals = {row[0]: row[at] for row in rows if row[0] and row[0].startswith(("小计", "合计"))}
    cost = float(sum(row["total_yuan"] for row in result.tables["projects"]))
    assert totals["合计"] == totals["小计 拱墅区"] == cost


def test_the_word_of_a_total_goes_on_over_the_empty_cells_beside_it_on_one_line(book):
    page = book["分配方案"]
    [row] = [cells for cells in page.iter_rows(max_col=1) if cells[0].value == "合计"]
    heads = [cell.value for cell in page[3]]
    [merged] = [area for area in page.merged_cells.ranges if area.min_row == row[0].row]
    assert (merged.min_col, merged.max_col) == (1, heads.index("建筑面积(㎡)"))
    assert page.row_dimensions[row[0].row].height < 20


def test_what_nobody_knows_of_a_project_reads_to_be_filled(book):
    rows = [[cell.value for cell in row] for row in book["项目清单"].iter_rows(min_row=3)]
    assert rows[1][rows[0].index("责任单位")] == "待填"


def test_text_is_never_a_formula(book):
    texts = {c.value: c.data_type for page in book for row in page.iter_rows() for c in row}
    assert "f" not in set(texts.values())
    assert EVIL[0] in texts
    assert EVIL[1] in texts


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of scripts by type."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.scripts = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        self.tags.append((f"/{tag}", {}))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] == "script":
            self.scripts.append((self.tags[-1][1].get("type"), data))


@pytest.fixture(scope="module")
def page(result):
    return (result.directory / "plan.html").read_text("utf-8")


def test_the_report_escapes_text_and_asks_for_nothing_outside(page):
    assert EVIL[2] not in page
    assert "&lt;script&gt;" in page
    for tag, attributes in Tags(page).tags:
        assert not {"src", "href", "srcset", "data", "action", "style"} & set(attributes), tag
        assert not [name for name in attributes if name.startswith("on")], tag


def test_the_policy_of_the_report_names_every_script_by_digest_and_nothing_else(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    policy = policy.replace("&#39;", "'")
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    assert rules["default-src"] == "'none'"
    run = [text for kind, text in Tags(page).scripts if kind is None]
    digests = {f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in run}
    assert set(rules["script-src"].split()) == digests
    assert "unsafe" not in policy


def test_data_of_the_report_stay_data_whatever_names_say(page):
    data = [text for kind, text in Tags(page).scripts if kind == "application/json"]
    names = {
        mark["title"] for layer in loads(data[0])["maps"][0]["layers"] for mark in layer["marks"]
    }
    assert {EVIL[0], EVIL[1], EVIL[2]} <= names
    assert "<" not in data[0]


def test_libraries_inside_the_report_are_the_published_files():
    for line in (VENDOR / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split()
        assert sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_synthesised_and_assumed_figures_say_so(result, book):
    said = {c.value for page in book for row in page.iter_rows() for c in row if c.value}
    assert any("假定" in str(text) for text in said)


def test_english_heads_have_no_chinese(result, tmp_path):
    export_named(result, tmp_path, ["xlsx"], "en")
    english = load_workbook(tmp_path / "plan.xlsx")
    for page in english:
        heads = [cell.value for cell in page[4 if page.title == "Summary" else 3] if cell.value]
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
