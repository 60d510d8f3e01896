"""Plain facility location through our own files: one function, sites as buildings, ``none``.

A demand point is a community whose ``needs`` row is its demand, a site a building that costs its
fixed cost, distances are given.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, getcontext
from pathlib import Path

import numpy as np

from tests.oracle.case import TinyCase
from tests.oracle.folder import write_case

Pair = tuple[str, str]
EARTH_M = 6_378_100  # radius of the published covering instances
getcontext().prec = 40


@dataclass(frozen=True)
class Plain:
    """Sites with fixed cost and capacity (None: no limit), demands, walks by (site, point)."""

    cost: Mapping[str, str]
    demand: Mapping[str, str]
    walk: Mapping[Pair, str]
    capacity: Mapping[str, str] | None = None

    def scenario(self, folder: Path, **said: object) -> Path:
        """The scenario file of this problem below *folder*; *said* are its sections."""
        limited = self.capacity is not None
        tables = {
            "communities": [{"id": point} for point in self.demand],
            "buildings": [
                {
                    "id": site,
                    "area_m2": self.capacity[site] if self.capacity else "1",
                    "acquire_yuan": yuan,
                }
                for site, yuan in self.cost.items()
            ],
            "needs": [
                {"community": point, "function": "serve", "persons": persons}
                for point, persons in self.demand.items()
            ],
            "distances": [
                {"building": site, "community": point, "walk_m": metres}
                for (site, point), metres in self.walk.items()
            ],
        }
        (folder / "data").mkdir(parents=True)
        function = {"id": "serve", "m2_per_person": "1" if limited else "0"}
        _write(folder / "data" / "functions.csv", [function])
        return write_case(TinyCase("plain", tables, {}, {"policy": "none", **said}), folder)


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def orlib(file: Path, *, capacitated: bool) -> Plain:
    """An OR-Library warehouse file: costs are of the whole demand, so metres = cost ÷ demand."""
    words = iter(file.read_text().split())
    sites, points = int(next(words)), int(next(words))
    names = [f"S{i:02}" for i in range(1, sites + 1)]
    ends = [(next(words), next(words)) for _ in names]
    demand: dict[str, str] = {}
    walk: dict[Pair, str] = {}
    for j in range(1, points + 1):
        point = f"P{j:02}"
        demand[point] = next(words)
        for name in names:
            walk[name, point] = format(Decimal(next(words)) / Decimal(demand[point]), "f")
    assert sum(map(int, demand.values())) == 58_268
    return Plain(
        cost={n: fixed for n, (_, fixed) in zip(names, ends, strict=True)},
        demand=demand,
        walk=walk,
        capacity={n: room for n, (room, _) in zip(names, ends, strict=True)}
        if capacitated
        else None,
    )


def maximo(file: Path, reach_m: int) -> Plain:
    """A covering instance of Máximo, Cordeau, Nascimento (2023): every point is a site of 1 yuan.

    Great circles on the radius the published values were computed with.
    """
    head, _, rest = file.read_text(encoding="utf-8").partition("NODE_COORD_SECTION")
    points, _, demands = rest.partition("DEMAND_SECTION")
    places = np.radians(np.array(points.split(), dtype=float).reshape(-1, 2))
    assert len(places) == int(head.split("DIMENSION")[1].split()[1])
    names = [f"N{i:05}" for i in range(len(places))]
    return Plain(
        cost=dict.fromkeys(names, "1"),
        demand=dict(zip(names, demands.split(), strict=False)),  # EOF follows them
        walk={
            (names[i], names[j]): format(metres, ".6f") for i, j, metres in _within(places, reach_m)
        },
    )


def _within(places: np.ndarray, reach_m: float) -> Iterator[tuple[int, int, float]]:
    """Pairs at most *reach_m* apart by the spherical law of cosines."""
    lat, lon = places.T
    for i in range(len(places)):
        cosine = np.sin(lat[i]) * np.sin(lat) + np.cos(lat[i]) * np.cos(lat) * np.cos(lon - lon[i])
        metres = EARTH_M * np.arccos(np.clip(cosine, -1.0, 1.0))
        metres[i] = 0.0
        for j in np.flatnonzero(metres <= reach_m).tolist():
            yield i, j, float(metres[j])


def san_francisco(folder: Path) -> Plain:
    """The spopt sample: 205 tracts, 16 stores, network metres, each store costs 1 yuan."""
    name = "SF_network_distance_candidateStore_16_censusTract_205_new.csv"
    with (folder / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Plain(
        cost=dict.fromkeys(_unique(r["name"] for r in rows), "1"),
        demand={r["DestinationName"]: r["demand"] for r in rows},
        walk={(r["name"], r["DestinationName"]): r["distance"] for r in rows},
    )


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
