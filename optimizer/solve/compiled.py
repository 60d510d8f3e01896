"""The model as arrays: what every engine works on, cut by owner, with no family known by name.

Pyomo's standard form is measured at half the time and three quarters of the memory of its solver
interfaces, and it leaves the HiGHS session to us.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyomo.environ as pyo
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy import sparse

from optimizer.solve.arrays import Bools, Floats, Ints

COORDINATOR = ""


@dataclass(frozen=True)
class Objective:
    """One goal as a cost vector in its own units: value = coefficients · y + offset."""

    name: str
    is_max: bool
    coefficients: Floats
    offset: float

    def value(self, point: Floats) -> float:
        """The goal at *point*."""
        return float(self.coefficients @ point) + self.offset


@dataclass(frozen=True)
class Compiled:
    """``row_lower ≤ matrix · y ≤ row_upper``, ``lower ≤ y ≤ upper``, some y integer."""

    matrix: sparse.csr_matrix
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    is_integer: Bools
    objectives: Mapping[str, Objective]
    columns: tuple[tuple[str, Any], ...]  # (variable, index)
    owners: tuple[str, ...]  # host of each column, COORDINATOR for the shared ones
    rows: tuple[str, ...]  # name of each row
    followers: frozenset[str] = frozenset()  # amounts that 0/1 and areas decide
    claims: frozenset[str] = frozenset()  # amounts that rows claim of areas

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.columns)

    @cached_property
    def by_column(self) -> sparse.csc_matrix:
        """The matrix stored by columns."""
        return self.matrix.tocsc()

    @cached_property
    def columns_of(self) -> Mapping[str, Ints]:
        """Variable name -> positions of its columns."""
        return _positions([name for name, _ in self.columns])

    @cached_property
    def owned_by(self) -> Mapping[str, Ints]:
        """Owner -> positions of its columns."""
        return _positions(list(self.owners))

    @cached_property
    def position(self) -> Mapping[tuple[str, Any], int]:
        """(variable, index) -> column."""
        return {key: j for j, key in enumerate(self.columns)}

    @cached_property
    def is_local_row(self) -> Bools:
        """True for a row whose columns have one owner, a host."""
        codes = {owner: i for i, owner in enumerate(sorted(set(self.owners)))}
        code = np.array([codes[owner] for owner in self.owners])[self.matrix.indices]
        starts = self.matrix.indptr[:-1]
        filled = np.diff(self.matrix.indptr) > 0
        is_local = np.ones(len(self.rows), dtype=bool)
        if filled.any():
            low = np.minimum.reduceat(code, starts[filled])
            high = np.maximum.reduceat(code, starts[filled])
            is_local[filled] = (low == high) & (low != codes.get(COORDINATOR, -1))
        return is_local


def compile_model(model: pyo.ConcreteModel) -> Compiled:
    """Arrays of *model*; its objectives become goals, in the order of declaration."""
    form = LinearStandardFormCompiler().write(model, mixed_form=True, set_sense=None)
    columns = [(v.parent_component().local_name, v.index()) for v in form.columns]
    matrix, low, high = _merge_ranges(form)
    hosts = set(model.HOSTS)
    return Compiled(
        matrix=matrix,
        row_lower=low,
        row_upper=high,
        lower=np.array([-np.inf if v.lb is None else v.lb for v in form.columns], dtype=float),
        upper=np.array([np.inf if v.ub is None else v.ub for v in form.columns], dtype=float),
        is_integer=np.array([v.is_integer() for v in form.columns], dtype=bool),
        objectives=_objectives(form),
        columns=tuple(columns),
        owners=tuple(_owner(name, index, hosts, model) for name, index in columns),
        rows=tuple(entry.constraint.name for entry in form.rows),
        followers=model.followers,
        claims=model.claims,
    )


def _merge_ranges(form: Any) -> tuple[sparse.csr_matrix, Floats, Floats]:
    matrix = sparse.csr_matrix(form.A)
    right = np.asarray(form.rhs, dtype=float)
    kind = np.array([entry.bound_type for entry in form.rows], dtype=int)
    low = np.where(kind <= 0, right, -np.inf)
    high = np.where(kind >= 0, right, np.inf)
    return matrix, low, high


def _objectives(form: Any) -> dict[str, Objective]:
    costs = sparse.csr_matrix(form.c)
    found = {}
    for row, component in enumerate(form.objectives):
        name = component.local_name.removeprefix("goal_")
        found[name] = Objective(
            name=name,
            is_max=component.sense == pyo.maximize,
            coefficients=np.asarray(costs[row].todense(), dtype=float).ravel(),
            offset=float(form.c_offset[row]),
        )
    return found


def _owner(name: str, index: Any, hosts: set[str], model: pyo.ConcreteModel) -> str:
    if name in model.coordinator_variables:
        return COORDINATOR
    first = index[0] if isinstance(index, tuple) else index
    return first if first in hosts else COORDINATOR


def _positions(keys: list[str]) -> dict[str, Ints]:
    groups: dict[str, list[int]] = {}
    for position, key in enumerate(keys):
        groups.setdefault(key, []).append(position)
    return {key: np.array(found, dtype=np.int64) for key, found in groups.items()}
