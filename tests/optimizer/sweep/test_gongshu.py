"""Ten budgets of the shipped district, killed twice and resumed: equal to a sweep left alone.

The two goals that count communities and streets, and a wide gap: what is tested is that nothing is
lost, solved twice or decided by who finished first, not how good a plan is.
"""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from optimizer.verify import verify
from tests.optimizer.sweep.test_run import content, finished
from tests.signals import needs_signals

ROOT = Path(__file__).resolve().parents[3]
MILLIONS = [1, 2, 4, 6, 8, 12, 16, 24, 36, 60]
MORE = """
[goals]
order = ["communities_to_standard", "streets_covered"]

[compare]
budget.total_10k_yuan = [{listed}]
"""


def scenario(folder):
    shutil.copytree(ROOT / "scenarios" / "gongshu", folder)
    path = folder / "scenario.toml"
    listed = ", ".join(str(100 * million) for million in MILLIONS)
    path.write_text(path.read_text("utf-8") + MORE.format(listed=listed), "utf-8")
    return path


def begin(path, out):
    words = ["sweep", str(path), "--out", str(out), "--gap", "0.5", "--engine", "city", "-q"]
    return subprocess.Popen(
        [sys.executable, "-m", "optimizer", *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def to_the_end(path, out):
    process = begin(path, out)
    _, told = process.communicate(timeout=3600)
    assert process.returncode == 0, told.decode()


@pytest.mark.slow
@needs_signals
def test_a_sweep_of_gongshu_killed_twice_and_resumed_ends_equal(tmp_path):
    path = scenario(tmp_path / "case")
    to_the_end(path, tmp_path / "whole")
    out, kept = tmp_path / "killed", {}
    for least in (2, 6):
        process = begin(path, out)
        while len(finished(out)) < least:
            assert process.poll() is None, process.stderr.read().decode()
            time.sleep(0.2)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        time.sleep(3)  # whoever is left ends by itself
        assert kept.items() <= finished(out).items()
        kept = finished(out)
        assert len(kept) < len(MILLIONS)
    to_the_end(path, out)
    assert kept.items() <= finished(out).items()
    assert content(out) == content(tmp_path / "whole")
    report = verify(out)
    assert report.ok, report.violations
