"""What a reader of a document meets are words: no code of ours stands where it has a label.

The shipped catalogue on the smallest case, with every kind of text a case may carry. In Chinese no
Latin word is left but names of files and programs; in English no word with an underscore, and no
Chinese but the case's own.
"""

import csv
import re
from shutil import copytree

import pytest
from docx import Document

from optimizer import labels
from optimizer.api import SolveOptions, read_result, solve
from optimizer.assess import assess
from optimizer.compare import compare, entries_of
from optimizer.export.assessment import write_assessment
from optimizer.export.comparison import write_comparison
from optimizer.export.formats import export_named
from optimizer.labels.inputs import INPUTS, column_label, use_text
from optimizer.labels.judging import unit_text
from optimizer.tables import TABLES
from scenarios.synthesis.stock_types import STOCK_TYPES
from tests.optimizer.export.test_one_language import CHINESE, CITATION, KEPT, LANGS, texts_of
from tests.test_cases import SCENARIOS

CODE = re.compile(r"(?<![\w./])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+")
LATIN = re.compile(r"(?<![\w.:/-])[A-Za-z][A-Za-z_]{2,}")
DIGEST = re.compile(r"\b[0-9a-f]{12,64}\b")
FILE = re.compile(r"[\w./-]+\.(csv|toml)")
#: of building B3, which the lock has every plan use, and community T3
SAID = {
    "buildings": {
        "original_use": "residential_service",
        "legal_use": "office",
        "dual_use": "1",
        "lease_term_years": "20",
        "renewal_project": "0",
        "lock": "must",
    },
    "communities": {"urban": "1", "complete_community": "0", "governance": "1", "type": ""},
}
MORE = """
[budget.by_source_10k_yuan]
central = 250
special_bond = 250

[rules]
office_share = { value = 0.06, reason = "试" }
HZ-41 = { enforce = false, reason = "试" }

[[change]]
table = "buildings"
match = { id = "B4" }
set = { lock = "never", owner = "social" }
reason = "试"
"""


def with_more_said(folder):
    """The smallest case with every text that is carried through, money by source, changes."""
    copytree(SCENARIOS / "tiny", folder)
    scenario = folder / "scenario.toml"
    text = scenario.read_text("utf-8").replace("total_10k_yuan = 200", "total_10k_yuan = 500")
    scenario.write_text(text + MORE, "utf-8")
    for table, said in SAID.items():
        path = folder / "data" / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        heads = list(dict.fromkeys([*rows[0], *(code for code in said if said[code])]))
        rows[2] |= {code: value for code, value in said.items() if value}
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("raw")
    path = with_more_said(folder / "case")
    solve(path, folder / "run", SolveOptions(gap=0.05), in_child=False)
    return path, folder / "run"


def free_texts(result):
    """What the user wrote as texts of his own: names, notes; and names of programs."""
    texts = {*result.plan_json["versions"], result.plan_json["scenario"]["name"], "试"}
    texts |= set(result.plan_json["scenario"]["about"].values())
    for rows in result.inputs.values():
        texts |= {row[c] for row in rows for c in ("name", "district", "street") if c in row}
    return sorted(filter(None, texts), key=len, reverse=True)


def raw_words(path, lang, result, *more):
    wrong = set()
    for text in texts_of(path):
        left = FILE.sub(" ", DIGEST.sub(" ", CITATION.sub(" ", text)))
        for own in (*free_texts(result), *more):
            left = left.replace(own, " ")
        found = CHINESE.findall(left) + CODE.findall(left)
        if lang == "zh":
            found = [word for word in LATIN.findall(left) if word not in KEPT]
        if found:
            wrong.add((path.name, text[:80], *sorted(set(found))))
    return sorted(wrong)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", ["xlsx", "csv", "docx", "html"])
def test_no_code_stands_in_a_plan(form, lang, told, tmp_path):
    run = copytree(told[1], tmp_path / "run")
    result = read_result(run)
    [path] = export_named(result, run, [form], lang)
    assert len(texts_of(path)) > 100
    assert raw_words(path, lang, result) == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_code_stands_in_a_comparison_but_the_keys_of_a_scenario(lang, told, tmp_path):
    other = copytree(SCENARIOS / "tiny", tmp_path / "case")
    solve(other, tmp_path / "b", SolveOptions(gap=0.05), in_child=False)
    copytree(told[1], tmp_path / "a")
    found = compare(entries_of([tmp_path / "a", tmp_path / "b"]))
    write_comparison(found, tmp_path, lang)
    keys = sorted((line.key for line in found.part("differences").lines), key=len, reverse=True)
    for form in ("xlsx", "html"):
        path = tmp_path / f"comparison.{form}"
        assert raw_words(path, lang, read_result(told[1]), *keys) == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_code_stands_in_an_assessment(lang, told, tmp_path):
    found = assess(told[0])
    write_assessment(found, tmp_path, lang)
    for form in ("xlsx", "html"):
        assert raw_words(tmp_path / f"assessment.{form}", lang, found.result) == []


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_case_has_words_and_the_chinese_ones_are_its_head(table):
    for column in TABLES[table].columns:
        assert column.name in INPUTS or labels.is_known(column.name), column.name
        assert "_" not in column_label(column.name, "en")
        if column.name in INPUTS:
            assert INPUTS[column.name].zh in column.zh, column.name


def test_every_former_use_of_the_shipped_cases_has_words():
    for stock in STOCK_TYPES.values():
        for lang in LANGS:
            assert use_text(stock.original_use, lang) != stock.original_use or (
                lang == "en" and "_" not in stock.original_use
            )


def test_a_plan_as_word_shows_no_column_in_which_nothing_is_said(told, tmp_path):
    result = read_result(told[1])
    [path] = export_named(result, copytree(told[1], tmp_path / "run"), ["docx"], "en")
    heads = [[cell.text for cell in table.rows[0].cells] for table in Document(str(path)).tables]
    floors = [head for head in heads if "Function" in head and "Owner" in head]
    assert floors
    # no room is used in turns, and of the buildings used only B3 says what it was
    assert not [head for head in floors if "Slot" in head]
    assert {"B3"} < {row["building"] for row in result.tables["siting"]}
    assert len([head for head in heads if "Former use" in head]) == 1


def test_one_thing_is_named_in_the_singular():
    assert unit_text("hubs", "en", "1") == "hub"
    assert unit_text("hubs", "en", "2") == "hubs"
    assert unit_text("hubs", "zh", "1") == "处共同体"
