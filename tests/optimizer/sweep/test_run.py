"""A sweep in processes: each point solved once, more money never worse, resumed equal."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from optimizer.result import read_result
from optimizer.solve.outcome import SolveOptions
from optimizer.sweep.floors import is_better
from optimizer.sweep.run import run_sweep
from optimizer.verify import verify
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community
from tests.signals import needs_signals

ROOT = Path(__file__).resolve().parents[3]
TIMES = re.compile(r'"(wall|cpu)": [0-9.]+')
DIGESTS = ("exports.json", "digests.json")
YUAN = [0, 599_999, 600_000, 700_000, 1_199_999, 1_200_000, 1_300_000, 1_899_999, 1_900_000, 3e6]
# three communities, each its own building of 600 m² at 1,000 yuan: 600,000, 600,000 and 700,000
PILOTS = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3]


def scenario(folder):
    buildings = [
        building(b, acquire_yuan=yuan) for b, yuan in (("b1", "0"), ("b2", "0"), ("b3", "100000"))
    ]
    tiny = case([community(c) for c in ("c1", "c2", "c3")], buildings)
    path = write_case(tiny, folder)
    listed = ", ".join(str(int(yuan)) for yuan in YUAN)
    text = f"{path.read_text('utf-8')}\n[compare]\nbudget.total_yuan = [{listed}]\n"
    path.write_text(text, "utf-8")
    return path


def call(path, out):
    words = [sys.executable, "-m", "optimizer", "sweep", path, "--out", out, "--gap", "0", "--json"]
    return subprocess.Popen(
        [str(word) for word in words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finished(out):
    return {plan.parent.name: plan.stat().st_mtime_ns for plan in out.glob("[!.]*/plan.json")}


def content(out):
    """Every file of the sweep with its text, times left out.

    Workbooks and GeoPackages say when they were made, plan.json how long it took: neither those
    formats nor the digests of files count.
    """
    return {
        str(path.relative_to(out)): TIMES.sub("", path.read_text("utf-8"))
        for path in out.rglob("*")
        if path.suffix in (".json", ".csv") and path.name not in DIGESTS
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep")
    process = call(scenario(folder / "case"), folder / "out")
    said, told = process.communicate(timeout=280)
    assert process.returncode == 0, told.decode()
    return folder, json.loads(said)


def test_ten_budgets_give_the_pilots_the_money_buys(undisturbed):
    _, said = undisturbed
    assert [run["status"] for run in said["runs"]] == ["optimal"] * 10
    first = next(line for line in said["goals"] if line["of"] == "value")
    assert (first["key"], first["values"]) == ("communities_to_standard", PILOTS)


def test_every_point_is_a_verified_run_folder(undisturbed):
    folder, said = undisturbed
    for run in said["runs"]:
        assert verify(folder / "out" / run["directory"]).ok


def test_no_larger_budget_is_worse_and_the_verifier_says_so_of_the_whole_folder(undisturbed):
    folder, said = undisturbed
    assert verify(folder / "out").ok
    results = [read_result(folder / "out" / run["directory"]) for run in said["runs"]]
    assert not any(is_better(a, b) for i, a in enumerate(results) for b in results[i:])


@needs_signals
@pytest.mark.parametrize(
    "how", [signal.SIGKILL, pytest.param(signal.SIGINT, marks=pytest.mark.slow)]
)
def test_killed_in_the_middle_and_resumed_it_ends_equal_and_no_point_is_solved_twice(
    how, undisturbed
):
    folder, _ = undisturbed
    out = folder / f"killed-{how}"
    process = call(folder / "case" / "scenario.toml", out)
    while len(finished(out)) < 3:
        assert process.poll() is None, process.stderr.read().decode()
        time.sleep(0.05)
    process.send_signal(how)
    process.communicate(timeout=60)
    assert process.returncode == (3 if how is signal.SIGINT else -signal.SIGKILL)
    time.sleep(2)  # whoever is left ends by itself
    before = finished(out)
    assert len(before) < 10
    again = call(folder / "case" / "scenario.toml", out)
    _, told = again.communicate(timeout=280)
    assert again.returncode == 0, told.decode()
    assert before.items() <= finished(out).items()
    assert content(out) == content(folder / "out")
    assert sorted(p.name for p in out.iterdir()) == sorted(
        p.name for p in (folder / "out").iterdir()
    )


def test_the_verifier_finds_the_point_that_has_more_money_and_is_worse(undisturbed, tmp_path):
    folder, said = undisturbed
    shutil.copytree(folder / "out", tmp_path / "swapped")
    poor, rich = (tmp_path / "swapped" / said["runs"][k]["directory"] for k in (2, 9))
    plan = json.loads((rich / "plan.json").read_text("utf-8"))
    plan["objective"] = json.loads((poor / "plan.json").read_text("utf-8"))["objective"]
    (rich / "plan.json").write_text(json.dumps(plan), "utf-8")
    found = verify(tmp_path / "swapped").violations
    worse = [v for v in found if v["rule"] == "V25"]
    # 1 pilot where 1,200,000 to 1,900,000 yuan bring 2 or 3
    assert {v["place"] for v in worse} == {f"{rich.name} communities_to_standard"}
    assert {v["recomputed"] for v in worse} == {"2", "3"}


@pytest.mark.slow
@needs_signals
def test_killed_again_and_again_it_ends_equal(undisturbed):
    folder, _ = undisturbed
    out, kept = folder / "again", {}
    for moment in range(40):
        process = call(folder / "case" / "scenario.toml", out)
        try:
            _, told = process.communicate(timeout=5 + moment % 7)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate(timeout=60)
            time.sleep(1.5)
            assert kept.items() <= finished(out).items()
            kept = finished(out)
        else:
            assert process.returncode == 0, told.decode()
            break
    assert kept.items() <= finished(out).items()
    assert content(out) == content(folder / "out")


def test_a_finished_sweep_is_only_compared_again(undisturbed, monkeypatch):
    folder, _ = undisturbed
    before = finished(folder / "out")
    seen = []
    swept = run_sweep(
        folder / "case" / "scenario.toml",
        folder / "out",
        SolveOptions(gap=0.0),
        report=lambda point, kind, _data: seen.append((point.number, kind)),
    )
    assert seen == []
    assert finished(folder / "out") == before
    assert len(swept.comparison.entries) == 10


def test_a_folder_of_something_else_is_refused(undisturbed, tmp_path):
    folder, _ = undisturbed
    (tmp_path / "letter.txt").write_text("x")
    process = call(folder / "case" / "scenario.toml", tmp_path)
    process.communicate(timeout=60)
    assert process.returncode == 2
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]
