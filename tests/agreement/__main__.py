"""``python -m tests.agreement --cases 300``: both engines on as many small cases.

A third each of the oracle's cases, of cases with goals in any order, and of towns. Prints every
disagreement and the counts; the exit code is 1 where there is one.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from optimizer.errors import LinliError
from tests.agreement.compare import disagreements
from tests.agreement.towns import town
from tests.oracle.any_goals import any_goals_case
from tests.oracle.generator import random_case

MAKERS = (random_case, any_goals_case, town)


def main() -> int:
    """Run the programme; see the module."""
    asked = _asked()
    started, count = time.monotonic(), Counter()
    for k in range(asked.cases):
        if time.monotonic() - started > asked.seconds:
            break
        make, seed = MAKERS[k % 3], asked.first + k // 3
        if asked.only and make.__name__ != asked.only:
            continue
        found = _differences(make, seed, count)
        if found:
            count["differ"] += 1
            print(f"{make.__name__}({seed})", *found, sep="\n    ", flush=True)
    print(", ".join(f"{number} {what}" for what, number in sorted(count.items())))
    return int(count["differ"] > 0)


def _differences(make, seed: int, count: Counter) -> list[str]:
    try:
        with tempfile.TemporaryDirectory() as folder:
            found = disagreements(make(seed), Path(folder))
    except LinliError:
        count["refused"] += 1
        return []
    except RuntimeError as error:
        if "too large for the oracle" not in str(error):
            raise
        count["too large for the oracle"] += 1
        return []
    count["compared"] += 1
    return found


def _asked() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m tests.agreement", description=__doc__)
    options.add_argument("--cases", type=int, default=300)
    options.add_argument("--first", type=int, default=0, help="first seed")
    options.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    options.add_argument("--only", choices=[make.__name__ for make in MAKERS])
    return options.parse_args()


if __name__ == "__main__":
    sys.exit(main())
