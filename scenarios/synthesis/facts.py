"""The facts a case starts from, read from scenarios/sources (see the README there)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "sources"
PERSONS_PER_HOUSEHOLD = 2.36  # Hangzhou, census 2020


@dataclass(frozen=True, slots=True)
class CommunityFact:
    """A community or village as the National Bureau of Statistics lists it (2023)."""

    id: str
    name: str
    type: str
    street: str
    district: str

    @property
    def is_statistical(self) -> bool:
        """A code kept for counting (an industrial park, a farm) rather than a community."""
        return self.type == "other" or self.name.endswith("类似社区")


@dataclass(frozen=True, slots=True)
class StreetFact:
    """Roughly where a street lies and what it is like; households only where published."""

    lon: float
    lat: float
    area_km2: float
    character: str
    households: int | None


@dataclass(frozen=True, slots=True)
class DistrictFact:
    """A district: its census total, rough size and centre, and what is known inside it."""

    code: str
    name: str
    residents: int
    area_km2: float
    lon: float
    lat: float
    communities: tuple[CommunityFact, ...]
    streets: Mapping[str, StreetFact]
    outline: tuple[tuple[float, float], ...]
    hill: tuple[tuple[float, float], ...]


def read_districts(codes: tuple[str, ...]) -> tuple[DistrictFact, ...]:
    """The districts of the given codes, in that order, communities by code."""
    residents = {
        row["district_code"]: int(row["population_2020"])
        for row in _rows("hangzhou_district_population_2020.csv")
    }
    # The scenic area is counted by itself but its communities are listed under 西湖区.
    residents["330106"] += residents.pop("330106x")
    rough = {row["district_code"]: row for row in _rows("hangzhou_districts_approx.csv")}
    listed = sorted(_rows("hangzhou_communities_2023.csv"), key=lambda row: row["code"])
    return tuple(_district(code, residents[code], rough[code], listed) for code in codes)


def _district(
    code: str, residents: int, rough: dict[str, str], listed: list[dict[str, str]]
) -> DistrictFact:
    communities = tuple(
        CommunityFact(row["code"], row["name"], row["type"], row["street"], row["district"])
        for row in listed
        if row["areaCode"] == code
    )
    return DistrictFact(
        code=code,
        name=rough["district"],
        residents=residents,
        area_km2=float(rough["area_km2_approx"]),
        lon=float(rough["lon_approx"]),
        lat=float(rough["lat_approx"]),
        communities=communities,
        streets=_streets(code),
        outline=_ring(code, "outline"),
        hill=_ring(code, "hill"),
    )


def _streets(code: str) -> dict[str, StreetFact]:
    return {
        row["street"]: StreetFact(
            float(row["lon"]),
            float(row["lat"]),
            float(row["area_km2"]),
            row["character"],
            int(row["households"]) if row["households"] else None,
        )
        for row in _rows(f"{code}_streets_approx.csv")
    }


def _ring(code: str, part: str) -> tuple[tuple[float, float], ...]:
    rows = _rows(f"{code}_outline_approx.csv")
    return tuple((float(row["lon"]), float(row["lat"])) for row in rows if row["part"] == part)


def _rows(file: str) -> list[dict[str, str]]:
    """Rows of a source; none where a district has no file of its own."""
    path = SOURCES / file
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
