"""A still map of one project: its buildings, the communities they serve, others around, a scale.

Drawn without a browser. Needs matplotlib (extra ``report``) and, for Chinese names, a font that has
them; without one ids stand in their place and the caption says what to install.
"""

import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

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
SIZE_INCHES, DPI = (6.3, 4.3), 150
LEAST_SPAN_M, MARGIN = 1200.0, 1.25
SCALES_M = (5000, 2000, 1000, 500, 200, 100)
METRES_LAT, METRES_LON = 110_540.0, 111_320.0


@dataclass(frozen=True)
class Scene:
    """What stands where: ids to points, all of the run."""

    buildings: Mapping[str, Point]
    communities: Mapping[str, Point]


def scene(names: Names) -> Scene:
    """Everything of the run that has coordinates."""
    return Scene(_located(names.buildings), _located(names.communities))


def _located(rows: Mapping[str, Any]) -> dict[str, Point]:
    return {id: point for id, row in rows.items() for point in place(row)}


@cache
def chinese_font() -> str | None:
    """A font of this machine that has Chinese signs; None where there is none."""
    from matplotlib import font_manager

    here = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in FONTS if name in here), None)


def project_picture(
    drawn: Scene, names: Names, buildings: Mapping[str, bool], served: Iterable[tuple[str, str]]
) -> bytes | None:
    """PNG of *buildings* (id -> part of a hub) and the pairs *served*; None where none is placed.

    Lengths are metres on the ground around the middle of what is drawn.
    """
    from matplotlib.figure import Figure

    own = {b: drawn.buildings[b] for b in buildings if b in drawn.buildings}
    if not own:
        return None
    lines = [(b, c) for b, c in served if b in own and c in drawn.communities]
    shown = [*own.values(), *(drawn.communities[c] for _, c in lines)]
    figure = Figure(figsize=SIZE_INCHES, dpi=DPI)
    axes = figure.add_axes((0.005, 0.005, 0.99, 0.99))
    middle, span_m = _frame(shown)
    at = _projection(middle)
    drawn = _near(drawn, at, span_m)
    _around(axes, drawn, at)
    for b, c in lines:
        (x1, y1), (x2, y2) = at(own[b]), at(drawn.communities[c])
        axes.plot((x1, x2), (y1, y2), color="#3B4A58", linewidth=0.9, linestyle="--", zorder=2)
    _communities(axes, drawn, names, {c for _, c in lines}, at)
    _buildings(axes, own, names, buildings, at)
    _finish(axes, span_m)
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _frame(points: list[Point]) -> tuple[Point, float]:
    lon, lat = [p[0] for p in points], [p[1] for p in points]
    middle = (min(lon) + max(lon)) / 2, (min(lat) + max(lat)) / 2
    wide = (max(lon) - min(lon)) * METRES_LON * math.cos(math.radians(middle[1]))
    tall = (max(lat) - min(lat)) * METRES_LAT * SIZE_INCHES[0] / SIZE_INCHES[1]
    return middle, max(LEAST_SPAN_M, MARGIN * wide, MARGIN * tall)


def _projection(middle: Point) -> Any:
    metres_lon = METRES_LON * math.cos(math.radians(middle[1]))
    return lambda p: ((p[0] - middle[0]) * metres_lon, (p[1] - middle[1]) * METRES_LAT)


def _near(drawn: Scene, at: Any, span_m: float) -> Scene:
    """What the frame shows."""
    half = span_m / 2

    def inside(points: Mapping[str, Point]) -> dict[str, Point]:
        return {id: p for id, p in points.items() if max(map(abs, at(p))) <= half}

    return Scene(inside(drawn.buildings), inside(drawn.communities))


def _around(axes: Any, drawn: Scene, at: Any) -> None:
    for points, size, marker in ((drawn.communities, 26, "o"), (drawn.buildings, 5, ".")):
        places = [at(point) for point in points.values()]
        if places:
            axes.scatter(*zip(*places, strict=True), s=size, c=GREY, marker=marker, zorder=1)


def _communities(axes: Any, drawn: Scene, names: Names, served: set[str], at: Any) -> None:
    for community, point in drawn.communities.items():
        x, y = at(point)
        if community in served:
            axes.scatter([x], [y], s=46, c=BLUE, edgecolors="white", zorder=3)
        _write(axes, x, y - 6, _said(names.community(community), community), "top", "#33414e")


def _buildings(
    axes: Any, own: Mapping[str, Point], names: Names, is_hub: Mapping[str, bool], at: Any
) -> None:
    for building, point in own.items():
        x, y = at(point)
        look = {"marker": "^", "c": ORANGE} if is_hub[building] else {"marker": "s", "c": GOLD}
        axes.scatter([x], [y], s=90, edgecolors="#1b2733", linewidths=0.8, zorder=4, **look)
        _write(axes, x, y, _said(names.building(building), building), "bottom", "#1b2733", 8)


def _said(name: str, id: str) -> str:
    return name if chinese_font() or name.isascii() else id


def _write(
    axes: Any, x: float, y: float, text: str, side: str, colour: str, size: float = 6.5
) -> None:
    from matplotlib.patheffects import withStroke

    offset = 6 if side == "bottom" else -5
    axes.annotate(
        text.replace("$", r"\$"),
        (x, y),
        xytext=(0, offset),
        textcoords="offset points",
        ha="center",
        va=side,
        fontsize=size,
        color=colour,
        fontfamily=[name for name in (chinese_font(), "DejaVu Sans") if name],
        path_effects=[withStroke(linewidth=2, foreground="white")],
        annotation_clip=True,
        clip_on=True,
        zorder=5,
    )


def _finish(axes: Any, span_m: float) -> None:
    half = span_m / 2
    tall = half * SIZE_INCHES[1] / SIZE_INCHES[0]
    axes.set_xlim(-half, half)
    axes.set_ylim(-tall, tall)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    length = next(scale for scale in SCALES_M if scale <= span_m / 3)
    left, low = -half * 0.95, -tall * 0.93
    axes.plot((left, left + length), (low, low), color="#1b2733", linewidth=2.5, zorder=6)
    axes.text(left, low + tall * 0.03, f"{length} m", fontsize=7, zorder=6)
    axes.text(half * 0.95, tall * 0.86, "N\n↑", ha="right", va="center", fontsize=9, zorder=6)
