"""The Lagrangian bound of a level: linking rows priced, every host's block decided on its own.

For any prices ``λ`` (≥ 0 on lower sides, ≤ 0 on upper sides, free on equalities)

    L(λ) = λ·sides + Σ over the coordinator's boxes + Σ_u (proved least cost of block u)

is a lower bound of the level, whatever the prices are worth: wrong signs are cut to zero, and a
block gives the *dual bound* of its own run, never its incumbent. Source: Geoffrion 1974;
formulation.md section 8.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.solve.arrays import Floats
from optimizer.solve.crew import Crew, Stop, chunks_in
from optimizer.solve.pool import Known, Pool
from optimizer.solve.pricing import Asked, chunk_of
from optimizer.solve.session import Basis, Limits
from optimizer.solve.split import Split

CHUNK_HOSTS = 48  # a second of work and more


@dataclass(frozen=True)
class Round:
    """One pricing of all blocks: the bound, and the point made of the columns found."""

    prices: Floats
    bound: float
    point: Floats


class Pricer:
    """Prices the blocks of a level round by round; each relaxation goes on where its last ended."""

    def __init__(self, crew: Crew, cut: Split, at_once: int | None = None) -> None:
        self.crew, self.cut, self._at_once = crew, cut, at_once or CHUNK_HOSTS
        self._bases: list[Basis | None] = [None] * len(cut.hosts)
        crew.load([chunk_of([cut.block(i) for i in inside]) for inside in self._chunks()])

    def _chunks(self) -> Iterator[range]:
        return chunks_in(len(self.cut.hosts), self._at_once)

    def price(
        self, prices: Floats, limits: Limits, should_stop: Stop, known: Pool | None = None
    ) -> Round | None:
        """``L(prices)`` and the blocks' columns, or *known* ones that no other beats.

        None where it was stopped.
        """
        cut = self.cut
        prices = signed(cut, prices)
        reduced = cut.problem.cost - cut.shared_by_column @ prices
        best = [Known()] * len(cut.hosts) if known is None else known.best_at(prices)
        asked = [
            Asked(reduced[columns], basis, one.cost)
            for columns, basis, one in zip(cut.columns, self._bases, best, strict=True)
        ]
        answers = self.crew.price(
            [asked[inside.start : inside.stop] for inside in self._chunks()], limits, should_stop
        )
        if answers is None:
            return None
        priced = [one for answer in answers for one in answer.priced]
        self._bases = [one.basis for one in priced]
        point = coordinator_at_best(cut, reduced)
        for columns, one, other in zip(cut.columns, priced, best, strict=True):
            values = other.values if one.point is None else one.point
            if values is not None:
                point[columns] = values
        fixed = float(reduced[cut.coordinator] @ point[cut.coordinator])
        least = float(np.sum([one.bound for one in priced]))
        return Round(prices, from_sides(cut, prices) + fixed + least, point)


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
