"""A comparison as files: JSON, CSV and workbook always, a page with charts where its extra is."""

import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from optimizer.canonical import csv_text, json_text
from optimizer.compare import Comparison, comparison_data
from optimizer.export.comparison_charts import comparison_charts
from optimizer.export.comparison_grids import axis_heads, grids
from optimizer.export.page import Heading, Page, Table, write_page
from optimizer.export.page.blocks import Block
from optimizer.export.workbook import write_book
from optimizer.labels import label
from optimizer.written import write_text

STEM = "comparison"
HEADS = ("part", "key", "name", "of")
MOST_ROWS = 200


def write_comparison(comparison: Comparison, folder: Path, lang: str) -> list[Path]:
    """Write *comparison* into *folder* in every format there is; the files written."""
    data, table, book, page = (folder / f"{STEM}.{e}" for e in ("json", "csv", "xlsx", "html"))
    write_text(data, json_text(comparison_data(comparison)) + "\n")
    write_text(table, csv_text(_heads(comparison), _rows(comparison)))
    write_book(book, _title(comparison, lang), grids(comparison, lang))
    if importlib.util.find_spec("jinja2") is None:
        return [data, table, book]
    write_page(_page(comparison, lang), page)
    return [data, table, book, page]


def _heads(comparison: Comparison) -> list[str]:
    return [*HEADS, *(entry.label for entry in comparison.entries)]


def _rows(comparison: Comparison) -> Iterator[Mapping[str, Any]]:
    labels = [entry.label for entry in comparison.entries]
    for part in comparison.parts:
        for line in part.lines:
            said = {"part": part.name, "key": line.key, "name": line.name, "of": line.of}
            yield said | dict(zip(labels, line.values, strict=True))


def _page(comparison: Comparison, lang: str) -> Page:
    axes = axis_heads(comparison, lang)
    return Page(_title(comparison, lang), axes, lang, tuple(_blocks(comparison, lang)))


def _title(comparison: Comparison, lang: str) -> str:
    """What is compared, by name where all runs are of one scenario."""
    names = {str(entry.plan["scenario"]["name"]) for entry in comparison.entries}
    return " · ".join([label(STEM, lang), *(names if len(names) == 1 else ())])


def _blocks(comparison: Comparison, lang: str) -> Iterator[Block]:
    yield Heading(label("goals", lang))
    yield from comparison_charts(comparison, lang)
    for grid in grids(comparison, lang):
        if grid.rows:
            yield Table(grid, most_rows=MOST_ROWS, more=f": {STEM}.xlsx")
