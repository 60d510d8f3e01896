"""Mutants against the battery: the first case whose verdict or values change kills one."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

import numpy as np

import optimizer.solve.engines
import optimizer.solve.search
import optimizer.solve.solve
from optimizer.run_folder import run_inputs, write_run
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.solve import solve
from optimizer.verify import VerifyError, verify
from tests.mutation.battery import MEANT_FOR, Prepared
from tests.mutation.cases_of_goals import GOALS
from tests.mutation.golden import is_shown
from tests.mutation.mutants import Mutant, column_mutants, goal_mutants, row_mutants, rows_of
from tests.oracle.agreement import disagreements

GOLDEN = "golden"
EXACT = SolveOptions(engine="exact", gap=0.0, seconds=30.0)
MOST_CASES = 30  # that a mutant meets before it counts as alive
FEW_CASES = 6  # the same of a mutant that all of them left alive when the table was recorded
Known = Mapping[str, str]  # mutant -> the case that killed it, "" where none did
NOTHING_KNOWN: Known = {}


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


def fates(
    battery: list[Prepared], mutants: Iterable[Mutant], known: Known = NOTHING_KNOWN
) -> Iterator[Fate]:
    """Each mutant against the cases that have its group, its *known* killer first."""
    cases_of: dict[str, list[Prepared]] = {}
    for mutant in mutants:
        cases = cases_of.setdefault(mutant.group, _cases_of(mutant.group, battery))
        first = known.get(mutant.name)
        most = FEW_CASES if first == "" else MOST_CASES
        fate = _fate(mutant, sorted(cases, key=lambda case: case.name != first), most)
        if fate is None:
            continue
        if fate.killer is None and is_shown(mutant, battery):
            fate = Fate(mutant.name, GOLDEN)
        yield fate


def _fate(mutant: Mutant, cases: Iterable[Prepared], most: int) -> Fate | None:
    """None where the mutant changes nothing in any case: it is none."""
    met = 0
    for case in cases:
        if is_same(mutated := _changed(mutant, case), case.compiled):
            continue
        met += 1
        if met > most:
            break
        if not is_sound(case):
            raise AssertionError(f"{case.name} is objected to without any mutation")
        killer = judged(case, mutated)
        if killer is not None:
            return Fate(mutant.name, killer, case.name)
    return Fate(mutant.name, None) if met else None


def _cases_of(group: str, battery: list[Prepared]) -> list[Prepared]:
    """Cases that have *group*, those written for its family first."""
    family = group.partition(".")[0]
    meant = GOALS if family.startswith("goal_") else MEANT_FOR.get(family, {})
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
        and all(map(_is_same_goal, mutated.objectives.values(), compiled.objectives.values()))
        and (mutated.matrix != compiled.matrix).nnz == 0
    )


def _is_same_goal(ours, theirs) -> bool:
    return ours is theirs or (
        np.array_equal(ours.coefficients, theirs.coefficients) and ours.offset == theirs.offset
    )


def judged(case: Prepared, compiled) -> str | None:
    """Who notices that *case* is solved with *compiled* instead of its own arrays."""
    with (
        patch.object(optimizer.solve.solve, "_compiled", lambda *_: compiled),
        patch.object(optimizer.solve.search, "CLOSING", ()),
        patch.object(optimizer.solve.search, "TIES", (), create=True),
        patch.object(optimizer.solve.engines, "_proved", lambda *_: None),
    ):
        try:
            outcome = solve(case.case.instance, EXACT)
        except (RuntimeError, AssertionError, ValueError):
            return "solve"
    if outcome.plan is None:
        return None if case.best is None else "oracle"
    told = outcome.status, outcome.plan, [(x.value, x.bound) for x in outcome.levels]
    for known, verdict in case.verdicts:
        if known == told:
            return verdict
    with tempfile.TemporaryDirectory(prefix="linli-mutant-") as folder:
        case.verdicts.append((told, _verdict(case, outcome, Path(folder))))
    return case.verdicts[-1][1]


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
