"""Which point's plan flows to which: more money never makes a plan impossible.

A plan of one point is a plan of another that differs in caps of ``[budget]`` alone, none smaller.
It is start and floor there, so a larger budget is never worse. Source: reliability.md finding 7.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from optimizer.axes import KeyPath
from optimizer.sweep.points import Point

BUDGET = "budget"


def is_wider(narrow: Point, wide: Point) -> bool:
    """*wide* differs from *narrow* in caps of the budget, each at least as large, one larger."""
    if narrow.settings.keys() != wide.settings.keys() or narrow.number == wide.number:
        return False
    return all(
        mine == yours or (path[0] == BUDGET and _at_most(path, mine, yours))
        for (path, mine), yours in zip(narrow.settings.items(), wide.settings.values(), strict=True)
    )


def _at_most(path: KeyPath, mine: Any, yours: Any) -> bool:
    if isinstance(mine, Mapping) and isinstance(yours, Mapping):
        same = mine.keys() == yours.keys()
        return same and all(_at_most(path, mine[key], yours[key]) for key in mine)
    both = isinstance(mine, int | Decimal) and isinstance(yours, int | Decimal)
    return both and mine <= yours


def starts(points: Sequence[Point]) -> dict[int, int]:
    """Point -> the point whose plan it starts from, for those that have one.

    Along a chain of points, each wider than the last, point i starts from the one whose place is i
    without its lowest binary digit: a tree of depth log n, so half of a chain can run at a time.
    """
    found: dict[int, int] = {}
    for chain in _chains(points):
        for place in range(1, len(chain)):
            found[chain[place].number] = chain[place & (place - 1)].number
    return found


def _chains(points: Sequence[Point]) -> list[list[Point]]:
    """Points in chains, narrowest first: each point follows the first chain that it widens."""
    chains: list[list[Point]] = []
    for point in narrowest_first(points):
        chain = next((c for c in chains if is_wider(c[-1], point)), None)
        if chain is None:
            chains.append([point])
        else:
            chain.append(point)
    return chains


def narrowest_first(points: Sequence[Point]) -> list[Point]:
    """*points* so that none comes before one it is wider than."""
    return sorted(points, key=lambda p: (sum(is_wider(other, p) for other in points), p.number))
