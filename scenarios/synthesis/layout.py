"""Where things lie: a grid of cells divided among seeds, by mass, into connected parts.

The same division makes districts of a city, streets of a district and communities of a street.
Coordinates are whole metres east and north of an origin, masses whole numbers: no rounding.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

METRES_PER_DEGREE = 111_195  # of latitude, on a sphere of 6,371 km
GRID_M = 100
_ROUNDS = 120


@dataclass(frozen=True, slots=True)
class Origin:
    """Where east 0, north 0 lies, in degrees."""

    lon: float
    lat: float

    def metres(self, lon: float, lat: float) -> tuple[int, int]:
        """Whole metres east and north of the origin."""
        east = (lon - self.lon) * METRES_PER_DEGREE * math.cos(math.radians(self.lat))
        return round(east), round((lat - self.lat) * METRES_PER_DEGREE)

    def degrees(self, east: int, north: int) -> tuple[str, str]:
        """Longitude and latitude, 6 decimals (0.1 m)."""
        lon = self.lon + east / (METRES_PER_DEGREE * math.cos(math.radians(self.lat)))
        return f"{lon:.6f}", f"{self.lat + north / METRES_PER_DEGREE:.6f}"


def grid(low: tuple[int, int], high: tuple[int, int], step: int) -> Whole:
    """Centres of the cells of *step* metres between two corners, shape (n, 2)."""
    east = np.arange(low[0] + step // 2, high[0], step, dtype=np.int64)
    north = np.arange(low[1] + step // 2, high[1], step, dtype=np.int64)
    return np.stack(np.meshgrid(east, north), axis=-1).reshape(-1, 2)


def inside(cells: Whole, ring: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which cells lie in the polygon *ring* (even-odd rule)."""
    within = np.zeros(len(cells), dtype=bool)
    for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
        if start[1] == end[1]:
            continue
        (x1, y1), (x2, y2) = sorted((start, end), key=lambda corner: corner[1])
        spans = (cells[:, 1] >= y1) & (cells[:, 1] < y2)
        left = (cells[:, 0] - x1) * (y2 - y1) < (cells[:, 1] - y1) * (x2 - x1)
        within ^= spans & left
    return within


def halved(cells: Whole, step: int) -> Whole:
    """Every cell cut in four of half the *step*."""
    quarter = step // 4
    corners = np.array([(-1, -1), (1, -1), (-1, 1), (1, 1)], dtype=np.int64) * quarter
    return (cells[:, None, :] + corners).reshape(-1, 2)


def spiral(centre: Whole, radius_m: int, count: int) -> Whole:
    """*count* seeds from the centre outwards on a sunflower spiral, shape (count, 2)."""
    golden = math.pi * (3 - math.sqrt(5))
    points = [
        (
            round(radius_m * math.sqrt((i + 0.5) / count) * math.cos(i * golden)),
            round(radius_m * math.sqrt((i + 0.5) / count) * math.sin(i * golden)),
        )
        for i in range(count)
    ]
    return centre + np.array(points, dtype=np.int64).reshape(-1, 2)


def divide(
    cells: Whole, mass: Whole, seeds: Whole, targets: Sequence[int], *, drift: int, step: int
) -> Whole:
    """Owner of each cell: part i holds about ``targets[i]`` of the mass and is connected.

    A power diagram whose weights follow the missing mass; each round a seed moves 1/*drift* of the
    way to the middle of its part (0: it stays). ``sum(targets)`` must be the mass.
    """
    want = np.maximum(np.array(targets, dtype=np.int64), 1)
    reach = np.zeros(len(seeds), dtype=np.int64)
    unit = len(cells) * step * step // len(seeds)
    best, best_miss = np.zeros(len(cells), dtype=np.int64), -1
    for turn in range(_ROUNDS):
        owner = _nearest(cells, seeds, reach)
        held = _sums(owner, mass, len(seeds))
        miss = int(np.abs(want - held).sum()) + int((held == 0).sum()) * int(want.sum())
        if best_miss < 0 or miss <= best_miss:
            best, best_miss = owner, miss
        lacking = np.clip(want - held, -want, want)
        reach = reach + lacking * unit // (want * (3 + turn // 10))
        if drift and turn < _ROUNDS // 2:
            seeds = seeds + (_middles(cells, mass, owner, seeds) - seeds) // drift
    return connected(cells, best, step)


