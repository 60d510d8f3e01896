"""Runs side by side: what the two differ in, in every format, of any cases."""

import csv
import json
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from optimizer.api import solve
from optimizer.compare import Entry, compare, comparison_data, entries_of
from optimizer.errors import CallError, NoPlanCanExist
from optimizer.export.comparison import write_comparison
from optimizer.export.comparison_grids import grids
from optimizer.export.grid import Column, Grid
from optimizer.export.page import Page, Table
from optimizer.export.page.write import render
from optimizer.export.workbook import write_book
from optimizer.solve.outcome import SolveOptions
from tests.oracle.folder import write_case
from tests.oracle.kit import CANTEEN, CLINIC, DAY, building, case, community

OPTIONS = SolveOptions(gap=0.0)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def run(folder, name, yuan, **more):
    both = [community("c", name="甲"), community("d", name="乙")]
    houses = [building("b", name="东楼"), building("e", name="西楼", acquire_yuan="50000")]
    tiny = case(both, houses, (DAY | {"need": "9"}, CANTEEN, CLINIC), **more)
    tiny.scenario["budget"] = {"total_yuan": yuan}
    solve(write_case(tiny, folder / f"case-{name}"), folder / name, OPTIONS, in_child=False)
    return folder / name


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compare")
    # 600 m² at 1,000 yuan bring a community to standard; the second building costs 50,000 more
    return run(folder, "poor", 600_000), run(folder, "rich", 1_250_000)


@pytest.fixture(scope="module")
def comparison(folders):
    return compare(entries_of(folders))


def values(comparison, part):
    return {(line.key, line.of): line.values for line in comparison.part(part).lines}


def test_goals_stand_side_by_side_with_bound_and_gap(comparison):
    goals = values(comparison, "goals")
    assert goals["communities_to_standard", "value"] == (1, 2)
    assert goals["communities_to_standard", "bound"] == (1, 2)
    assert goals["cost", "value"] == (600_000, 1_250_000)


def test_the_price_of_money_is_told_of_goals_that_more_is_better_of(comparison):
    goals = values(comparison, "goals")
    # 650,000 yuan more brought a second community: the price is no less
    assert goals["communities_to_standard", "per_million_yuan"][0] >= Decimal(1) / Decimal("0.65")
    assert ("cost", "per_million_yuan") not in goals
    notes = grids(comparison, "en")[0].notes
    assert any("further million yuan" in note for note in notes)


def test_money_is_told_by_district_source_and_year(comparison):
    money = values(comparison, "money")
    assert money["拱墅区", "district"] == (600_000, 1_250_000)
    assert money["unassigned", "source"] == (600_000, 1_250_000)


def test_who_enters_is_named_and_who_stays_is_not(comparison):
    changes = values(comparison, "changes")
    entered = {key for key, _ in changes} & {"c", "d"}
    assert len(entered) == 1
    assert {changes[key, "pilot"] for key in entered} == {(0, 1)}
    assert changes["e", "building"][0] == ""
    assert changes["e", "building"][1] in ("c", "d")
    assert ("b", "building") not in changes or len(set(changes["b", "building"])) == 2


def test_every_clause_is_counted_with_what_it_missed(comparison):
    rules = values(comparison, "rules")
    assert rules["HZ-64", "actual"] == (600_000, 1_250_000)
    assert rules["HZ-02", "target_missed"] == (1, 1)  # 80 pilots are the pack's number


def test_what_was_given_otherwise_is_named(comparison):
    differences = values(comparison, "differences")
    assert differences["budget.total_yuan", "scenario"] == (600_000, 1_250_000)
    assert not [key for key, of in differences if of in ("inputs", "versions")]


def test_runs_of_different_cases_differ_by_digest_and_by_figure_of_the_pack(folders, tmp_path):
    rules = {"office_share": {"value": 0.05, "reason": "test"}}
    other = run(tmp_path, "other", 600_000, rules=rules)
    found = values(compare(entries_of([folders[0], other])), "differences")
    assert found["office_share", "policy"] == (0, Decimal("0.05"))
    assert "rules.office_share.value" in {key for key, of in found if of == "scenario"}


def test_a_run_without_a_plan_has_its_status_and_nothing_else(folders, tmp_path):
    small = case([community(pilot="required")], [building(area_m2="599")])
    with pytest.raises(NoPlanCanExist):
        solve(write_case(small, tmp_path / "case"), tmp_path / "none", OPTIONS)
    found = compare(entries_of([folders[0], tmp_path / "none"]))
    assert values(found, "indicators")["status", "value"] == ("optimal", "infeasible")
    assert values(found, "goals")["communities_to_standard", "value"] == (1, None)
    assert values(found, "money")["拱墅区", "district"] == (600_000, None)


def test_fewer_than_two_runs_and_the_same_twice_are_refused(folders):
    for wrong in (folders[:1], [folders[0], folders[0]], [folders[0], folders[0].parent]):
        with pytest.raises(CallError):
            entries_of(wrong)


