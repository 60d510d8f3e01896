"""What may stand on a page; ``form`` names the macro of page.html.jinja that shows a block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from optimizer.export.grid import Grid

#: Colours that people of every colour sight tell apart (Okabe and Ito), by what they stand for.
BLUE, SKY, GREEN, ORANGE, GOLD = "#0072B2", "#56B4E9", "#009E73", "#D55E00", "#E69F00"
PINK, GREY = "#CC79A7", "#9AA7B3"
SHAPES = ("circle", "ring", "dot", "square", "triangle", "line", "halo")


@dataclass(frozen=True)
class Heading:
    """A section's heading."""

    text: str
    form: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Paragraphs:
    """Lines of text; ``tone`` plain, lead, good, bad, note or small; a list with *is_list*."""

    texts: Sequence[str]
    tone: str = "plain"
    title: str = ""
    is_list: bool = False
    form: ClassVar[str] = "paragraphs"


@dataclass(frozen=True)
class Tiles:
    """Headline figures: (word, figure)."""

    pairs: Sequence[tuple[str, str]]
    form: ClassVar[str] = "tiles"


@dataclass(frozen=True)
class Table:
    """A table of at most *most_rows*, totals below; *more* says where the others stand."""

    grid: Grid
    most_rows: int = 400
    more: str = ""
    form: ClassVar[str] = "table"


@dataclass(frozen=True)
class Chart:
    """A chart: ``option`` is an ECharts option of plain data; *text* says what it shows."""

    title: str
    option: Mapping[str, Any]
    text: str = ""
    height_px: int = 320
    form: ClassVar[str] = "chart"


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on a map; ``rows`` (word, value) stand in its pop-up, a line goes on to ``to``."""

    lon: float
    lat: float
    title: str
    rows: Sequence[tuple[str, str]] = ()
    size_px: float = 5.0
    to: tuple[float, float] | None = None
    colour: str = ""


@dataclass(frozen=True)
class Layer:
    """Marks of one meaning: a line of the legend that switches them; ``shape`` of SHAPES."""

    name: str
    shape: str
    colour: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Map:
    """A map without tiles; ``labels`` are (longitude, latitude, text)."""

    title: str
    layers: Sequence[Layer]
    labels: Sequence[tuple[float, float, str]] = ()
    height_px: int = 560  # with its legend a printed page
    form: ClassVar[str] = "map"


Block = Heading | Paragraphs | Tiles | Table | Chart | Map
