"""One host's block at given prices: the least it can cost, proved, and a plan of it that does.

``price_chunk`` is all that a worker runs: it gets its blocks once, then costs, and hands back
bounds and block columns. Numbers of nodes, not seconds, limit it, so any worker gives the same.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimizer.solve.compiled import Floats
from optimizer.solve.reduction import Reduction, without_fixed
from optimizer.solve.session import Limits, Problem, run


@dataclass(frozen=True)
class Priced:
    """Proved least cost of a block (-inf where nothing is), and the best column found."""

    bound: float
    value: float
    point: Floats | None


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


def price_chunk(chunk: Chunk, costs: Sequence[Floats], limits: Limits) -> Answer:
    """Every block of *chunk* at its *costs*."""
    started = time.process_time()
    priced = tuple(
        price(problem, reduction, cost, limits)
        for (problem, reduction), cost in zip(chunk.blocks, costs, strict=True)
    )
    return Answer(priced, time.process_time() - started)


def price(problem: Problem, reduction: Reduction, cost: Floats, limits: Limits) -> Priced:
    """One block at *cost* (of all its columns, fixed ones too)."""
    constant = float(cost @ reduction.fixed)
    free = cost[reduction.free]
    if not reduction.is_possible:
        return Priced(np.inf, np.inf, None)
    if is_best_at_rest(problem, free):
        return Priced(constant, constant, reduction.lift(problem.lower))
    found = run(replace(problem, cost=free), limits)
    point = None if found.point is None else reduction.lift(found.point)
    return Priced(found.bound + constant, found.value + constant, point)


def is_best_at_rest(problem: Problem, cost: Floats) -> bool:
    """All columns at their lower bounds break no row and nothing is gained by moving one."""
    if (cost < 0).any():
        return False
    activity = problem.matrix @ problem.lower
    return bool((activity >= problem.row_lower).all() and (activity <= problem.row_upper).all())
