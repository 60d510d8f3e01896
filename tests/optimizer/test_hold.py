"""Two runs never share a folder; a lock is never stale, and what it says of a dead run is told."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from optimizer import hold
from optimizer.errors import CallError
from optimizer.hold import beside, held
from optimizer.publish import publish

ROOT = Path(__file__).resolve().parents[2]
#: holds a folder until it is killed
HOLDER = (
    "import sys, time\nfrom pathlib import Path\nfrom optimizer.hold import held\n"
    "with held(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(600)"
)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(hold, "PATIENCE_S", 0.1)


def holder(folder):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_is_refused_with_process_host_and_time_of_the_first(tmp_path, impatient):
    first = holder(tmp_path / "run")
    try:
        with pytest.raises(CallError) as caught, publish(tmp_path / "run"):
            pass
        for lang in ("zh", "en"):
            said = caught.value.message.get(lang)
            assert str(first.pid) in said
            assert "--out" in said
        with held(tmp_path / "other"):
            pass
    finally:
        first.kill()
        first.wait()


def test_the_lock_of_a_killed_run_is_taken_over_with_a_note(tmp_path):
    first = holder(tmp_path / "run")
    first.kill()
    first.wait()
    assert beside(tmp_path / "run", "lock").exists()
    with held(tmp_path / "run") as place:
        assert str(first.pid) in place.dead.zh
        assert str(first.pid) in place.dead.en
    assert list(tmp_path.iterdir()) == []


OWNERS = (
    {"pid": 2**22, "host": "elsewhere", "started": "2025-01-01T00:00:00+08:00"},
    {"pid": os.getpid(), "host": "here", "started": "2099-01-01T00:00:00+08:00"},  # clock back
    {},
    [],
    "torn",
)


@pytest.mark.parametrize("owner", OWNERS)
def test_whatever_a_lock_file_says_nobody_holds_it_where_nobody_locks_it(owner, tmp_path):
    text = owner if isinstance(owner, str) else json.dumps(owner)
    beside(tmp_path / "run", "lock").write_text(text)
    with held(tmp_path / "run") as place:
        assert (place.dead is not None) == (isinstance(owner, dict) and bool(owner))


def test_a_run_that_ends_well_leaves_no_lock(tmp_path):
    with held(tmp_path / "run") as place:
        assert place.dead is None
    with held(tmp_path / "run") as place:
        assert place.dead is None
    assert list(tmp_path.iterdir()) == []


def test_a_staging_folder_of_a_living_run_stays(tmp_path, impatient):
    with publish(tmp_path / "run") as staged:
        with pytest.raises(CallError), publish(tmp_path / "run"):
            pass
        assert staged.exists()
        (staged / "plan.json").write_text("{}")
    assert (tmp_path / "run" / "plan.json").exists()


def test_of_thirty_pairs_each_one_waits_or_is_refused_and_no_folder_is_a_mix(tmp_path, impatient):
    ended = []

    def write(name, folder):
        try:
            with publish(folder) as staged:
                for part in "ab":
                    (staged / part).write_text(name)
                    time.sleep(0.002)
        except CallError:
            ended.append("refused")
        else:
            ended.append("done")

    for pair in range(30):
        folder = tmp_path / str(pair)
        runs = [threading.Thread(target=write, args=(name, folder)) for name in ("one", "two")]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        assert (folder / "a").read_text() == (folder / "b").read_text()
    assert (ended.count("done"), ended.count("refused")) == (30, 30)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0,
    reason="a mode does not bind root",
)
def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(CallError, match=r"写不进"), held(tmp_path / "run"):
        pass
