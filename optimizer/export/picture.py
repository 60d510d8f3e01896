"""A still map of one project: its buildings, the communities they serve, others around, a scale.

Drawn without a browser by Pillow, at twice its size and then halved, which smooths every edge at
a tenth of a plotting library's time. Chinese names need a font that has them (matplotlib, of the
extra ``report``, knows the machine's); without one ids stand there and the caption says so.
"""

import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.export.layers import Point, place
from optimizer.export.names import Names
from optimizer.export.page.blocks import BLUE, GOLD, GREY, ORANGE

FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Noto Sans CJK JP",
    "WenQuanYi Micro Hei",
)
PLAIN = "DejaVu Sans"  # comes with matplotlib
SIZE_PX = (945, 645)  # 150 a inch
SHAPE = SIZE_PX[1] / SIZE_PX[0]
FINER, POINT_PX, COLOURS = 2, 150 / 72, 64
INK, NAME_INK = "#1b2733", "#33414e"
LEAST_SPAN_M, MARGIN = 1200.0, 1.25
SCALES_M = (5000, 2000, 1000, 500, 200, 100)
METRES_LAT, METRES_LON = 110_540.0, 111_320.0
Pixel = tuple[float, float]
Box = tuple[float, float, float, float]
To = Callable[[Point], Pixel]


@dataclass(frozen=True)
class Places:
    """Ids with their points, degrees; ``grid`` is one row (lon, lat) a point."""

    points: Mapping[str, Point]
    ids: Sequence[str]
    grid: npt.NDArray[np.float64]

    def near(self, middle: Point, lon: float, lat: float) -> list[str]:
        """Ids at most *lon* and *lat* degrees from *middle*."""
        inside = (np.abs(self.grid - middle) <= (lon, lat)).all(axis=1)
        return [self.ids[at] for at in np.flatnonzero(inside).tolist()]


@dataclass(frozen=True)
class Scene:
    """What stands where: all of the run."""

    buildings: Places
    communities: Places


@dataclass(frozen=True)
class Sheet:
    """A picture being drawn; ``written`` are the boxes of the names that stand on it."""

    image: Any
    draw: Any
    at: To
    written: list[Box] = field(default_factory=list)


def scene(names: Names) -> Scene:
    """Everything of the run that has coordinates."""
    return Scene(_located(names.buildings), _located(names.communities))


def _located(rows: Mapping[str, Any]) -> Places:
    points = {id: point for id, row in rows.items() for point in place(row)}
    grid = np.array(list(points.values()), dtype=float).reshape(-1, 2)
    return Places(points, tuple(points), grid)


@cache
def chinese_font() -> str | None:
    """A font of this machine that has Chinese signs; None where there is none."""
    from matplotlib import font_manager

    here = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in FONTS if name in here), None)


@cache
def _font(name: str, points: float) -> Any:
    from matplotlib import font_manager
    from PIL import ImageFont

    listed = [f for f in font_manager.fontManager.ttflist if f.name == name]
    found = min(listed, key=lambda f: (f.style != "normal", abs(int(f.weight) - 400), f.fname))
    size = points * POINT_PX * FINER
    return ImageFont.truetype(found.fname, size, index=getattr(found, "index", 0))


def project_picture(
    drawn: Scene, names: Names, buildings: Mapping[str, bool], served: Iterable[tuple[str, str]]
) -> bytes | None:
    """PNG of *buildings* (id -> part of a hub) and the pairs *served*; None where none is placed.

    Lengths are metres on the ground around the middle of what is drawn.
    """
    own = {b: drawn.buildings.points[b] for b in buildings if b in drawn.buildings.points}
    if not own:
        return None
    homes = drawn.communities.points
    lines = [(b, c) for b, c in served if b in own and c in homes]
    middle, span_m = _frame([*own.values(), *(homes[c] for _, c in lines)])
    sheet = _sheet(middle, span_m)
    lon = span_m / 2 / _metres_lon(middle)
    lat = span_m / 2 * SHAPE / METRES_LAT
    around = drawn.communities.near(middle, lon, lat)
    for building in drawn.buildings.near(middle, lon, lat):
        _disc(sheet, drawn.buildings.points[building], 1.1, GREY)
    for community in around:
        _disc(sheet, homes[community], 2.5, GREY)
    for b, c in lines:
        _dashed(sheet, sheet.at(own[b]), sheet.at(homes[c]))
    for community in sorted({c for _, c in lines}):
        _disc(sheet, homes[community], 3.8, "white")
        _disc(sheet, homes[community], 3.3, BLUE)
    _buildings(sheet, own, names, buildings)
    _names(sheet, drawn.communities, names, {c for _, c in lines}, around)
    _scale(sheet, span_m)
    return _png(sheet)


def _frame(points: list[Point]) -> tuple[Point, float]:
    lon, lat = [p[0] for p in points], [p[1] for p in points]
    middle = (min(lon) + max(lon)) / 2, (min(lat) + max(lat)) / 2
    wide = (max(lon) - min(lon)) * _metres_lon(middle)
    tall = (max(lat) - min(lat)) * METRES_LAT / SHAPE
    return middle, max(LEAST_SPAN_M, MARGIN * wide, MARGIN * tall)


