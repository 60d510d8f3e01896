"""A goal as the registry knows it: what the solver sees, and what a plan is worth exactly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
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
    wants_service: bool = True  # one more person served never makes it worse


def weighted(name: str, parts: Mapping[Goal, Decimal]) -> Goal:
    """The level *name*: least ``Σ weight × min goals - Σ weight × max goals``, in their units."""
    signed = [(g, Fraction(w) if g.sense == MIN else -Fraction(w)) for g, w in parts.items()]

    def expression(m: Any, instance: Instance) -> Any:
        return sum(float(w) * g.scale(instance) * g.expression(m, instance) for g, w in signed)

    def value(plan: Plan, instance: Instance) -> Fraction:
        return sum((w * g.value(plan, instance) for g, w in signed), Fraction(0))

    def tolerance(plan: Plan, instance: Instance) -> Fraction:
        return sum((abs(w) * g.tolerance(plan, instance) for g, w in signed), Fraction(0))

    wants = all(goal.wants_service for goal in parts)
    return Goal(name, MIN, expression, value, tolerance=tolerance, wants_service=wants)


def common_step(values: list[float]) -> Fraction | None:
    """The largest number all *values* are multiples of; None where all are zero."""
    exact = [fraction(v) for v in values if v]
    if not exact:
        return None
    denominator = reduce(lambda a, b: a * b // gcd(a, b), (v.denominator for v in exact))
    return Fraction(reduce(gcd, (int(v * denominator) for v in exact)), denominator)
