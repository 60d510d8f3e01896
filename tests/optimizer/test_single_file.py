"""The verifier as one file: plain Python alone gives the report of ``linli verify``."""

import json
import subprocess
import sys
import zipfile

import pytest

from optimizer.api import SolveOptions, solve
from optimizer.case import SHIPPED
from optimizer.single_file import build


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("single file 单")
    solve(SHIPPED / "tiny" / "scenario.toml", folder / "out", SolveOptions(), in_child=False)
    return folder, build(folder / "linli_verify.pyz")


def run(place, *words):
    """-I ignores the environment and the user's packages, -S the installed ones."""
    program = [sys.executable, "-I", "-S", str(place[1]), str(place[0] / "out"), *words]
    return subprocess.run(
        program, capture_output=True, encoding="utf-8", cwd=place[0], timeout=120, check=False
    )


def installed(place):
    words = [sys.executable, "-m", "optimizer", "verify", str(place[0] / "out"), "--json"]
    return subprocess.run(words, capture_output=True, encoding="utf-8", timeout=120, check=False)


def test_it_gives_the_same_report_as_the_installed_program(place):
    alone, ours = run(place, "--json"), installed(place)
    assert (alone.returncode, ours.returncode) == (0, 0), alone.stderr + ours.stderr
    assert json.loads(alone.stdout) == json.loads(ours.stdout)
    assert json.loads(alone.stdout)["rules"]


def test_it_finds_the_same_violations_and_refuses_the_same_damage(place):
    table = place[0] / "out" / "allocation.csv"
    text = table.read_text("utf-8")
    table.write_text(text.replace("90.00", "9000.00"), "utf-8")
    alone, ours = run(place, "--json"), installed(place)
    assert (alone.returncode, ours.returncode) == (6, 6)
    assert json.loads(alone.stdout) == json.loads(ours.stdout)
    assert json.loads(alone.stdout)["violations"]
    table.write_text(text.replace("90.00", "much"), "utf-8")
    assert (run(place).returncode, installed(place).returncode) == (2, 2)
    assert "allocation.csv row 2 area_m2" in run(place).stderr
    table.write_text(text, "utf-8")


def test_it_says_in_words_what_it_judged(place):
    said = run(place).stdout
    assert "0 违规 / violations" in said
    assert "communities_to_standard: 已证明 / certified (2)" in said


def test_it_holds_readable_sources_of_the_verifier_only(place):
    names = {name.split("/")[0] for name in zipfile.ZipFile(place[1]).namelist()}
    assert names == {"__main__.py", "optimizer"}
