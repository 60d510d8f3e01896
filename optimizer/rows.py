"""Typed tables in the middle: what reading and checking hand on, and what is written to inputs/."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``values`` has every column of the table (None = absent)."""

    number: int  # as the user counts it; 0 for a row we made
    values: Mapping[str, Any]
    derived: frozenset[str] = frozenset()  # columns we assumed or derived
    absent: frozenset[str] = frozenset()  # columns the user left empty


@dataclass(frozen=True, slots=True)
class Table:
    """One typed table of a case and where it came from."""

    name: str
    rows: tuple[Row, ...]
    file: str = ""
    sheet: str = ""


Tables = Mapping[str, Table]
