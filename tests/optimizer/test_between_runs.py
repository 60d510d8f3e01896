"""What may happen to files while a run goes on and after it: told, and never taken for the result.

Source: reliability.md F14, F15, F16, F18, F19.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from optimizer import api
from optimizer.compare import entries_of
from optimizer.errors import CallError
from optimizer.export.formats import export_named
from optimizer.publish import publish
from optimizer.result import read_result
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    place = tmp_path_factory.mktemp("done")
    return api.solve(write_case(case(), place / "case"), place / "out", in_child=False).directory


@pytest.fixture
def folder(done, tmp_path):
    shutil.copytree(done, tmp_path / "run")
    return tmp_path / "run"


def test_input_changed_while_the_run_goes_on_is_told_and_the_plan_says_which_it_used(tmp_path):
    scenario = write_case(case(None, [building()]), tmp_path / "case")
    table, notes = tmp_path / "case" / "data" / "buildings.csv", []
    before = api.read_case(scenario).digests["buildings.csv"]

    def meddle(kind, data):
        if (kind, data) == ("stage", "building"):
            table.write_text(table.read_text("utf-8") + "\n", "utf-8")
        if kind == "note":
            notes.append(data.en)

    result = api.solve(scenario, tmp_path / "out", progress=meddle, in_child=False)
    assert result.plan_json["inputs_changed"] == ["buildings.csv"]
    assert result.plan_json["inputs"]["buildings.csv"] == before
    assert any("buildings.csv" in note and "solve again" in note for note in notes)
    assert api.verify(tmp_path / "out").ok
    places = {v["place"] for v in api.verify(tmp_path / "out", tmp_path / "case/data").violations}
    assert places == {"buildings.csv"}


def flipped(file, chance):
    content = bytearray(file.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(bytes(content))


def test_a_result_damaged_after_the_run_is_neither_compared_nor_exported(done, folder):
    chance = random.Random(16)
    files = [p for p in sorted(done.rglob("*")) if p.suffix in (".csv", ".json")]
    files = [p for p in files if p.name != "exports.json"]
    for number in range(60):
        name = chance.choice(files).relative_to(done)
        flipped(folder / name, chance)
        for use in (
            lambda: entries_of([done, folder]),
            lambda: export_named(read_result(folder), folder, ["geojson"], "zh"),
        ):
            with pytest.raises(CallError):
                use()
        shutil.copy(done / name, folder / name)
        assert number or read_result(folder).has_plan


def test_a_plan_edited_by_hand_is_no_start_and_the_file_is_named(done, folder):
    with (folder / "allocation.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(CallError, match=r"allocation\.csv"):
        read_result(folder)


@pytest.mark.parametrize("version", ["linli-plan/0", "linli-plan/2", None])
def test_a_result_of_another_format_is_named_and_not_read(version, folder):
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    (folder / "plan.json").write_text(json.dumps(plan | {"schema": version}), "utf-8")
    with pytest.raises(CallError, match=r"linli-plan/1") as caught:
        read_result(folder)
    assert repr(version) in caught.value.message.en


def test_a_place_that_vanishes_while_it_is_written_is_one_message(tmp_path):
    def meddled():
        with publish(tmp_path / "there" / "run") as staged:
            (staged / "plan.json").write_text("{}")
            shutil.rmtree(tmp_path / "there")

    with pytest.raises(CallError, match="写不进"):
        meddled()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_takes_the_place_meanwhile_stays(tmp_path):
    def meddled():
        with publish(tmp_path / "run") as staged:
            (staged / "plan.json").write_text("{}")
            (tmp_path / "run").write_text("a letter")

    with pytest.raises(CallError, match="是文件"):
        meddled()
    assert (tmp_path / "run").read_text() == "a letter"
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_another_result_that_takes_the_place_meanwhile_stays(tmp_path):
    def meddled():
        with publish(tmp_path / "run") as staged:
            (staged / "plan.json").write_text("{}")
            (tmp_path / "run").mkdir()
            (tmp_path / "run" / "theirs").write_text("x")

    with pytest.raises(CallError, match="--force"):
        meddled()
    assert [p.name for p in (tmp_path / "run").iterdir()] == ["theirs"]


LONG = "长" * 60  # 180 bytes of a name that may have 255


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437", "utf-8"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_any_locale_and_any_path_will_do(encoding, lang, tmp_path):
    place = tmp_path / "有 空格" / LONG
    place.mkdir(parents=True)
    shutil.copytree(ROOT / "scenarios" / "tiny", place / "算例 1")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
    environment |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    def call(*words):
        done = subprocess.run(
            [sys.executable, "-m", "optimizer", *words, "--lang", lang],
            cwd=ROOT,
            capture_output=True,
            timeout=200,
            check=False,
            env=environment,
        )
        assert done.returncode == 0, done.stderr.decode(encoding, "replace")
        return done.stdout.decode(encoding)

    out = str(place / "结果 1")
    call("check", str(place / "算例 1" / "scenario.toml"))
    call("solve", str(place / "算例 1" / "scenario.toml"), "--out", out, "-q")
    call("export", out, "--to", "docx,geojson,html")
    said = call("verify", out)
    assert lang == "en" or encoding not in ("gbk", "utf-8") or "核验" in said
