"""A damaged or hostile run folder is refused or faulted, never passed and never a traceback."""

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from optimizer.api import SolveOptions, solve
from optimizer.verify import Report, VerifyError, verify
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("damage")
    scenario = write_case(random_case(8), folder / "case")
    solve(scenario, folder / "out", SolveOptions(gap=0.0), in_child=False)
    return folder / "out"


@pytest.fixture
def folder(run, tmp_path) -> Path:
    shutil.copytree(run, tmp_path / "run")
    return tmp_path / "run"


def judged(folder: Path, *, is_published: bool = True) -> Report | VerifyError:
    """The report or the refusal; anything else is a traceback and fails the test."""
    try:
        return verify(folder, is_published=is_published)
    except VerifyError as error:
        return error


def is_clean(found: Report | VerifyError) -> bool:
    if isinstance(found, VerifyError):
        assert all(f.place and f.zh and f.en for f in found.faults)
        return not found.faults
    return found.ok


def test_the_undamaged_folder_passes(folder):
    assert is_clean(judged(folder))


FILES = ("plan.json", "siting.csv", "communities.csv", "plan.xlsx", "inputs/policy.json")
MORE = ("inputs/scenario.json", "inputs/functions.csv", "inputs/buildings.csv", "projects.csv")


@pytest.mark.parametrize("name", FILES + MORE)
def test_flipped_bytes_are_noticed_and_never_a_traceback(name, folder):
    chance, path = random.Random(name), folder / name
    content = path.read_bytes()
    for _ in range(12):
        at = chance.randrange(len(content))
        flipped = bytes([content[at] ^ (1 << chance.randrange(8))])
        path.write_bytes(content[:at] + flipped + content[at + 1 :])
        assert not is_clean(judged(folder)), (name, at)
        judged(folder, is_published=False)


@pytest.mark.slow
def test_flipped_bytes_all_over_the_folder(folder):
    chance, tried = random.Random(7), 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        for _ in range(120):
            at = chance.randrange(len(content))
            flipped = bytes([content[at] ^ (1 << chance.randrange(8))])
            path.write_bytes(content[:at] + flipped + content[at + 1 :])
            if path.name in MANIFESTS and not has_all_names(path, content):
                continue
            assert not is_clean(judged(folder)), (path.name, at)
            judged(folder, is_published=False)
            tried += 1
        path.write_bytes(content)
    print(f"{tried} flipped bytes, all noticed")
    assert tried > 2000


MANIFESTS = ("digests.json", "exports.json")


def has_all_names(path: Path, content: bytes) -> bool:
    """The manifest still says something else of the files it named; a lost export is no fault."""
    try:
        now, before = json.loads(path.read_bytes()), json.loads(content)
    except ValueError:
        return True
    if path.name == "exports.json":
        return now.get("files", {}).keys() == before["files"].keys() and now != before
    return now != before


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_file_cut_short_is_noticed(share, folder):
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        assert not is_clean(judged(folder)), path.name
        judged(folder, is_published=False)
        path.write_bytes(content)


def test_a_file_that_is_missing_is_named_unless_it_is_an_export(folder):
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".csv", ".json")):
        if path.name == "exports.json":
            continue
        content = path.read_bytes()
        path.unlink()
        found = judged(folder)
        said = str(found) if isinstance(found, VerifyError) else str(found.violations)
        assert path.name in said
        path.write_bytes(content)


@pytest.mark.parametrize("version", ["linli-plan/0", "linli-plan/2", 1, None])
def test_another_version_of_the_format_is_named_and_not_read(version, folder):
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    (folder / "plan.json").write_text(json.dumps(plan | {"schema": version}), "utf-8")
    with pytest.raises(VerifyError, match=r"linli-plan/1"):
        verify(folder)


NUMBERS = ["NaN", "Infinity", "-Infinity", "1e999999999", "9" * 5000, "1" + "0" * 60, "[1]", '"1"']


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("key", ["value", "bound", "seed"])
def test_no_number_of_json_exhausts_or_fools_it(number, key, folder):
    path = folder / "plan.json"
    plan = json.loads(path.read_text("utf-8"))
    where = plan if key == "seed" else plan["objective"][0]
    where[key] = "@"
    path.write_text(json.dumps(plan).replace('"@"', number), "utf-8")
    assert not is_clean(judged(folder, is_published=False))


@pytest.mark.parametrize(
    "cell", ["", "NaN", "inf", "1e999999999", "1_000", "１２０", "9" * 5000, "-", "=1+1", "0x10"]
)
@pytest.mark.parametrize("table", ["allocation.csv area_m2", "inputs/floors.csv area_m2"])
def test_no_number_of_a_table_exhausts_or_fools_it(cell, table, folder):
    name, column = table.split()
    lines = (folder / name).read_text("utf-8").splitlines()
    at = lines[0].split(",").index(column)
    cells = lines[1].split(",")
    cells[at] = cell
    (folder / name).write_text("\n".join([lines[0], ",".join(cells), *lines[2:], ""]), "utf-8")
    with pytest.raises(VerifyError, match=rf"{name} row 2 {column}"):
        verify(folder, is_published=False)


def test_every_fault_is_told_in_one_pass(folder):
    (folder / "siting.csv").unlink()
    (folder / "gaps.csv").write_text("community,community\n", "utf-8")
    (folder / "inputs" / "needs.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(VerifyError) as caught:
        verify(folder)
    files = {fault.place.split()[0] for fault in caught.value.faults}
    assert files == {"siting.csv", "gaps.csv", "inputs/needs.csv"}


def test_a_column_that_is_missing_is_named(folder):
    path = folder / "service.csv"
    path.write_text(path.read_text("utf-8").replace("persons", "people", 1), "utf-8")
    with pytest.raises(VerifyError, match=r"service\.csv persons"):
        verify(folder)


def test_a_key_that_stands_twice_is_refused(folder):
    path = folder / "plan.json"
    text = path.read_text("utf-8").replace('"seed": 0', '"seed": 0, "seed": 1')
    path.write_text(text, "utf-8")
    with pytest.raises(VerifyError, match="'seed' stands twice"):
        verify(folder)


def test_json_nested_without_end_is_refused(folder):
    (folder / "inputs" / "policy.json").write_text("[" * 200_000, "utf-8")
    with pytest.raises(VerifyError, match="nested too deep"):
        verify(folder)


@pytest.mark.skipif(os.name != "posix", reason="pipes")
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(folder):
    (folder / "siting.csv").unlink()
    os.mkfifo(folder / "siting.csv")
    with pytest.raises(VerifyError, match="no regular file"):
        verify(folder)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd"])
def test_digests_of_files_outside_are_not_read(name, folder):
    path = folder / "digests.json"
    data = json.loads(path.read_text("utf-8"))
    data["files"][name] = "0" * 64
    path.write_text(json.dumps(data), "utf-8")
    assert [v["recomputed"] for v in verify(folder).violations] == ["absent"]


def test_a_verdict_that_was_embellished_is_noticed(folder):
    path = folder / "plan.json"
    plan = json.loads(path.read_text("utf-8"))
    missed = next(rule for rule in plan["rules"] if not rule["ok"])
    missed["ok"] = True
    path.write_text(json.dumps(plan), "utf-8")
    places = {v["place"] for v in verify(folder).violations}
    assert f"plan.json rules {missed['id']}" in places
