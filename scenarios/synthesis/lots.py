"""Named lots: every drawn figure is a hash of the case, the thing and the question asked of it.

Unlike a generator's stream, a lot does not depend on how many were drawn before it, on a library's
version or on the machine: adding a column changes no other column. Only integers and the four
operations of IEEE 754 are used, so a case is rewritten byte by byte.
"""

import hashlib
from collections.abc import Mapping, Sequence

_BITS = 53  # what a float holds exactly


def share(*name: object) -> float:
    """A number in [0, 1) that belongs to *name*."""
    digest = hashlib.sha256("/".join(map(str, name)).encode()).digest()
    return (int.from_bytes(digest[:8]) >> (64 - _BITS)) / (1 << _BITS)


def happens(chance: float, *name: object) -> bool:
    """Whether the event *name* of the given chance comes about."""
    return share(*name) < chance


def between(low: int, high: int, *name: object) -> int:
    """An integer from *low* to *high*, both included."""
    return low + int(share(*name) * (high - low + 1))


def bell(low: float, high: float, *name: object) -> float:
    """A number between *low* and *high*, mostly near the middle (mean of three lots)."""
    return low + (high - low) * sum(share(*name, turn) for turn in range(3)) / 3


def skewed(low: float, high: float, *name: object) -> float:
    """A number between *low* and *high*, mostly near *low* (square of a lot)."""
    lot = share(*name)
    return low + (high - low) * lot * lot


def chosen(weights: Mapping[str, float], *name: object) -> str:
    """A key of *weights*, in proportion to its weight."""
    mark = share(*name) * sum(weights.values())
    for key, weight in weights.items():
        mark -= weight
        if mark < 0:
            return key
    return list(weights)[-1]


def one_of(things: Sequence[str], *name: object) -> str:
    """One of *things*, each as likely."""
    return things[int(share(*name) * len(things))]


def split_exactly(total: int, weights: Sequence[float]) -> list[int]:
    """Integers in proportion to *weights* that sum to *total* (largest remainders, ties in order).

    Raises ValueError where no weight is positive.
    """
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("weights sum to 0")
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
