"""Raw tables to typed rows: heads understood, changes applied, every cell read or faulted."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from optimizer.errors import Issue, Text
from optimizer.heads import column_of, nearest
from optimizer.load import RawRow, RawTable
from optimizer.rows import Row, Table
from optimizer.scenario import Change
from optimizer.tables import CODE, TABLES, Column, TableSpec
from optimizer.text import CellFault, clean, read_cell

Heads = dict[int, tuple[Column, Decimal]]


def typed_table(raw: RawTable, changes: Iterable[Change]) -> tuple[Table, list[Issue]]:
    """Typed rows of *raw* after *changes*, and everything wrong with heads and cells."""
    spec = TABLES[raw.name]
    heads, issues = _heads(raw, spec)
    rows = []
    used: set[int] = set()
    mine = [change for change in changes if change.table == raw.name]
    for row in raw.rows:
        issues += _width(raw, row)
        cells = _changed(spec, heads, row, mine, used)
        values, faults = _values(raw, spec, heads, row.number, cells)
        absent = frozenset(c.name for c in spec.columns if not clean(cells.get(c.name, ("",))[0]))
        rows.append(Row(row.number, values, _assumed(spec, absent), absent))
        issues += faults
    issues += [_unmatched(change) for i, change in enumerate(mine) if i not in used]
    return Table(raw.name, tuple(rows), raw.file, raw.sheet), issues


def issue_at(
    table: Table | RawTable, row: int | None, column: str, code: str, must: Text, **more: Any
) -> Issue:
    """An issue in *table*; ``value``, ``fix`` and ``severity`` may be given."""
    return Issue(
        code=code,
        message=must,
        fix=more.get("fix", Text("", "")),
        file=table.file,
        sheet=table.sheet,
        row=row,
        column=column,
        value=more.get("value", ""),
        severity=more.get("severity", "error"),
    )


def _heads(raw: RawTable, spec: TableSpec) -> tuple[Heads, list[Issue]]:
    heads: Heads = {}
    issues = []
    for position, head in enumerate(raw.heads):
        found = column_of(spec, head)
        if found is None:
            if head:
                issues.append(_unknown_head(raw, spec, head))
            continue
        if any(found[0] is column for column, _ in heads.values()):
            must = Text("同一列出现了两次。", "stands twice in this table.")
            issues.append(issue_at(raw, None, head, "column-twice", must))
        heads[position] = found
    present = {column.name for column, _ in heads.values()}
    for column in spec.columns:
        if column.required and column.name not in present:
            must = Text(f"缺少必需的列({column.zh[0]})。", "is a required column and is missing.")
            issues.append(issue_at(raw, None, column.name, "column-missing", must))
    return heads, issues


def _unknown_head(raw: RawTable, spec: TableSpec, head: str) -> Issue:
    near = nearest(spec, head)
    return issue_at(
        raw,
        None,
        head,
        "column-unknown",
        Text("不认识这一列,不会使用。", "is no column of this table and is not used."),
        fix=Text(f"最接近的列:{near}。", f"Nearest column: {near}."),
        severity="warning",
    )


def _width(raw: RawTable, row: RawRow) -> list[Issue]:
    extra = [cell for cell in row.cells[len(raw.heads) :] if clean(cell)]
    if not extra:
        return []
    must = Text("这一行比表头多出单元格。", "This row has more cells than the head.")
    return [issue_at(raw, row.number, "", "row-too-long", must, value=extra[0])]


def _changed(
    spec: TableSpec, heads: Heads, row: RawRow, changes: list[Change], used: set[int]
) -> dict[str, tuple[str, Decimal]]:
    cells = {
        column.name: (row.cells[position] if position < len(row.cells) else "", factor)
        for position, (column, factor) in heads.items()
    }
    for number, change in enumerate(changes):
        if all(clean(cells.get(key, ("",))[0]) == clean(v) for key, v in change.match.items()):
            used.add(number)
            cells |= {key: (value, Decimal(1)) for key, value in change.set.items()}
    return {name: cell for name, cell in cells.items() if spec.column(name) is not None}


def _values(
    raw: RawTable,
    spec: TableSpec,
    heads: Heads,
    number: int,
    cells: dict[str, tuple[str, Decimal]],
) -> tuple[dict[str, Any], list[Issue]]:
    shown = {column.name: raw.heads[position] for position, (column, _) in heads.items()}
    values: dict[str, Any] = {}
    issues = []
    for column in spec.columns:
        text, factor = cells.get(column.name, ("", Decimal(1)))
        head = shown.get(column.name, column.name)
        try:
            value = read_cell(column, text, factor)
            if value is not None and not column.is_supported:
                raise CellFault(
                    "not-supported", Text("本版不支持这一列。", "is not supported by this version.")
                )
        except CellFault as fault:
            issues.append(issue_at(raw, number, head, fault.code, fault.must, value=text))
            value = None
        if value is None and column.required and not clean(text):
            must = Text("不能为空。", "must not be empty.")
            issues.append(issue_at(raw, number, head, "cell-missing", must))
        if column.kind == CODE and value and _looks_damaged(value):
            issues.append(_damaged(raw, number, head, value))
        values[column.name] = column.default if value is None else value
    return values, issues


def _looks_damaged(code: str) -> bool:
    mantissa, sign, exponent = code.partition("E+")
    return bool(sign) and exponent.isdigit() and mantissa.replace(".", "").isdigit()


def _damaged(raw: RawTable, number: int, head: str, value: str) -> Issue:
    return issue_at(
        raw,
        number,
        head,
        "code-damaged",
        Text("编码已被表格软件改成科学计数。", "was turned into a number by a spreadsheet."),
        fix=Text("请把该列设为文本后重新填写。", "Format the column as text and enter it again."),
        value=value,
    )


def _assumed(spec: TableSpec, absent: frozenset[str]) -> frozenset[str]:
    return frozenset(c.name for c in spec.columns if c.is_assumed and c.name in absent)


def _unmatched(change: Change) -> Issue:
    return Issue(
        "change-matches-nothing",
        Text("[[change]] 没有对应的行。", "[[change]] matches no row."),
        Text("请检查 match。", "Check its match."),
        file="scenario",
        column=f"change.{change.table}",
        value=str(dict(change.match)),
    )
