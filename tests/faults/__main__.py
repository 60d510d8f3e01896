"""``python -m tests.faults [--every N] [--kinds kill …]``: how many faults a run survives.

Every file-system call of a whole run is met by every kind of fault that can meet it: one run, one
fault. 1 where one was not survived.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.run import (
    Verdict,
    calls,
    copied,
    injected,
    known_outcome,
    prepared,
    solved,
    warm_up,
)
from tests.faults.system import KILL, KINDS, RUN, SOLVER, Fault, applies

JOURNAL = ".out.journal"


def main() -> int:
    """Inject what is asked for, everything by default."""
    options = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    options.add_argument("--every", type=int, default=1, help="only every N-th call")
    options.add_argument("--first", type=int, default=0, help="beginning with this one")
    options.add_argument("--kinds", nargs="+", default=KINDS, choices=KINDS)
    asked = options.parse_args()
    met, lost = Counter(), Counter()
    with tempfile.TemporaryDirectory() as folder:
        for verdict, call in _verdicts(Path(folder), asked):
            met[verdict.fault.kind] += 1
            lost[verdict.fault.kind] += not verdict.survived
            if not verdict.survived:
                fault = verdict.fault
                print(f"{fault.kind} at {fault.role} {fault.number} {call}: ", end="")
                print(*verdict.faults, sep="; ")
                print(f"    code {verdict.ended.code}: {verdict.ended.said[-300:]!r}", flush=True)
    for kind in asked.kinds:
        print(f"{kind:<12}{met[kind]:>6} injected {met[kind] - lost[kind]:>6} survived")
    print(f"{'in all':<12}{met.total():>6} injected {met.total() - lost.total():>6} survived")
    return int(lost.total() > 0)


def _verdicts(place: Path, asked: argparse.Namespace) -> Iterator[tuple[Verdict, str]]:
    """The verdict on every fault with the call it met."""
    whole = prepared(place)
    searching = [
        call
        for call in calls(place / "whole.log")
        if call.role == SOLVER or call.path.endswith(JOURNAL)
    ]
    known = known_outcome(whole)
    warm_up(whole, known)
    yield from _met(whole, searching, asked, "--force")
    for words, kinds in ((("--force",), asked.kinds), ((), {KILL} & {*asked.kinds})):
        trial = place / "trial"
        solved(copied(whole, trial, with_result="--force" in words), None, *words, known=known)
        asked_here = argparse.Namespace(**{**vars(asked), "kinds": kinds})
        found = [call for call in calls(place / "trial.log") if call.role == RUN]
        yield from _met(whole, found, asked_here, *words, known=known)


def _met(whole, found, asked, *words, known=None) -> Iterator[tuple[Verdict, str]]:
    for call in found[asked.first :: asked.every]:
        for kind in asked.kinds:
            if applies(kind, call.what):
                fault = Fault(call.role, call.number, kind)
                verdict = injected(whole, whole.parent, fault, *words, known=known)
                yield verdict, f"{call.what} {Path(call.path).name}"


if __name__ == "__main__":
    sys.exit(main())
