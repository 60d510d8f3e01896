"""What became of the mutants: counted, explained in equivalent.toml, recorded in table.csv."""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from models.constraints import FAMILIES
from tests.mutation.battery import Prepared
from tests.mutation.endings import fates_of_endings
from tests.mutation.run import (
    GOLDEN,
    NOTHING_KNOWN,
    Fate,
    Known,
    fates,
    mutants_of_columns,
    mutants_of_goals,
    mutants_of_rows,
    without_rows,
)
from tests.mutation.tables import fates_of_tables

EXPLANATIONS = Path(__file__).with_name("equivalent.toml")
RECORD = Path(__file__).with_name("table.csv")
NAMES = [*(family.name for family in FAMILIES), "columns", "goals", "endings", "tables"]
SCOPES = {"goals": "goal_*", "endings": "closing_*", "tables": "table.*"}
COLUMNS = ("verifier", "oracle", "solve", "golden", "argued", "alive")
HEAD = f"{'':<22}{'mutants':>9}" + "".join(f"{name:>10}" for name in COLUMNS)


def fates_of(battery: list[Prepared], name: str, known: Known = NOTHING_KNOWN) -> list[Fate]:
    """Of the mutants of a family, of the columns, the goals, the levels after them, the tables."""
    if name == "tables":
        return list(fates_of_tables(battery))
    if name == "endings":
        return list(fates_of_endings(known))
    makers = {"columns": mutants_of_columns, "goals": mutants_of_goals}
    make = makers.get(name)
    mutants = mutants_of_rows(battery, name) if make is None else make(battery)
    return list(fates(battery, mutants, known))


def faults_of(battery: list[Prepared], name: str, found: list[Fate]) -> list[str]:
    """What no plan showed and nobody argued for, idle arguments, constraints without a row."""
    patterns = [p for p in _patterns() if fnmatchcase(p, SCOPES.get(name, f"{name}.*"))]
    left = {fate.mutant: fate.killer for fate in found if fate.killer in (None, GOLDEN)}
    words = {None: "survives", GOLDEN: "only the golden rows show"}
    faults = [
        f"{words[killer]}: {mutant}"
        for mutant, killer in left.items()
        if not any(fnmatchcase(mutant, p) for p in patterns)
    ]
    idle = [p for p in patterns if not any(fnmatchcase(mutant, p) for mutant in left)]
    faults += [f"explains nothing: {p}" for p in idle]
    return faults + [f"no case has a row: {group}" for group in without_rows(battery, name)]


def summary(title: str, found: list[Fate]) -> str:
    """One line of the table; alive is what neither plans nor golden rows nor an argument settle."""
    by = Counter(fate.killer for fate in found)
    survivors = [fate.mutant for fate in found if fate.killer is None]
    argued = sum(any(fnmatchcase(name, p) for p in _patterns()) for name in survivors)
    counts = [by[who] for who in ("verifier", "oracle", "solve", GOLDEN)]
    counts += [argued, len(survivors) - argued]
    return f"{title:<22}{len(found):>9}" + "".join(f"{n:>10}" for n in counts)


def recorded() -> dict[str, str]:
    """What the last whole run found: mutant -> the case that killed it, "" where none did."""
    with RECORD.open(encoding="utf-8", newline="") as stream:
        return {row["mutant"]: row["case"] for row in csv.DictReader(stream)}


def record(found: Iterable[Fate]) -> None:
    """Keep a whole run, for the next one to begin with."""
    with RECORD.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("mutant", "killer", "case"))
        writer.writerows((fate.mutant, fate.killer or "", fate.case) for fate in found)


def implied() -> tuple[str, ...]:
    """Patterns of the mutants of which the argument says that other rows imply what they change."""
    return tuple(p for entry in _entries() if entry.get("implied") for p in entry["mutants"])


@cache
def _patterns() -> tuple[str, ...]:
    return tuple(p for entry in _entries() for p in entry["mutants"])


def _entries() -> list[dict]:
    return tomllib.loads(EXPLANATIONS.read_text("utf-8"))["equivalent"]
