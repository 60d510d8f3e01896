"""The Lagrangian bound of a level: linking rows priced, every host's block decided on its own.

For any prices ``λ`` (≥ 0 on lower sides, ≤ 0 on upper sides, free on equalities)

    L(λ) = λ·sides + Σ over the coordinator's boxes + Σ_u (proved least cost of block u)

is a lower bound of the level, whatever the prices are worth: wrong signs are cut to zero, and a
block gives the *dual bound* of its own run, never its incumbent. Source: Geoffrion 1974;
formulation.md section 8.
"""

from dataclasses import dataclass

import numpy as np

from optimizer.solve.compiled import Floats
from optimizer.solve.crew import Crew, Stop, chunks_in
from optimizer.solve.pricing import chunk_of
from optimizer.solve.session import Limits
from optimizer.solve.split import Split

CHUNK_HOSTS = 48  # a second of work and more


@dataclass(frozen=True)
class Round:
    """One pricing of all blocks: the bound, and the point made of the columns found."""

    prices: Floats
    bound: float
    point: Floats


def load(crew: Crew, cut: Split) -> None:
    """Give *crew* the blocks of *cut*."""
    crew.load(
        [
            chunk_of([cut.block(i) for i in inside])
            for inside in chunks_in(len(cut.hosts), CHUNK_HOSTS)
        ]
    )


def price_all(
    crew: Crew, cut: Split, prices: Floats, limits: Limits, should_stop: Stop
) -> Round | None:
    """``L(prices)`` and the blocks' columns; None where it was stopped."""
    prices = signed(cut, prices)
    reduced = cut.problem.cost - cut.shared_by_column @ prices
    found = best_of_each(crew, cut, reduced, limits, should_stop)
    if found is None:
        return None
    point, least = found
    columns = cut.coordinator
    fixed = float(reduced[columns] @ point[columns]) if len(columns) else 0.0
    return Round(prices, from_sides(cut, prices) + fixed + least, point)


def best_of_each(
    crew: Crew, cut: Split, cost: Floats, limits: Limits, should_stop: Stop
) -> tuple[Floats, float] | None:
    """Every block at its best for *cost*, and the proved sum; None where it was stopped."""
    costs = [
        [cost[cut.columns[i]] for i in inside] for inside in chunks_in(len(cut.hosts), CHUNK_HOSTS)
    ]
    answers = crew.price(costs, limits, should_stop)
    if answers is None:
        return None
    point = coordinator_at_best(cut, cost)
    priced = [one for answer in answers for one in answer.priced]
    for i, one in enumerate(priced):
        if one.point is not None:
            point[cut.columns[i]] = one.point
    return point, float(np.sum([one.bound for one in priced]))


def signed(cut: Split, prices: Floats) -> Floats:
    """*prices* with those of sides that do not exist cut to zero."""
    wrong = ((prices > 0) & np.isneginf(cut.low)) | ((prices < 0) & np.isposinf(cut.high))
    return np.where(wrong, 0.0, prices)


def from_sides(cut: Split, prices: Floats) -> float:
    """``λ·sides`` of *prices* with right signs."""
    priced = prices != 0
    sides = np.where(prices > 0, cut.low, cut.high)[priced]
    return float(prices[priced] @ sides)


def coordinator_at_best(cut: Split, reduced: Floats) -> Floats:
    """A point with the coordinator's columns at the better end of their boxes, all others 0."""
    point = np.zeros(len(reduced))
    columns = cut.coordinator
    ends = np.where(reduced[columns] > 0, cut.problem.lower[columns], cut.problem.upper[columns])
    point[columns] = np.where(reduced[columns] != 0, ends, cut.problem.lower[columns])
    return point
