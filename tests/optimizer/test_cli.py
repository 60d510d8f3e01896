"""The commands as a planner calls them: exit codes, JSON alone on stdout, limits and Ctrl-C."""

import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community
from tests.signals import needs_signals

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "optimizer"]


def call(*words, **more):
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        **more,
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    out = tmp_path_factory.mktemp("cli") / "out"
    done = call("solve", "tiny", "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    return out, json.loads(done.stdout)


def test_solve_leaves_a_verified_folder_and_says_what_it_is_worth(run):
    out, said = run
    assert said["status"] in ("optimal", "feasible")
    assert said["objective"][0] == said["objective"][0] | {"value": 2, "bound": 2}
    assert {"plan.json", "plan.xlsx", "plan.html", "inputs"} <= {p.name for p in out.iterdir()}


WITH_JSON = (
    ("init", "NEW"),
    ("check", "tiny"),
    ("assess", "tiny"),
    ("solve", "tiny", "--out", "NEW"),
    ("verify", "OUT"),
    ("verify", "OUT", "--raw", "scenarios/tiny/data"),
    ("sweep", "POINTS", "--out", "NEW", "--workers", "1", "--allow-outside"),
    ("compare", "OUT", "OTHER"),
    ("export", "OUT", "--to", "xlsx,html"),
    ("rules", "hangzhou-2024"),
    ("show", "tiny", "area_minimum"),
)


def test_the_table_of_json_has_every_command():
    from optimizer.commands import COMMANDS

    assert {words[0] for words in WITH_JSON} >= {c.__name__ for c in COMMANDS}


@pytest.mark.parametrize("words", WITH_JSON, ids=" ".join)
def test_every_command_gives_json_alone_on_stdout(words, run, tmp_path):
    places = {"OUT": run[0], "NEW": tmp_path / "new", "OTHER": tmp_path / "other"}
    places["POINTS"] = tmp_path / "points.toml"
    if "OTHER" in words:
        shutil.copytree(run[0], places["OTHER"])
    places["POINTS"].write_text(
        f"extends = '{ROOT / 'scenarios' / 'tiny' / 'scenario.toml'}'\n"
        "[compare]\nbudget.total_10k_yuan = [0]\n",
        "utf-8",
    )
    done = call(*(places.get(word, word) for word in words), "--json")
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)


@pytest.mark.parametrize("words", [("verify", "nowhere"), ("compare", "a", "b"), ("check", "x")])
def test_an_error_is_json_too(words):
    done = call(*words, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_speaks_the_language_asked_for(lang, run, tmp_path):
    done = call("solve", "tiny", "--out", tmp_path / "o", "--lang", lang)
    assert done.returncode == 0
    assert ("独立核验" in done.stdout) == (lang == "zh")
    assert ("Independent check" in done.stdout) == (lang == "en")


def test_verify_says_what_solve_said_of_rules_and_targets(run, tmp_path):
    done = call("solve", "tiny", "--out", tmp_path / "o", "--lang", "en")
    [said] = [line for line in done.stdout.splitlines() if "verdicts" in line]
    assert re.search(r"no rule is broken\. \d+ verdicts, \d+ targets? missed\.$", said)
    assert said in call("verify", tmp_path / "o", "--lang", "en").stdout.splitlines()


def test_a_folder_that_is_taken_is_exit_2_and_stays(run):
    done = call("solve", "tiny", "--out", run[0])
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert (run[0] / "plan.json").exists()


def test_faults_are_exit_2_each_on_its_line_and_never_a_traceback(tmp_path):
    tiny = case([community(kind="alt")], [building(area_m2="-20")])
    done = call("check", write_case(tiny, tmp_path))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "buildings.csv · 第 2 行 · area_m2 = '-20'" in done.stderr
    assert "communities.csv · 第 2 行 · kind = 'alt'" in done.stderr


def test_a_required_pilot_without_a_hub_is_exit_4_with_the_proof_on_screen_and_in_plan_json(
    tmp_path,
):
    # 599.99 m² where the hub minimum is 600
    tiny = case([community(pilot="required")], [building(area_m2="599.99")])
    done = call("solve", write_case(tiny, tmp_path / "case"), "--out", tmp_path / "out")
    assert done.returncode == 4
    assert "600.00" in done.stderr
    plan = json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))
    assert plan["status"] == "infeasible"
    assert [must["place"] for must in plan["failed_musts"]] == ["c"]


def test_a_plan_that_was_changed_is_exit_6_and_names_the_rule(run, tmp_path):
    folder = tmp_path / "changed"
    shutil.copytree(run[0], folder)
    table = folder / "allocation.csv"
    lines = table.read_text("utf-8").splitlines()
    cells = lines[1].split(",")
    cells[3] = str(float(cells[3]) + 1000)
    table.write_text("\n".join([lines[0], ",".join(cells), *lines[2:], ""]), "utf-8")
    done = call("verify", folder, "--json")
    assert done.returncode == 6
    assert {v["rule"] for v in json.loads(done.stdout)["violations"]}


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "nowhere"),
        ("export", "nowhere"),
        ("solve", "nowhere", "--out", "x"),
        ("solve", "tiny", "--out", "x", "--engine", "fast"),
        ("solve", "tiny", "--out", "x", "--gap", "-1"),
        ("paint", "tiny"),
        ("rules", "hangzou-2024"),
        ("show", "tiny", "area_minimun"),
        ("show", "tiny", "area_minimum.nothing"),
    ],
)
def test_a_wrong_call_is_exit_2_without_a_traceback(words, tmp_path):
    done = call(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_time_limit_keeps_the_best_plan_and_is_exit_3(tmp_path):
    done = call("solve", "gongshu", "--out", tmp_path / "o", "--time-limit", "60", "--json")
    assert done.returncode == 3, done.stderr
    said = json.loads(done.stdout)
    assert (said["status"], said["violations"]) == ("stopped", [])
    assert said["objective"][0]["value"] > 0
    assert call("verify", tmp_path / "o").returncode == 0


@needs_signals
def test_ctrl_c_keeps_the_best_plan_and_is_exit_3(tmp_path):
    words = [*PROGRAM, "solve", "gongshu", "--out", str(tmp_path / "o"), "--lang", "en"]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        seen = ""
        while not re.search(r"streets with a hub", seen, re.IGNORECASE):
            line = process.stderr.readline()
            assert line, f"ended before the second level: {seen}"
            seen += line
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=200)
    assert process.returncode == 3
    plan = json.loads((tmp_path / "o" / "plan.json").read_text("utf-8"))
    assert (plan["status"], plan["violations"]) == ("stopped", [])


def test_show_prints_one_row_with_names_and_units():
    done = call("show", "tiny", "area_minimum.enough_buildings[T1]")
    # T1: 600 m² less 410 today; B1 has 300 m², B2 900 m away has 700
    row = "0 <= - 190 pilot[T1] + 190 used[T1,B1] + 190 used[T1,B2]  (m²)"
    assert done.stdout.strip() == f"area_minimum.enough_buildings[T1]: {row}"


def test_rules_prints_74_rules_none_without_a_treatment():
    said = json.loads(call("rules", "hangzhou-2024", "--json").stdout)
    assert len(said["rules"]) == 74
    assert all(rule["treated"] for rule in said["rules"])
    assert [reading["id"] for reading in said["readings"]] == [f"A{k}" for k in range(1, 32)]
    assert all(reading["treated"] for reading in said["readings"])
    assert all(figure["clause"] and figure["confidence"] for figure in said["figures"])
