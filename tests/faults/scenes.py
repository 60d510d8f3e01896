"""``python -m tests.faults.scenes [--times N]``: faults that no single call stands for.

Files that may not grow, a run or its solver killed or interrupted at random moments, memory that is
short. Every scene says how many trials it had and how many were survived; 1 where one was not.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from optimizer.api import verify
from optimizer.hold import beside
from optimizer.solve.journal import resume
from tests.benchmarks.cities import write_city
from tests.faults.run import called, content, forked

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "optimizer")
SEARCH = ("--engine", "city", "--gap", "0")  # finds a plan at once and goes on for long
SHARES = (0.01, 0.1, 0.5, 0.9, 0.99)
FORMATS = ("xlsx", "gpkg", "html", "docx", "csv", "geojson")
END_S = 10.0  # from Ctrl-C to the end of the run
LEAST_MEMORY = (400, 600, 800, 1200)  # MB
Fault = str | None


def begun(out: Path, *words: str) -> subprocess.Popen:
    """``linli solve`` of a city, at work in a process group of its own."""
    call = [*PROGRAM, "solve", str(city(out.parent)), "--out", str(out), *SEARCH, *words]
    return subprocess.Popen(
        [*call, "--lang", "en"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def city(place: Path) -> Path:
    """The scenario of a city of 60 communities and 250 buildings in *place*."""
    path = place / "city" / "scenario.toml"
    return path if path.exists() else write_city("S", 1, path.parent)


def has_plan(out: Path) -> bool:
    return b'["plan",' in read(beside(out, "journal"))


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def waited(process: subprocess.Popen, out: Path, more_s: float, *, for_plan: bool = True) -> None:
    """Until there is a plan in the journal, and *more_s* after that."""
    while for_plan and not has_plan(out):
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)
    time.sleep(more_s)


def solver_of(process: subprocess.Popen) -> int:
    """The process that *process* solves in."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        fields = read(path).rpartition(b")")[2].split()
        if fields and int(fields[1]) == process.pid:
            command = read(path.parent / "cmdline")
            if b"spawn_main" in command:
                return int(path.parent.name)
    raise LookupError("no solver")


def _slow(seconds: float) -> float:
    """*seconds* of a machine that has nothing else to do, on this one as it is."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def limited_files(place: Path, _times: int) -> Iterator[Fault]:
    """Each format, where no file may grow beyond a share of what it needs (F03)."""
    out, whole = place / "out", place / "whole"
    words = ["solve", "tiny", "--out", str(whole), "-q"]
    assert forked(lambda: called(words), place / "solve").code == 0
    for name in FORMATS:
        shutil.copytree(whole, place / name)
        written = forked(lambda n=name: called(["export", str(place / n), "--to", n]), place / "e")
        assert written.code == 0, written.said
        made = place / name / {"csv": "csv"}.get(name, f"plan.{name}")
        files = made.iterdir() if made.is_dir() else [made]
        largest = max(file.stat().st_size for file in files)
        for share in SHARES:
            shutil.rmtree(out, ignore_errors=True)
            shutil.copytree(whole, out)
            yield _limited(out, name, int(share * largest), place)


def _limited(out: Path, name: str, most: int, place: Path) -> Fault:
    before = content(out)

    def work() -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        return called(["export", str(out), "--to", name, "--lang", "en"])

    ended = forked(work, place / "limited")
    if ended.code != 2 or "Traceback" in ended.said or content(out) != before:
        return f"{name} at most {most} bytes: code {ended.code}, {ended.said[-200:]!r}"
    return None


def killed_run(place: Path, times: int) -> Iterator[Fault]:
    """kill -9 at a moment after the first plan: the next run begins with the best of it (F05)."""
    for moment in range(times):
        out = place / str(moment)
        process = begun(out)
        waited(process, out, 6 * random.Random(moment).random())
        process.kill()
        process.communicate(timeout=30)
        kept = resume(beside(out, "journal"))
        again = begun(out, "--time-limit", "8")
        _, said = again.communicate(timeout=120)
        if again.returncode == 5 and resume(beside(out, "journal")).plan == kept.plan:
            yield None  # the limit ended it before it could begin there: the plan stays
        elif kept.plan is None or again.returncode != 3 or "the best plan it left" not in said:
            yield f"killed: code {again.returncode}, {said[-200:]!r}"
        else:
            yield _not_worse(out, float(kept.levels[0].value))


def _not_worse(out: Path, value: float) -> Fault:
    plan = json.loads((out / "plan.json").read_text("utf-8"))
    if not verify(out).ok:
        return "the verifier objects"
    found = float(plan["objective"][0]["value"])
    return None if found >= value else f"{found} after {value} was known"


def killed_solver(place: Path, times: int) -> Iterator[Fault]:
    """kill -9 of the solver's process alone: its best plan is published, the message says (F07)."""
    for moment in range(times):
        out = place / str(moment)
        process = begun(out)
        waited(process, out, 6 * random.Random(moment).random())
        os.kill(solver_of(process), signal.SIGKILL)
        _, said = process.communicate(timeout=60)
        fine = process.returncode == 3 and verify(out).ok
        yield None if fine else f"solver killed: code {process.returncode}, {said[-200:]!r}"


