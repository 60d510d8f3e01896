"""What the README says to call works as a new user calls it, in a folder of his own."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from optimizer.cli import app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
#: each command of the table as a reader fills it in, in an order in which each has what it needs
CALLS = (
    "init mine",
    "init book --xlsx",
    "check mine",
    "check book --mark marked.xlsx",
    "assess mine --out today",
    "solve mine --out plan --time-limit 60 --gap 0.01",
    "solve mine --out again --engine exact --start plan",
    "verify plan --raw mine/data",
    "sweep mine --out budgets",
    "verify budgets",
    "compare plan again --out beside",
    "export plan --to xlsx,gpkg,geojson,csv,csv-raw,docx,docx-each,html",
    "rules hangzhou-2024",
    "show mine area_minimum",
    "show mine area_minimum.shortfall_met[330105001901]",
)
MADE = {
    "mine": ("scenario.toml", "填表说明.md", "data/社区.csv"),
    "book": ("scenario.toml", "case.xlsx"),
    "today": ("gaps.csv", "communities.csv", "assessment.xlsx", "assessment.html"),
    "plan": (
        *("plan.json", "siting.csv", "allocation.csv", "service.csv", "communities.csv"),
        *("funding.csv", "projects.csv", "gaps.csv", "plan.xlsx", "plan.gpkg", "plan.html"),
        *("plan.geojson", "plan.docx", "csv/项目清单.csv", "csv-raw/项目清单.csv", "docx-each"),
        *("inputs/buildings.csv", "exports.json"),
    ),
    "budgets": tuple(f"comparison.{e}" for e in ("json", "csv", "xlsx", "html")),
    "beside": tuple(f"comparison.{e}" for e in ("json", "csv", "xlsx", "html")),
}


def call(folder, *words):
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": str(folder)},
    )


def test_every_command_of_the_readme_is_called():
    table = re.findall(r"^\| `linli (\w+)[^`]*`", README, re.MULTILINE)
    assert {words.split()[0] for words in CALLS} == set(table)


def test_the_readme_speaks_of_no_option_there_is_none_of():
    program = get_command(app)
    known = set()
    for command in (program, *program.commands.values()):
        known |= {name for option in command.params for name in option.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README)) <= known


@pytest.mark.slow
def test_a_new_user_calls_every_command(tmp_path):
    for words in CALLS:
        if words.startswith("sweep"):
            scenario = tmp_path / "mine" / "scenario.toml"
            text = scenario.read_text("utf-8").replace("# [compare]", "[compare]")
            scenario.write_text(text.replace("# budget.total", "budget.total"), "utf-8")
        done = call(tmp_path, "-m", "optimizer", *words.split())
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        assert done.stdout.strip() or done.stderr.strip(), words
    for folder, files in MADE.items():
        for name in files:
            assert (tmp_path / folder / name).exists(), (folder, name)
    assert (tmp_path / "marked.xlsx").exists()


@pytest.mark.slow
def test_an_auditor_needs_one_file_and_plain_python(tmp_path):
    assert call(tmp_path, "-m", "optimizer", "solve", "tiny", "--out", "plan").returncode == 0
    made = call(tmp_path, "-m", "optimizer.single_file", "linli_verify.pyz")
    assert made.returncode == 0, made.stderr
    done = call(tmp_path, "-I", "linli_verify.pyz", "plan")
    assert done.returncode == 0, done.stdout + done.stderr
    same = call(tmp_path, "-m", "optimizer", "verify", "plan", "--json")
    assert json.loads(same.stdout)["violations"] == []
