"""The project list offices file: one row a project, subtotals by district and year, sources apart.

Fields: HZ-66 and contract section 4; what nobody knows reads 待填.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from optimizer.export.given import fees_of
from optimizer.export.grid import Cells, Column, Grid
from optimizer.export.names import Names
from optimizer.labels import head, label
from optimizer.result import Result

FIELDS = (
    "responsible_unit",
    "builder",
    "operator",
    "services",
    "operating_mode",
    "fee_standard",
    "supervision",
    "duties",
)
BEFORE = (
    ("project", "text"),
    ("name", "wide"),
    ("district", "text"),
    ("street", "text"),
    ("community_name", "text"),
    ("nature", "text"),
    ("hub_form", "text"),
    ("buildings", "long"),
    ("functions_m2", "long"),
    ("year", "text"),
    ("status", "text"),
    ("area_m2", "area"),
    ("total_yuan", "money"),
)
AFTER = (
    ("operating_yuan_per_year", "money"),
    ("revenue_yuan_per_year", "money"),
    ("open_consents", "long"),
    ("fees", "long"),
    *((field, "text") for field in FIELDS),
)
DISTRICT, YEAR = 2, 9  # positions of the columns subtotals go by
BRIEF = (0, 1, 3, 4, 5, 6, 8, 9, 11, 12)  # positions of the columns a page has room for


def project_grid(result: Result, names: Names, title: str) -> Grid:
    """The sheet 项目清单 of *result*."""
    sources = sources_of(result)
    paid = [
        Column(f"{names.source(source)} ({label('yuan', names.lang)})", "money")
        for source in sources
    ]
    columns = (*_columns(BEFORE, names), *paid, *_columns(AFTER, names))
    rows = tuple(_row(row, sources, names) for row in result.tables["projects"])
    totals = names.totals(columns, rows, (DISTRICT, YEAR))
    return Grid(title, columns, rows, totals, frozen=2)


def amounts(text: str) -> dict[str, Decimal]:
    """``central:250000.00;own:350000.00`` as amounts by name."""
    pieces = (piece.rpartition(":") for piece in text.split(";") if piece)
    return {source: Decimal(yuan) for source, _, yuan in pieces}


def sources_of(result: Result) -> list[str]:
    """Every source that pays for a project, sorted."""
    return sorted({s for row in result.tables["projects"] for s in amounts(row["yuan_by_source"])})


def _columns(codes: tuple[tuple[str, str], ...], names: Names) -> list[Column]:
    return [Column(head(code, names.lang), kind) for code, kind in codes]


def _row(row: Mapping[str, Any], sources: list[str], names: Names) -> Cells:
    paid = amounts(row["yuan_by_source"])
    unknown = label("to_be_filled", names.lang)
    return (
        names.project(row["project"]),
        row["name"],
        row["district"],
        row["street"],
        names.host(row),
        names.words(row["nature"]),
        names.word(row["hub_form"]) if row["hub_form"] else "",
        names.joined(f"{b} {names.building(b)}" for b in row["buildings"].split(";")),
        names.mix(row["functions"]),
        row["year"],
        names.word(row["status"]),
        row["area_m2"],
        row["total_yuan"],
        *(paid.get(source, Decimal(0)) for source in sources),
        row["operating_yuan_per_year"],
        row["revenue_yuan_per_year"],
        names.words(row["open_consents"]),
        fees_of(amounts(row["functions"]), names) or unknown,
        *(row[field] or unknown for field in FIELDS),
    )
