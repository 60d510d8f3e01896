"""A killed export leaves its staged files; the next one in that folder takes them away."""

import os
import signal
import subprocess
import sys

from optimizer.export.formats import export_named

KILLED = """
import os, signal, sys
from pathlib import Path
from optimizer.export.place import placed
from optimizer.hold import held
with held(Path(sys.argv[1])), placed(Path(sys.argv[1])) as staged:
    (staged / "plan.geojson").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_export_left_is_gone_after_the_next_and_never_taken_for_a_file(result):
    folder = result.directory
    before = {path.name for path in folder.iterdir()}
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    left = {path.name for path in folder.iterdir()} - before
    assert [name.startswith(".export-") for name in left] == [True]
    export_named(result, folder, ["geojson"], "zh")
    assert {path.name for path in folder.iterdir()} - before <= {"plan.geojson", "exports.json"}
    assert (folder / "plan.geojson").read_text("utf-8") != "half"
