"""A page of blocks as one file: styles, scripts and data inside, each named in the policy."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from optimizer.export.grid import as_text
from optimizer.export.page.blocks import Block, Chart, Map
from optimizer.export.visible import visible
from optimizer.written import write_text

FOLDER = Path(__file__).parent
VENDOR = FOLDER.parent / "vendor"
WORDS: Mapping[str, tuple[str, str]] = {
    "noscript": (
        "浏览器未运行脚本:地图和图表不显示,下面的表格是全的。",
        "No scripts run here: map and charts are missing, the tables are complete.",
    ),
    "legend": ("图例(可点选)", "Legend (click to switch)"),
    "more": ("行未列出", "more rows"),
}


@dataclass(frozen=True)
class Page:
    """A page in one language (``zh`` or ``en``)."""

    title: str
    subtitle: str
    lang: str
    blocks: Sequence[Block]


def write_page(page: Page, path: Path) -> None:
    """Write *page* to *path* as .html that opens from a disk and asks for nothing outside."""
    write_text(path, render(page))


def render(page: Page) -> str:
    """The text of *page*."""
    maps = [asdict(block) for block in page.blocks if isinstance(block, Map)]
    charts = [block.option for block in page.blocks if isinstance(block, Chart)]
    styles, scripts = _inside(bool(maps), bool(charts))
    text: str = _template().render(
        page=page,
        data=_written({"maps": maps, "charts": charts}),
        styles=styles,
        scripts=scripts,
        policy=_policy(styles, scripts),
        words={word: pair[page.lang == "en"] for word, pair in WORDS.items()},
    )
    return text


@cache
def _template() -> Any:
    """The page to fill; made once in a process, which takes longer than to fill it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "visible": visible,
        "shown": lambda cell, kind: visible(as_text(kind, cell)),
    }
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment.get_template("page.html.jinja")


def _written(data: Any) -> Any:
    """*data* with every text as it may be shown."""
    if isinstance(data, str):
        return visible(data)
    if isinstance(data, Mapping):
        return {key: _written(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_written(value) for value in data]
    return data


def _inside(has_map: bool, has_chart: bool) -> tuple[list[str], list[str]]:
    """Styles and scripts that the page needs; a page of tables carries no script."""
    leaflet, echarts = VENDOR / "leaflet", VENDOR / "echarts"
    styles = [leaflet / "leaflet.css"] * has_map + [FOLDER / "page.css"]
    scripts = [leaflet / "leaflet.js"] * has_map + [echarts / "echarts.common.min.js"] * has_chart
    scripts += [FOLDER / "map.js"] * has_map + [FOLDER / "charts.js"] * has_chart
    return [_read(path) for path in styles], [_read(path) for path in scripts]


def _read(path: Path) -> str:
    return path.read_text("utf-8").replace("\r\n", "\n")


def _policy(styles: list[str], scripts: list[str]) -> str:
    parts = ["default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"]
    parts.append(" ".join(["style-src", *map(_digest, styles)]))
    if scripts:
        parts.append(" ".join(["script-src", *map(_digest, scripts)]))
    return "; ".join(parts)


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
