"""Choices between plans that are equal in everything else (min): fixed weights.  并列判定

``Σ w × 0/1`` over pilots, used buildings, functions, places of hubs, lifts and years, then
``Σ w × amounts`` over areas and persons. The weights are hashed from where an id stands among its
kind, so the plan that wins depends on neither the order of rows, seed or threads, nor on what ids
are called. Source: contract section 5 (Levels).

Equal is meant of plans as they are written: areas are rounded to 0.01 m², so where an earlier level
is closed only up to what rounding costs, another seed may end at other areas some 0.01 m² away.
"""

from collections.abc import Iterator
from fractions import Fraction
from hashlib import blake2b
from typing import Any

import pyomo.environ as pyo

from models.instance import Instance
from models.plan import Plan

BYTES = 2  # weights from 1 to 65,536: sums of a city stay far below what a float holds exactly
Choice = tuple[str, tuple[Any, ...]]  # variable, index


def expression(m: Any, instance: Instance) -> Any:
    """Weights of the choices made."""
    terms = [
        weight(instance, name, index) * variable
        for name, indexed in _choices(m)
        for index, variable in indexed.items()
    ]
    return pyo.quicksum(terms)


def value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan."""
    return Fraction(sum(weight(instance, *choice) for choice in choices_of(plan, instance)))


def step(_: Instance) -> Fraction | None:
    """Weights are whole numbers."""
    return Fraction(1)


def amounts_expression(m: Any, instance: Instance) -> Any:
    """Weights of areas and persons."""
    terms = [
        weight(instance, name, index) * variable
        for name, indexed in (("area", m.area), ("served", m.served))
        for index, variable in indexed.items()
    ]
    return pyo.quicksum(terms)


def amounts_value(plan: Plan, instance: Instance) -> Fraction:
    """The same of a plan, exactly."""
    host = plan.host_of
    areas = (
        weight(instance, "area", (host[b], b, f)) * Fraction(m2)
        for (b, f), m2 in plan.rooms_m2.items()
    )
    persons = (
        weight(instance, "served", (host[r.building], r.building, r.function, r.community))
        * Fraction(r.persons)
        for r in plan.services
    )
    return sum(areas, Fraction(0)) + sum(persons, Fraction(0))


def weight(instance: Instance, name: str, index: Any) -> int:
    """The weight of the variable *name* at *index*: the same wherever it is computed."""
    ids = index if isinstance(index, tuple) else (index,)
    text = ",".join([name, *(str(instance.rank.get(id, id)) for id in ids)])
    return 1 + int.from_bytes(blake2b(text.encode(), digest_size=BYTES).digest(), "big")


def choices_of(plan: Plan, instance: Instance) -> Iterator[Choice]:
    """The choices of a plan as (variable, index)."""
    host = plan.host_of
    yield from (("pilot", (u,)) for u in plan.pilots)
    yield from (("used", (u, b)) for b, u in host.items())
    yield from (("installed", (host[b], b, f)) for b, f in plan.rooms_m2)
    sites = {
        (row.host, instance.buildings[row.building].site) for row in plan.sitings if row.is_hub
    }
    yield from (("hub", place) for place in sites)
    for row in plan.sitings:
        if row.is_upgraded and instance.buildings[row.building].upgrade == "lift":
            yield "lifted", (row.host, row.building)
        if instance.limits.by_year_yuan is not None:
            yield "sited", (row.host, row.building, row.year)


def _choices(m: Any) -> tuple[tuple[str, Any], ...]:
    return (
        ("pilot", m.pilot),
        ("used", m.used),
        ("installed", m.installed),
        ("hub", m.in_hub),
        ("lifted", m.lifted),
        ("sited", m.sited),
    )
