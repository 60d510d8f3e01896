"""A first plan: screen every host alone, then insert the cheapest under the shared limits.

HiGHS called cold finds no plan worth the name from 60 communities on (performance.md fact 1);
one small MILP a host proves which cannot reach the standard at any budget and gives the least cost
of the others; inserted one by one, with what is left of every linking row, they make a plan.
"""

from dataclasses import dataclass

import numpy as np

from optimizer.solve.blocks import Blocks
from optimizer.solve.compiled import Floats
from optimizer.solve.search import Search
from optimizer.solve.session import Limits, RunStatus, run

SCREENING = Limits(gap=0.01, nodes=200)
INSERTION = Limits(gap=0.01, nodes=100)
SHARE_OF_TIME = 0.5  # of what is left, for insertions: a plan must be offered before the end
GIVE_UP_AFTER = 15  # failed insertions in a row: a shared limit is exhausted


@dataclass(frozen=True, slots=True)
class Screened:
    """What one host could do alone; ``cost`` is its least cost in model units, None = never."""

    host: str
    cost: float | None
    is_proved: bool


def screen(search: Search, blocks: Blocks) -> tuple[Screened, ...]:
    """Each host that may be a pilot, alone: can it reach the standard, at what least cost."""
    cost = search.cost_of("cost")
    found = []
    for host in blocks.hosts:
        pilot = search.compiled.position["pilot", host]
        if search.compiled.upper[pilot] < 1:
            continue
        lower = search.compiled.lower.copy()
        lower[pilot] = 1.0
        problem, _ = blocks.problem(host, cost, lower)
        result = run(problem, SCREENING, should_stop=search.should_stop)
        known = result.point is not None
        proved = known or result.status is RunStatus.INFEASIBLE
        found.append(Screened(host, result.value if known else None, proved))
        if search.should_stop():
            break
    return tuple(found)


def insert(search: Search, blocks: Blocks, screened: tuple[Screened, ...]) -> None:
    """Bring hosts to standard one by one, required ones first, then by cost per priority."""
    compiled = search.compiled
    point = np.zeros(compiled.width) if search.best is None else search.best.point
    point = _with_musts(search, blocks, point)
    search.offer(point)
    failed = 0
    left, position = search.seconds_left, compiled.position
    until = -np.inf if left is None else left * (1 - SHARE_OF_TIME)
    lacking = [e for e in _by_need(search, screened) if point[position["pilot", e.host]] < 0.5]
    for entry in lacking:
        if search.should_stop() or failed >= GIVE_UP_AFTER:
            break
        if (search.seconds_left or np.inf) < until:
            break
        grown = _inserted(search, blocks, entry.host, point)
        failed = failed + 1 if grown is None else 0
        point = point if grown is None else grown
    search.offer(point)


def _by_need(search: Search, screened: tuple[Screened, ...]) -> list[Screened]:
    hosts = search.instance.hosts
    return sorted(
        (entry for entry in screened if entry.cost is not None),
        key=lambda entry: (
            not hosts[entry.host].must_be_pilot,
            (entry.cost or 0.0) / max(hosts[entry.host].priority, 1e-9),
            entry.host,
        ),
    )


def _inserted(search: Search, blocks: Blocks, host: str, point: Floats) -> Floats | None:
    """*point* with *host* brought to standard at least cost beside what stands; None: no room."""
    compiled = search.compiled
    pilot = compiled.position["pilot", host]
    if point[pilot] > 0.5:
        return None
    lower = compiled.lower.copy()
    lower[pilot] = 1.0
    problem = search.problem(
        search.cost_of("cost"), free=blocks.mask({host}), at=point, lower=lower
    )
    return search.run(problem, INSERTION).point


def _with_musts(search: Search, blocks: Blocks, point: Floats) -> Floats:
    """*point* moved to satisfy the musts (required pilots, locks), if one run can."""
    compiled = search.compiled
    activity = compiled.matrix @ point
    wrong = (activity < compiled.row_lower - 1e-9) | (activity > compiled.row_upper + 1e-9)
    lacking = {compiled.owners[j] for j in compiled.matrix[wrong].indices}
    lacking |= {compiled.owners[j] for j in np.flatnonzero(compiled.lower > 0)}
    if not lacking:
        return point
    problem = search.problem(search.cost_of("cost"), free=blocks.mask(lacking), at=point)
    found = search.run(problem, Limits(gap=0.05)).point
    return point if found is None else found
