"""Prices of a whole city from the linear relaxations of its parts.

A tile is a cluster of hosts with a rim of neighbours and its share of every row that the whole city
meets in. A row of neighbours takes its price from the tile that owns it, a row of all the mean over
the tiles, weighted by their share. The prices are a proposal: the bound made of them is valid
whatever they are worth. Source: formulation.md section 8 (duals before columns).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from optimizer.solve.compiled import Bools, Floats, Ints
from optimizer.solve.crew import Crew, Stop
from optimizer.solve.pricing import RELAXED, Priced, chunk_of
from optimizer.solve.session import Problem
from optimizer.solve.split import Split, narrowed

TILE_COLUMNS = 30_000  # the simplex method takes a few seconds to as many
RIM_STEPS = 0


@dataclass(frozen=True)
class Relaxed:
    """Prices of the linking rows and the tiles' fractional points side by side."""

    prices: Floats
    point: Floats


def relaxed_by_tiles(
    cut: Split, crew: Crew, should_stop: Stop, columns: int = TILE_COLUMNS
) -> Relaxed:
    """Prices from the tiles' linear relaxations; rows of a tile that has none get 0."""
    size = _free_columns(cut)
    parts = [(own, _tile(cut, own, size)) for own in clusters(cut, size, columns)]
    crew.load([chunk_of([tile.problem]) for _, tile in parts])
    answers = crew.price([[tile.problem.cost] for _, tile in parts], RELAXED, should_stop) or ()
    found, weight = np.zeros(len(cut.linking)), np.zeros(len(cut.linking))
    point = np.zeros(len(cut.problem.cost))
    first_host = _first_hosts(cut.hosts_of_rows)
    for (own, tile), answer in zip(parts, answers, strict=bool(answers)):
        priced = answer.priced[0]
        if priced.duals is None or priced.point is None:
            continue
        _take_prices(cut, tile, np.isin(first_host[tile.linking], own), priced, found, weight)
        mine = np.isin(cut.owner[tile.columns], [*own.tolist(), -1])
        where = tile.columns[mine]
        point[where] = np.maximum(point[where], priced.point[mine])
    return Relaxed(found / np.where(weight > 0, weight, 1.0), point)


def _take_prices(
    cut: Split, tile: "_Tile", is_first: Bools, priced: Priced, found: Floats, weight: Floats
) -> None:
    """Prices of *tile*'s linking rows into *found*: of a close row from the tile that owns it."""
    assert priced.duals is not None
    linked = priced.duals[: len(tile.linking)]
    close = cut.is_close[tile.linking]
    owned = is_first & close
    found[tile.linking[owned]] = linked[owned]
    weight[tile.linking[owned]] = 1.0
    far = ~close
    found[tile.linking[far]] += tile.share[far] * linked[far]
    weight[tile.linking[far]] += tile.share[far]


def _free_columns(cut: Split) -> Ints:
    free = (cut.problem.upper > cut.problem.lower) & (cut.owner >= 0)
    return np.bincount(cut.owner[free], minlength=len(cut.hosts))


def clusters(cut: Split, size: Ints, most: int) -> Iterator[Ints]:
    """Hosts in clusters of a *size* of at most *most* together, neighbours in one."""
    near = cut.neighbours
    _, part = connected_components(near, directed=False)
    order = _walk(near, part)
    tile: list[int] = []
    held = 0
    for host in order:
        if tile and held + size[host] > most:
            yield np.array(sorted(tile), dtype=np.int64)
            tile, held = [], 0
        tile.append(host)
        held += int(size[host])
    if tile:
        yield np.array(sorted(tile), dtype=np.int64)


def _walk(near: sparse.csr_matrix, part: Ints) -> list[int]:
    """All hosts, part by part, each breadth first from one end of it."""
    order: list[int] = []
    for label in np.unique(part):
        start = int(np.flatnonzero(part == label)[0])
        last = sparse.csgraph.breadth_first_order(near, start, return_predecessors=False)[-1]
        order += sparse.csgraph.breadth_first_order(
            near, int(last), return_predecessors=False
        ).tolist()
    return order


def _first_hosts(hosts_of_rows: sparse.csr_matrix) -> Ints:
    first = np.full(hosts_of_rows.shape[0], -1, dtype=np.int64)
    filled = np.diff(hosts_of_rows.indptr) > 0
    first[filled] = np.minimum.reduceat(hosts_of_rows.indices, hosts_of_rows.indptr[:-1][filled])
    return first


@dataclass(frozen=True)
class _Tile:
    """A part of the city as a problem: linking rows first, then its own."""

    problem: Problem
    columns: Ints
    linking: Ints  # positions among the linking rows
    share: Floats  # of each of them, 0..1


def _tile(cut: Split, own: Ints, size: Ints) -> _Tile:
    hosts = _with_rim(cut, own)
    is_in = np.zeros(len(cut.hosts), dtype=bool)
    is_in[hosts] = True
    part = cut.hosts_of_rows @ is_in.astype(float)
    whole = np.asarray(cut.hosts_of_rows.sum(axis=1)).ravel()
    of_city = size[hosts].sum() / max(1, size.sum())  # of a row that no host is in
    share = np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), of_city)
    linking = np.flatnonzero(share > 0)
    rows = np.concatenate([cut.rows[i] for i in hosts])
    columns = np.sort(np.concatenate([cut.coordinator, *(cut.columns[i] for i in hosts)]))
    problem = cut.problem
    low, high = _sides(cut, linking, share[linking])
    lower, upper = _boxes(cut, columns, share)
    matrix = sparse.vstack([cut.shared[linking], problem.matrix[rows]], format="csr")
    return _Tile(
        Problem(
            problem.cost[columns],
            narrowed(matrix, columns),
            np.concatenate([low, problem.row_lower[rows]]),
            np.concatenate([high, problem.row_upper[rows]]),
            lower,
            upper,
            np.zeros(len(columns), dtype=bool),
        ),
        columns,
        linking,
        share[linking],
    )


def _with_rim(cut: Split, own: Ints) -> Ints:
    near = cut.neighbours
    inside = np.zeros(len(cut.hosts), dtype=bool)
    inside[own] = True
    for _ in range(RIM_STEPS):
        inside |= (near @ inside.astype(float)) > 0
    return np.flatnonzero(inside)


def _sides(cut: Split, linking: Ints, share: Floats) -> tuple[Floats, Floats]:
    """A tile's share of what all meet in; of a row of neighbours only what must be given."""
    low, high = cut.low[linking], cut.high[linking]
    is_shared = ~cut.is_close[linking] | (low == high)
    high = np.where(is_shared & np.isfinite(high), high * share, high)
    scaled = is_shared | (low > 0)
    low = np.where(scaled & np.isfinite(low), low * share, low)
    return low, high


def _boxes(cut: Split, columns: Ints, share: Floats) -> tuple[Floats, Floats]:
    """Boxes of the tile's columns; the coordinator's are a share where all meet in their rows."""
    lower, upper = cut.problem.lower[columns].copy(), cut.problem.upper[columns].copy()
    by_column = cut.shared_by_column
    for at in np.flatnonzero(cut.owner[columns] < 0):
        rows = by_column[columns[at]].indices
        far = rows[~cut.is_close[rows]]
        if len(far):
            lower[at], upper[at] = lower[at] * share[far].max(), upper[at] * share[far].max()
    return lower, upper
