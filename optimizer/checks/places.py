"""Where things of ``inputs/`` stand on the national grid, and what lies near what.

Plain-Python Krüger series on CGCS2000 in the 3-degree zone of the mean longitude of all communities
and buildings. Source: contract section 4; A16.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from optimizer.checks.folder import Folder, Row

SEMI_MAJOR_M, FLATTENING = 6_378_137.0, 1 / 298.257222101
Point = tuple[float, float]


def points(folder: Folder) -> dict[str, dict[str, Point]]:
    """Table -> id -> easting and northing in metres, of what has both coordinates."""
    located = {
        table: {r["id"]: r for r in folder.inputs[table] if r["lon"] and r["lat"]}
        for table in ("communities", "buildings", "facilities")
    }
    longitudes = [
        float(r["lon"]) for t in ("communities", "buildings") for r in located[t].values()
    ]
    if not longitudes:
        return {table: {} for table in located}
    meridian = 3.0 * round(sum(longitudes) / len(longitudes) / 3)
    return {
        table: {id: _project(row, meridian) for id, row in rows.items()}
        for table, rows in located.items()
    }


def metres(one: Point, other: Point) -> float:
    """The straight line between two points."""
    return math.hypot(one[0] - other[0], one[1] - other[1])


def near(
    starts: Mapping[str, Point], ends: Mapping[str, Point], limit: float
) -> Iterator[tuple[str, str, float]]:
    """Every pair of a start and an end that are at most *limit* metres apart, and how far."""
    eastward = sorted((point[0], id) for id, point in ends.items())
    for start, here in starts.items():
        first, last = (bisect_left(eastward, (here[0] + side,)) for side in (-limit, limit))
        for _, end in eastward[first:last]:
            apart = metres(here, ends[end])
            if apart <= limit:
                yield start, end, apart


def _project(row: Row, meridian: float) -> Point:
    """Easting and northing in metres."""
    phi, lam = math.radians(float(row["lat"])), math.radians(float(row["lon"]) - meridian)
    n = FLATTENING / (2 - FLATTENING)
    radius = SEMI_MAJOR_M / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    alpha = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    e = 2 * math.sqrt(n) / (1 + n)
    t = math.sinh(math.atanh(math.sin(phi)) - e * math.atanh(e * math.sin(phi)))
    xi = math.atan2(t, math.cos(lam))
    eta = math.asinh(math.sin(lam) / math.hypot(t, math.cos(lam)))
    north = xi + sum(
        a * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, a in enumerate(alpha, 1)
    )
    east = eta + sum(
        a * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, a in enumerate(alpha, 1)
    )
    return radius * east, radius * north
