"""Exact integers of the numbers that records carry: 0.01 m², fen, millionths of a person.

Source: contract section 4 (money and area at most 2 decimals, persons at most 6).
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache


def hundredths(value: float) -> int:
    """Units of 0.01 m² or fen in *value*, which has at most two decimals."""
    return round(value * 100)


def millionths(value: float) -> int:
    """Units of 1e-6 persons in *value*, which has at most six decimals."""
    return round(value * 1_000_000)


@lru_cache(maxsize=100_000)
def fraction(value: float) -> Fraction:
    """The shortest decimal that *value* prints as, exactly."""
    return Fraction(repr(value))


def half_up(value: Fraction, decimals: int) -> Decimal:
    """*value* rounded half up (away from zero) to *decimals*, exactly."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = -1 if value < 0 else 1
    return (Decimal(sign * whole) / Decimal(10**decimals)).quantize(
        Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP
    )
