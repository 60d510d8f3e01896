"""The ground of each district: its outline where we have one, else its share of the city's.

Districts without an outline divide the discs around their centres: a cell belongs to the one that
is nearest for its size, so that none overlaps, each holds its centre and is in one piece.
"""

from collections.abc import Sequence

import numpy as np

from synthesis.facts import DistrictFact
from synthesis.layout import GRID_M, Origin, Whole, connected, grid, inside

Ring = list[tuple[int, int]]


def grounds(districts: Sequence[DistrictFact], origin: Origin) -> dict[str, Whole]:
    """District code -> its cells."""
    own = {d.code: _within_outline(d, origin) for d in districts if d.outline}
    others = [d for d in districts if not d.outline]
    return own | (_shared(others, [d for d in districts if d.outline], origin) if others else {})


def _within_outline(district: DistrictFact, origin: Origin) -> Whole:
    """The cells of the outline, less its hill."""
    ring = [origin.metres(*point) for point in district.outline]
    cells = _cells_around([ring])
    cells = cells[inside(cells, ring)]
    return cells[~inside(cells, [origin.metres(*point) for point in district.hill])]


def _shared(
    districts: Sequence[DistrictFact], outlined: Sequence[DistrictFact], origin: Origin
) -> dict[str, Whole]:
    discs = [_disc(district, origin) for district in districts]
    cells = _cells_around(discs)
    within = np.zeros(len(cells), dtype=bool)
    for ring in discs:
        within |= inside(cells, ring)
    for district in outlined:
        within &= ~inside(cells, [origin.metres(*point) for point in district.outline])
    cells = cells[within]
    seats = np.array([origin.metres(d.lon, d.lat) for d in districts], dtype=np.int64)
    areas = [round(district.area_km2) for district in districts]
    far = [
        ((cells - seat) ** 2).sum(axis=1) // area for seat, area in zip(seats, areas, strict=True)
    ]
    owner = connected(cells, np.argmin(np.stack(far), axis=0), GRID_M)
    return {district.code: cells[owner == i] for i, district in enumerate(districts)}


def _cells_around(rings: Sequence[Ring]) -> Whole:
    east = [x for ring in rings for x, _ in ring]
    north = [y for ring in rings for _, y in ring]
    return grid((min(east), min(north)), (max(east), max(north)), GRID_M)


def _disc(district: DistrictFact, origin: Origin) -> Ring:
    centre = np.array(origin.metres(district.lon, district.lat))
    radius = (district.area_km2 / np.pi) ** 0.5 * 1000
    turns = np.arange(64) / 64 * 2 * np.pi
    edge = centre + radius * np.stack([np.cos(turns), np.sin(turns)], axis=-1)
    return [(round(x), round(y)) for x, y in edge.tolist()]
