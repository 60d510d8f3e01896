"""A pack's page: no rule or reading without a treatment, and nothing named that does not exist."""

from dataclasses import fields
from pathlib import Path

import pytest

from models.constraints import FAMILIES
from models.objectives import GOALS
from models.policy import Policy
from optimizer.checks import CHECKS
from optimizer.export.formats import EXPORTERS
from optimizer.labels.places import KINDS
from optimizer.pack_keys import PACK
from optimizer.pack_page import pack_data, treated
from optimizer.packs import read_catalogue, read_policy
from optimizer.scenario_keys import TOP
from optimizer.tables import FUNCTIONS, TABLES

POLICY = read_policy("hangzhou-2024", Path())
ROWS = (*POLICY.rules, *POLICY.readings)
IDS = [row.id for row in ROWS]
OUTPUTS = {
    *(f"{n}.csv" for n in ("siting", "allocation", "service", "communities", "funding")),
    *("projects.csv", "gaps.csv", "plan.json", "inputs/"),
    *(exporter.file for exporter in EXPORTERS.values()),
}


def is_figure(name):
    return name in POLICY.sources


def is_scenario_key(name):
    kind = TOP
    for key in name.split("."):
        if kind is None or kind.keys is None or key not in kind.keys:
            return False
        kind = kind.keys[key]
    return True


def is_column(name):
    table, _, column = name.partition(".")
    return TABLES[table].column(column) is not None


def is_in_catalogue(name):
    functions = {row.values["id"] for row in read_catalogue().functions.rows}
    return FUNCTIONS.column(name) is not None or name in functions


EXISTS = {
    "figure": is_figure,
    "pack": lambda name: name in PACK.keys,
    "scenario": is_scenario_key,
    "column": is_column,
    "catalogue": is_in_catalogue,
    "family": lambda name: name in {family.name for family in FAMILIES},
    "goal": lambda name: name in GOALS,
    "check": lambda name: name in dict(CHECKS),
    "output": lambda name: name in OUTPUTS,
}


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_rule_is_treated_somewhere_that_exists_or_says_why_not(row):
    assert row.kind in KINDS
    assert row.where or row.note_zh
    assert bool(row.note_zh) == bool(row.note_en)
    for place in row.where:
        kind, _, name = place.partition(" ")
        assert EXISTS[kind](name), f"{row.id}: no {place}"


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_what_is_a_must_has_a_family_or_a_check(row):
    kinds = {place.partition(" ")[0] for place in row.where}
    if row.kind == "must":
        assert {"family", "check"} <= kinds
    if row.kind in ("target", "eligibility"):
        assert kinds & {"family", "check", "pack", "column"}
    if row.kind in ("goal", "figure", "scenario"):
        assert kinds & {row.kind, "pack"}


def test_there_are_74_rules_and_31_readings_in_the_order_of_the_text():
    assert len({rule.id for rule in POLICY.rules}) == 74
    assert [reading.id for reading in POLICY.readings] == [f"A{k}" for k in range(1, 32)]


def test_every_figure_is_named_by_a_rule_or_reading_and_has_its_source():
    named = {place.partition(" ")[2] for row in ROWS for place in row.where}
    silent = {"goals"}  # the order of the goals: each goal is named itself
    assert {key for key in POLICY.sources if key not in named} <= silent
    known = {row.id for row in ROWS}
    for key, source in POLICY.sources.items():
        assert source.rule in known | {"TL-09"}, key
        assert source.clause, key
        assert source.confidence in ("S", "2", "M", "A"), key


def test_every_figure_of_a_policy_is_in_the_shipped_pack():
    plain = {"id", "zh", "en", "document", "in_force", "domains", "routes", "hosts"}
    plain |= {"rules", "readings", "sources", "off", "overrides"}
    shipped = {key.partition(".")[0] for key in POLICY.sources}
    assert {field.name for field in fields(Policy)} - plain == shipped


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_says_figures_with_their_value(lang):
    data = pack_data(POLICY, lang)
    shown = {row["id"]: row["treated"] for row in (*data["rules"], *data["readings"])}
    assert all(shown.values())
    assert "area_per_100_households_m2.new = 100" in shown["HZ-14"]
    assert "hub_inside_total = true" in shown["A1"]
    assert "around_m = none" in shown["A27"]
    assert "office_share = 0;" in shown["HZ-35"]
    assert treated(POLICY, POLICY.rules[0], "en").startswith("figure pilot_districts = 上城区")
