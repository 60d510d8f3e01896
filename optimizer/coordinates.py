"""Positions of Chinese web maps to CGCS2000: GCJ-02 and BD-09, forth and back.

The published formulae (on the Krasovsky ellipsoid); the way back by iteration, far below 1e-6
degree. WGS84 and CGCS2000 differ by centimetres and are taken as equal. Source: ecosystem.md 1.
"""

from collections.abc import Callable, Mapping

import numpy as np

from optimizer.walking import Floats

SEMI_MAJOR_M, ECCENTRICITY_2 = 6_378_245.0, 0.006_693_421_622_965_943  # Krasovsky 1940
ORIGIN_LON, ORIGIN_LAT = 105.0, 35.0
BD_TURN = np.pi * 3000 / 180
BD_LON, BD_LAT = 0.0065, 0.006
CLOSE_DEGREES, MOST_ROUNDS = 1e-10, 30
Degrees = tuple[Floats, Floats]  # lon, lat


def gcj02_of(lon: Floats, lat: Floats) -> Degrees:
    """GCJ-02 of positions in CGCS2000 or WGS84."""
    x, y = lon - ORIGIN_LON, lat - ORIGIN_LAT
    root, pi = np.sqrt(np.abs(x)), np.pi
    ripple = (20 * np.sin(6 * x * pi) + 20 * np.sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    north += (20 * np.sin(y * pi) + 40 * np.sin(y / 3 * pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * pi) + 320 * np.sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    east += (20 * np.sin(x * pi) + 40 * np.sin(x / 3 * pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * pi) + 300 * np.sin(x / 30 * pi)) * 2 / 3
    phi = np.radians(lat)
    w2 = 1 - ECCENTRICITY_2 * np.sin(phi) ** 2
    meridional_m = SEMI_MAJOR_M * (1 - ECCENTRICITY_2) / w2**1.5
    parallel_m = SEMI_MAJOR_M / np.sqrt(w2) * np.cos(phi)
    return lon + np.degrees(east / parallel_m), lat + np.degrees(north / meridional_m)


def bd09_of(lon: Floats, lat: Floats) -> Degrees:
    """BD-09 of positions in GCJ-02."""
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BD_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BD_TURN)
    return radius * np.cos(angle) + BD_LON, radius * np.sin(angle) + BD_LAT


def from_gcj02(lon: Floats, lat: Floats) -> Degrees:
    """CGCS2000 of positions in GCJ-02."""
    return _inverted(gcj02_of, lon, lat)


def from_bd09(lon: Floats, lat: Floats) -> Degrees:
    """CGCS2000 of positions in BD-09."""
    return from_gcj02(*_inverted(bd09_of, lon, lat))


def as_they_are(lon: Floats, lat: Floats) -> Degrees:
    """CGCS2000 of positions in CGCS2000 or WGS84."""
    return lon, lat


def _inverted(forth: Callable[[Floats, Floats], Degrees], lon: Floats, lat: Floats) -> Degrees:
    """The positions that *forth* takes to *lon*, *lat*: its shift is nearly the same nearby."""
    guess_lon, guess_lat = lon.copy(), lat.copy()
    for _ in range(MOST_ROUNDS):
        there_lon, there_lat = forth(guess_lon, guess_lat)
        guess_lon += lon - there_lon
        guess_lat += lat - there_lat
        worst = max(np.abs(lon - there_lon).max(initial=0), np.abs(lat - there_lat).max(initial=0))
        if worst < CLOSE_DEGREES:
            break
    return guess_lon, guess_lat


TO_CGCS2000: Mapping[str, Callable[[Floats, Floats], Degrees]] = {
    "cgcs2000": as_they_are,
    "wgs84": as_they_are,
    "gcj02": from_gcj02,
    "bd09": from_bd09,
}
