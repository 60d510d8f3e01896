"""``verify --raw``: what the raw data say of a run folder's inputs, cell by cell."""

import csv
import json
import shutil

import pytest
from typer.testing import CliRunner

from optimizer.api import SolveOptions, solve
from optimizer.cli import app
from optimizer.digests import write_digests
from optimizer.reread import verify
from optimizer.verify import verify as verify_alone
from tests.bad_input.valid import write
from tests.optimizer.contract_case import write_contract_case

QUICK = SolveOptions(gap=0.5, seconds=20)


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """The contract's case and its run folder."""
    place = tmp_path_factory.mktemp("reread")
    scenario = write_contract_case(place / "case")
    solve(scenario, place / "out", QUICK, in_child=False)
    return scenario.parent / "data", place / "out"


@pytest.fixture
def copies(solved, tmp_path):
    """Copies of both that a test may spoil."""
    raw, out = (tmp_path / "raw" / "data", tmp_path / "out")
    shutil.copytree(solved[0].parent, raw.parent)
    shutil.copytree(solved[1], out)
    return raw, out


def edit(file, match, **cells):
    """The rows of the CSV *file* that have *match* get *cells*; without any they are gone."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    heads = list(rows[0])
    assert any(match.items() <= row.items() for row in rows)
    changed = [row | cells if match.items() <= row.items() else row for row in rows]
    kept = changed if cells else [row for row in rows if not match.items() <= row.items()]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, heads)
        writer.writeheader()
        writer.writerows(kept)


def added(raw, out):
    """What is found with the raw data and not without, digests set aside."""
    known = [v["place"] for v in verify_alone(out, raw).violations]
    return [v for v in verify(out, raw).violations if v["place"] not in known]


def test_the_raw_data_a_run_was_made_of_say_the_same(solved):
    raw, out = solved
    assert verify(out, raw).violations == []


@pytest.mark.parametrize("seed", range(8))  # all forms, systems of coordinates, heads, encodings
def test_no_valid_case_differs_from_its_own_run(seed, tmp_path):
    scenario = write(seed, tmp_path)
    solve(scenario, tmp_path / "out", QUICK, in_child=False)
    data = scenario.parent / "data"
    raw = data if data.exists() else scenario.parent / "case.xlsx"
    assert verify(tmp_path / "out", raw).violations == []


def test_a_cell_that_changed_in_the_raw_data_is_named_with_row_and_column(copies):
    raw, out = copies
    edit(raw / "buildings.csv", {"id": "B0101"}, area_m2="1234")
    (found,) = added(raw, out)
    lines = (raw / "buildings.csv").read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if "B0101" in text)
    assert (found["place"], found["recomputed"]) == (f"buildings.csv {line} area_m2", "1234")
    assert f"第 {line} 行(B0101)的 area_m2 为 '1234'" in found["zh"]
    assert f"row {line} (B0101) of the raw data has area_m2 '1234'" in found["en"]


def test_a_cell_that_was_spoiled_in_the_run_folder_is_named_though_every_digest_fits(copies):
    raw, out = copies
    edit(out / "inputs" / "communities.csv", {"id": "C1"}, priority="7")
    write_digests(out)
    assert "communities.csv 2 priority" in [v["place"] for v in added(raw, out)]


def test_what_was_given_may_not_be_called_derived(copies):
    raw, out = copies
    edit(out / "inputs" / "communities.csv", {"id": "C1"}, households="1", derived="households")
    assert "communities.csv 2 households" in [v["place"] for v in added(raw, out)]


def test_a_row_that_is_missing_on_either_side_is_named(copies):
    raw, out = copies
    edit(out / "inputs" / "facilities.csv", {"id": "F1"})
    edit(raw / "projects.csv", {"building": "B0101"})
    places = {v["place"]: v["en"] for v in added(raw, out)}
    assert any("(F1) of the raw data is not in the run folder" in en for en in places.values())
    assert any("B0101/ of inputs/projects.csv" in en for en in places.values())


def test_raw_data_that_cannot_be_read_are_exit_2(copies):
    raw, out = copies
    edit(raw / "buildings.csv", {"id": "B0101"}, area_m2="many")
    said = CliRunner().invoke(app, ["verify", str(out), "--raw", str(raw), "--lang", "en"])
    assert said.exit_code == 2
    assert "buildings.csv" in said.output


def test_the_command_says_what_differs_in_both_languages_and_is_exit_6(copies):
    raw, out = copies
    edit(raw / "buildings.csv", {"id": "B0101"}, area_m2="1234")
    for lang, word in (("zh", "原始数据第"), ("en", "of the raw data has")):
        said = CliRunner().invoke(app, ["verify", str(out), "--raw", str(raw), "--lang", lang])
        assert said.exit_code == 6
        assert word in said.output.replace("\n", " ")
    told = CliRunner().invoke(app, ["verify", str(out), "--raw", str(raw), "--json"])
    assert any(v["recomputed"] == "1234" for v in json.loads(told.stdout)["violations"])
