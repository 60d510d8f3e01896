"""Tables are there, keys name a row once, codes name rows that exist."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from optimizer import tables
from optimizer.errors import Issue, Text
from optimizer.rows import Table
from optimizer.tables import TABLES
from optimizer.typed import issue_at
from optimizer.validate.given import Given

MOST_DIGITS = 15  # a spreadsheet keeps
LONG_CODE = 5
SAME_LENGTH = 0.8  # of a table's codes, from when on a shorter one is odd
RETYPE = Text("请把该列设为文本后重新填写。", "Format the column as text and enter it again.")


def required_tables(given: Given) -> Iterator[Issue]:
    """Communities and buildings must be there."""
    for name, spec in TABLES.items():
        if spec.required and not given.rows(name):
            must = Text(f"缺少{spec.zh[0]}表。", f"The table {name} is missing or empty.")
            yield Issue("table-missing", must, Text("", ""), file=name)


def unique_keys(given: Given) -> Iterator[Issue]:
    """The key columns name a row once."""
    for name, table in given.tables.items():
        key = TABLES[name].key
        seen: dict[tuple[Any, ...], int] = {}
        for row in table.rows:
            found = tuple(row.values.get(column) for column in key)
            if None in found and len(found) == 1:
                continue
            if found in seen:
                must = Text(f"与第 {seen[found]} 行重复。", f"repeats row {seen[found]}.")
                shown = "/".join(str(part) for part in found)
                yield issue_at(table, row.number, "/".join(key), "duplicate", must, value=shown)
            seen.setdefault(found, row.number)


def alike_keys(given: Given) -> Iterator[Issue]:
    """Two codes that only capitals, full-width signs or blanks tell apart are most likely one."""
    for name, table in given.tables.items():
        seen: dict[str, str] = {}
        for row in table.rows if TABLES[name].key == ("id",) else ():
            code = row.values.get("id")
            if code is None:
                continue
            other = seen.setdefault(_bare(code), code)
            if other != code:
                must = Text(
                    f"与 {other} 仅大小写、全半角或空格不同,按两个编码处理。",
                    f"differs from {other} in capitals, full-width signs or blanks only; "
                    "taken for another code.",
                )
                fix = Text("若是同一个,请统一写法。", "If it is the same, write it the same way.")
                yield issue_at(
                    table, row.number, "id", "alike", must, value=code, fix=fix, severity="warning"
                )


def _bare(code: str) -> str:
    return "".join(unicodedata.normalize("NFKC", code).casefold().split())


def references(given: Given) -> Iterator[Issue]:
    """A code that names a row of another table names one that exists."""
    for name, table in given.tables.items():
        for column in TABLES[name].columns:
            if column.refers:
                yield from _unknown(given, table, column.name, column.refers)


def _unknown(given: Given, table: Table, column: str, refers: str) -> Iterator[Issue]:
    known = given.ids(refers)
    bare = {code.lstrip("0").lower(): code for code in known}
    named = {row.values.get("name"): row.values["id"] for row in given.rows(refers)}
    names = Counter(row.values.get("name") for row in given.rows(refers))
    for row in table.rows:
        value = row.values[column]
        if value is None or value in known:
            continue
        must = Text(f"不在{TABLES[refers].zh[0]}表中。", f"is not in the table {refers}.")
        fix = Text("", "")
        if value.lstrip("0").lower() in bare:
            meant = bare[value.lstrip("0").lower()]
            fix = Text(
                f"是否为 {meant}(前导 0 或大小写不同)?",
                f"Is it {meant} (leading zeros or capitals differ)?",
            )
        elif names[value] == 1:
            fix = Text(f"应写编码 {named[value]}。", f"Write its code, {named[value]}.")
        yield issue_at(table, row.number, column, "unknown-id", must, value=value, fix=fix)


def damaged_codes(given: Given) -> Iterator[Issue]:
    """Codes that a spreadsheet cut to 15 digits, or took the leading zeros of."""
    for table in given.tables.values():
        for column in TABLES[table.name].columns:
            if column.kind == tables.CODE:
                found = [(row.number, row.values[column.name]) for row in table.rows]
                codes = [(number, code) for number, code in found if code and code.isdecimal()]
                yield from _cut(table, column.name, codes)
                if column.name == "id":
                    yield from _shortened(table, codes)


def _cut(table: Table, column: str, codes: list[tuple[int, str]]) -> Iterator[Issue]:
    for number, code in codes:
        if len(code) > MOST_DIGITS and not code[MOST_DIGITS:].strip("0"):
            must = Text(
                "第 15 位以后全是 0:已被表格软件截断。", "ends in zeros after its 15th digit."
            )
            yield issue_at(table, number, column, "code-damaged", must, value=code, fix=RETYPE)


def _shortened(table: Table, codes: list[tuple[int, str]]) -> Iterator[Issue]:
    lengths = Counter(len(code) for _, code in codes)
    if not lengths:
        return
    length, count = lengths.most_common(1)[0]
    if length < LONG_CODE or count < SAME_LENGTH * len(codes) or count < 3:
        return
    for number, code in codes:
        if len(code) < length:
            must = Text(
                f"比其余编码的 {length} 位短:前导 0 可能已丢失。",
                f"has fewer digits than the {length} of the others: leading zeros may be lost.",
            )
            more: dict[str, Any] = {"value": code, "fix": RETYPE, "severity": "warning"}
            yield issue_at(table, number, "id", "code-short", must, **more)
