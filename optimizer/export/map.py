"""An offline map as plain numbers for the report: metres on screen, streets tinted, hubs marked."""

import math
from dataclasses import dataclass
from typing import Any

from optimizer.export.names import Names
from optimizer.result import Result

WIDTH, MARGIN = 860.0, 24.0
TINTS = ("#DCE9F5", "#F9E9D2", "#DDF0E8", "#F3E1EC", "#EFEDD3", "#E4E2F1", "#F6DEDA", "#D9EDF0")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the map: position on screen, size, class, colour and its title."""

    x: float
    y: float
    size: float
    css: str
    title: str
    colour: str = ""


@dataclass(frozen=True)
class Map:
    """Marks to draw, links from hub buildings to their community, street names, and the scale."""

    width: float
    height: float
    communities: tuple[Mark, ...]
    buildings: tuple[Mark, ...]
    links: tuple[tuple[float, float, float, float], ...]
    streets: tuple[Mark, ...]
    kilometre: float


def draw(result: Result, names: Names) -> Map | None:
    """The map of *result*; None where there are no coordinates."""
    points = [r for r in (*names.communities.values(), *names.buildings.values()) if r["lon"] != ""]
    if not points:
        return None
    screen = _Screen(points)
    rows = {row["community"]: row for row in result.tables["communities"]}
    sitings = {row["building"]: row for row in result.tables["siting"]}
    colours = _street_colours(names)
    communities = tuple(
        _community(screen, c, rows[c["id"]], colours[c["district"], c["street"]])
        for c in names.communities.values()
        if c["lon"] != ""
    )
    buildings = tuple(
        _building(screen, b, sitings.get(b["id"]), names)
        for b in sorted(names.buildings.values(), key=lambda b: b["id"] in sitings)
        if b["lon"] != ""
    )
    return Map(
        WIDTH,
        screen.height,
        communities,
        buildings,
        _links(screen, sitings, names),
        _street_names(screen, names),
        screen.scale * 1000,
    )


class _Screen:
    """Degrees to screen; good enough for a picture, no distance is read off it."""

    def __init__(self, points: list[Any]) -> None:
        lon = [float(p["lon"]) for p in points]
        lat = [float(p["lat"]) for p in points]
        self.west, self.north = min(lon), max(lat)
        self.metres_lon = 111_320 * math.cos(math.radians(sum(lat) / len(lat)))
        wide = max((max(lon) - self.west) * self.metres_lon, 1.0)
        tall = max((self.north - min(lat)) * 110_540, 1.0)
        self.scale = (WIDTH - 2 * MARGIN) / max(wide, tall * 0.75)
        self.shift = (WIDTH - 2 * MARGIN - wide * self.scale) / 2
        self.height = tall * self.scale + 2 * MARGIN

    def at(self, row: Any) -> tuple[float, float]:
        x = (float(row["lon"]) - self.west) * self.metres_lon * self.scale
        y = (self.north - float(row["lat"])) * 110_540 * self.scale
        return round(x + MARGIN + self.shift, 1), round(y + MARGIN, 1)


def _street_colours(names: Names) -> dict[tuple[str, str], str]:
    streets = sorted({(c["district"], c["street"]) for c in names.communities.values()})
    return {street: TINTS[number % len(TINTS)] for number, street in enumerate(streets)}


def _community(screen: _Screen, community: Any, row: Any, colour: str) -> Mark:
    x, y = screen.at(community)
    size = max(4.0, min(15.0, math.sqrt(float(community["households"])) / 5))
    css = "pilot" if row["pilot"] else ("met" if row["to_standard"] else "plain")
    title = (
        f"{community['name']} · {community['street']} · {int(community['households']):,} 户 · "
        f"{float(row['area_m2']):,.0f} / {float(row['required_m2']):,.0f} ㎡"
    )
    return Mark(x, y, round(size, 1), css, title, colour)


def _building(screen: _Screen, building: Any, siting: Any, names: Names) -> Mark:
    x, y = screen.at(building)
    css = "idle" if siting is None else ("hub" if siting["hub"] else "used")
    host = "" if siting is None else f" → {names.host(siting)}"
    title = f"{building['id']} {building['name']} · {float(building['area_m2'] or 0):,.0f} ㎡{host}"
    return Mark(x, y, {"idle": 2.0, "used": 4.5, "hub": 6.5}[css], css, title)


def _links(
    screen: _Screen, sitings: Any, names: Names
) -> tuple[tuple[float, float, float, float], ...]:
    ends = ((names.buildings[b], names.communities[row["community"]]) for b, row in sitings.items())
    return tuple(
        (*screen.at(b), *screen.at(c)) for b, c in ends if b["lon"] != "" and c["lon"] != ""
    )


def _street_names(screen: _Screen, names: Names) -> tuple[Mark, ...]:
    groups: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for c in names.communities.values():
        if c["lon"] != "":
            groups.setdefault((c["district"], c["street"]), []).append(screen.at(c))
    return tuple(
        Mark(
            round(sum(x for x, _ in at) / len(at), 1),
            round(sum(y for _, y in at) / len(at), 1),
            0.0,
            "street",
            street,
        )
        for (_, street), at in sorted(groups.items())
    )
