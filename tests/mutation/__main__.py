"""Print the mutation table: ``python -m tests.mutation [--only NAME ...] [--quick]``.

A whole run lets every mutant meet up to thirty cases; a quick one begins with the case that killed
it in the last run of all, which ``table.csv`` keeps, and is what the tests do.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.mutation.battery import prepare_all
from tests.mutation.report import HEAD, NAMES, fates_of, faults_of, record, recorded, summary
from tests.mutation.run import NOTHING_KNOWN


def main() -> int:
    """Run what is asked for, everything by default; 1 where something is unexplained."""
    options = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    options.add_argument("--only", nargs="+", default=NAMES, choices=NAMES)
    options.add_argument("--quick", action="store_true", help="recorded killers first")
    asked = options.parse_args()
    faults, every = [], []
    known = recorded() if asked.quick else NOTHING_KNOWN
    with tempfile.TemporaryDirectory() as folder:
        battery = prepare_all(Path(folder))
        print(f"{len(battery)} cases", HEAD, sep="\n")
        for name in asked.only:
            found = fates_of(battery, name, known)
            print(summary(name, found), flush=True)
            faults += faults_of(battery, name, found)
            every += found
    print(summary("all", every), f"{time.process_time():.0f} CPU s", *faults, sep="\n")
    if asked.only == NAMES:
        record(every)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
