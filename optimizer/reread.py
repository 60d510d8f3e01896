"""Whether the raw data still say what stands in ``inputs/`` of a run folder, cell by cell.

The raw data are read by the ordinary readers, with the run's own changes and coordinate system.
What the run derived is no concern of theirs: the verifier computes that again. Source: contract
section 4 (``verify --raw``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from models.exact import half_up
from optimizer.canonical import text_of
from optimizer.checks import sweep
from optimizer.checks.facts import Facts
from optimizer.checks.folder import Folder, parts, read_folder
from optimizer.errors import InputError, Text
from optimizer.load import load
from optimizer.packs import read_catalogue
from optimizer.rows import Row, Table
from optimizer.scenario import Change
from optimizer.tables import TABLES
from optimizer.validate import Checked, typed_tables
from optimizer.verify import Report
from optimizer.verify import verify as verify_alone

RULE = "contract 4"
UNREAD = ("boundaries",)  # gives positions to communities, and stands in no other rule
ROUNDED = (("needs", "persons"), ("functions", "weight"))  # half up to six decimals, once
MADE = {"floors": "level", "needs": "persons", "adjacency": "neighbour"}  # derived with the row
Key = tuple[str, ...]
Cells = Mapping[str, str]


def verify(directory: Path, raw: Path | None = None) -> Report:
    """What the verifier finds in *directory*, and with *raw* how its inputs differ from that data.

    VerifyError where the folder is damaged, InputError where the raw data cannot be read.
    """
    report = verify_alone(directory, raw)
    if raw is None:
        return report
    is_sweep = (directory / sweep.INDEX).exists()
    found = []
    for folder in sweep.points(directory) if is_sweep else (directory,):
        before = f"{folder.name} " if is_sweep else ""
        found += [{**v, "place": before + v["place"]} for v in _differences(folder, raw)]
    return replace(report, violations=[*report.violations, *found])


def _differences(directory: Path, raw: Path) -> Iterator[dict[str, Any]]:
    folder = read_folder(directory)
    again = _read_again(folder, raw)
    for name, rows in folder.inputs.items():
        if name in TABLES and name not in UNREAD:
            table = again.tables.get(name, Table(name, ()))
            yield from _of_table(folder, table, rows)


def _read_again(folder: Folder, raw: Path) -> Checked:
    """The tables of *raw* as the run would read them today."""
    scenario, catalogue = folder.scenario, read_catalogue().functions
    changes = tuple(Change(**change) for change in scenario["changes"])
    if folder.policy["hosts"] != "community":
        catalogue = replace(catalogue, rows=())
    checked = typed_tables(load(raw), changes, scenario["coords"], catalogue)
    if any(issue.severity == "error" for issue in checked.issues):
        raise InputError(checked.issues)
    return checked


def _of_table(folder: Folder, table: Table, kept: tuple[Cells, ...]) -> Iterator[dict[str, Any]]:
    columns = [column.name for column in TABLES[table.name].columns]
    key = TABLES[table.name].key
    given = {tuple(text_of(row.values[k]) for k in key): row for row in table.rows}
    told = {tuple(row[k] for k in key): row for row in kept}
    for id, row in given.items():
        for column in columns if id in told else ():
            if not _is_same(folder, table.name, column, row, told[id]):
                yield _cell(table, row, "/".join(id), column, told[id][column])
        if id not in told and not _may_be_left_out(folder, table.name, row):
            yield _lost(table, row, "/".join(id))
    for id, cells in told.items():
        if id not in given and not _may_be_made(table.name, id, cells, given):
            yield _made_up(table, "/".join(id))


def _is_same(folder: Folder, table: str, column: str, row: Row, kept: Cells) -> bool:
    """An empty cell may have been derived; what was given stands as it was."""
    value, said = row.values[column], kept[column]
    if (table, column) == ("functions", "weight") and folder.policy["hosts"] == "building":
        return True  # every weight is 1 there (contract 5 Goals)
    if value is None:
        return said == "" or column in parts(kept.get("derived", ""))
    if (table, column) in ROUNDED:
        value = half_up(Fraction(value), 6)
    return text_of(value) == said or _number(text_of(value)) == _number(said) is not None


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _may_be_left_out(folder: Folder, table: str, row: Row) -> bool:
    """A walk beyond the longest limit is kept by nobody."""
    if table != "distances":
        return False
    facts = Facts(folder)
    limits = [facts.limits["host"], *(facts.reach(f) for f in facts.functions)]
    return all(limit is not None and row.values["walk_m"] > limit for limit in limits)


def _may_be_made(table: str, key: Key, cells: Cells, given: Mapping[Key, Row]) -> bool:
    """A row that nobody gave: measured, derived as a whole, or the way back of a neighbour."""
    if table == "distances":
        return not given
    if table == "adjacency" and key[::-1] in given:
        return True
    has_own = table == "floors" and any(key[0] == building for building, _ in given)
    return MADE.get(table) in parts(cells["derived"]) and not has_own


def _cell(table: Table, row: Row, name: str, column: str, said: str) -> dict[str, Any]:
    now = text_of(row.values[column])
    zh = f"原始数据第 {row.number} 行({name})的 {column} 为 {now!r},结果文件夹为 {said!r}。"
    en = f"row {row.number} ({name}) of the raw data has {column} {now!r}, the run folder {said!r}."
    return _violation(table, f"{row.number} {column}", said, now, Text(zh, en))


def _lost(table: Table, row: Row, name: str) -> dict[str, Any]:
    zh = f"原始数据第 {row.number} 行({name})不在结果文件夹里。"
    en = f"row {row.number} ({name}) of the raw data is not in the run folder."
    return _violation(table, f"{row.number}", "absent", name, Text(zh, en))


def _made_up(table: Table, name: str) -> dict[str, Any]:
    zh = f"结果文件夹 inputs/{table.name}.csv 的 {name} 不在原始数据里。"
    en = f"{name} of inputs/{table.name}.csv in the run folder is not in the raw data."
    return _violation(table, name, name, "absent", Text(zh, en))


def _violation(table: Table, where: str, said: str, now: str, text: Text) -> dict[str, Any]:
    file = f"{table.file} {table.sheet}".strip() or f"inputs/{table.name}.csv"
    return {
        "rule": RULE,
        "place": f"{file} {where}",
        "claimed": said,
        "recomputed": now,
        "by": None,
        "zh": text.zh,
        "en": text.en,
    }
