"""A comparison as files: JSON and CSV always."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from optimizer.canonical import csv_text, json_text
from optimizer.compare import Comparison, comparison_data

STEM = "comparison"
HEADS = ("part", "key", "name", "of")


def write_comparison(comparison: Comparison, folder: Path, lang: str) -> list[Path]:
    """Write *comparison* into *folder* in every format there is; the files written."""
    del lang
    data, table = folder / f"{STEM}.json", folder / f"{STEM}.csv"
    _write(data, json_text(comparison_data(comparison)) + "\n")
    _write(table, csv_text(_heads(comparison), _rows(comparison)))
    return [data, table]


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _heads(comparison: Comparison) -> list[str]:
    return [*HEADS, *(entry.label for entry in comparison.entries)]


def _rows(comparison: Comparison) -> Iterator[Mapping[str, Any]]:
    labels = [entry.label for entry in comparison.entries]
    for part in comparison.parts:
        for line in part.lines:
            said = {"part": part.name, "key": line.key, "name": line.name, "of": line.of}
            yield said | dict(zip(labels, line.values, strict=True))
