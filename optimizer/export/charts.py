"""Charts of a plan as ECharts options: plain data, one colour and one pattern a meaning."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from optimizer.export.names import Names
from optimizer.export.page.blocks import Chart
from optimizer.export.project_sheet import amounts
from optimizer.labels import head, label
from optimizer.result import Result

ROW_PX, FRAME_PX = 30, 96
WORDS: Mapping[str, tuple[str, str]] = {
    "needs": ("各功能需求的满足(%)", "Need met by function (%)"),
    "needs_text": (
        "现状、规划与缺口合计为全部需求。",
        "What exists, what is planned, and what is missing add up to the whole need.",
    ),
    "areas": ("各功能规划面积(㎡)", "Planned area by function (m²)"),
    "money": ("各街道一次性投入(万元)", "One-off cost by street (10,000 yuan)"),
}


def bars(
    categories: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], unit: str = ""
) -> dict[str, Any]:
    """Option of horizontal bars, the first category on top; several series are stacked."""
    return {
        "grid": {"left": 8, "right": 40, "top": 40, "bottom": 8, "containLabel": True},
        "legend": {"top": 4} if len(series) > 1 else {"show": False},
        "xAxis": {"type": "value", "axisLabel": {"formatter": "{value}" + unit}},
        "yAxis": {"type": "category", "data": list(categories), "inverse": True},
        "series": [_bar(name, values, len(series) > 1) for name, values in series],
    }


def _bar(name: str, values: Sequence[float], is_stacked: bool) -> dict[str, Any]:
    said = {"label": {"show": not is_stacked, "position": "right", "color": "#1b2733"}}
    stack = {"stack": "all"} if is_stacked else {}
    return {"name": name, "type": "bar", "barMaxWidth": 18, "data": list(values), **said, **stack}


def height(rows: int) -> int:
    """Height in pixels for so many bars."""
    return FRAME_PX + ROW_PX * rows


def charts(result: Result, names: Names) -> Iterator[Chart]:
    """Need met, planned area and money of *result*."""
    is_english = names.lang == "en"
    for word, option, rows in (
        ("needs", *_needs(result, names)),
        ("areas", *_areas(result, names)),
        ("money", *_money(result, names)),
    ):
        if rows:
            text = WORDS.get(f"{word}_text", ("", ""))[is_english]
            if word == "areas" and result.has_shared_rooms:
                text = label("once_in_total", names.lang)
            yield Chart(WORDS[word][is_english], option, text, height(rows))


def _needs(result: Result, names: Names) -> tuple[dict[str, Any], int]:
    kinds = ("existing", "planned", "gap")
    sums: dict[str, list[Decimal]] = {}
    for row in result.tables["gaps"]:
        total = sums.setdefault(row["function"], [Decimal(0)] * 3)
        sums[row["function"]] = [t + row[k] for t, k in zip(total, kinds, strict=True)]
    wanted = {f: parts for f, parts in sums.items() if sum(parts)}
    ordered = sorted(wanted, key=lambda f: (-wanted[f][2] / sum(wanted[f]), f))
    series = []
    for at, kind in enumerate(kinds):
        shares = [_shown(100 * wanted[f][at] / sum(wanted[f])) for f in ordered]
        series.append((head(kind, names.lang).split("(")[0].strip(), shares))
    option = bars([names.function(f) for f in ordered], series, "%")
    option["xAxis"]["max"] = 100
    return option, len(ordered)


def _areas(result: Result, names: Names) -> tuple[dict[str, Any], int]:
    sums: dict[str, Decimal] = {}
    for row in result.tables["allocation"]:
        sums[row["function"]] = sums.get(row["function"], Decimal(0)) + row["area_m2"]
    ordered = sorted(sums, key=lambda f: (-sums[f], f))
    values = [_shown(sums[f]) for f in ordered]
    name = head("area_m2", names.lang)
    return bars([names.function(f) for f in ordered], [(name, values)]), len(ordered)


def _money(result: Result, names: Names) -> tuple[dict[str, Any], int]:
    sums: dict[str, dict[str, Decimal]] = {}
    for row in result.tables["projects"]:
        place = sums.setdefault(row["street"] or row["district"], {})
        for source, yuan in amounts(row["yuan_by_source"]).items():
            place[source] = place.get(source, Decimal(0)) + yuan
    ordered = sorted(sums, key=lambda s: (-sum(sums[s].values()), s))
    sources = sorted({source for place in sums.values() for source in place})
    series = [
        (names.source(source), [_shown(sums[s].get(source, Decimal(0)) / 10_000) for s in ordered])
        for source in sources
    ]
    return bars(ordered, series), len(ordered) if sources else 0


def _shown(value: Decimal) -> float:
    return round(float(value), 1)
