"""Mutants against the battery: the first case whose verdict or values change kills one."""

import shutil
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from unittest.mock import patch

import numpy as np

import optimizer.solve.search
import optimizer.solve.solve
from models.constraints import FAMILIES
from optimizer.run_folder import run_inputs, write_run
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.solve import solve
from optimizer.verify import VerifyError, verify
from tests.mutation.battery import MEANT_FOR, Prepared
from tests.mutation.golden import is_shown
from tests.mutation.mutants import Mutant, column_mutants, goal_mutants, row_mutants, rows_of
from tests.oracle.agreement import disagreements

GOLDEN = "golden"
EXACT = SolveOptions(engine="exact", gap=0.0, seconds=30.0)
MOST_CASES = 30  # that a mutant meets before it counts as alive
EXPLANATIONS = Path(__file__).with_name("equivalent.toml")


@dataclass(frozen=True)
class Fate:
    """What became of a mutant: killed by ``verifier``, ``oracle`` or ``solve``, or by nobody.

    ``golden``: no plan or value changed, the rows kept in tests/golden alone would show it.
    """

    mutant: str
    killer: str | None
    case: str = ""


@cache
def is_sound(case: Prepared) -> bool:
    """Nobody objects to the case before any mutation."""
    return judged(case, case.compiled) is None


def groups_of(battery: list[Prepared], family: str) -> list[str]:
    """Groups of rows of *family* that some case has."""
    found = {g for case in battery for g in case.groups if g.partition(".")[0] == family}
    return sorted(found)


def without_rows(battery: list[Prepared], family: str) -> list[str]:
    """Constraints of *family* of which no case has a row: nobody would notice their loss."""
    declared = {g for case in battery for g in case.constraints if g.partition(".")[0] == family}
    return sorted(declared - set(groups_of(battery, family)))


def mutants_of_rows(battery: list[Prepared], family: str) -> Iterator[Mutant]:
    for group in groups_of(battery, family):
        variables: set[str] = set()
        has_side = has_figure = False
        for case in battery:
            c = case.compiled
            for row in rows_of(c, group):
                inside = slice(c.matrix.indptr[row], c.matrix.indptr[row + 1])
                variables |= {c.columns[j][0] for j in c.matrix.indices[inside]}
                has_figure |= bool((np.abs(c.matrix.data[inside]) != 1).any())
                sides = np.array([c.row_lower[row], c.row_upper[row]])
                has_side |= bool((np.isfinite(sides) & (sides != 0)).any())
        yield from row_mutants(group, sorted(variables), has_side, has_figure)


def mutants_of_columns(battery: list[Prepared]) -> Iterator[Mutant]:
    for variable in sorted({v for case in battery for v in case.compiled.columns_of}):
        yield from column_mutants(variable)


def mutants_of_goals(battery: list[Prepared]) -> Iterator[Mutant]:
    """Of every goal that some case asks for."""
    asked = {goal for case in battery for goal in case.case.instance.goals}
    for goal in sorted(asked):
        variables: set[str] = set()
        for case in battery:
            if goal in case.case.instance.goals:
                c = case.compiled
                used = np.flatnonzero(c.objectives[goal].coefficients)
                variables |= {c.columns[j][0] for j in used}
        yield from goal_mutants(goal, sorted(variables))


def fates(battery: list[Prepared], mutants: Iterable[Mutant]) -> Iterator[Fate]:
    """Each mutant against the cases that have its group, the last killer of the group first."""
    killers: dict[str, list[Prepared]] = {}
    for mutant in mutants:
        cases = killers.setdefault(mutant.group, _cases_of(mutant.group, battery))
        fate, met = Fate(mutant.name, None), 0
        for case in list(cases):
            if is_same(mutated := _changed(mutant, case), case.compiled):
                continue
            if not is_sound(case):
                raise AssertionError(f"{case.name} is objected to without any mutation")
            met += 1
            if met > MOST_CASES:
                break
            killer = judged(case, mutated)
            if killer is not None:
                fate = Fate(mutant.name, killer, case.name)
                cases.remove(case)
                cases.insert(0, case)
                break
        if fate.killer is None and is_shown(mutant, battery):
            fate = Fate(mutant.name, GOLDEN)
        yield fate


