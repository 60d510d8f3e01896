"""One host's block at given prices: the least it can cost, proved, and a plan of it that does.

``price_chunk`` is all that a worker runs: it gets its blocks once, then what is asked of them, and
hands back bounds and block columns. Where a block's relaxation ended travels with what is asked,
and numbers of nodes, not seconds, limit it, so any worker gives the same.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimizer.solve.arrays import Floats
from optimizer.solve.reduction import Reduction, without_fixed
from optimizer.solve.session import Basis, Limits, Problem, Run, RunStatus, run

RELAXED = Limits(whole=False, is_quick=True)
ROOM = 1e-6  # relative, of a value and of a reduced cost: below it neither tells anything
ROUND = 1e-6  # a 0/1 end so near to a whole number is one


@dataclass(frozen=True)
class Asked:
    """The best of a block at ``cost`` (of all its columns, fixed ones too) is wanted."""

    cost: Floats
    basis: Basis | None = None  # where its relaxation ended before
    known: float = np.inf  # what a column that is known costs


@dataclass(frozen=True)
class Priced:
    """Proved least cost of a block (-inf where nothing is), and the best column found.

    ``point`` is None where no better one than the known column was found.
    """

    bound: float
    value: float
    point: Floats | None
    basis: Basis | None = None


@dataclass(frozen=True)
class Chunk:
    """Blocks that are priced together, their fixed columns out."""

    blocks: tuple[tuple[Problem, Reduction], ...]


@dataclass(frozen=True)
class Answer:
    """What a chunk hands back."""

    priced: tuple[Priced, ...]
    cpu_s: float


def chunk_of(blocks: Sequence[Problem]) -> Chunk:
    """*blocks* ready to be priced."""
    return Chunk(tuple(without_fixed(block) for block in blocks))


def price_chunk(chunk: Chunk, asked: Sequence[Asked], limits: Limits) -> Answer:
    """Every block of *chunk* at what is *asked* of it."""
    started = time.process_time()
    priced = tuple(
        price(problem, reduction, one, limits)
        for (problem, reduction), one in zip(chunk.blocks, asked, strict=True)
    )
    return Answer(priced, time.process_time() - started)


def price(problem: Problem, reduction: Reduction, asked: Asked, limits: Limits) -> Priced:
    """One block: its relaxation, then the whole."""
    cost = asked.cost
    constant = float(cost @ reduction.fixed)
    problem = replace(problem, cost=cost[reduction.free])
    if not reduction.is_possible:
        return Priced(np.inf, np.inf, None)
    if is_best_at_rest(problem, problem.cost):
        return Priced(constant, constant, reduction.lift(problem.lower), asked.basis)
    relaxed = run(problem, RELAXED, basis=asked.basis)
    found = _whole(problem, relaxed, asked.known - constant, limits) if limits.whole else relaxed
    point = None if found.point is None else reduction.lift(found.point)
    return Priced(found.bound + constant, found.value + constant, point, relaxed.basis)


def _whole(problem: Problem, relaxed: Run, known: float, limits: Limits) -> Run:
    """*problem* to the limits; only what beats rest and the *known* column is sought."""
    resting = float(problem.cost @ problem.lower) if _may_rest(problem) else np.inf
    best = min(resting, known)
    point = problem.lower if resting <= known and resting < np.inf else None
    if best - relaxed.bound <= limits.absolute_gap:
        return Run(RunStatus.OPTIMAL, point, best, relaxed.bound)
    cutoff = None if best == np.inf else best
    found = run(better_than(problem, relaxed, best), replace(limits, cutoff=cutoff))
    if found.value < best:
        return replace(found, bound=min(found.bound, best))
    bound = best if found.status is RunStatus.INFEASIBLE else min(found.bound, best)
    return replace(found, point=point, value=best, bound=bound)


def better_than(problem: Problem, relaxed: Run, value: float) -> Problem:
    """*problem* in the boxes that its points below *value* lie in, by reduced costs."""
    if relaxed.reduced is None or relaxed.status is not RunStatus.OPTIMAL or value == np.inf:
        return problem
    room, reduced = value - relaxed.value + ROOM * max(1.0, abs(value)), relaxed.reduced
    step = room / np.where(np.abs(reduced) > ROOM, np.abs(reduced), ROOM)
    step = np.where(np.abs(reduced) > ROOM, step, np.inf)
    upper = np.where(reduced > 0, np.minimum(problem.upper, problem.lower + step), problem.upper)
    lower = np.where(reduced < 0, np.maximum(problem.lower, problem.upper - step), problem.lower)
    whole = problem.is_integer
    upper = np.where(whole, np.floor(upper + ROUND), upper)
    lower = np.where(whole, np.ceil(lower - ROUND), lower)
    return replace(problem, lower=lower, upper=np.maximum(lower, upper))


def _may_rest(problem: Problem) -> bool:
    """All columns at their lower bounds break no row."""
    activity = problem.matrix @ problem.lower
    return bool((activity >= problem.row_lower).all() and (activity <= problem.row_upper).all())


def is_best_at_rest(problem: Problem, cost: Floats) -> bool:
    """All columns at their lower bounds break no row and nothing is gained by moving one."""
    return not (cost < 0).any() and _may_rest(problem)
