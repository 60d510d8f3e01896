"""Texts of every kind through every writer and back: not one sign is lost, nothing becomes code."""

import csv
import json
from html.parser import HTMLParser

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyogrio import read_dataframe, write_dataframe

from optimizer.export.csv_folder import _write_grid
from optimizer.export.document import _table
from optimizer.export.grid import Column, Grid
from optimizer.export.page import Mark, Page, Table, write_page
from optimizer.export.page.blocks import Layer, Map
from optimizer.export.visible import original, visible
from optimizer.export.word import new_paper, save
from optimizer.export.workbook import sheet_name, write_book
from optimizer.guard import unguarded

BATCH, BATCHES = 100, 20  # 2,000 texts
FORMULAS = st.sampled_from(["=1+1", "@SUM(A1)", "+1", "-1", "＝1", "\t=1", "\r=1", "{=1}", "'=1"])
MARKUP = st.sampled_from(["</script><script>alert(1)</script>", "<!--", "]]>", "{{7*7}}", "&amp;"])
CODES = st.sampled_from(["0001", "1e5", "3-5", "330105001051123456", "NaN", "_x000B_", "\\u202e"])
ANY = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
SIGNS = st.text("\x00\x01\x1f\x7f\x85\u202e\u2066ab\\u0", min_size=1)
TEXTS = st.lists(
    st.one_of(ANY, FORMULAS, MARKUP, CODES, SIGNS),
    min_size=BATCH,
    max_size=BATCH,
)


class Cells(HTMLParser):
    """Texts of table cells, and of the data block."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.cells, self.data, self.where = [], "", ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.where = "data" if dict(attrs).get("type") == "application/json" else tag
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag):
        self.where = ""

    def handle_data(self, data):
        if self.where == "td":
            self.cells[-1] += data
        if self.where == "data":
            self.data += data


def through_workbook(texts, folder):
    write_book(folder / "t.xlsx", "t", [grid_of(texts)])
    page = load_workbook(folder / "t.xlsx")["t"]
    cells = [page.cell(row, 1) for row in range(4, 4 + len(texts))]
    assert all(cell.data_type in ("s", "n") for cell in cells)  # n: an empty cell
    assert not [cell for cell in cells if cell.hyperlink]
    return [original(cell.value) for cell in cells]


def through_csv(texts, folder):
    for is_guarded in (True, False):
        with (folder / "t.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            _write_grid(csv.writer(stream), grid_of(texts), is_guarded)
        with (folder / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
            cells = [row[0] for row in list(csv.reader(stream))[1:]]
        if is_guarded:
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
            assert [original(unguarded(cell)) for cell in cells] == texts
    return list(map(original, cells))


def through_page(texts, folder):
    marks = [Mark(120.0, 30.0, text) for text in texts]
    blocks = (Table(grid_of(texts)), Map("m", [Layer("l", "circle", "#000000", marks)]))
    write_page(Page("t", "", "zh", blocks), folder / "t.html")
    read = Cells((folder / "t.html").read_text("utf-8"))
    layers = json.loads(read.data)["maps"][0]["layers"]
    assert [original(mark["title"]) for mark in layers[0]["marks"]] == texts
    return list(map(original, read.cells[::2]))


def through_word(texts, folder):
    paper = new_paper("t")
    _table(paper, grid_of(texts))
    save(paper, folder / "t.docx")
    rows = Document(str(folder / "t.docx")).tables[0].rows
    return [original(row.cells[0].text) for row in rows][1:]


def through_geopackage(texts, folder):
    import pandas as pd

    (folder / "t.gpkg").unlink(missing_ok=True)
    frame = pd.DataFrame({"text": pd.Series([visible(t) for t in texts], dtype="str")})
    write_dataframe(frame, folder / "t.gpkg", layer="t", driver="GPKG")
    return [original(text) for text in read_dataframe(folder / "t.gpkg")["text"]]


def grid_of(texts):
    return Grid("t", (Column("t"), Column("n", "count")), tuple((text, 1) for text in texts))


WRITERS = (through_workbook, through_csv, through_page, through_word, through_geopackage)


@pytest.mark.slow
@pytest.mark.parametrize("through", WRITERS)
def test_two_thousand_texts_come_back_as_they_went(through, tmp_path):
    @settings(
        max_examples=BATCHES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(TEXTS)
    def check(texts):
        assert through(texts, tmp_path) == texts

    check()


@pytest.mark.parametrize("through", WRITERS)
def test_hostile_texts_come_back_as_they_went(through, tmp_path):
    hostile = [
        "=1+1",
        "＋1",
        "a\x0bb\x00",
        "a\u202eb",
        "\\u0041",
        "</script><!--",
        "{{7*7}}",
        "0001",
    ]
    hostile += ["a\nb", "\t=1", "_x000B_", "'", "\ufffe", "x" * 3000]
    assert through(hostile, tmp_path) == hostile


@given(st.lists(st.text(max_size=50), max_size=20))
def test_names_of_sheets_are_allowed_and_apart(titles):
    taken = set()
    names = [sheet_name(title, taken) for title in titles]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