def _cases_of(group: str, battery: list[Prepared]) -> list[Prepared]:
    """Cases that have *group*, those written for its family first."""
    meant = MEANT_FOR.get(group.partition(".")[0], {})
    cases = [case for case in battery if group in case.groups]
    return sorted(cases, key=lambda case: case.name not in meant)


def _changed(mutant: Mutant, case: Prepared):
    with np.errstate(invalid="ignore"):
        return mutant.change(case.compiled)


def is_same(mutated, compiled) -> bool:
    """The mutant changes nothing in this case."""
    arrays = ("row_lower", "row_upper", "lower", "upper", "is_integer")
    return (
        all(np.array_equal(getattr(mutated, a), getattr(compiled, a)) for a in arrays)
        and mutated.objectives is compiled.objectives
        and (mutated.matrix != compiled.matrix).nnz == 0
    )


def judged(case: Prepared, compiled) -> str | None:
    """Who notices that *case* is solved with *compiled* instead of its own arrays."""
    with (
        patch.object(optimizer.solve.solve, "_compiled", lambda *_: compiled),
        patch.object(optimizer.solve.search, "CLOSING", ()),
        patch.object(optimizer.solve.search, "TIES", (), create=True),
    ):
        try:
            outcome = solve(case.case.instance, EXACT)
        except (RuntimeError, AssertionError, ValueError):
            return "solve"
    if outcome.plan is None:
        return None if case.best is None else "oracle"
    folder = Path(tempfile.mkdtemp(prefix="linli-mutant-"))
    try:
        return _verdict(case, outcome, folder)
    finally:
        shutil.rmtree(folder)


def _verdict(case: Prepared, outcome, folder: Path) -> str | None:
    write_run(run_inputs(case.case), outcome, EXACT, folder)
    try:
        if not verify(folder, is_published=False).ok:
            return "verifier"
    except VerifyError:
        return "verifier"
    if case.best is None or disagreements(case.tiny, case.best, folder):
        return "oracle"
    return None


# -- explanations --------------------------------------------------------------------------------


def unexplained(found: list[Fate], scope: str) -> list[str]:
    """What no plan showed and nobody argued for, and arguments of *scope* that explain nothing."""
    patterns = [p for p in _patterns() if fnmatchcase(p, scope)]
    names = {fate.mutant: fate.killer for fate in found if fate.killer in (None, GOLDEN)}
    stale = [p for p in patterns if not any(fnmatchcase(name, p) for name in names)]
    open_ = [name for name in names if not any(fnmatchcase(name, p) for p in patterns)]
    words = {None: "survives", GOLDEN: "only the golden rows show"}
    return [f"{words[names[name]]}: {name}" for name in open_] + [
        f"explains nothing: {p}" for p in stale
    ]


@cache
def _patterns() -> tuple[str, ...]:
    entries = tomllib.loads(EXPLANATIONS.read_text("utf-8"))["equivalent"]
    return tuple(p for entry in entries for p in entry["mutants"])


def summary(title: str, rows: int, found: list[Fate]) -> str:
    """One line of the table; alive is what neither plans nor golden rows nor an argument settle."""
    by = Counter(fate.killer for fate in found)
    survivors = [fate.mutant for fate in found if fate.killer is None]
    argued = sum(any(fnmatchcase(name, p) for p in _patterns()) for name in survivors)
    counts = [by[who] for who in ("verifier", "oracle", "solve", GOLDEN)]
    counts += [argued, len(survivors) - argued]
    return f"{title:<22}{rows:>6}{len(found):>9}" + "".join(f"{n:>10}" for n in counts)


COLUMNS = ("verifier", "oracle", "solve", "golden", "argued", "alive")
HEAD = f"{'':<22}{'rows':>6}{'mutants':>9}" + "".join(f"{name:>10}" for name in COLUMNS)
NAMES = [family.name for family in FAMILIES]
