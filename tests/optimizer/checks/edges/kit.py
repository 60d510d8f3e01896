"""Run folders at an edge of one rule: a good folder of a tiny case, changed in named places.

Everything happens in memory: what the reader would refuse is not an edge but a damaged folder.
"""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from optimizer.api import solve as solve_and_publish
from optimizer.case import read_case
from optimizer.certify import certify
from optimizer.checks.folder import Folder, read_folder
from optimizer.errors import NoPlanCanExist, NoPlanFound
from optimizer.run_folder import run_inputs, set_verdict, write_run
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.solve import solve
from optimizer.verify import judged
from tests.oracle.case import TinyCase
from tests.oracle.folder import write_case

EXACT = SolveOptions(engine="exact", gap=0.0, seconds=30.0)
CERTIFY_S = 20.0
Change = Callable[[Folder], Folder]


@dataclass(frozen=True)
class Edge:
    """*base* with *changes*; ``broken`` are (rule, place) or (rule, place, claimed, recomputed).

    It is the whole list, unless it ends in ``...``: more then follows from what is told.
    ``verdicts``: (rule, scope) -> (required, actual) of verdicts that are told whether they hold.
    Bounds are the solver's word alone unless *is_proved*; ``proofs``: goal -> word, bound.
    """

    base: TinyCase = field(repr=False, compare=False)
    changes: tuple[Change, ...] = ()
    broken: tuple[Any, ...] = ()
    verdicts: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    is_proved: bool = False
    proofs: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)

    @property
    def told(self) -> list[tuple[str, ...]]:
        """What is told to be broken."""
        return [entry for entry in self.broken if entry is not ...]

    def folder(self) -> Folder:
        """The folder in memory."""
        found = good(self.base, is_proved=self.is_proved)
        for change in self.changes:
            found = change(found)
        return found


_MADE: dict[tuple[int, bool], tuple[TinyCase, Folder]] = {}


def good(tiny: TinyCase, *, is_proved: bool = False) -> Folder:
    """The run folder of *tiny* as it is, with its verdict."""
    key = id(tiny), is_proved
    if key not in _MADE:
        with tempfile.TemporaryDirectory(prefix="linli-edge-") as place:
            _MADE[key] = tiny, _solved(tiny, Path(place), is_proved=is_proved)
    return _MADE[key][1]


def _solved(tiny: TinyCase, place: Path, *, is_proved: bool) -> Folder:
    scenario = write_case(tiny, place / "case")
    case = read_case(scenario)
    outcome, out = solve(case.instance, EXACT), place / "out"
    if outcome.plan is None:
        try:
            solve_and_publish(scenario, out, in_child=False)
        except (NoPlanCanExist, NoPlanFound):
            return read_folder(out)
    out.mkdir()
    write_run(run_inputs(case), outcome, EXACT, out)
    if is_proved:
        certify(out, CERTIFY_S)
    set_verdict(out, judged(read_folder(out)))
    return read_folder(out)


# -- changes --------------------------------------------------------------------------------------


def _side(table: str) -> tuple[str, str]:
    return ("inputs", table.partition("/")[2]) if "/" in table else ("outputs", table)


def _with(folder: Folder, table: str, rows: list[Mapping[str, str]]) -> Folder:
    side, name = _side(table)
    return replace(folder, **{side: {**getattr(folder, side), name: tuple(rows)}})


def _rows(folder: Folder, table: str) -> list[Mapping[str, str]]:
    side, name = _side(table)
    return list(getattr(folder, side)[name])


def _is(row: Mapping[str, str], key: tuple[str, ...]) -> bool:
    return tuple(row.values())[: len(key)] == key


def cells(table: str, *key: str, **values: str) -> Change:
    """Cells of the rows of *table* (``inputs/…``) that begin with *key*."""

    def change(folder: Folder) -> Folder:
        rows = _rows(folder, table)
        assert any(_is(row, key) for row in rows), (table, key, rows)
        assert all(name in rows[0] for name in values), (table, values)
        return _with(folder, table, [{**r, **values} if _is(r, key) else r for r in rows])

    return change


def without(table: str, *key: str) -> Change:
    """*table* less the rows that begin with *key*."""

    def change(folder: Folder) -> Folder:
        rows = _rows(folder, table)
        assert any(_is(row, key) for row in rows), (table, key, rows)
        return _with(folder, table, [row for row in rows if not _is(row, key)])

    return change


def more(table: str, *key: str, **values: str) -> Change:
    """One more row: a copy of the first that begins with *key*, with other cells."""

    def change(folder: Folder) -> Folder:
        rows = _rows(folder, table)
        row = next(row for row in rows if _is(row, key))
        assert all(name in row for name in values), (table, values)
        return _with(folder, table, [*rows, {**row, **values}])

    return change


def fresh(table: str, **values: str) -> Change:
    """One more row of *table*, be it the first; cells not named are empty."""

    def change(folder: Folder) -> Folder:
        rows = _rows(folder, table)
        empty = dict.fromkeys(rows[0], "") if rows else {}
        return _with(folder, table, [*rows, {**empty, **values}])

    return change


def policy(*path: Any, **values: Any) -> Change:
    """Keys of policy.json, below *path*."""
    return lambda folder: replace(folder, policy=_put(folder.policy, path, values))


def plan(*path: Any, **values: Any) -> Change:
    """Keys of plan.json, below *path*."""
    return lambda folder: replace(folder, plan=_put(folder.plan, path, values))


def scenario(*path: Any, **values: Any) -> Change:
    """Keys of scenario.json, below *path*, and of its copy in plan.json."""

    def change(folder: Folder) -> Folder:
        changed = _put(folder.scenario, path, values)
        return replace(folder, scenario=changed, plan={**folder.plan, "scenario": changed})

    return change


def duals(level: str, **prices: str) -> Change:
    """The dual vector of *level*; ``__`` stands for a blank in the name of a row."""
    vector = {row.replace("__", " "): price for row, price in prices.items()}
    return lambda folder: replace(folder, duals={**folder.duals, level: vector})


def _put(data: Any, path: tuple[Any, ...], values: Mapping[str, Any]) -> Any:
    if not path:
        return {**data, **values}
    copied = dict(data) if isinstance(data, Mapping) else list(data)
    copied[path[0]] = _put(copied[path[0]], path[1:], values)
    return copied


def exports(**files: tuple[str, str]) -> Change:
    """Digests noted and found of exported files."""
    return lambda folder: replace(folder, exports=files)


def differences(edge: Edge) -> list[str]:
    """Where the verifier does not say of *edge* what is told."""
    found = judged(edge.folder())
    left = [(v["rule"], v["place"], v["claimed"], v["recomputed"]) for v in found.violations]
    wrong = []
    for told in edge.told:
        met = next((said for said in left if said[: len(told)] == told), None)
        if met is None:
            wrong.append(f"not said: {told}")
        else:
            left.remove(met)
    if ... not in edge.broken:
        wrong += [f"said too: {said}" for said in left]
    verdicts = {(r["id"], r["scope"]): (r["required"], r["actual"]) for r in found.rules}
    proofs = {c["name"]: (c["certificate"], c["certified_bound"]) for c in found.certificates}
    return wrong + [
        f"{key}: {said.get(key)}"
        for wanted, said in ((edge.verdicts, verdicts), (edge.proofs, proofs))
        for key, value in wanted.items()
        if said.get(key) != value
    ]
