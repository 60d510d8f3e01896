"""The plan of each project as Word says what the run folder says of it, and nothing runs in it."""

import csv
import json
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from optimizer.export import picture
from optimizer.export.document import file_name, write_each, write_volume
from optimizer.export.names import Names
from optimizer.export.project_facts import projects
from optimizer.export.visible import visible
from optimizer.labels import label
from optimizer.labels.judging import clause_text, id_text


@pytest.fixture(scope="module")
def volume(result, tmp_path_factory):
    path = tmp_path_factory.mktemp("word") / "plan.docx"
    write_volume(result, path, "zh")
    return path


@pytest.fixture(scope="module")
def document(volume):
    return Document(str(volume))


def rows_of(file):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def tables_headed(document, *heads):
    """Rows by head of every table that has *heads*, one list of all."""
    found = []
    for table in document.tables:
        grid = [[cell.text for cell in row.cells] for row in table.rows]
        if set(heads) <= set(grid[0]):
            found += [dict(zip(grid[0], row, strict=True)) for row in grid[1:]]
    return [row for row in found if not next(iter(row.values())).startswith("合计")]


def number(text):
    return Decimal(text.replace(",", ""))


def test_clauses_of_a_plan_are_the_verdicts_that_speak_of_its_places(result, document):
    rules = json.loads((result.directory / "plan.json").read_text("utf-8"))["rules"]
    known = {
        (
            id_text(r["id"], "zh"),
            clause_text(r["clause"], "zh"),
            "✓" if r["ok"] else "✗",
            r["actual"],
        )
        for r in rules
    }
    found = {
        (r["编号"], r["条款"], r["结论"][0], r["实际"])
        for r in tables_headed(document, "条款", "结论")
    }
    assert found
    assert found <= known


def test_a_plan_shows_a_map_of_its_buildings(result, volume):
    with zipfile.ZipFile(volume) as file:
        pictures = [name for name in file.namelist() if name.startswith("word/media/")]
        assert len(pictures) >= 1
        for name in pictures:
            with Image.open(BytesIO(file.read(name))) as image:
                assert image.size[0] > 800
                assert len(image.convert("RGB").getcolors(10**7)) > 5  # not empty


def test_without_a_chinese_font_ids_stand_in_the_map_and_the_caption_says_what_to_install(
    result, tmp_path, monkeypatch
):
    monkeypatch.setattr("optimizer.export.picture.chinese_font", lambda: None)
    monkeypatch.setattr("optimizer.export.document.chinese_font", lambda: None)
    assert picture._said("米市巷", "B1") == "B1"
    write_volume(result, tmp_path / "plan.docx", "zh")
    texts = [p.text for p in Document(str(tmp_path / "plan.docx")).paragraphs]
    assert any("fonts-noto-cjk" in text for text in texts)


def test_fonts_of_the_plan_are_those_of_government_papers(document):
    wanted = {"Normal": "仿宋", "Title": "黑体", "Heading 1": "黑体", "Heading 2": "黑体"}
    for name, font in wanted.items():
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None  # a theme's font would win


def test_text_of_others_makes_no_field_in_the_plan(volume):
    with zipfile.ZipFile(volume) as file:
        body = file.read("word/document.xml").decode()
        footers = "".join(
            file.read(n).decode() for n in file.namelist() if n.startswith("word/footer")
        )
    assert "w:fldSimple" not in body
    assert "w:instrText" not in body + footers
    assert footers.count("w:fldSimple w:instr=") <= 1  # the page number, ours
    assert "<script>" not in body


def test_one_file_a_project_named_so_that_every_system_takes_it(result, tmp_path):
    write_each(result, tmp_path / "each", "en")
    files = sorted((tmp_path / "each").iterdir())
    told = list(projects(result, Names(result, "en")))
    assert len(files) == len(told)
    for file, project in zip(files, told, strict=True):
        assert not set(file.name) & set('<>:"/\\|?*')
        texts = [p.text for p in Document(str(file)).paragraphs]
        assert visible(project.row["name"]) in texts
    assert file_name('a/b:c*?"<>|.') == "a b c"
    assert file_name("...") == "-"
    assert label("to_be_filled", "en") == "to be filled"


def test_no_row_of_a_table_is_broken_between_pages_and_heads_stay_above_their_rows(document):
    for table in document.tables:
        for row in table.rows:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        headed = table.rows[0].cells[0].paragraphs[0]
        assert headed.paragraph_format.keep_with_next
