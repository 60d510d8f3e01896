"""Seeded cities of five sizes, written as a case like anybody's.

Communities lie on a loose grid so that every pair of neighbours is within a walk; money is a share
of a rough cost of bringing every community to standard, by district and by source.
"""

import csv
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

SIZES = {
    "XS": (12, 50),
    "S": (60, 250),
    "M": (300, 1_200),
    "L": (1_200, 5_000),
    "XL": (3_000, 15_000),
}
SPACING_M = 620
DEGREE_M = 111_195.0
COMMUNITIES_A_DISTRICT = 60
YUAN_A_COMMUNITY = 2_400_000
MONEY_SHARE = 0.38

SCENARIO = """name = "benchmark {size} seed {seed}"
data = "data/"
policy = "hangzhou-2024"
coords = "cgcs2000"
deadline = 2026
[pilots]
target = "none"
[budget]
total_yuan = {total}
by_district_yuan = {{ {districts} }}
by_source_yuan = {{ central = {central}, bond = {bond}, local = {local} }}
[sources.bond]
hub = true
any_item = ["elderly", "infant"]
[reach]
walk_m = 1000
host_m = 1000
detour = 1.3
[goals]
order = ["communities_to_standard", "residents_to_standard", "need_served", "cost"]
{more}"""


def write_city(size: str, seed: int, folder: Path, more: str = "") -> Path:
    """The case of *size* and *seed* in *folder*, *more* at its end; the path of its scenario."""
    chance = random.Random(seed * 1_000 + len(size) + ord(size[0]))
    communities, buildings = SIZES[size]
    data = folder / "data"
    data.mkdir(parents=True)
    places = [_community(i, communities, chance) for i in range(communities)]
    _write(data / "communities.csv", places)
    _write(data / "buildings.csv", [_building(i, places, chance) for i in range(buildings)])
    _write(data / "facilities.csv", list(_facilities(places, chance)))
    path = folder / "scenario.toml"
    path.write_text(_scenario(size, seed, places, more), encoding="utf-8")
    return path


def total_yuan(size: str) -> int:
    """Money of a city of *size*."""
    return SIZES[size][0] * int(MONEY_SHARE * YUAN_A_COMMUNITY)


def _scenario(size: str, seed: int, places: list[dict[str, Any]], more: str) -> str:
    per_district: dict[str, int] = {}
    for place in places:
        share = int(MONEY_SHARE * YUAN_A_COMMUNITY)
        per_district[place["district"]] = per_district.get(place["district"], 0) + share
    total = total_yuan(size)
    return SCENARIO.format(
        size=size,
        seed=seed,
        total=total,
        districts=", ".join(f'"{d}" = {yuan}' for d, yuan in per_district.items()),
        central=int(total * 0.2),
        bond=int(total * 0.4),
        local=int(total * 0.4),
        more=more,
    )


def _community(i: int, count: int, chance: random.Random) -> dict[str, Any]:
    side = round(count**0.5)
    east, north = (i % side) * SPACING_M, (i // side) * SPACING_M
    households = chance.randint(1_000, 3_200)
    return {
        "id": f"C{i:05d}",
        "name": f"社区{i}",
        "district": f"D{i // COMMUNITIES_A_DISTRICT:02d}",
        "street": f"S{i // 12:03d}",
        "kind": chance.choice(("existing", "existing", "existing", "new")),
        "households": households,
        "residents": int(households * chance.uniform(2.2, 2.9)),
        "lon": round(120.0 + (east + chance.uniform(-200, 200)) / (DEGREE_M * 0.866), 6),
        "lat": round(30.0 + (north + chance.uniform(-200, 200)) / DEGREE_M, 6),
        "priority": chance.choice((1, 1, 2, 3)),
        "pilot": "candidate",
    }


def _building(i: int, places: list[dict[str, Any]], chance: random.Random) -> dict[str, Any]:
    home = places[chance.randrange(len(places))] if i >= len(places) else places[i]
    return {
        "id": f"B{i:05d}",
        "name": f"楼{i}",
        "district": home["district"],
        "street": home["street"],
        "lon": round(home["lon"] + chance.uniform(-0.003, 0.003), 6),
        "lat": round(home["lat"] + chance.uniform(-0.003, 0.003), 6),
        "area_m2": round(chance.lognormvariate(6.6, 0.6), 2),
        "owner": chance.choice(("state", "municipal_soe", "department")),
        "route": "transfer",
        "acquire_yuan": chance.choice((0, 0, chance.randint(100_000, 1_500_000))),
        "fitout_factor": round(chance.uniform(0.85, 1.25), 2),
        "lift": chance.randint(0, 1),
        "outdoor_m2": chance.choice((0, 0, 80, 200)),
        "available_year": chance.choice((2024, 2025, 2026)),
    }


def _facilities(places: list[dict[str, Any]], chance: random.Random) -> Iterable[Mapping[str, Any]]:
    number = 0
    for place in places:
        for function in ("culture", "health", "elderly_day", "meal"):
            if chance.random() < 0.45:
                number += 1
                yield {
                    "id": f"F{number:05d}",
                    "community": place["id"],
                    "function": function,
                    "area_m2": chance.randint(60, 260),
                    "hub": 0,
                }


def _write(path: Path, rows: list[Mapping[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
