"""Exit codes of contract section 3 through the real command line; 3 stands in test_cli.py."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "optimizer")
#: the program with a defect in it: what every command calls first fails as no one foresaw
BROKEN = (
    sys.executable,
    "-c",
    "import sys, optimizer.api as api\n"
    "api.read_case = lambda *a, **k: {}['foreseen by nobody']\n"
    "from optimizer.cli import main\nsys.argv[0] = 'linli'\nmain()",
)

#: the program that gets Ctrl-C while it loads
ENDED_EARLY = (
    sys.executable,
    "-c",
    "import sys\n"
    "class CtrlC:\n"
    "    @staticmethod\n"
    "    def find_spec(name, *_):\n"
    "        if name == 'typer': raise KeyboardInterrupt\n"
    "sys.meta_path.insert(0, CtrlC)\n"
    "from optimizer.__main__ import main\nmain()",
)


def call(*words, program=PROGRAM, **environment):
    return subprocess.run(
        [*program, *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def test_ctrl_c_while_the_program_loads_is_a_line_and_exit_3():
    done = call("solve", "tiny", "--out", "nowhere", program=ENDED_EARLY)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "已中止。 Aborted.\n")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    out = tmp_path_factory.mktemp("codes") / "out"
    done = call("solve", "tiny", "--out", out, "-q")
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture
def cases(tmp_path):
    """Scenarios by name: whole, wrong, impossible."""
    small = building(area_m2="599.99")  # where the smallest hub has 600 m²
    return {
        "WHOLE": write_case(case(), tmp_path / "whole"),
        "WRONG": write_case(case(buildings=[building(area_m2="-20")]), tmp_path / "wrong"),
        "IMPOSSIBLE": write_case(
            case([community(pilot="required")], [small]), tmp_path / "impossible"
        ),
        "OUT": tmp_path / "out",
    }


TABLE = [
    (0, "check WHOLE"),
    (0, "solve WHOLE --out OUT -q"),
    (2, "check WRONG"),
    (2, "solve WRONG --out OUT"),
    (2, "check nowhere"),
    (2, "solve WHOLE"),
    (2, "solve WHOLE --out OUT --engine fast"),
    (2, "verify nowhere"),
    (4, "solve IMPOSSIBLE --out OUT"),
]


@pytest.mark.parametrize(("code", "words"), TABLE, ids=[words for _, words in TABLE])
def test_the_code_is_that_of_the_contract_and_no_traceback_is_shown(code, words, cases):
    done = call(*(cases.get(word, word) for word in words.split()))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_1_a_defect_is_one_line_with_an_id_and_its_traceback_is_in_a_local_file(tmp_path):
    done = call("check", "tiny", "--lang", "en", program=BROKEN, XDG_STATE_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    (line,) = done.stderr.splitlines()
    id = re.search(r"id ([0-9a-f]{8})", line).group(1)
    log = tmp_path / "linli" / f"defect-{id}.log"
    assert str(log) in line
    assert "KeyError: 'foreseen by nobody'" in log.read_text("utf-8")
    if os.name == "posix":
        assert log.stat().st_mode & 0o777 == 0o600


def test_1_a_defect_is_json_alone_on_stdout_where_that_was_asked_for(tmp_path):
    done = call("check", "tiny", "--json", program=BROKEN, XDG_STATE_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "编号" in json.loads(done.stdout)["error"]


def test_5_no_plan_in_the_time_given(tmp_path):
    streets = tmp_path / "streets.toml"  # a hub in each street is a must: no plan is at hand
    streets.write_text(
        f'extends = "{ROOT}/scenarios/gongshu/scenario.toml"\n'
        '[rules]\nstreet_coverage = { value = "must", reason = "每街道一处" }\n',
        "utf-8",
    )
    words = ("--out", tmp_path / "o", "--time-limit", "0.1", "-q", "--allow-outside")
    done = call("solve", streets, *words)
    assert done.returncode == 5, done.stderr
    assert "Traceback" not in done.stderr


def test_3_the_plan_that_builds_nothing_is_kept_where_nothing_is_a_must(tmp_path):
    # the model takes longer than 3 s to build, and less than the grace beyond them
    done = call("solve", "gongshu", "--out", tmp_path / "o", "--time-limit", "3", "-q")
    assert done.returncode == 3, done.stderr
    assert call("verify", tmp_path / "o").returncode == 0


def test_6_a_plan_that_was_changed_breaks_a_rule(run, tmp_path):
    shutil.copytree(run, tmp_path / "changed")
    table = tmp_path / "changed" / "allocation.csv"
    table.write_text(table.read_text("utf-8").replace("90.00", "9000.00"), "utf-8")
    assert call("verify", tmp_path / "changed").returncode == 6


def test_2_a_folder_cut_short_is_refused_with_the_file_named(run, tmp_path):
    shutil.copytree(run, tmp_path / "cut")
    (tmp_path / "cut" / "siting.csv").write_bytes(b"building,comm")
    done = call("verify", tmp_path / "cut", "--lang", "en")
    assert done.returncode == 2
    assert "siting.csv" in done.stderr
    assert "Traceback" not in done.stderr


def test_verify_says_that_a_folder_has_no_plan_and_which_reasons_are_proved(cases):
    assert call("solve", cases["IMPOSSIBLE"], "--out", cases["OUT"]).returncode == 4
    done = call("verify", cases["OUT"], "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "There is no plan in the folder" in done.stdout
    assert "no rule is broken" not in done.stdout.lower()
    assert "proved again" in done.stdout
