"""Walking distances of a case, listed or straight (contract 1 `distances`, 2 `[reach]`, 5)."""

from fractions import Fraction
from math import cos, hypot, radians, sin, sqrt

from tests.oracle.case import Row, TinyCase, exact, half_up


class Walks:
    """Walking distances: the listed pairs, or straight lines × detour where there are none."""

    def __init__(self, case: TinyCase) -> None:
        self.case = case
        self.is_listed = bool(case.rows("distances"))
        self.listed = {
            (row["building"], row["community"]): exact(row["walk_m"])
            for row in case.rows("distances")
        }
        self.places = {
            row["id"]: row for table in ("communities", "buildings") for row in case.rows(table)
        }
        self.walk_m = case.said("reach", "walk_m", None if self.is_listed else 1000)
        self.host_m = case.said("reach", "host_m", self.walk_m)

    def within(self, building: str, community: str, limit) -> bool:
        """A distance equal to the limit is within; a pair not listed is out of reach."""
        walk = self.between(building, community)
        return walk is not None and (limit is None or walk <= exact(limit))

    def between(self, building: str, community: str) -> Fraction | None:
        """Metres from *building* to *community*; None for a pair that is not listed."""
        if self.is_listed:
            return self.listed.get((building, community))
        return self._straight(self.places[building], self.places[community])

    def is_near(self, building: str, other: str, limit) -> bool:
        """Two buildings are at most *limit* apart; without positions they are not."""
        one, two = self.places[building], self.places[other]
        if not one.get("lon") or not two.get("lon"):
            return False
        return half_up(self._straight(one, two), 2) <= exact(limit)

    def facility_within(self, row: Row, community: str, limit) -> bool:
        """Without coordinates a facility reaches its own community only."""
        home = self.places[row["community"]]
        if not home.get("lon"):
            return row["community"] == community
        here = row if row.get("lon") else home
        walk = self._straight(here, self.places[community])
        return limit is None or walk <= exact(limit)

    def _straight(self, a: Row, b: Row) -> Fraction:
        metres = straight_m(*(float(p[k]) for p in (a, b) for k in ("lon", "lat")))
        return exact(repr(metres)) * exact(self.case.said("reach", "detour", "1.3"))


def straight_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Metres between two near points of the CGCS2000 ellipsoid, good to 1 mm a kilometre."""
    a, flat = 6_378_137.0, 1 / 298.257222101
    e2 = flat * (2 - flat)
    middle = radians((lat1 + lat2) / 2)
    bend = sqrt(1 - e2 * sin(middle) ** 2)
    east = radians(lon2 - lon1) * a / bend * cos(middle)
    north = radians(lat2 - lat1) * a * (1 - e2) / bend**3
    return hypot(east, north)
