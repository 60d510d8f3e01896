"""Charts of a comparison: each goal over the runs, the room up to its bound as a band."""

from collections.abc import Iterable, Iterator
from typing import Any

from optimizer.compare import Comparison
from optimizer.export.comparison_grids import axis_heads, run_head
from optimizer.export.page import Chart
from optimizer.export.page.blocks import BLUE, GREY, SKY
from optimizer.labels import head, label

HEIGHT_PX = 270  # two charts on a printed page
#: Shown where they are no goals.
FIGURES = ("pilots", "need_served_share", "cost_yuan")
SAME = {
    "communities_to_standard": "pilots",
    "need_served": "need_served_share",
    "cost": "cost_yuan",
}
CONDITIONAL = (
    "界以前面各级已取得的值为条件。",
    "The bound is conditional on the values of the levels before.",
)


def comparison_charts(comparison: Comparison, lang: str) -> Iterator[Chart]:
    """One chart a goal, then what planners ask for beside them."""
    places, axis = _across(comparison, lang)
    lines = comparison.part("goals").lines
    goals = list(dict.fromkeys(line.key for line in lines))
    for number, goal in enumerate(goals):
        own = {line.of: line.values for line in lines if line.key == goal}
        option = _option(axis, head(goal, lang), [*own["value"], *own["bound"]])
        option["series"] = [
            *_band(places, own["value"], own["bound"], lang),
            _line(places, own["value"], label("value", lang)),
        ]
        text = CONDITIONAL[lang == "en"] if number else ""
        yield Chart(head(goal, lang), option, text, HEIGHT_PX)
    shown = {SAME[goal] for goal in goals if goal in SAME}
    for line in comparison.part("indicators").lines:
        if line.key in FIGURES and line.key not in shown:
            option = _option(axis, head(line.key, lang), line.values)
            option["series"] = [_line(places, line.values, label("value", lang))]
            yield Chart(head(line.key, lang), option, height_px=HEIGHT_PX)


def _across(comparison: Comparison, lang: str) -> tuple[list[Any], dict[str, Any]]:
    """Where each run stands from left to right, and the axis below."""
    entries, axes = comparison.entries, comparison.axes
    name = axis_heads(comparison, lang) or label("run", lang)
    if len(axes) == 1 and all(_is_number(value) for value in axes[0].values):
        places: list[Any] = [float(entry.settings[axes[0].name]) for entry in entries]
        return places, {"type": "value", "name": name, "scale": True}
    places = [run_head(comparison, entry, lang) for entry in entries]
    return places, {"type": "category", "data": places, "name": name}


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool | str | list | dict)


def _option(axis: dict[str, Any], name: str, values: Iterable[Any]) -> dict[str, Any]:
    below = {**axis, "nameLocation": "middle", "nameGap": 28}
    is_count = all(value is None or value == int(value) for value in values)
    whole = {"minInterval": 1} if is_count else {}
    return {
        "grid": {"left": 90, "right": 30, "top": 40, "bottom": 60},
        "legend": {"top": 0},
        "xAxis": below,
        "yAxis": {"type": "value", "name": "", "scale": True, **whole},
        "aria": {"label": {"description": name}},
    }


def _line(places: list[Any], values: Any, name: str, **more: Any) -> dict[str, Any]:
    points = [
        [place, None if value is None else float(value)]
        for place, value in zip(places, values, strict=True)
    ]
    line = {"type": "line", "name": name, "data": sorted(points, key=_left), "color": BLUE}
    return {**line, "symbolSize": 8, "lineStyle": {"width": 2.5}, **more}


def _left(point: list[Any]) -> float:
    return point[0] if isinstance(point[0], float) else 0.0


def _band(places: list[Any], values: Any, bounds: Any, lang: str) -> Iterator[dict[str, Any]]:
    """The bound, and the room between it and the value, as two stacked series and a line."""
    if all(bound is None for bound in bounds):
        return
    lows, rooms = [], []
    for value, bound in zip(values, bounds, strict=True):
        known = value is not None and bound is not None
        lows.append(min(value, bound) if known else None)
        rooms.append(abs(bound - value) if known else None)
    hidden = {"lineStyle": {"opacity": 0}, "symbol": "none", "stack": "band", "silent": True}
    quiet = {"tooltip": {"show": False}}
    yield _line(places, lows, "", **hidden, **quiet)
    room = {"areaStyle": {"color": SKY, "opacity": 0.3, "decal": {"symbol": "none"}}}
    yield _line(places, rooms, label("room_to_bound", lang), **hidden, **quiet, **room, color=SKY)
    dashed = {"lineStyle": {"type": "dashed", "width": 1.5}, "color": GREY, "symbolSize": 5}
    yield _line(places, bounds, label("bound", lang), **dashed)
