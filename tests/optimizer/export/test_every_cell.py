"""Every cell of the run folder's CSV stands in every format that shows its table, in each language.

Files are read with the libraries their users have: openpyxl, csv, lxml, python-docx.
"""

import csv
from shutil import copytree

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook

from optimizer.export.formats import export_named
from optimizer.guard import unguarded
from optimizer.labels import head, label
from optimizer.result import read_result
from tests.optimizer.export.told import SHEETS, Run, number, reads

SUMS = ("小计", "合计", "Subtotal", "Total")


@pytest.fixture(scope="module", params=["zh", "en"])
def run(request, result, tmp_path_factory):
    """A copy of the run folder with the formats of people in it, in one language."""
    folder = tmp_path_factory.mktemp("cells") / "run"
    copytree(result.directory, folder)
    forms = ["xlsx", "csv", "csv-raw", "html", "docx", "docx-each"]
    export_named(read_result(folder), folder, forms, request.param)
    return Run(folder, request.param)


def headed(grid, first):
    """Rows by head of a grid of cells, from the line that begins with *first* to its totals."""
    start = next(n for n, row in enumerate(grid) if row[0] == first)
    rows = [dict(zip(grid[start], row, strict=True)) for row in grid[start + 1 :]]
    ends = (n for n, row in enumerate(rows) if not any(v not in (None, "") for v in row.values()))
    rows = rows[: next(ends, len(rows))]
    return [row for row in rows if not str(row[first]).startswith(SUMS)]


def workbook(run, table):
    page = load_workbook(run.folder / "plan.xlsx")[run.sheet(table)]
    return [[cell.value for cell in row] for row in page.rows]


def raw_csv(run, table):
    with (run.folder / "csv-raw" / f"{run.sheet(table)}.csv").open(
        encoding="utf-8-sig", newline=""
    ) as stream:
        return list(csv.reader(stream))


def guarded_csv(run, table):
    with (run.folder / "csv" / f"{run.sheet(table)}.csv").open(
        encoding="utf-8-sig", newline=""
    ) as stream:
        return [[unguarded(cell) for cell in row] for row in csv.reader(stream)]


def page_tables(run):
    """Every table of the report as lists of texts, its foot apart."""
    document = html.document_fromstring((run.folder / "plan.html").read_bytes())
    return [
        [[cell.text_content() for cell in row] for row in table.xpath("./thead/tr | ./tbody/tr")]
        for table in document.xpath("//table")
    ]


def page(run, table):
    heads = {
        "allocation": ("building", "level", "function"),
        "projects": ("project", "functions_m2"),
        "communities": ("community", "domains"),
        "funding": ("building", "source"),
    }[table]
    wanted = {head(code, run.lang) for code in heads}
    [found] = [grid for grid in page_tables(run) if wanted <= set(grid[0])]
    return found


FIRST = {"projects": "project", "communities": "community", "gaps": "community"}
READERS = [(read, table) for read in (workbook, raw_csv, guarded_csv) for table in SHEETS]
READERS += [(page, table) for table in ("allocation", "projects", "communities", "funding")]
#: columns of the project list a page has no room for; its workbook has them
NOT_ON_A_PAGE = {"district", "buildings", "status", "open_consents", "operating_yuan_per_year"}
NOT_ON_A_PAGE |= {"revenue_yuan_per_year", "responsible_unit", "builder", "operator", "services"}
NOT_ON_A_PAGE |= {"operating_mode", "fee_standard", "supervision", "duties"}


def left_out(run, read, table):
    """Heads that this format does not show."""
    if read is not page or table != "projects":
        return set()
    sources = {text for row in run.told(table) for text in row if text.endswith(")")}
    shown = {head(code, run.lang) for code in ("area_m2", "total_yuan")}
    return {head(code, run.lang) for code in NOT_ON_A_PAGE} | (sources - shown)


@pytest.mark.parametrize(("read", "table"), READERS, ids=lambda v: getattr(v, "__name__", v))
def test_every_cell_of_the_run_folder_stands_in_its_table(read, table, run):
    first = head(FIRST.get(table, "building"), run.lang)
    found, told = headed(read(run, table), first), run.told(table)
    assert len(found) == len(told) > 0
    skipped = left_out(run, read, table)
    for row, there in zip(told, found, strict=True):
        for title, wanted in row.items():
            if title not in skipped:
                assert reads(wanted, there[title]), (title, wanted, there[title])


