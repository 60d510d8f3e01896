"""Print the mutation table: ``python -m tests.mutation [--only NAME ...]``."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.mutation.battery import prepare_all
from tests.mutation.run import (
    HEAD,
    NAMES,
    fates,
    groups_of,
    mutants_of_columns,
    mutants_of_goals,
    mutants_of_rows,
    summary,
    unexplained,
    without_rows,
)
from tests.mutation.tables import fates_of_tables


def main() -> int:
    """Run what is asked for, everything by default; 1 where something is unexplained."""
    options = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    options.add_argument("--only", nargs="+", default=[*NAMES, "columns", "goals", "tables"])
    options.add_argument("-v", action="store_true", help="the case that killed each mutant")
    asked = options.parse_args()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        battery = prepare_all(Path(folder))
        print(f"{len(battery)} cases", HEAD, sep="\n")
        for name in asked.only:
            scope = {"goals": "goal_*", "tables": "table.*"}.get(name, f"{name}.*")
            if name == "tables":
                rows, found = 0, list(fates_of_tables(battery))
            else:
                makers = {"columns": mutants_of_columns, "goals": mutants_of_goals}
                make = makers.get(name)
                mutants = mutants_of_rows(battery, name) if make is None else make(battery)
                rows, found = len(groups_of(battery, name)), list(fates(battery, mutants))
            print(summary(name, rows, found), flush=True)
            if asked.v:
                print(
                    *(f"    {f.mutant:<60} {f.killer or '-':<9} {f.case}" for f in found), sep="\n"
                )
            faults += unexplained(found, scope)
            faults += [f"no case has a row: {group}" for group in without_rows(battery, name)]
    print(*faults, sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
