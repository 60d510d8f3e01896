"""Mutants of the levels nobody asked for: no yuan that buys nothing, and the tie-break.

What an ending is worth is worked out by hand beside its case. Between plans that are equal in all
of it the least sum of weights wins: a case names what is alike, so every other plan is a
permutation of the one found. Source: contract section 5 (Levels).
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from pathlib import Path
from unittest.mock import patch

import numpy as np

import optimizer.solve.engines
import optimizer.solve.solve
from models.build import add_goals, build
from models.objectives import CLOSING, TIES
from models.objectives.tie_break import choices_of, weight
from models.plan import Plan
from optimizer.case import Case, read_case
from optimizer.solve.compiled import Compiled, compile_model
from optimizer.solve.solve import solve
from tests.mutation.cases_of_endings import ENDINGS, Ending
from tests.mutation.mutants import Mutant, closing_mutants
from tests.mutation.run import EXACT, Fate, Known
from tests.oracle.folder import write_case

Term = tuple[str, tuple, Fraction]  # variable, index, how much of it
LAST = (*CLOSING, *TIES)


@dataclass(frozen=True)
class Ended:
    """A case of ENDINGS, read and compiled with every closing level."""

    name: str
    ending: Ending
    case: Case
    compiled: Compiled

    @property
    def levels(self) -> tuple[str, ...]:
        """The closing levels that this case has: a goal asked for last is none."""
        return tuple(goal for goal in LAST if goal != self.case.instance.goals[-1])


def fates_of_endings(known: Known) -> Iterator[Fate]:
    """Every mutant of a closing level: some case, *known* or not, ends worse than it must."""
    with tempfile.TemporaryDirectory() as folder:
        cases = [_ended(name, Path(folder) / str(k)) for k, name in enumerate(ENDINGS)]
    for case in cases:
        assert not is_noticed(case, case.compiled), case.name
    for goal in LAST:
        having = [case for case in cases if goal in case.levels]
        for mutant in closing_mutants(goal, _variables(goal, having)):
            first = known.get(mutant.name)
            yield _fate(mutant, sorted(having, key=lambda case: case.name != first))


def _ended(name: str, folder: Path) -> Ended:
    case = read_case(write_case(ENDINGS[name].tiny, folder))
    model = build(case.instance, goals=(*case.instance.goals, *CLOSING))
    add_goals(model, case.instance, TIES)
    return Ended(name, ENDINGS[name], case, compile_model(model))


def _variables(goal: str, cases: list[Ended]) -> list[str]:
    used = {
        case.compiled.columns[j][0]
        for case in cases
        for j in np.flatnonzero(case.compiled.objectives[goal].coefficients)
    }
    return sorted(used)


def _fate(mutant: Mutant, cases: list[Ended]) -> Fate:
    for case in cases:
        if is_noticed(case, mutant.change(case.compiled)):
            return Fate(mutant.name, "oracle", case.name)
    return Fate(mutant.name, None)


def is_noticed(case: Ended, compiled: Compiled) -> bool:
    """The plan that *compiled* leads to costs more than by hand, or an equal one weighs less."""
    with (
        patch.object(optimizer.solve.solve, "_compiled", lambda *_: compiled),
        patch.object(optimizer.solve.engines, "_proved", lambda *_: None),
    ):
        plan = solve(case.case.instance, EXACT).plan
    if plan is None or worth(plan, case.case) != case.ending.worth:
        return True
    terms = _choices(plan, case), _amounts(plan)
    ours = [_weighed(case, part) for part in terms]
    return any(
        [_weighed(case, _mapped(part, to)) for part in terms] < ours
        for to in _exchanges(case.ending.alike)
    )


def worth(plan: Plan, case: Case) -> tuple[int, int, int]:
    """One-off yuan, yuan a year and m² of *plan*, each summed from its rows."""
    buildings, functions = case.instance.buildings, case.instance.functions
    once = sum(row.cost_yuan for row in plan.sitings)
    yearly = sum(buildings[row.building].rent_yuan_per_year for row in plan.sitings)
    rooms = [(functions[row.function], row.area_m2) for row in plan.allocations]
    yearly += sum(float(m2) * f.operating_yuan_per_m2_year for f, m2 in rooms)
    return int(once), round(yearly), int(sum(m2 for _, m2 in rooms))


def _choices(plan: Plan, case: Ended) -> list[Term]:
    return [(name, index, Fraction(1)) for name, index in choices_of(plan, case.case.instance)]


def _amounts(plan: Plan) -> list[Term]:
    host = plan.host_of
    rooms = [("area", (host[b], b, f), Fraction(m2)) for (b, f), m2 in plan.rooms_m2.items()]
    return rooms + [
        ("served", (host[r.building], r.building, r.function, r.community), Fraction(r.persons))
        for r in plan.services
    ]


def _weighed(case: Ended, terms: list[Term]) -> Fraction:
    instance = case.case.instance
    return sum((weight(instance, name, index) * x for name, index, x in terms), Fraction(0))


def _mapped(terms: list[Term], to: dict) -> list[Term]:
    return [(name, tuple(to.get(id, id) for id in index), x) for name, index, x in terms]


def _exchanges(alike: tuple) -> Iterator[dict]:
    """Every way to exchange what is alike: of each group each order."""
    orders = [[dict(_pairs(group, order)) for order in permutations(group)] for group in alike]
    for chosen in product(*orders):
        yield {old: new for one in chosen for old, new in one.items()}


def _pairs(group: tuple, order: tuple) -> Iterator[tuple]:
    for ours, theirs in zip(group, order, strict=True):
        yield from zip(ours, theirs, strict=True)
