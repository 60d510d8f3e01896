"""The cases that mutants meet: quick ones first, each with the values the oracle found.

A row, goal or bound that no case binds shows as a survivor; then a case is added here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pyomo.environ as pyo

from models.build import build
from models.constraints import FAMILIES
from models.objectives import CLOSING
from optimizer.case import Case, read_case
from optimizer.solve.compiled import Compiled, compile_model
from tests.models.golden_city import CITIES
from tests.mutation.cases import CASES
from tests.mutation.cases_dispersed import DISPERSED
from tests.mutation.cases_of_amounts import AMOUNTS
from tests.mutation.cases_of_goals import GOALS
from tests.mutation.cases_of_hubs import HUB_CASES, PLACES, REFITS, UNIONS
from tests.mutation.cases_of_tables import TABLES
from tests.mutation.mutants import group_of
from tests.oracle.any_goals import any_goals_case
from tests.oracle.case import TinyCase
from tests.oracle.enumerate import Optimum, optimum
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case

PLAIN = (5, 10, 1, 7, 0, 2, 4, 19, 12, 16, 20, 24, 28, 32)  # seeds of the generators
#: hand-made cases that a family's mutants meet first
MEANT_FOR = {
    "installation": AMOUNTS,
    "lifts": AMOUNTS,
    "service": AMOUNTS | REFITS,
    "need": AMOUNTS | REFITS,
    "worst_served": AMOUNTS,
    "years": AMOUNTS,
    "area_minimum": AMOUNTS,
    "sources": AMOUNTS | DISPERSED,
    "community_hub": PLACES | UNIONS | REFITS | DISPERSED,
    "hub_size": PLACES,
    "dispersed_hub": DISPERSED,
    "dispersed_items": DISPERSED,
    "dispersed_size": DISPERSED,
    "one_host": {"two communities, one building": CASES} | DISPERSED | PLACES,
    "streets": DISPERSED,
    "communities": REFITS,
    "refits": REFITS,
    "unions": UNIONS | REFITS,
    "domains": REFITS,
    "columns": REFITS,
}  # and those of a goal GOALS
ANY_ORDER = (0, 1, 3, 4, 9, 16, 20, 24, 29, 2, 6, 7, 8, 10, 11, 13, 14, 17, 19, 21, 22, 23, 27)


@dataclass(eq=False)
class Prepared:
    """A case read and compiled once; the oracle is asked when a mutant first meets it."""

    name: str
    tiny: TinyCase
    case: Case
    compiled: Compiled
    constraints: frozenset[str]  # family.row of every constraint declared, with rows or without
    verdicts: list = field(default_factory=list)  # what was told of the case, and who objects

    @cached_property
    def best(self) -> Optimum | None:
        """What the oracle found; None where no plan satisfies every must."""
        return optimum(self.tiny)

    @cached_property
    def groups(self) -> frozenset[str]:
        """Groups of rows, of columns and of goals that the case has."""
        rows = {group_of(row) for row in self.compiled.rows}
        columns = {f"columns.{name}" for name in self.compiled.columns_of}
        goals = {f"goal_{name}" for name in self.case.instance.goals}
        return frozenset(rows | columns | goals)


def prepare_all(folder: Path) -> list[Prepared]:
    """Every case of the battery, in order."""
    return [_prepared(name, tiny, folder / str(k)) for k, (name, tiny) in enumerate(_cases())]


def golden_name(k: int) -> str:
    """Name of the k-th city whose rows are kept in tests/golden."""
    return f"golden city {k}"


def _cases() -> Iterator[tuple[str, TinyCase]]:
    yield from (CASES | AMOUNTS | HUB_CASES | DISPERSED | GOALS | TABLES).items()
    yield from ((golden_name(k), city) for k, city in enumerate(CITIES))
    yield from ((f"random_case({seed})", random_case(seed)) for seed in PLAIN)
    yield from ((f"any_goals_case({seed})", any_goals_case(seed)) for seed in ANY_ORDER)


def _prepared(name: str, tiny: TinyCase, folder: Path) -> Prepared:
    case = read_case(write_case(tiny, folder))
    model = build(case.instance, goals=(*case.instance.goals, *CLOSING))
    declared = {
        f"{family.name}.{row.local_name}"
        for family in FAMILIES
        for row in model.component(family.name).component_objects(pyo.Constraint)
    }
    return Prepared(name, tiny, case, compile_model(model), frozenset(declared))
