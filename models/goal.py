"""A goal as the registry knows it: what the solver sees, and what a plan is worth exactly."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd
from typing import Any

from models.exact import fraction
from models.instance import Instance
from models.plan import Plan

MAX, MIN = "max", "min"


def no_step(_: Instance) -> Fraction | None:
    """For goals that take any value."""
    return None


def no_tolerance(_plan: Plan, _instance: Instance) -> Fraction:
    """For goals that rounding persons to millionths does not touch."""
    return Fraction(0)


def unit_scale(_: Instance) -> float:
    """For goals the model counts in their own unit."""
    return 1.0


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal; ``scale`` turns the model's figure into the goal's unit, ``step`` its grid."""

    name: str
    sense: str
    expression: Callable[[Any, Instance], Any]
    value: Callable[[Plan, Instance], Fraction]
    step: Callable[[Instance], Fraction | None] = no_step
    scale: Callable[[Instance], float] = unit_scale
    tolerance: Callable[[Plan, Instance], Fraction] = no_tolerance  # lost to millionths of persons


def common_step(values: list[float]) -> Fraction | None:
    """The largest number all *values* are multiples of; None where all are zero."""
    exact = [fraction(v) for v in values if v]
    if not exact:
        return None
    denominator = reduce(lambda a, b: a * b // gcd(a, b), (v.denominator for v in exact))
    return Fraction(reduce(gcd, (int(v * denominator) for v in exact)), denominator)
