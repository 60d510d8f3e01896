"""A process tree seen from outside: what it says, at which CPU second, and how much it takes."""

import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO

import psutil

POLL_S = 0.2
GRACE_S = 300  # wall, from the request to end until the tree is killed
SLOWEST = 20  # wall seconds a CPU second may take on a busy machine


@dataclass
class Trace:
    """``said`` = (CPU seconds since it was ready, what it said)."""

    said: list[tuple[float, dict]] = field(default_factory=list)
    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_mb: float = 0.0
    code: int | None = None
    errors: str = ""

    def last(self, name: str, at: float = float("inf")):
        """The last *name* said until CPU second *at*; None where there is none."""
        return next((d[name] for s, d in reversed(self.said) if s <= at and name in d), None)

    def first_at_least(self, value: float) -> float | None:
        """CPU second of the first plan of *value*."""
        return next((s for s, d in self.said if d.get("value", -1e300) >= value), None)

    def gap(self, at: float = float("inf")) -> float | None:
        """|bound - value| ÷ |value| of best and tightest until CPU second *at*."""
        value, bound = self.last("value", at), self.last("bound", at)
        return abs(bound - value) / abs(value) if value and bound is not None else None


def watch(command: Sequence[str], cpu_limit_s: float) -> Trace:
    """Run *command* until it ends or its tree has taken *cpu_limit_s* since it was ready."""
    with tempfile.TemporaryFile() as errors:
        trace = _watch(command, cpu_limit_s, errors)
        errors.seek(0)
        trace.errors = errors.read().decode("utf-8", "replace")
    return trace


def _watch(command: Sequence[str], cpu_limit_s: float, errors: IO[bytes]) -> Trace:
    started, trace = time.monotonic(), Trace()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        stderr=errors,
    )
    tree = psutil.Process(process.pid)
    ready = [0.0]

    def listen():
        for line in process.stdout:
            if line.startswith("{"):
                said = json.loads(line)
                cpu_s = _cpu_s(tree, trace)
                if "ready" in said:
                    ready[0] = cpu_s
                trace.said.append((cpu_s - ready[0], said))

    reader = threading.Thread(target=listen, daemon=True)
    reader.start()
    asked_at = None
    while process.poll() is None:
        trace.peak_mb = max(trace.peak_mb, _memory_mb(tree))
        now = time.monotonic()
        over = _cpu_s(tree, trace) - ready[0] > cpu_limit_s
        if asked_at is None and (over or now - started > SLOWEST * cpu_limit_s + GRACE_S):
            asked_at = now
            process.send_signal(signal.SIGTERM)
        if asked_at is not None and now - asked_at > GRACE_S:
            os.killpg(process.pid, signal.SIGKILL)
        time.sleep(POLL_S)
    reader.join(timeout=5)
    trace.cpu_s -= ready[0]
    trace.wall_s, trace.code = time.monotonic() - started, process.returncode
    return trace


def _cpu_s(tree: psutil.Process, trace: Trace) -> float:
    """CPU seconds of the tree, ended children included; never falls."""
    total = 0.0
    for one in _alive(tree):
        try:
            times = one.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    trace.cpu_s = max(trace.cpu_s, total)
    return trace.cpu_s


def _memory_mb(tree: psutil.Process) -> float:
    total = 0
    for one in _alive(tree):
        try:
            total += one.memory_info().rss
        except psutil.Error:
            continue
    return total / 2**20


def _alive(tree: psutil.Process) -> list[psutil.Process]:
    try:
        return [tree, *tree.children(recursive=True)]
    except psutil.Error:
        return []
