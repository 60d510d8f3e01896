"""Checks written from the clauses, in order; standard library only, nothing of the model."""

from collections.abc import Callable

from optimizer.checks import (
    bounds,
    communities,
    dispersed,
    distances,
    eligibility,
    exports,
    form,
    gaps,
    money,
    musts,
    objective,
    people,
    pilots,
    projects,
    record,
    rooms,
    service,
    space,
    standard,
    unions,
)
from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings

CHECKS: tuple[tuple[str, Callable[[Facts, Findings], None]], ...] = (
    ("form", form.check),
    ("people", people.check),
    ("distances", distances.check),
    ("eligibility", eligibility.check),
    ("space", space.check),
    ("rooms", rooms.check),
    ("standard", standard.check),
    ("dispersed", dispersed.check),
    ("unions", unions.check),
    ("pilots", pilots.check),
    ("service", service.check),
    ("money", money.check),
    ("communities", communities.check),
    ("gaps", gaps.check),
    ("projects", projects.check),
    ("objective", objective.check),
    ("bounds", bounds.check),
    ("exports", exports.check),
    ("record", record.check),
)
CHECKS_WITHOUT_PLAN: tuple[tuple[str, Callable[[Facts, Findings], None]], ...] = (
    ("form", form.check),
    ("people", people.check),
    ("distances", distances.check),
    ("needs", service.check_needs),
    ("musts", musts.check),
    ("record", record.check),
)
