"""``python -m tests.oracle --cases 2000``: product against oracle, half of them in any goal order.

Prints every case that differs and the count; the exit code is 1 where one does.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.oracle.against import solved_and_compared
from tests.oracle.any_goals import any_goals_case
from tests.oracle.generator import random_case


def main() -> int:
    """Run the programme; see the module."""
    options = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    options.add_argument("--cases", type=int, default=200)
    options.add_argument("--first", type=int, default=0, help="first seed")
    options.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    asked = options.parse_args()
    started, done, apart, too_large = time.monotonic(), 0, 0, 0
    for k in range(asked.cases):
        if time.monotonic() - started > asked.seconds:
            break
        make, seed = (random_case, any_goals_case)[k % 2], asked.first + k // 2
        try:
            with tempfile.TemporaryDirectory() as folder:
                found = solved_and_compared(make(seed), Path(folder))
        except RuntimeError as error:
            if "too large for the oracle" not in str(error):
                raise
            too_large += 1
            continue
        except AssertionError as error:
            found = [str(error)[:300]]
        done += 1
        if found:
            apart += 1
            print(f"{make.__name__}({seed})", *found, sep="\n    ", flush=True)
    print(f"{done} cases compared, {apart} differ, {too_large} too large for the oracle")
    return int(apart > 0)


if __name__ == "__main__":
    sys.exit(main())
