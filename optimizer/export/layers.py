"""The plan as geography: buildings, communities, and who is assigned to whom; for every map format.

Positions are longitude and latitude in CGCS2000 (EPSG:4490), as a run folder's inputs hold them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from optimizer.export.names import Names
from optimizer.labels import head
from optimizer.result import Result

Point = tuple[float, float]
COSTS = ("acquire_yuan", "upgrade_yuan", "opening_yuan", "fitout_yuan")


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute: code name, head in the language asked for, kind (text, number, whole)."""

    code: str
    head: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Feature:
    """Values in the order of the fields; one point, two of a line, none where it has no place."""

    values: tuple[Any, ...]
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class GeoLayer:
    """Features of one meaning; ``shape`` is Point, LineString, or "" for a plain table."""

    name: str
    shape: str
    fields: tuple[Field, ...]
    features: tuple[Feature, ...]

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """Every feature's values by code name."""
        codes = [field.code for field in self.fields]
        for feature in self.features:
            yield dict(zip(codes, feature.values, strict=True))


def layers(result: Result, lang: str) -> tuple[GeoLayer, ...]:
    """Buildings, communities, assignments, and the allocation by floor as a plain table."""
    names = Names(result, lang)
    return (
        _layer("buildings", "Point", BUILDING_FIELDS, _buildings(result, names), names),
        _layer("communities", "Point", _community_fields(result), _communities(names), names),
        _layer("assignments", "LineString", ASSIGNMENT_FIELDS, _assignments(names), names),
        _layer("allocation", "", ALLOCATION_FIELDS, _allocation(names), names),
    )


def _layer(
    name: str, shape: str, codes: str, features: Iterator[Feature], names: Names
) -> GeoLayer:
    fields = tuple(
        Field(code, _head(code, names), kind or "text")
        for code, _, kind in (part.partition(":") for part in codes.split())
    )
    return GeoLayer(name, shape, fields, tuple(features))


def _head(code: str, names: Names) -> str:
    if code.startswith("served_"):
        return names.served(code)
    return head(code, names.lang)


BUILDING_FIELDS = (
    "building building_name district street owner route area_m2:number used:whole hub:whole"
    " community community_name union year:whole planned_m2:number functions_m2 cost_yuan:number"
    " rent_yuan_per_year:number"
)
ASSIGNMENT_FIELDS = (
    "building building_name community community_name host:whole hub:whole walk_m:number"
    " persons:number services"
)
ALLOCATION_FIELDS = "building building_name level:whole function function_name area_m2:number slot"
COMMUNITY_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("pilot", "to_standard", "covered", "functions", "core_functions"), "whole"),
    **dict.fromkeys(("required_m2", "area_m2", "hub_m2", "shortfall_m2"), "number"),
}


def place(row: Mapping[str, Any]) -> tuple[Point, ...]:
    """The point of an input row; () where it has none."""
    return () if row["lon"] == "" else ((float(row["lon"]), float(row["lat"])),)


def _buildings(result: Result, names: Names) -> Iterator[Feature]:
    sitings = {row["building"]: row for row in result.tables["siting"]}
    mixes, planned = mixes_of(result), planned_m2(result)
    for b, given in names.buildings.items():
        row = sitings.get(b)
        mix = mixes.get(b, {})
        yield Feature(
            (
                b,
                given["name"],
                given["district"],
                given["street"],
                names.word(given["owner"]),
                names.word(given["route"]),
                given["area_m2"],
                int(row is not None),
                0 if row is None else row["hub"],
                "" if row is None else row["community"],
                names.host(row) if row is not None and row["community"] else "",
                "" if row is None else row["union"],
                None if row is None or row["year"] == "" else Decimal(row["year"]),
                planned.get(b, Decimal(0)),
                names.mix_text(mix),
                Decimal(0) if row is None else sum(row[cost] for cost in COSTS),
                Decimal(0) if row is None else row["rent_yuan_per_year"],
            ),
            place(given),
        )


def mixes_of(result: Result) -> dict[str, dict[str, Decimal]]:
    """Building -> function -> m² planned there, a room used in turns under each."""
    mixes: dict[str, dict[str, Decimal]] = {}
    for row in result.tables["allocation"]:
        mix = mixes.setdefault(row["building"], {})
        mix[row["function"]] = mix.get(row["function"], Decimal(0)) + row["area_m2"]
    return mixes


def planned_m2(result: Result) -> dict[str, Decimal]:
    """Building -> m² planned there, a room used in turns once."""
    areas: dict[str, Decimal] = {}
    for row in result.rooms_once:
        areas[row["building"]] = areas.get(row["building"], Decimal(0)) + row["area_m2"]
    return areas


def _community_fields(result: Result) -> str:
    first = next(iter(result.tables["communities"]), {})
    fields = ["community", "community_name", "district", "street", "households:whole"]
    fields.append("residents:whole")
    for column in first:
        if column != "community":
            share = "number" if column.startswith("served_") else "text"
            fields.append(f"{column}:{COMMUNITY_KINDS.get(column, share)}")
    return " ".join(fields)


def _communities(names: Names) -> Iterator[Feature]:
    for row in names.result.tables["communities"]:
        given = names.communities[row["community"]]
        shown = {
            **row,
            "hub_form": names.word(row["hub_form"]) if row["hub_form"] else "",
            "domains": names.domain_list(row["domains"]),
        }
        values = [shown[column] for column in row if column != "community"]
        yield Feature(
            (
                row["community"],
                given["name"],
                given["district"],
                given["street"],
                given["households"],
                given["residents"],
                *values,
            ),
            place(given),
        )


def _assignments(names: Names) -> Iterator[Feature]:
    """Every pair of a used building and a community: its host, one it serves, or both."""
    tables = names.result.tables
    hosts = {(r["building"], r["community"]): r for r in tables["siting"] if r["community"]}
    served: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in tables["service"]:
        served.setdefault((row["building"], row["community"]), []).append(row)
    walks = {(r["building"], r["community"]): r["walk_m"] for r in names.result.inputs["distances"]}
    for pair in sorted({*hosts, *served}):
        building, community = names.buildings[pair[0]], names.communities[pair[1]]
        rows = served.get(pair, [])
        ends = (*place(building), *place(community))
        yield Feature(
            (
                pair[0],
                building["name"],
                pair[1],
                community["name"],
                int(pair in hosts),
                hosts[pair]["hub"] if pair in hosts else 0,
                walks.get(pair),
                sum((row["persons"] for row in rows), Decimal(0)),
                names.joined(f"{names.function(r['function'])} {r['persons']:f}" for r in rows),
            ),
            ends if len(ends) == 2 else (),
        )


def _allocation(names: Names) -> Iterator[Feature]:
    for row in names.result.tables["allocation"]:
        yield Feature(
            (
                row["building"],
                names.building(row["building"]),
                row["level"],
                row["function"],
                names.function(row["function"]),
                row["area_m2"],
                row["slot"],
            )
        )
