"""The map of a plan: communities by what they reach, buildings by use, who is assigned to whom."""

from collections.abc import Iterable, Mapping
from typing import Any

from optimizer.export.grid import as_text
from optimizer.export.layers import Feature, GeoLayer, layers
from optimizer.export.names import Names
from optimizer.export.page.blocks import BLUE, GOLD, GREEN, GREY, ORANGE, SKY, Layer, Map, Mark
from optimizer.result import Result

TINTS = ("#DCE9F5", "#F9E9D2", "#DDF0E8", "#F3E1EC", "#EFEDD3", "#E4E2F1", "#F6DEDA", "#D9EDF0")
HALO_PX, LARGEST_PX, SMALLEST_PX = 17, 8.0, 3.5
HOUSEHOLDS_OF_LARGEST = 4000
WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("社区、用房与服务关系", "Communities, buildings, and who serves whom"),
    "street": ("街道(底色)", "Streets (tint)"),
    "pilot": ("试点社区", "Pilot community"),
    "met": ("其他达标社区", "Other community to standard"),
    "plain": ("其他社区", "Other community"),
    "hub": ("共同体用房", "Building of a hub"),
    "used": ("其他用房", "Other building used"),
    "idle": ("未用候选房屋", "Candidate not used"),
    "hosts": ("用房归属社区", "Building to its host"),
    "serves": ("服务其他社区", "Building to another community it serves"),
}


def plan_map(result: Result, names: Names) -> Map | None:
    """The map of *result*; None where nothing has coordinates."""
    buildings, communities, assignments, _ = layers(result, names.lang)
    if not any(feature.points for feature in (*buildings.features, *communities.features)):
        return None
    told = [
        _layer("street", "halo", TINTS[0], _halos(communities), names),
        *_lines(assignments, names),
        *_communities(communities, names),
        *_buildings(buildings, names),
    ]
    title = WORDS["title"][names.lang == "en"]
    return Map(title, [layer for layer in told if layer.marks], _street_names(communities))


def _layer(word: str, shape: str, colour: str, marks: Iterable[Mark], names: Names) -> Layer:
    return Layer(WORDS[word][names.lang == "en"], shape, colour, tuple(marks))


def _located(layer: GeoLayer) -> list[tuple[Feature, Mapping[str, Any]]]:
    both = zip(layer.features, layer.rows(), strict=True)
    return [(feature, row) for feature, row in both if feature.points]


def _said(layer: GeoLayer, row: Mapping[str, Any], codes: str) -> tuple[tuple[str, str], ...]:
    heads = {field.code: field.head for field in layer.fields}
    pairs = (
        (heads[code], as_text(kind or "text", row[code]))
        for code, _, kind in (part.partition(":") for part in codes.split())
    )
    return tuple((word, text) for word, text in pairs if text)


def _communities(layer: GeoLayer, names: Names) -> list[Layer]:
    kinds: dict[str, list[Mark]] = {"plain": [], "met": [], "pilot": []}
    for feature, row in _located(layer):
        kind = "pilot" if row["pilot"] else ("met" if row["to_standard"] else "plain")
        share = min(1.0, float(row["households"] or 0) / HOUSEHOLDS_OF_LARGEST)
        size = round(SMALLEST_PX + (LARGEST_PX - SMALLEST_PX) * share**0.5, 1)
        said = _said(
            layer,
            row,
            "community district street households:count residents:count required_m2:area "
            "area_m2:area shortfall_m2:area hub_form hub_m2:area domains",
        )
        kinds[kind].append(Mark(*feature.points[0], row["community_name"], said, size))
    looks = {"plain": ("circle", GREY), "met": ("ring", GREEN), "pilot": ("circle", BLUE)}
    return [_layer(kind, *looks[kind], marks, names) for kind, marks in kinds.items()]


def _buildings(layer: GeoLayer, names: Names) -> list[Layer]:
    kinds: dict[str, list[Mark]] = {"idle": [], "used": [], "hub": []}
    for feature, row in _located(layer):
        kind = "hub" if row["hub"] else ("used" if row["used"] else "idle")
        planned = " community_name year functions_m2 planned_m2:area cost_yuan:money"
        said = _said(
            layer,
            row,
            "building district street owner route area_m2:area" + planned * (kind != "idle"),
        )
        size = {"idle": 2.2, "used": 6.0, "hub": 8.0}[kind]
        kinds[kind].append(Mark(*feature.points[0], row["building_name"], said, size))
    looks = {"idle": ("dot", "#6B7C8C"), "used": ("square", GOLD), "hub": ("triangle", ORANGE)}
    return [_layer(kind, *looks[kind], marks, names) for kind, marks in kinds.items()]


def _lines(layer: GeoLayer, names: Names) -> list[Layer]:
    kinds: dict[str, list[Mark]] = {"serves": [], "hosts": []}
    for feature, row in _located(layer):
        start, end = feature.points
        title = f"{row['building_name']} → {row['community_name']}"
        said = _said(layer, row, "walk_m:walk persons:persons services")
        mark = Mark(*start, title, said, to=end)
        kinds["hosts" if row["host"] else "serves"].append(mark)
    colours = {"serves": SKY, "hosts": "#3B4A58"}
    return [_layer(kind, "line", colours[kind], marks, names) for kind, marks in kinds.items()]


def _halos(layer: GeoLayer) -> list[Mark]:
    rows = _located(layer)
    streets = sorted({(row["district"], row["street"]) for _, row in rows})
    tint = {street: TINTS[number % len(TINTS)] for number, street in enumerate(streets)}
    return [
        Mark(*f.points[0], "", (), HALO_PX, colour=tint[row["district"], row["street"]])
        for f, row in rows
    ]


def _street_names(layer: GeoLayer) -> list[tuple[float, float, str]]:
    groups: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for feature, row in _located(layer):
        groups.setdefault((row["district"], row["street"]), []).append(feature.points[0])
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        (sum(x for x, _ in at) / len(at), sum(y for _, y in at) / len(at), street)
        for (_, street), at in ordered
        if street
    ]