def interrupted(place: Path, times: int) -> Iterator[Fault]:
    """SIGINT and SIGTERM once: a verified plan within ten seconds; without any: exit 5 (F06)."""
    for moment in range(times):
        for number, how in enumerate((signal.SIGINT, signal.SIGTERM)):
            out = place / f"{moment}-{number}"
            process = begun(out)
            waited(process, out, 6 * random.Random(moment).random(), for_plan=moment % 3 != 2)
            had = has_plan(out)
            asked = time.monotonic()
            os.killpg(process.pid, how)
            _, said = process.communicate(timeout=60)
            took = time.monotonic() - asked
            codes = (3,) if had else (2, 3, 5, -how)
            fine = process.returncode in codes and took <= _slow(END_S) and "Traceback" not in said
            fine = fine and (process.returncode != 3 or not out.exists() or verify(out).ok)
            yield None if fine else f"{how}: code {process.returncode} after {took:.1f} s, {said}"


def interrupted_twice(place: Path, times: int) -> Iterator[Fault]:
    """A second Ctrl-C aborts at once; what was found stays for the next run (F06)."""
    for moment in range(times):
        out = place / str(moment)
        process = begun(out)
        waited(process, out, 3 * random.Random(moment).random())
        for _ in range(2):
            process.send_signal(signal.SIGINT)
            time.sleep(0.05)
        asked = time.monotonic()
        _, said = process.communicate(timeout=30)
        took = time.monotonic() - asked
        kept = resume(beside(out, "journal")).plan is not None or (out / "plan.json").exists()
        fine = process.returncode == 3 and took <= _slow(3) and kept
        yield (None if fine else f"twice: {process.returncode} after {took:.1f} s, {said[-200:]}")


def short_memory(place: Path, _times: int) -> Iterator[Fault]:
    """Little address space: a plan that holds, or a message that says what was short (F08)."""
    for megabytes in LEAST_MEMORY:
        out = place / str(megabytes)
        call = [*PROGRAM, "solve", str(city(place)), "--out", str(out), "--lang", "en"]
        done = subprocess.run(
            [*call, "--time-limit", "15"],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=200,
            check=False,
            preexec_fn=lambda m=megabytes: resource.setrlimit(
                resource.RLIMIT_AS, (m * 10**6, m * 10**6)
            ),
        )
        said = done.stdout + done.stderr
        fine = {0: True, 3: True, 5: True, 2: "emory" in said}.get(done.returncode, False)
        fine = fine and (done.returncode not in (0, 3) or verify(out).ok)
        fine = fine and "Traceback" not in said
        yield None if fine else f"{megabytes} MB: code {done.returncode}, {said[-300:]!r}"


SCENES: Mapping[str, Callable[[Path, int], Iterator[Fault]]] = {
    "files that may not grow": limited_files,
    "run killed": killed_run,
    "solver killed": killed_solver,
    "interrupted": interrupted,
    "interrupted twice": interrupted_twice,
    "memory short": short_memory,
}


def main() -> int:
    """Play the scenes asked for."""
    options = argparse.ArgumentParser(prog="python -m tests.faults.scenes", description=__doc__)
    options.add_argument("--times", type=int, default=20, help="moments of each kind")
    options.add_argument("--only", nargs="+", default=SCENES, choices=SCENES)
    asked = options.parse_args()
    lost = 0
    for name in asked.only:
        with tempfile.TemporaryDirectory() as folder:
            found = list(SCENES[name](Path(folder), asked.times))
        faults = [fault for fault in found if fault]
        lost += len(faults)
        print(*faults, sep="\n", end="\n" if faults else "")
        print(f"{name:<24}{len(found):>5} trials{len(found) - len(faults):>5} survived", flush=True)
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
