"""The failing system fails where it is told, and the programme's runs survive a few faults."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.run import forked
from tests.faults.system import ERRORS, FULL, KILL, KINDS, LIE, RUN, Fault, System, applies

ROOT = Path(__file__).resolve().parents[2]


def written(folder, fault):
    """How a process ends that opens a file (call 1), writes it (2) and renames it (3)."""
    folder.mkdir()

    def work():
        System(folder, folder.parent / "log", fault).install()
        with open(folder / "a", "w", encoding="utf-8") as file:
            file.write("abcd")
        (folder / "a").rename(folder / "b")
        return 0

    return forked(work, folder)


def test_without_a_fault_everything_is_as_ever_and_counted(tmp_path):
    assert written(tmp_path / "f", None).code == 0
    assert (tmp_path / "f" / "b").read_text() == "abcd"
    calls = (tmp_path / "log").read_text().splitlines()
    assert [line.split()[:3] for line in calls] == [
        ["run", "1", "create"],
        ["run", "2", "write"],
        ["run", "3", "rename"],
    ]


@pytest.mark.parametrize(
    ("kind", "number", "left"),
    [
        (KILL, 1, {}),
        (KILL, 2, {"a": "ab"}),  # torn
        (KILL, 3, {"a": "abcd"}),
        (LIE, 2, {"b": "abc"}),
        (FULL, 2, {"a": "ab"}),
    ],
)
def test_a_fault_meets_the_call_it_is_meant_for(kind, number, left, tmp_path):
    ended = written(tmp_path / "f", Fault(RUN, number, kind))
    assert {p.name: p.read_text() for p in (tmp_path / "f").iterdir()} == left
    assert (ended.code == -9) == (kind == KILL)
    assert ("OSError" in ended.said) == (kind in ERRORS)


def test_a_rename_needs_no_room_and_no_truth():
    assert [kind for kind in KINDS if not applies(kind, "rename")] == [FULL, LIE]


@pytest.mark.slow
def test_faults_at_every_fifth_call_of_a_run_are_survived():
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--every", "5"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    total = done.stdout.splitlines()[-1].split()
    assert total[:2] == ["in", "all"]
    assert int(total[2]) == int(total[4]) > 250
