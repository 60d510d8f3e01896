"""An export in one language: what is ours in it is in that language, whatever the data say.

Ours is every text but the user's own values: cells of his tables, names in his scenario, ids and
paths, and what is the same in every language (citations of a policy, units, names of programs).
"""

import csv
import json
import re
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from shutil import copytree

import pytest
from docx import Document
from openpyxl import load_workbook

from optimizer.api import SolveOptions, solve
from optimizer.assess import assess
from optimizer.compare import compare, entries_of
from optimizer.export.assessment import write_assessment
from optimizer.export.comparison import write_comparison
from optimizer.export.formats import export_named
from optimizer.export.visible import visible
from optimizer.result import read_result
from tests.oracle.folder import write_case
from tests.oracle.kit import FULL, HUB, NURSERY, building, case, community, facility, function

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
WORD = re.compile(r"[A-Za-z_]{3,}")
CITATION = re.compile(
    r"杭[政办函]+〔\d{4}〕\d+号|[一二三四五六七八九十]+\([一二三四五六七八九十]+\)\d*"
)
ID = re.compile(r"\b(hub|building|function):\S*|contract 5( \w+)?|functions 9|[0-9a-f]{64}")
#: what stands in a Chinese text as it stands in an English one
KEPT = {"SHA", "csv", "CSV", "xlsx", "html", "linli", "Linli", "json", "HiGHS", "Noto", "noto"}
KEPT |= {"fonts", "cjk", "Debian", "Ubuntu"}
LANGS = ("zh", "en")
PLACES = {"lon": "120.15", "lat": "30.3"}


class Texts(HTMLParser):
    """Every text of a page that a person may read: nodes, attributes, data of map and charts."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.found, self.where = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        is_data = said.get("type") == "application/json"
        self.where = "data" if is_data else tag
        self.found += [said[name] for name in ("aria-label", "title", "alt") if said.get(name)]

    def handle_endtag(self, tag):
        self.where = ""

    def handle_data(self, data):
        if self.where == "data":
            self.found += strings(json.loads(data))
        elif self.where not in ("script", "style"):
            self.found.append(data)


#: words of ECharts and of our own marks, which no page shows
SILENT = {
    "type",
    "layer",
    "formatter",
    "shape",
    "colour",
    "position",
    "symbol",
    "stack",
    "color",
    "nameLocation",
}


def strings(data, key=""):
    if isinstance(data, str):
        return [] if key in SILENT else [data]
    if isinstance(data, dict):
        return [text for inner, value in data.items() for text in strings(value, inner)]
    return [text for value in data for text in strings(value, key)] if type(data) is list else []


def texts_of(path):
    if path.is_dir():
        return [text for file in sorted(path.iterdir()) for text in (file.stem, *texts_of(file))]
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        cells = [str(c.value) for page in book for row in page.iter_rows() for c in row if c.value]
        return [*book.sheetnames, *cells]
    if path.suffix == ".html":
        return Texts(path.read_text("utf-8")).found
    if path.suffix == ".docx":
        document = Document(str(path))
        cells = (c.text for t in document.tables for row in t.rows for c in row.cells)
        return [*(p.text for p in document.paragraphs), *cells]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return [cell for row in csv.reader(stream) for cell in row]
    if path.suffix == ".geojson":
        return strings(json.loads(path.read_text("utf-8")))
    assert path.suffix == ".gpkg"
    with closing(sqlite3.connect(path)) as file:
        heads = [row[0] for row in file.execute("SELECT title FROM gpkg_data_columns")]
        styles = [row[0] for row in file.execute("SELECT styleQML FROM layer_styles")]
    return heads + re.findall(r'<rule [^>]*label="([^"]*)"', "".join(styles))


def own_values(result, *more):
    """What the user wrote, longest first: it may be in any language."""
    said = set(more) | {result.plan_json["scenario"]["name"]}
    for name, rows in result.inputs.items():
        for row in rows:
            cells = {k: v for k, v in row.items() if k != "derived" and name != "functions"}
            said |= {str(value) for value in cells.values() if value}
    said |= {row["id"] for row in result.inputs["functions"]}
    shipped = not any(row["id"] in ("day", "gym") for row in result.inputs["functions"])
    said |= {row["name"] for row in result.inputs["functions"] if not shipped}
    said |= {*result.plan_json["inputs"], *result.plan_json["versions"]}  # files and programs
    said |= set(strings(dict(result.plan_json["scenario"]["about"])))
    return sorted({visible(text) for text in said if len(text) > 1}, key=len, reverse=True)


def ours(text, own):
    text = CITATION.sub(" ", ID.sub(" ", text))
    for value in own:
        text = text.replace(value, " ")
    return text


def foreign(path, lang, own):
    """Texts with a word of the other language."""
    wrong = set()
    for text in texts_of(path):
        left = ours(text, own)
        found = CHINESE.findall(left) if lang == "en" else set(WORD.findall(left)) - KEPT
        if found:
            wrong.add((path.name, text[:80], *sorted(found)))
    return sorted(wrong)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A case with every kind of rule, need, gap and remedy, its names in neither language's way."""
    folder = tmp_path_factory.mktemp("told")
    gym = function("gym", "sports", need="40", m2_per_person="2", name="健身 Gym")
    functions = (*HUB, FULL, NURSERY, gym)
    tiny = case(
        [community(name="甲 Alpha", **PLACES), community("d", name="乙 Beta", **PLACES)],
        [
            building(name="楼 One", acquire_yuan="5000", **PLACES),
            building("e", "300", name="楼 Two", route="purchase", fire_ok="0", **PLACES),
            building("f", "50", name="楼 Three", consent_owner="", lift="", **PLACES),
        ],
        functions,
        coords="wgs84",
        facilities=[facility("x", "clinic", "40")],
        budget={"total_yuan": 900000, "by_source_yuan": {"区级": 900000}},
        rules={"HZ-39": {"enforce": False, "reason": "因 because"}},
    )
    path = write_case(tiny, folder / "case")
    solve(path, folder / "run", SolveOptions(gap=0.0), in_child=False)
    return path, folder / "run"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", ["xlsx", "csv", "docx", "html", "geojson", "gpkg"])
def test_a_plan_is_told_in_one_language(form, lang, told, tmp_path):
    run = copytree(told[1], tmp_path / "run")
    result = read_result(run)
    [path] = export_named(result, run, [form], lang)
    assert len(texts_of(path)) > 50
    assert foreign(path, lang, own_values(result, "因 because", "区级")) == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_comparison_is_told_in_one_language(lang, told, tmp_path):
    copytree(told[1], tmp_path / "一 one")
    found = compare(entries_of([tmp_path / "一 one", told[1]]))
    write_comparison(found, tmp_path, lang)
    own = own_values(read_result(told[1]), "一 one", "run", "区级")
    for form in ("xlsx", "html"):
        path = tmp_path / f"comparison.{form}"
        assert foreign(path, lang, own) == []
        assert len(texts_of(path)) > 50


@pytest.mark.parametrize("lang", LANGS)
def test_an_assessment_is_told_in_one_language(lang, told, tmp_path):
    found = assess(told[0])
    write_assessment(found, tmp_path, lang)
    for form in ("xlsx", "html"):
        path = tmp_path / f"assessment.{form}"
        assert foreign(path, lang, own_values(found.result, "因 because")) == []
        assert len(texts_of(path)) > 50
