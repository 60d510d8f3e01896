"""Where memory is short the user reads one message that says so, and no half a result is left."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from optimizer.api import verify
from optimizer.shortage import is_memory_short

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(12, "Cannot allocate memory"),
        ImportError("core.so: failed to map segment from shared object"),
        RuntimeError("can't start new thread"),
    ],
)
def test_whatever_a_library_calls_it_it_is_short_memory(error):
    assert is_memory_short(error)
    outer = RuntimeError("loading failed")
    outer.__cause__ = error
    assert is_memory_short(outer)


@pytest.mark.parametrize("error", [ValueError("x"), OSError(28, "No space left"), KeyError("a")])
def test_another_error_is_not(error):
    assert not is_memory_short(error)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a limit of memory")
@pytest.mark.parametrize("megabytes", [300, 400, 425, 600, 800])
def test_a_run_with_little_memory_is_a_whole_result_or_one_message(megabytes, tmp_path):
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "optimizer", "solve", "tiny", "--out", str(out), "--lang", "en"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024**2,) * 2),
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    if done.returncode == 0:
        assert verify(out).ok
    else:
        assert done.returncode in (2, 5), said
        assert "emory" in said.splitlines()[-1]
        assert not (out / "siting.csv").exists()
