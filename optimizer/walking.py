"""Walking distances: given ones as they are, else straight line × detour on the national grid.

Straight lines are measured in the 3-degree Gauss-Krüger zone of the data on CGCS2000 and rounded
half up to 0.01 m once. Source: contract sections 1 and 4; A16; GB 22021 (3-degree zones).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from models.exact import half_up

SEMI_MAJOR_M, FLATTENING = 6_378_137.0, 1 / 298.257222101  # CGCS2000
GIVEN, STRAIGHT = "given", "straight"

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """Something with an id and a position in degrees."""

    id: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Walk:
    """Walking distance of one pair, metres, and where it comes from."""

    start: str
    end: str
    walk_m: Decimal
    origin: str


def zone_meridian(longitudes: Iterable[float]) -> float:
    """Central meridian of the 3-degree zone of the mean longitude, degrees."""
    return float(3 * round(float(np.mean(list(longitudes))) / 3))


def gauss_krueger(lon: Floats, lat: Floats, meridian: float) -> tuple[Floats, Floats]:
    """Easting (from the meridian) and northing in metres; below 1 mm within 3 degrees of it.

    Krüger's series in the third flattening to the fourth order (Karney 2011, equations 7 to 35).
    """
    n = FLATTENING / (2 - FLATTENING)
    radius = SEMI_MAJOR_M / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    alpha = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    eccentricity = 2 * np.sqrt(n) / (1 + n)
    phi, lam = np.radians(lat), np.radians(lon - meridian)
    sine = np.sin(phi)
    conformal = np.sinh(np.arctanh(sine) - eccentricity * np.arctanh(eccentricity * sine))
    xi = np.arctan2(conformal, np.cos(lam))
    eta = np.arcsinh(np.sin(lam) / np.hypot(conformal, np.cos(lam)))
    north, east = xi.copy(), eta.copy()
    for order, coefficient in enumerate(alpha, start=1):
        north += coefficient * np.sin(2 * order * xi) * np.cosh(2 * order * eta)
        east += coefficient * np.cos(2 * order * xi) * np.sinh(2 * order * eta)
    return radius * east, radius * north


def straight_walks(
    starts: list[Point], ends: list[Point], meridian: float, detour: Decimal, limit_m: Decimal
) -> list[Walk]:
    """Every pair within *limit_m*, by start and end id."""
    if not starts or not ends:
        return []
    from scipy.spatial import cKDTree

    first, second = _projected(starts, meridian), _projected(ends, meridian)
    radius = float(limit_m / detour) + 0.02
    near: Any = cKDTree(second).query_ball_point(first, radius)
    walks = []
    for i, found in enumerate(near):
        for j in sorted(found):
            straight = float(np.hypot(*(first[i] - second[j])))
            walk_m = half_up(Fraction(straight) * Fraction(detour), 2)
            if walk_m <= limit_m:
                walks.append(Walk(starts[i].id, ends[j].id, walk_m, STRAIGHT))
    return sorted(walks, key=lambda walk: (walk.start, walk.end))


def _projected(points: list[Point], meridian: float) -> Floats:
    lon = np.array([point.lon for point in points])
    lat = np.array([point.lat for point in points])
    return np.column_stack(gauss_krueger(lon, lat, meridian))
