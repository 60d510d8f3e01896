"""Areas decided again as whole units of 0.01 m², for points whose rounded areas keep no goal."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from optimizer.solve.arrays import Bools, Floats
from optimizer.solve.compiled import COORDINATOR
from optimizer.solve.rounding import UNIT_M2, with_room_for_millionths
from optimizer.solve.session import Limits

if TYPE_CHECKING:
    from optimizer.solve.search import Search

IN_UNITS = Limits(gap=1e-6, nodes=200)
MANY_AREAS = 1_000  # from here on the first whole areas that keep the rows are taken
MANY_IN_UNITS = Limits(gap=1e-3, nodes=1, is_quick=True)


def in_units(search: "Search", point: Floats, free: Bools) -> Floats | None:
    """*point* with its *free* columns decided again, areas in whole units; None where none are."""
    compiled = search.compiled
    whole, areas = compiled.is_integer, compiled.columns_of["area"]
    fixed = np.where(whole, np.rint(point), point)
    problem = search.problem(search.cost_of(search.goal_name), free=free, at=fixed)
    if search.instance.service.serve_all or search.instance.service.is_whole:
        problem = with_room_for_millionths(compiled, problem, point)
    scale = np.ones(compiled.width)
    scale[areas] = UNIT_M2
    scaled = replace(
        problem,
        cost=problem.cost * scale,
        matrix=sparse.csr_matrix(problem.matrix @ sparse.diags(scale)),
        lower=problem.lower / scale,
        upper=problem.upper / scale,
        is_integer=scale != 1.0,
    )
    is_many = np.count_nonzero(free[areas]) > MANY_AREAS
    found = search.run(scaled, MANY_IN_UNITS if is_many else IN_UNITS).point
    return None if found is None else found * scale


def differing(search: "Search", point: Floats) -> Bools:
    """Columns of the hosts where *point* is not the best plan; all without one."""
    differs = np.ones(search.compiled.width, dtype=bool)
    if search.best is not None:
        moved = ~np.isclose(point, search.best.point, rtol=0.0, atol=1e-9)
        for owner, columns in search.compiled.owned_by.items():
            differs[columns] = owner == COORDINATOR or moved[columns].any()
    return differs