def sheet_rows(page):
    """Rows of a sheet by the words before its runs; notes stand between title and heads."""
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    head = int(page.print_title_rows.split(":")[0].strip("$"))
    runs = rows[head - 1].index("poor")
    return {tuple(row[:runs]): row[runs:] for row in rows[head:]}


@pytest.fixture(scope="module")
def book(comparison, tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    write_comparison(comparison, folder, "zh")
    return load_workbook(folder / "comparison.xlsx")


def test_the_workbook_has_one_column_a_run_whatever_the_number_of_figures(book):
    page = book["目标与指标"]
    rows = sheet_rows(page)
    assert rows["一次性投入(元)", "方案值"] == [600_000, 1_250_000]
    assert rows["一次性投入(元)", "差距"] == [0, 0]
    assert rows["用房栋数", "指标"] == [1, 2]
    # what a figure is, and of which kind, then the two runs: no page is wider
    assert page.max_column == 2 + 2


def test_every_sheet_of_a_comparison_prints_with_its_heads_and_keeps_them_on_screen(book):
    for page in book:
        head = int(page.print_title_rows.split(":")[0].strip("$"))
        column, row = page.freeze_panes.rstrip("0123456789"), page.freeze_panes.lstrip("ABCDEF")
        assert int(row) == head + 1
        assert column > "A"
        assert int(page.page_setup.paperSize) == 9  # A4, where runs are few


def test_many_runs_are_printed_on_pages_side_by_side_with_the_figures_names_on_each(
    comparison, tmp_path
):
    def printed(runs):
        entries = [Entry(f"run {number:02}", comparison.entries[0].result) for number in runs]
        [grid, *_] = grids(compare(entries), "zh")
        write_book(tmp_path / "many.xlsx", "", [grid])
        [page] = load_workbook(tmp_path / "many.xlsx")
        return page

    # names take 28 + 9.5 characters, a run 10 to 15: 10 runs are one page, 50 are more than 400
    assert printed(range(10)).page_setup.fitToWidth in (None, 1)
    wide = printed(range(50))
    assert wide.page_setup.fitToWidth > 1
    assert "A1:B1" in {str(area) for area in wide.merged_cells.ranges}  # its heading is on each
    assert wide.print_title_cols == "$A:$B"


def test_a_short_table_of_a_page_is_printed_with_its_heading_and_notes_on_one_page():
    def page(rows):
        grid = Grid("头", (Column("列"),), (("格",),) * rows, notes=("注",))
        return render(Page("", "", "zh", [Table(grid)]))

    for rows, is_kept in ((12, True), (13, False)):
        shown = re.search(r"<section.*?</section>", page(rows), re.DOTALL)[0]
        assert all(part in shown for part in ("<h2>头</h2>", ">注</p>", "<table"))
        assert shown.startswith('<section class="few">') == is_kept


def test_a_clause_is_one_row_with_the_figure_that_was_judged(book):
    rows = sheet_rows(book["逐条判定"])
    # the pack asks for 80 pilots: one and two are reached, and neither is more than 80
    assert rows["目标", "HZ-02", "二(二) · 80 个试点社区", "个试点"] == [
        "✗\xa01 /\xa080",
        "✗\xa02 /\xa080",
    ]
    told = rows["必须", "HZ-02", "二(二) · 试点不多于目标数", "个试点"]
    assert told == ["✓\xa01 /\xa080", "✓\xa02 /\xa080"]
    budget = [row for key, row in rows.items() if key[1] == "HZ-64"]
    assert budget == [["✓\xa0600,000 /\xa0600,000", "✓\xa01,250,000 /\xa01,250,000"]]


def test_who_enters_is_named_by_name_and_what_never_enters_is_blank(book):
    rows = sheet_rows(book["不同的选择"])
    entered = rows["用房归属", "e", "西楼"]
    assert entered[0] is None
    assert entered[1] in ("甲", "乙")
    (pilot,) = [row for key, row in rows.items() if key[0] == "试点社区"]
    assert pilot == [None, "●"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_says_the_same(comparison, lang, tmp_path):
    written = write_comparison(comparison, tmp_path, lang)
    assert [p.suffix for p in written] == [".json", ".csv", ".xlsx", ".html"]
    data = json.loads((tmp_path / "comparison.json").read_text("utf-8"))
    assert data == json.loads(json.dumps(comparison_data(comparison), default=float))
    with (tmp_path / "comparison.csv").open(encoding="utf-8") as file:
        rows = {(r["key"], r["of"]): r for r in csv.DictReader(file)}
    assert rows["cost", "value"]["rich"] == "1250000"
    book = load_workbook(tmp_path / "comparison.xlsx")
    assert len(book.sheetnames) == 5
    cells = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert {"poor", "rich", 600_000, 1_250_000} <= cells
    page = (tmp_path / "comparison.html").read_text("utf-8")
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", page)
    if lang == "en":
        heads = [c.value for sheet in book for c in sheet[3] if c.value]
        assert not [head for head in heads if CHINESE.search(str(head))]
