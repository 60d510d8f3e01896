"""V04: straight walking distances recomputed on the national grid, ± 0.01 m.

Plain-Python Krüger series on CGCS2000 in the 3-degree zone of the mean longitude of all communities
and buildings. Source: contract section 4; A16.
"""

import math
from fractions import Fraction

from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import Row, amount, exact

SEMI_MAJOR_M, FLATTENING = 6_378_137.0, 1 / 298.257222101
TOLERANCE = Fraction(1, 100)
Point = tuple[float, float]


def check(facts: Facts, findings: Findings) -> None:
    """Every distance that is neither given nor of a network; nobody gives those of buildings."""
    inputs = facts.folder.inputs
    communities = {r["id"]: r for r in inputs["communities"]}
    located = [r for t in ("communities", "buildings") for r in inputs[t] if r["lon"] and r["lat"]]
    if not located:
        return
    mean = sum(float(r["lon"]) for r in located) / len(located)
    meridian = 3.0 * round(mean / 3)
    detour = exact(facts.folder.scenario["reach"]["detour"])
    ends = {c: _project(r, meridian) for c, r in communities.items() if r["lon"] and r["lat"]}
    buildings, facilities = (
        {r["id"]: _project(r, meridian) for r in inputs[table] if r["lon"] and r["lat"]}
        for table in ("buildings", "facilities")
    )
    for table, first, second in (
        ("distances", ("building", buildings), ("community", ends)),
        ("facility_distances", ("facility", facilities), ("community", ends)),
        ("building_distances", ("building", buildings), ("neighbour", buildings)),
    ):
        for row in inputs.get(table, ()):
            is_given = row["origin"] == "given" and table != "building_distances"
            if row["origin"] != "network" and not is_given:
                _compare(findings, table, row, (first, second), detour)


def _compare(
    findings: Findings,
    table: str,
    row: Row,
    pair: tuple[tuple[str, dict[str, Point]], ...],
    detour: Fraction,
) -> None:
    names = [row[column] for column, _ in pair]
    place = f"{table}.csv {'/'.join(names)}"
    if any(row[column] not in points for column, points in pair):
        findings.broken("A16", place, row["walk_m"], "", zh="两端没有坐标。", en="has no position.")
        return
    (x1, y1), (x2, y2) = (points[row[column]] for column, points in pair)
    walk = Fraction(math.hypot(x1 - x2, y1 - y2)) * detour
    if abs(amount(row, "walk_m") - walk) > TOLERANCE:
        findings.broken(
            "A16",
            place,
            row["walk_m"],
            f"{float(walk):.2f}",
            by=abs(amount(row, "walk_m") - walk),
            zh="与坐标算出的距离不符。",
            en="differs from the distance of the coordinates.",
        )


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
