"""Run folders in memory that the verifier's mutants meet: good ones, and each spoiled at random.

A folder is spoiled in one to three places: a cell moved by its smallest unit, set to another number
or word of the folder, a row left out or doubled, a value of a JSON file changed. What the reader
would refuse is no folder of the battery.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from random import Random
from typing import Any

from optimizer.api import solve as solve_and_publish
from optimizer.case import Case, read_case
from optimizer.checks.columns import CELLS, INPUT_COLUMNS, OUTPUT_COLUMNS
from optimizer.checks.folder import Folder, read_folder
from optimizer.checks.shape import FAILED_MUSTS, PLAN, POLICY, SCENARIO, faults_of
from optimizer.errors import NoPlanCanExist, NoPlanFound
from optimizer.run_folder import run_inputs, set_verdict, write_run
from optimizer.solve.solve import solve
from optimizer.verify import judged
from tests.bad_input.base import tables, write_csv
from tests.mutation.battery import prepare_all
from tests.mutation.run import EXACT
from tests.optimizer.checks.test_reasons import FAILING
from tests.oracle.folder import write_case

SHAPES = {"plan": PLAN, "policy": POLICY, "scenario": SCENARIO}
KINDS = {**INPUT_COLUMNS, **OUTPUT_COLUMNS}
BOTH = ("communities", "projects")  # tables of these names are inputs and outputs
WORDS = (
    *("must", "target", "reach", "own", "members", "one", "all", "any", "whole", "split"),
    *("site", "building", "none", "community", "required", "excluded", "candidate", "certified"),
    *("partly", "claimed", "optimal", "feasible", "stopped", "no_plan", "infeasible", "broken"),
)
NUMBERS = (0, 1, 2, 3, Decimal("0.5"), Decimal("0.000001"), 1000, 10**9)
FLAGS = ("", "0", "1", "upgrade")


def good_folders(place: Path) -> Iterator[tuple[str, Folder]]:
    """Every case of the battery solved, and cases that no plan can satisfy; by name."""
    placed = read_case(write_csv(place / "placed"))  # the battery's own distances are given
    derived = [(f"without {c}", _without(c, place)) for c in ("residents", "households")]
    cases = [
        ("placed", placed),
        *derived,
        *((c.name, c.case) for c in prepare_all(place / "cases")),
    ]
    for number, (name, case) in enumerate(cases):
        outcome = solve(case.instance, EXACT)
        if outcome.plan is not None:
            folder = place / str(number)
            folder.mkdir()
            write_run(run_inputs(case), outcome, EXACT, folder)
            found = judged(read_folder(folder))
            set_verdict(folder, found)
            yield name, read_folder(folder)
    for number, (name, (tiny, *_)) in enumerate(FAILING.items()):
        out = place / f"failing-{number}"
        try:
            solve_and_publish(write_case(tiny, place / f"f{number}"), out, in_child=False)
        except (NoPlanCanExist, NoPlanFound):
            yield name, read_folder(out)


def _without(column: str, place: Path) -> Case:
    """The placed case where *column* of its communities is derived (A4)."""
    content = tables()
    for row in content["communities"]:
        del row[column]
    return read_case(write_csv(place / f"without {column}", content))


def spoiled(name: str, folder: Folder, number: int) -> Folder:
    """*folder* with its *number*-th spoiling; the 0-th is none."""
    chance = Random(f"{name}#{number}")
    times = min(number, 1 if chance.random() < 0.7 else chance.choice((2, 2, 3)))
    for _ in range(times):
        for _try in range(20):
            changed = _CHANGES[chance.choices(range(5), (60, 12, 12, 14, 2))[0]](folder, chance)
            if changed is not None:
                folder = changed
                break
    return folder


# -- tables ---------------------------------------------------------------------------------------


def _tables(folder: Folder) -> list[tuple[str, str]]:
    sides = (("outputs", folder.outputs), ("inputs", folder.inputs))
    return [(side, name) for side, tables in sides for name in tables if tables[name]]


def _with_rows(folder: Folder, side: str, name: str, rows: tuple) -> Folder:
    return replace(folder, **{side: {**getattr(folder, side), name: rows}})


def _cell(folder: Folder, chance: Random) -> Folder | None:
    side, name = chance.choice(_tables(folder))
    rows = getattr(folder, side)[name]
    kinds = (OUTPUT_COLUMNS if side == "outputs" else INPUT_COLUMNS)[name]
    column = chance.choice(list(rows[0]))
    at = chance.randrange(len(rows))
    said = rows[at][column]
    value = _other_cell(folder, chance, [row[column] for row in rows], said)
    pattern = CELLS[kinds.get(column, "text")][0]
    if column.startswith("served_"):
        pattern = CELLS["number?"][0]
    if value == said or not pattern.fullmatch(value):
        return None
    changed = (*rows[:at], {**rows[at], column: value}, *rows[at + 1 :])
    return _with_rows(folder, side, name, changed)


def _other_cell(folder: Folder, chance: Random, column: list[str], said: str) -> str:
    try:
        value = Decimal(said or "0")
    except InvalidOperation:
        return _other_word(folder, chance, column, said)
    unit = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    if said in FLAGS and chance.random() < 0.6:
        return chance.choice(FLAGS)
    options = [value + unit, value - unit, value + unit, value - unit, value * 2, Decimal(0)]
    text = format(chance.choice(options), "f")
    return chance.choice((text, text, chance.choice(column), _any_number(folder, chance)))


def _any_number(folder: Folder, chance: Random) -> str:
    """A number that stands somewhere in the folder: a limit, an area, a sum."""
    if chance.random() < 0.5:
        found = [v for _, v in _leaves(folder.policy) if _is_number(v)]
        found += [v for _, v in _leaves(folder.scenario) if _is_number(v)]
        return format(Decimal(chance.choice(found)), "f") if found else "1"
    side, name = chance.choice(_tables(folder))
    row = chance.choice(getattr(folder, side)[name])
    return chance.choice(list(row.values()))


def _other_word(folder: Folder, chance: Random, column: list[str], said: str) -> str:
    ids = [row["id"] for t in ("communities", "buildings", "functions") for row in _rows(folder, t)]
    options = ["", chance.choice(column), chance.choice(ids), chance.choice(WORDS)]
    options += [f"{said};{chance.choice(column)}", said.rpartition(";")[0], f"{said}x"]
    return chance.choice(options)


def _rows(folder: Folder, table: str) -> tuple:
    return folder.inputs[table] or ({"id": "x"},)


def _without_row(folder: Folder, chance: Random) -> Folder:
    side, name = chance.choice(_tables(folder))
    rows = getattr(folder, side)[name]
    at = chance.randrange(len(rows))
    return _with_rows(folder, side, name, (*rows[:at], *rows[at + 1 :]))


def _row_more(folder: Folder, chance: Random) -> Folder:
    """A row twice, or once more with another cell."""
    side, name = chance.choice(_tables(folder))
    rows = getattr(folder, side)[name]
    row = dict(chance.choice(rows))
    if chance.random() < 0.8:
        column = chance.choice(list(row))
        kind = (OUTPUT_COLUMNS if side == "outputs" else INPUT_COLUMNS)[name].get(column, "text")
        value = _other_cell(folder, chance, [r[column] for r in rows], row[column])
        row[column] = value if CELLS[kind][0].fullmatch(value) else row[column]
    return _with_rows(folder, side, name, (*rows, row))


# -- JSON and exports -----------------------------------------------------------------------------


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _leaves(data: Any, path: tuple = ()) -> Iterator[tuple[tuple, Any]]:
    entries: Any = ()
    if isinstance(data, Mapping):
        entries = data.items()
    elif isinstance(data, list | tuple):
        entries = enumerate(data)
    if path:
        yield path, data
    for key, value in entries:
        yield from _leaves(value, (*path, key))


def _json(folder: Folder, chance: Random) -> Folder | None:
    name = chance.choice(("plan", "policy", "policy", "scenario", "scenario"))
    data = getattr(folder, name)
    leaves = [(p, v) for p, v in _leaves(data) if p[0] not in ("rules", "note", "about")]
    if chance.random() < 0.1:
        leaves = [(p, v) for p, v in _leaves(data) if p[0] == "rules"] or leaves
    path, said = chance.choice(leaves)
    changed = _put(data, path, _other_value(said, chance))
    shapes = [*faults_of(SHAPES[name], changed, "")]
    if name == "plan":
        shapes += faults_of(FAILED_MUSTS, changed.get("failed_musts", []), "")
    return None if shapes else replace(folder, **{name: changed})


def _put(data: Any, path: tuple, value: Any) -> Any:
    if not path:
        return value
    copied = dict(data) if isinstance(data, Mapping) else list(data)
    copied[path[0]] = _put(copied[path[0]], path[1:], value)
    return copied


def _other_value(said: Any, chance: Random) -> Any:
    if isinstance(said, bool):
        return not said
    if _is_number(said):
        unit = Decimal(1).scaleb(min(0, int(Decimal(said).as_tuple().exponent)))
        near = [Decimal(said) + unit, Decimal(said) - unit]
        moved = chance.choice([*near, *near, None, *NUMBERS])
        return int(moved) if isinstance(said, int) and moved is not None else moved
    if isinstance(said, str):
        return chance.choice((*WORDS, "", said + "x", None))
    if isinstance(said, list | tuple):
        return chance.choice((list(said)[:-1], [*said, *said[:1]], list(said)[1:], [], None))
    if isinstance(said, Mapping):
        less = {k: v for n, (k, v) in enumerate(said.items()) if n}
        return chance.choice((less, {}, None))
    return chance.choice((0, 1, {}, [], *NUMBERS))


def _exports(folder: Folder, chance: Random) -> Folder:
    found = chance.choice(("0", "1"))
    return replace(folder, exports={"plan.xlsx": ("1", found)})


_CHANGES = (_cell, _without_row, _row_more, _json, _exports)
