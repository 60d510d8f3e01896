"""One bad case: how it is built, and what must be said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REFUSE, WARN, NORMALISE, EITHER, ANSWER = "refuse", "warn", "normalise", "either", "answer"
GROUPS = {
    "A": "files",
    "B": "CSV and encodings",
    "C": "workbook",
    "D": "columns",
    "E": "ids",
    "F": "numbers and units",
    "G": "words and dates",
    "H": "references",
    "I": "coordinates and geometry",
    "J": "TOML",
    "K": "policy and budget",
    "L": "hostile",
    "M": "size",
}


@dataclass(frozen=True)
class Expected:
    """The outcome, where it must be told, and the value that must be read.

    ``place`` are the fields of the issue that must be told: code, file, sheet, row, column.
    ``value`` is (table, number of the row from 0, column, text of the value).
    """

    outcome: str
    place: dict[str, Any]
    value: tuple[str, int, str, str] | None = None


@dataclass(frozen=True)
class BadCase:
    """``build(folder)`` writes it and returns its scenario."""

    id: str
    build: Callable[[Path], Path]
    expected: Expected
    slow: bool = False

    @property
    def group(self) -> str:
        return self.id[0]


def refuse(**place):
    return Expected(REFUSE, place)


def warn(**place):
    return Expected(WARN, place)


def normalise(table, row, column, value, /, **place):
    return Expected(NORMALISE, place, (table, row, column, value))


def either(table, row, column, value):
    return Expected(EITHER, {}, (table, row, column, value))


def answer(**place):
    return Expected(ANSWER, place)