@pytest.mark.parametrize("read", [workbook, page_tables])
def test_every_verdict_stands_in_the_table_of_clauses(read, run):
    first, ok = head("id", run.lang), head("ok", run.lang)
    if read is workbook:
        sheet = {"zh": "条款核验", "en": "Clauses"}[run.lang]
        cells = load_workbook(run.folder / "plan.xlsx")[sheet].rows
        grid = [[cell.value for cell in row] for row in cells]
    else:
        [grid] = [grid for grid in page_tables(run) if ok in grid[0]]
    rows = headed(grid, first)
    found = sorted(
        (
            r[first],
            r[ok][0],
            number(str(r[head("required", run.lang)]))[0],
            number(str(r[head("actual", run.lang)]))[0],
        )
        for r in rows
    )
    assert found == sorted(run.verdicts())


def word_tables(run, *codes):
    """Rows by head of every table of the volume whose heads are among others *codes*."""
    rows, wanted = [], {head(code, run.lang) for code in codes}
    for table in Document(str(run.folder / "plan.docx")).tables:
        grid = [[cell.text for cell in row.cells] for row in table.rows]
        if wanted <= set(grid[0]):
            rows += headed(grid, grid[0][0])
    return rows


def facts(document, run):
    """The fields of every project's table of facts."""
    for table in document.tables:
        cells = [cell.text for row in table.rows for cell in row.cells]
        if cells[0] == head("project", run.lang) and len(table.columns) == 4:
            yield dict(zip(cells[::2], cells[1::2], strict=True))


WORD = {  # table: heads that tell it apart, heads the volume has elsewhere
    "allocation": (("level", "function"), ()),
    "funding": (("source", "yuan"), ()),
    "siting": (
        ("acquire_yuan", "cost_yuan"),
        ("community", "union", "hub", "route", "upgraded"),
    ),
}


@pytest.mark.parametrize("table", WORD)
def test_every_cell_stands_in_the_plans_in_word(table, run):
    codes, elsewhere = WORD[table]
    first = head("building", run.lang)
    skipped = {head(code, run.lang) for code in elsewhere}
    left = word_tables(run, *codes)
    for row in run.told(table):
        same = [
            there
            for there in left
            # a column in which no floor of a project says a thing is left out
            if all(reads(w, there.get(title)) for title, w in row.items() if title not in skipped)
        ]
        assert same, row
        left.remove(same[0])
    assert [row[first] for row in left] == []


def test_whom_the_plans_in_word_serve_is_whom_the_run_folder_serves(run):
    found = [
        (
            r[head("building", run.lang)],
            r[head("function", run.lang)],
            r[head("community_name", run.lang)],
            number(r[head("persons", run.lang)])[0],
            number(r[head("walk_m", run.lang)])[0],
        )
        for r in word_tables(run, "persons", "walk_m")
    ]
    wanted = [
        (
            row[head("building", run.lang)],
            row[head("function", run.lang)],
            run.name("communities", row[head("community", run.lang)]),
            row[head("persons", run.lang)],
            row[head("walk_m", run.lang)],
        )
        for row in run.told("service")
    ]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("form", ["docx", "docx-each"])
def test_every_field_of_a_project_stands_in_its_plan(form, run):
    files = sorted((run.folder / "docx-each").iterdir())
    files = files if form == "docx-each" else [run.folder / "plan.docx"]
    plans = [plan for file in files for plan in facts(Document(str(file)), run)]
    told = run.told("projects")
    sources = {title for row in told for title in row if title.endswith(f"({run.word('yuan')})")}
    sources -= {head("total_yuan", run.lang)}
    elsewhere = {head(code, run.lang) for code in ("buildings", "open_consents")} | sources
    assert len(plans) == len(told)
    for row, plan in zip(told, plans, strict=True):
        for title, wanted in row.items():
            if title not in elsewhere:
                assert reads(wanted, plan[title]), (title, wanted, plan[title])
        if not row[head("operator", run.lang)]:
            assert plan[head("operator", run.lang)] == label("to_be_filled", run.lang)
