"""What reading hands on: text cell by text cell, rows as users count, and every fault met."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optimizer.errors import Issue, Text
from optimizer.tables import TABLES
from optimizer.text import clean

Cell = tuple[int, int]  # row as the user counts it, column from 0
NOTHING = Text("", "")
ATTACHED = re.compile(
    r"(?:(?:附件|附表|附|表)\s*(?:[0-9]+|[一二三四五六七八九十]+)(?:-[0-9]+)?[\s_\-.、:]*)?"
    r"(.+?)"
    r"[\s_\-]*(?:(?:19|20)[0-9]{2}年?度?|\((?!.*(?:作废|废止|旧|备份|样|示例|模板)).*\))?"
)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of text cells; ``number`` as the user's program shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as it stands in a file; ``head_row`` is where its heads stand, 0 in a layer.

    ``crs`` is the national grid that positions were computed from, empty where they are as given.
    """

    name: str
    file: str
    sheet: str
    heads: tuple[str, ...]
    rows: tuple[RawRow, ...]
    head_row: int = 1
    crs: str = ""


@dataclass(frozen=True)
class RawCase:
    """All tables of a case, the digest of every file, what was decided and what was wrong.

    ``unread`` names tables that are there and could not be read: rules across tables wait for them.
    """

    tables: Mapping[str, RawTable]
    digests: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """Something about one cell that only its file shows; told where its column is used."""

    code: str
    must: Text
    fix: Text = NOTHING
    kinds: frozenset[str] | None = None  # of columns it matters to; None = all
    severity: str = "error"


@dataclass(frozen=True)
class Grid:
    """A sheet or a CSV before anybody knows where its table is."""

    file: str
    sheet: str
    rows: list[RawRow]
    marks: Mapping[Cell, Mark] = field(default_factory=dict)
    row_marks: Mapping[int, Mark] = field(default_factory=dict)
    merged: Mapping[Cell, Cell] = field(default_factory=dict)  # covered cell -> the one it shows
    column_marks: Mapping[int, Mark] = field(default_factory=dict)  # by position, from 0


class Reading:
    """Collects the tables, faults and notes of the files of one case, each table once."""

    def __init__(self) -> None:
        self.tables: dict[str, RawTable] = {}
        self.digests: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.issues: list[Issue] = []
        self.unread: set[str] = set()

    def add(self, table: RawTable, issues: Iterable[Issue] = ()) -> None:
        """Take *table*; a second one of the same name is a fault that names both places."""
        self.issues += issues
        known = self.tables.setdefault(table.name, table)
        if known is not table:
            self.issues.append(_twice(known, table))

    def case(self) -> RawCase:
        """What was read."""
        return RawCase(
            self.tables, self.digests, self.notes, tuple(self.issues), frozenset(self.unread)
        )


def _twice(known: RawTable, table: RawTable) -> Issue:
    where = " · ".join(part for part in (known.file, known.sheet) if part)
    return Issue(
        "table-twice",
        Text(
            f"与 {where} 是同一张表。", f"is the table {known.name} a second time, after {where}."
        ),
        Text("请只保留一份。", "Keep one of them."),
        file=table.file,
        sheet=table.sheet,
        column="" if table.sheet else known.name,
    )


def table_called(title: str) -> str | None:
    """The table that a file, sheet or layer called *title* holds, by English or Chinese name."""
    wanted = clean(title).lower()
    for name, spec in TABLES.items():
        if wanted == name or wanted in spec.zh:
            return name
    return None


def tables_called(titles: Iterable[str]) -> dict[str, str]:
    """Title -> its table, of the sheets of one workbook; titles of none are left out.

    A name between 附件 with its number and a year or bracket counts too (附件1 社区, 社区(2024)),
    where no other sheet is called so.
    """
    listed = list(titles)
    called = {title: name for title in listed if (name := table_called(title)) is not None}
    loosely: dict[str, list[str]] = {}
    for title in listed:
        found = ATTACHED.fullmatch(clean(title))
        name = table_called(found[1]) if found and title not in called else None
        if name is not None:
            loosely.setdefault(name, []).append(title)
    for name, alike in loosely.items():
        if len(alike) == 1 and name not in called.values():
            called[alike[0]] = name
    return called


def unreadable(code: str, file: Path | str, zh: str, en: str, fix: Text, **more: Any) -> Issue:
    """A file that cannot be read as what it should be."""
    name = file.name if isinstance(file, Path) else file
    return Issue(code, Text(zh, en), fix, file=name, **more)
