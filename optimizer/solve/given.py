"""A plan somebody already has as the start and floor of a search: of last year, of less money.

Nothing of it is believed: its choices, areas and persons are fixed in the compiled rows, what
follows from them is decided again, and the point goes through ``offer`` like any other. Where it
breaks a row of this instance the search begins without it.
"""

from collections.abc import Iterator
from typing import Any

from models.plan import Plan
from optimizer.solve.compiled import Compiled
from optimizer.solve.search import Search
from optimizer.solve.session import Limits

#: what a plan says of each choice in full: a column it does not name is 0
CHOICES = ("pilot", "used", "hub", "branch", "lifted", "sited", "installed", "area", "served")
Key = tuple[str, Any]


def offer_given(search: Search, plan: Plan) -> bool:
    """Offer *plan* to *search*; False where it is no plan of this instance."""
    compiled = search.compiled
    said = dict(_columns(compiled, plan))
    if not said.keys() <= compiled.position.keys():
        return False
    lower, upper = compiled.lower.copy(), compiled.upper.copy()
    for name in CHOICES:
        for j in compiled.columns_of.get(name, ()):
            if not _is_left_open(plan, name, compiled.columns[j][1]):
                lower[j] = upper[j] = said.get(compiled.columns[j], 0.0)
    for union in plan.acting:
        lower[compiled.position["acting", union]] = 1.0
    if (lower > compiled.upper + 1e-9).any():
        return False
    problem = search.problem(search.cost_of(search.goal_name), lower=lower, upper=upper)
    return search.offer(search.run(problem, Limits()).point)


def _columns(compiled: Compiled, plan: Plan) -> Iterator[tuple[Key, float]]:
    host_of = plan.host_of
    for u in plan.pilots:
        yield ("pilot", u), 1.0
    for row in plan.sitings:
        pair = row.host, row.building
        yield ("used", pair), 1.0
        if ("lifted", pair) in compiled.position:
            yield ("lifted", pair), float(row.is_upgraded)
        if "sited" in compiled.columns_of and row.cost_yuan:
            yield ("sited", (*pair, row.year)), 1.0
    yield from _hub_columns(plan)
    for (b, f), m2 in plan.installed_m2.items():
        if b not in _shared(plan):
            yield ("installed", (host_of[b], b, f)), 1.0
            yield ("area", (host_of[b], b, f)), float(m2)
    for served in plan.services:
        b, f, c = served.building, served.function, served.community
        if b not in _shared(plan):
            yield ("served", (host_of[b], b, f, c)), float(served.persons)


def _hub_columns(plan: Plan) -> Iterator[tuple[Key, float]]:
    for u, sites in plan.hub_sites.items():
        for site in sites:
            yield ("hub" if len(sites) == 1 else "branch", (u, site)), 1.0


def _shared(plan: Plan) -> set[str]:
    """Buildings with rooms that several functions take turns in: how is decided again."""
    return {row.building for row in plan.allocations if row.slot}


def _is_left_open(plan: Plan, name: str, index: Any) -> bool:
    if name == "sited":
        return not any(row.building == index[1] and row.cost_yuan for row in plan.sitings)
    return name in ("installed", "area", "served") and index[1] in _shared(plan)
