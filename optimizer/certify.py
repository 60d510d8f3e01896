"""Writes ``bound_certificate.json``: duals with which the verifier bounds each goal by itself.

The relaxation is the verifier's (:mod:`optimizer.checks.bound`); what is written need not be right,
since the verifier proves what the numbers are worth.
"""

import contextlib
import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

from optimizer.checks.bound.audit import Audit, Level
from optimizer.checks.facts import Facts
from optimizer.checks.folder import BOUND_SCHEMA, CERTIFICATE, read_folder
from optimizer.environment import clean_environment
from optimizer.written import write_text

Duals = dict[str, str]
POLL_S, GRACE_S = 0.05, 2.0
PART = f".{CERTIFICATE}.part"


def certify_in_child(folder: Path, seconds: float, should_stop: Callable[[], bool]) -> None:
    """:func:`certify` in a process of its own; what it wrote before an early end stays."""
    context = multiprocessing.get_context("spawn")
    child = context.Process(target=_work, args=(folder, seconds), daemon=True)
    until = time.monotonic() + seconds + GRACE_S
    with clean_environment():
        child.start()
    try:
        while child.is_alive() and time.monotonic() < until and not should_stop():
            child.join(POLL_S)
    finally:
        if child.is_alive():
            child.kill()
        child.join()
        (folder / PART).unlink(missing_ok=True)


def _work(folder: Path, seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):  # HiGHS prints a banner whatever its options say
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with contextlib.suppress(OSError):  # a disk that is full: the plan goes without
        certify(folder, seconds)


def certify(folder: Path, seconds: float, should_stop: Callable[[], bool] = lambda: False) -> None:
    """Write ``bound_certificate.json`` into the run folder: a dual vector of each level.

    A level that has none in time is left out, and those after it.
    """
    from optimizer.solve.relaxed import Relaxed

    until = time.monotonic() + seconds
    audit = Audit(Facts(read_folder(folder)))
    programs, found = Relaxed(audit.program), dict[str, Duals]()
    for level in audit.levels:
        left = until - time.monotonic()
        duals = _at_hand(audit, level)
        if duals is None and left > 0 and not should_stop():
            duals = programs.duals(level, left, should_stop)
        if duals is None:
            break
        found[level.name] = duals
        _write(folder, found)


def _write(folder: Path, found: Mapping[str, Duals]) -> None:
    """The levels found so far, in one piece: whoever waits may end us at any time."""
    levels = [{"name": name, "duals": duals} for name, duals in found.items()]
    data = {"schema": BOUND_SCHEMA, "levels": levels}
    write_text(folder / PART, json.dumps(data, ensure_ascii=False, indent=1))
    (folder / PART).replace(folder / CERTIFICATE)


def _at_hand(audit: Audit, level: Level) -> Duals | None:
    """Duals that need no solver: none, or a price of places, where they prove the value."""
    most = max((abs(Fraction(w)) for w in level.cost.values()), default=Fraction(0))
    for duals in ({}, {"pilots": f"-{most.__ceil__()}"}):
        if audit.bound(level, duals) == level.value:
            return duals
    return None
