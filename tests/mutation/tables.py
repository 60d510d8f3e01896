"""Mutants of the tables of a run: a cell blanked, shifted, or exchanged with another row's."""

import csv
import tempfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from optimizer.checks.folder import OUTPUTS
from optimizer.run_folder import run_inputs, write_run
from optimizer.solve.solve import solve
from optimizer.verify import VerifyError, verify
from tests.mutation.battery import Prepared
from tests.mutation.cases_of_tables import RUNS
from tests.mutation.run import EXACT, Fate

Rows = list[dict[str, str]]


def fates_of_tables(battery: list[Prepared]) -> Iterator[Fate]:
    """Every column of every table: some run has a cell whose change the verifier notices."""
    with tempfile.TemporaryDirectory() as place:
        folders = {
            case.name: _run(case, Path(place) / str(k))
            for k, case in enumerate(battery)
            if case.name in RUNS
        }
        heads = {
            (table, head): None
            for folder in folders.values()
            for table in OUTPUTS
            for head in _read(folder / f"{table}.csv")[0]
        }
        for table, head in heads:
            kind = head if not head.startswith("served_") else "served_*"
            for operator, change in CHANGES.items():
                name = f"table.{table}.{kind}: {operator}"
                fate = _fate(name, table, head, change, folders)
                if fate is not None:
                    yield fate


def _run(case: Prepared, folder: Path) -> Path:
    folder.mkdir()
    outcome = solve(case.case.instance, EXACT)
    write_run(run_inputs(case.case), outcome, EXACT, folder)
    assert verify(folder, is_published=False).ok, case.name
    return folder


def _fate(name: str, table: str, head: str, change, folders: dict[str, Path]) -> Fate | None:
    is_tried = False
    for case, folder in folders.items():
        file = folder / f"{table}.csv"
        before = file.read_text("utf-8")
        heads, rows = _read(file)
        if head in heads and change(rows, head):
            is_tried = True
            _write(file, heads, rows)
            killed = not _is_clean(folder)
            file.write_text(before, "utf-8")
            if killed:
                return Fate(name, "verifier", case)
    return Fate(name, None) if is_tried else None  # every cell of the column says the same


def _read(file: Path) -> tuple[list[str], Rows]:
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def _write(file: Path, heads: list[str], rows: Rows) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, heads, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _is_clean(folder: Path) -> bool:
    try:
        return verify(folder, is_published=False).ok
    except VerifyError:
        return False


def _blank(rows: Rows, head: str) -> bool:
    """The first cell that says something says nothing."""
    said = [row for row in rows if row[head]]
    if said:
        said[0][head] = ""
    return bool(said)


def _shift(rows: Rows, head: str) -> bool:
    """One unit more, or a word more."""
    for row in rows:
        try:
            value = Decimal(row[head])
            row[head] = format(
                value + Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))), "f"
            )
        except InvalidOperation:
            row[head] += "x"
        return True
    return False


def _swap(rows: Rows, head: str) -> bool:
    """Two rows exchange what they say."""
    for row in rows[1:]:
        if row[head] != rows[0][head]:
            row[head], rows[0][head] = rows[0][head], row[head]
            return True
    return False


CHANGES = {"blank": _blank, "shift": _shift, "swap": _swap}
