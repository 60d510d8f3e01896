"""``python -m tests.gate --count 20000``: exit code 1 where the installed highspy is wrong once."""

import argparse
import importlib.metadata
import sys

from optimizer.solve.session import run
from tests.gate.programs import wrong_answers


def main() -> int:
    """Print every wrong answer and the count."""
    options = argparse.ArgumentParser(prog="python -m tests.gate", description=__doc__)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--first", type=int, default=0)
    asked = options.parse_args()
    wrong = wrong_answers(range(asked.first, asked.first + asked.count), run)
    for entry in wrong:
        print(f"program({entry.seed}): {entry.expected}, found {entry.found}")
    version = importlib.metadata.version("highspy")
    print(f"highspy {version}: {len(wrong)} wrong of {asked.count}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