def _metres_lon(middle: Point) -> float:
    return METRES_LON * math.cos(math.radians(middle[1]))


def _sheet(middle: Point, span_m: float) -> Sheet:
    from PIL import Image, ImageDraw

    width, height = (FINER * side for side in SIZE_PX)
    image = Image.new("RGB", (width, height), "white")
    pixels = width / span_m

    def at(point: Point) -> Pixel:
        east = (point[0] - middle[0]) * _metres_lon(middle)
        north = (point[1] - middle[1]) * METRES_LAT
        return width / 2 + east * pixels, height / 2 - north * pixels

    return Sheet(image, ImageDraw.Draw(image), at)


def _px(points: float) -> float:
    return points * POINT_PX * FINER


def _disc(sheet: Sheet, point: Point, radius: float, colour: str) -> None:
    sheet.draw.circle(sheet.at(point), _px(radius), fill=colour)


def _dashed(sheet: Sheet, start: Pixel, end: Pixel) -> None:
    length = math.dist(start, end)
    step, width = _px(5), round(_px(0.9))
    for number in range(math.ceil(length / step)):
        ends = (number * step / length, min(1.0, (number + 0.6) * step / length))
        spots = [tuple(a + t * (b - a) for a, b in zip(start, end, strict=True)) for t in ends]
        sheet.draw.line(spots, fill="#3B4A58", width=width)


def _buildings(
    sheet: Sheet, own: Mapping[str, Point], names: Names, is_hub: Mapping[str, bool]
) -> None:
    size = _px(4.9)
    for building, point in own.items():
        x, y = sheet.at(point)
        if is_hub[building]:
            corners = [(x, y - size), (x + size, y + size), (x - size, y + size)]
            sheet.draw.polygon(corners, fill=ORANGE, outline=INK, width=round(_px(0.8)))
        else:
            box = (x - size, y - size, x + size, y + size)
            sheet.draw.rectangle(box, fill=GOLD, outline=INK, width=round(_px(0.8)))
        sheet.written.append((x - size, y - size, x + size, y + size))
    for building, point in own.items():
        x, y = sheet.at(point)
        said = _said(names.building(building), building)
        _write(sheet, [(x, y - _px(6), "mb"), (x, y + _px(7), "mt")], said, 8, INK)


def _names(
    sheet: Sheet, homes: Places, names: Names, served: set[str], around: Sequence[str]
) -> None:
    """Names of communities, those served first; another's gives way where one stands already."""
    for community in sorted(around, key=lambda id: (id not in served, id)):
        x, y = sheet.at(homes.points[community])
        spots = [(x, y + _px(5), "mt"), (x, y - _px(5), "mb")]
        said = _said(names.community(community), community)
        _write(sheet, spots, said, 6.5, NAME_INK, must=community in served)


def _said(name: str, id: str) -> str:
    return name if chinese_font() or name.isascii() else id


def _write(
    sheet: Sheet,
    spots: Sequence[tuple[float, float, str]],
    text: str,
    points: float,
    ink: str,
    *,
    must: bool = True,
) -> None:
    """Write *text* at the first free one of *spots* (x, y, anchor), else at the first or not."""
    font = _font(chinese_font() or PLAIN, points)
    line = " ".join(text.split())
    boxes = [sheet.draw.textbbox((x, y), line, font=font, anchor=how) for x, y, how in spots]
    free = [at for at, box in enumerate(boxes) if not any(_meet(box, w) for w in sheet.written)]
    if not free and not must:
        return
    at = free[0] if free else 0
    x, y, how = spots[at]
    room = min(0.0, sheet.image.width - _px(2) - boxes[at][2]) + max(0.0, _px(2) - boxes[at][0])
    halo = {"stroke_width": _px(1), "stroke_fill": "white"}
    sheet.draw.text((x + room, y), line, fill=ink, font=font, anchor=how, **halo)
    sheet.written.append(boxes[at])


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _scale(sheet: Sheet, span_m: float) -> None:
    width, height = sheet.image.size
    length = next(scale for scale in SCALES_M if scale <= span_m / 3)
    left, low = width * 0.025, height * 0.965
    right = left + length * width / span_m
    font = _font(PLAIN, 7)
    sheet.draw.rectangle((left, low, right, low + _px(2)), fill=INK)
    halo = {"stroke_width": _px(1), "stroke_fill": "white"}
    sheet.draw.text((left, low - _px(2)), f"{length} m", fill=INK, font=font, anchor="lb", **halo)
    east, top = width * 0.97, height * 0.03
    sheet.draw.text((east, top), "N", fill=INK, font=_font(PLAIN, 9), anchor="mt", **halo)
    tip, wide = top + _px(11), _px(3.5)
    arrow = [(east, tip), (east + wide, tip + _px(10)), (east - wide, tip + _px(10))]
    sheet.draw.polygon(arrow, fill=INK)
    sheet.draw.rectangle((0, 0, width - 1, height - 1), outline=INK, width=FINER)


def _png(sheet: Sheet) -> bytes:
    from PIL import Image

    smooth = sheet.image.reduce(FINER).quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    file = io.BytesIO()
    smooth.save(file, format="png")
    return file.getvalue()
