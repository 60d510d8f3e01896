"""linli assess: what communities lack today, clause by clause and need by need, undecided."""

import csv
import json
import re
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from optimizer.assess import assess
from optimizer.export.assessment import assessment_data, write_assessment
from tests.oracle.folder import write_case
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    NURSERY,
    building,
    case,
    community,
    facility,
    needed,
)

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def found(tiny, folder):
    """(what, required, existing) by community of every gap, and the assessment."""
    made = assess(write_case(tiny, folder))
    rows = {(row["community"], row["what"]): row for row in made.gaps}
    return made, rows


def test_a_community_with_nothing_lacks_area_hub_items_domains_and_coverage(tmp_path):
    made, rows = found(case(rules={}), tmp_path)
    # 500 households: 300 m² by ratio, 600 by the hub
    assert rows["c", "area"] | {} == rows["c", "area"] | {
        "rule": "HZ-16",
        "clause": "三(一)",
        "required": Decimal(600),
        "existing": Decimal(0),
        "gap": Decimal(600),
    }
    wanted = {"hub_m2": 600, "hub_items": 3, "hub_core_items": 2, "covered": 1, "domain:care": 1}
    assert {what: rows["c", what]["gap"] for what in wanted} == wanted
    assert rows["c", "domain:play"]["rule"] == "HZ-39"
    assert rows["", "street"]["street"] == "一街"
    assert made.summary["shortfall_m2"] == 600
    assert made.summary["lacking"]["domain:meals"] == 1


@pytest.mark.parametrize(("m2", "lacks"), [("599.99", True), ("600", False)])
def test_a_hub_of_today_is_judged_to_the_hundredth(m2, lacks, tmp_path):
    rest = Decimal(m2) - 300
    hub = [
        facility("f1", "day", "200", hub="1"),
        facility("f2", "canteen", "100", hub="1"),
        facility("f3", "clinic", str(rest), hub="1"),
    ]
    _, rows = found(case(facilities=hub), tmp_path)
    assert (("c", "hub_m2") in rows) == lacks
    assert (("c", "area") in rows) == lacks
    assert (("c", "covered") in rows) == lacks
    if lacks:
        assert rows["c", "hub_m2"]["gap"] == Decimal("0.01")


def test_the_missing_half_of_care_is_told_where_the_other_is_there(tmp_path):
    there = [facility("f1", "day", "50")]
    functions = (DAY, CANTEEN, CLINIC, NURSERY)
    _, rows = found(case(functions=functions, facilities=there, rules={}), tmp_path)
    assert ("c", "domain:care") not in rows
    assert rows["c", "half:care:infant"]["rule"] == "A7"
    assert ("c", "half:care:elderly") not in rows


def test_a_need_says_who_could_help_and_at_what_least_cost(tmp_path):
    # at least 5 m² at 1,000 yuan; 5,000 of the budget are enough
    houses = [building("b"), building("shut", lock="never")]
    tiny = case(None, houses, (needed("10", min_m2="5"),), budget={"total_yuan": 6000})
    _, rows = found(tiny, tmp_path)
    row = rows["c", "care1"]
    assert (row["required"], row["existing"], row["gap"]) == (10, 0, 10)
    assert (row["rule"], row["clause"]) == ("HZ-26", "三(二)2")
    assert (row["reason"], row["in_reach"]) == ("not_chosen", 2)
    assert row["obstacles"] == "can_add:1;locked_never:1"
    assert (row["way"], row["least_yuan"], row["left_yuan"]) == ("b", 5000, 6000)


def test_what_is_met_today_is_no_gap(tmp_path):
    there = [facility("f1", "care1", "10")]
    _, rows = found(case(functions=(needed("10"),), facilities=there), tmp_path)
    assert ("c", "care1") not in rows


def test_plain_facility_location_has_needs_and_no_clauses(tmp_path):
    tiny = case(functions=(needed("10"),), policy="none", rules={})
    made, rows = found(tiny, tmp_path)
    assert set(rows) == {("c", "care1")}
    assert made.summary["lacking"] == {"care1": 1}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_file_of_the_assessment_says_the_same(lang, tmp_path):
    places = {"lon": "120.15", "lat": "30.3"}
    tiny = case(
        [community(name="甲", **places)],
        [building(**places)],
        (needed("10"), DAY),
        coords="wgs84",
        rules={},
    )
    made, _ = found(tiny, tmp_path / "case")
    write_assessment(made, tmp_path, lang)
    with (tmp_path / "gaps.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(r["community"], r["what"]) for r in rows] == [
        (r["community"], r["what"]) for r in made.gaps
    ]
    said = json.loads((tmp_path / "assessment.json").read_text("utf-8"))
    assert said == json.loads(json.dumps(assessment_data(made), default=float))
    book = load_workbook(tmp_path / "assessment.xlsx")
    assert book.worksheets[3].max_row == 3 + len(made.gaps)
    page = (tmp_path / "assessment.html").read_text("utf-8")
    assert "leaflet" in page.lower()
    if lang == "en":
        heads = [c.value for sheet in book for c in sheet[3] if c.value]
        assert not [head for head in heads if CHINESE.search(str(head))]
