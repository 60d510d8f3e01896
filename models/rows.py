"""Built rows as text, with names and units: ``cost[c,b] + 3 hub[c,s] <= 5  (m²)``."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo
from pyomo.repn import generate_standard_repn


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One linear row lower <= Σ coefficient × variable <= upper; None does not bind."""

    name: str
    terms: tuple[tuple[float, str], ...]  # in the order of the variables' names
    lower: float | None
    upper: float | None
    unit: str  # of both sides; empty for a count or a choice

    def text(self) -> str:
        """The row as one line."""
        left = " ".join(_term(*term) for term in self.terms).removeprefix("+ ") or "0"
        unit = f"  ({self.unit})" if self.unit else ""
        if self.lower is not None and self.lower == self.upper:
            return f"{self.name}: {left} = {self.upper:g}{unit}"
        low = "" if self.lower is None else f"{self.lower:g} <= "
        high = "" if self.upper is None else f" <= {self.upper:g}"
        return f"{self.name}: {low}{left}{high}{unit}"


def rows_of(model: pyo.ConcreteModel, family: str) -> Iterator[ShownRow]:
    """Every row of *family* in the order it was added; KeyError where there is no such family."""
    block = model.component(family)
    if block is None:
        raise KeyError(family)
    for constraint in block.component_objects(pyo.Constraint):
        for index in constraint:
            yield _shown(constraint, constraint[index])


def _shown(constraint: Any, row: Any) -> ShownRow:
    lower, body, upper = row.to_bounded_expression(evaluate_bounds=True)
    form = generate_standard_repn(body)
    terms = zip(form.linear_coefs, (v.name for v in form.linear_vars), strict=True)
    shift = float(form.constant)
    return ShownRow(
        row.name,
        tuple(sorted(((float(c), v) for c, v in terms if c), key=lambda term: term[1])),
        None if lower is None else lower - shift,
        None if upper is None else upper - shift,
        constraint.doc or "",
    )


def _term(coefficient: float, variable: str) -> str:
    sign = "-" if coefficient < 0 else "+"
    size = "" if abs(coefficient) == 1 else f"{abs(coefficient):g} "
    return f"{sign} {size}{variable}"