def _nearest(cells: Whole, seeds: Whole, reach: Whole) -> Whole:
    owner = np.zeros(len(cells), dtype=np.int64)
    least = np.full(len(cells), np.iinfo(np.int64).max)
    for i, (seed, bonus) in enumerate(zip(seeds, reach, strict=True)):
        far = ((cells - seed) ** 2).sum(axis=1) - bonus
        closer = far < least
        owner[closer], least[closer] = i, far[closer]
    return owner


def _sums(owner: Whole, values: Whole, count: int) -> Whole:
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, owner, values)
    return sums


def _middles(cells: Whole, mass: Whole, owner: Whole, otherwise: Whole) -> Whole:
    held = _sums(owner, mass, len(otherwise))
    middle = (
        np.stack([_sums(owner, cells[:, axis] * mass, len(otherwise)) for axis in (0, 1)], axis=-1)
        // np.maximum(held, 1)[:, None]
    )
    return np.where(held[:, None] > 0, middle, otherwise)


def middle(cells: Whole, mass: Whole) -> Whole:
    """The cell nearest to the centre of the mass, shape (2,)."""
    centre = (cells * mass[:, None]).sum(axis=0) // max(int(mass.sum()), 1)
    return cells[int(((cells - centre) ** 2).sum(axis=1).argmin())]


def neighbours(cells: Whole, step: int) -> list[list[int]]:
    """Indices of the cells that share an edge with each cell."""
    at = {(int(x), int(y)): i for i, (x, y) in enumerate(cells)}
    beside = ((step, 0), (-step, 0), (0, step), (0, -step))
    return [
        [at[x + dx, y + dy] for dx, dy in beside if (x + dx, y + dy) in at]
        for x, y in cells.tolist()
    ]


def pieces(owner: Whole, links: list[list[int]]) -> list[list[int]]:
    """Connected pieces of cells with one owner, in order of their first cell."""
    seen = [False] * len(owner)
    found = []
    for first in range(len(owner)):
        if seen[first]:
            continue
        seen[first] = True
        piece = [first]
        for cell in piece:  # grows while it is walked
            for near in links[cell]:
                if not seen[near] and owner[near] == owner[first]:
                    seen[near] = True
                    piece.append(near)
        found.append(piece)
    return found


def connected(cells: Whole, owner: Whole, step: int) -> Whole:
    """*owner* with every part in one piece: loose pieces go to the part they touch most."""
    links = neighbours(cells, step)
    owner = owner.copy()
    for _ in range(len(cells)):
        found = pieces(owner, links)
        largest: dict[int, int] = {}
        for i, piece in enumerate(found):
            part = int(owner[piece[0]])
            if part not in largest or len(piece) > len(found[largest[part]]):
                largest[part] = i
        loose = [piece for i, piece in enumerate(found) if largest[int(owner[piece[0]])] != i]
        moved = [_join(piece, owner, links) for piece in loose]
        if not any(moved):
            return owner
    return owner


def _join(piece: list[int], owner: Whole, links: list[list[int]]) -> bool:
    """Give a loose piece to the neighbour it shares most edges with; False where it has none."""
    touching: dict[int, int] = {}
    for cell in piece:
        for near in links[cell]:
            if owner[near] != owner[piece[0]]:
                touching[int(owner[near])] = touching.get(int(owner[near]), 0) + 1
    if not touching:
        return False
    owner[piece] = min(touching, key=lambda part: (-touching[part], part))
    return True
