"""The floor table in fewest parts: a function on one floor where that can be, few slivers else.

A greedy placement comes first; only where it cut a function is a small MILP asked. Everything is in
integer units of 0.01 m²; a placement that does not add up to the unit is not taken.
Source: formulation 5 (fewest parts per function; slivers reported).
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from scipy import sparse

from optimizer.solve.floors import Placement, place_on_floors
from optimizer.solve.session import Limits, Problem, run

SLIVER = 2_000  # units: a part under 20 m² is no room of its own
PART_COST, SLIVER_COST = 10.0, 1.0  # a part less counts more than any number of slivers can
TO_THE_END = Limits(gap=0.0, absolute_gap=0.5, nodes=1_000)


def place_in_fewest_parts(
    areas: Mapping[str, int], levels: Mapping[str, frozenset[int]], capacity: Mapping[int, int]
) -> Placement | None:
    """(function, level) -> units in the fewest parts, or None where the floors do not suffice."""
    key = (
        tuple(sorted(areas.items())),
        tuple(sorted(levels.items())),
        tuple(sorted(capacity.items())),
    )
    found = _placed(*key)
    return None if found is None else dict(found)


@lru_cache(maxsize=20_000)
def _placed(
    of_functions: tuple[tuple[str, int], ...],
    on_levels: tuple[tuple[str, frozenset[int]], ...],
    of_floors: tuple[tuple[int, int], ...],
) -> Placement | None:
    areas, levels, capacity = dict(of_functions), dict(on_levels), dict(of_floors)
    greedy = place_on_floors(areas, levels, capacity)
    if greedy is None or len(greedy) <= sum(1 for units in areas.values() if units):
        return greedy
    return _fewest(areas, levels, capacity) or greedy


def _fewest(
    areas: Mapping[str, int], levels: Mapping[str, frozenset[int]], capacity: Mapping[int, int]
) -> Placement | None:
    cells = [
        (f, level) for f in sorted(areas) for level in sorted(levels[f] & set(capacity)) if areas[f]
    ]
    found = run(_problem(cells, areas, capacity), TO_THE_END).point
    if found is None:
        return None
    units = {cell: round(found[k]) for k, cell in enumerate(cells) if round(found[k])}
    return units if _adds_up(units, areas, capacity) else None


def _problem(
    cells: list[tuple[str, int]], areas: Mapping[str, int], capacity: Mapping[int, int]
) -> Problem:
    """Columns: units of each cell, cell in use, cell a sliver."""
    n = len(cells)
    one = sparse.identity(n, format="csr")
    most = np.array([min(areas[f], capacity[level]) for f, level in cells], dtype=float)
    least = np.array([min(SLIVER, areas[f]) for f, _ in cells], dtype=float)
    functions = sorted({f for f, _ in cells})
    floors = sorted({level for _, level in cells})
    of_function = sparse.csr_matrix([[float(f == g) for g, _ in cells] for f in functions])
    of_floor = sparse.csr_matrix([[float(lv == at) for _, at in cells] for lv in floors])
    matrix = sparse.bmat(
        [
            [of_function, None, None],
            [of_floor, None, None],
            [one, -sparse.diags(most), None],
            [one, -sparse.diags(least), sparse.diags(least)],
        ],
        format="csr",
    )
    needed = np.array([areas[f] for f in functions], dtype=float)
    room = np.array([capacity[level] for level in floors], dtype=float)
    zeros, open_ends = np.zeros(n), np.full(n, np.inf)
    return Problem(
        cost=np.concatenate([zeros, np.full(n, PART_COST), np.full(n, SLIVER_COST / n)]),
        matrix=matrix,
        row_lower=np.concatenate([needed, np.full(len(floors), -np.inf), -open_ends, zeros]),
        row_upper=np.concatenate([needed, room, zeros, open_ends]),
        lower=np.zeros(3 * n),
        upper=np.concatenate([most, np.ones(2 * n)]),
        is_integer=np.repeat([False, True, True], n),
    )


def _adds_up(units: Placement, areas: Mapping[str, int], capacity: Mapping[int, int]) -> bool:
    of_function: dict[str, int] = {}
    of_floor: dict[int, int] = {}
    for (f, level), amount in units.items():
        of_function[f] = of_function.get(f, 0) + amount
        of_floor[level] = of_floor.get(level, 0) + amount
    whole = all(of_function.get(f, 0) == wanted for f, wanted in areas.items())
    return whole and all(amount <= capacity[level] for level, amount in of_floor.items())
