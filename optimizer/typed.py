"""Raw tables to typed rows: heads understood, changes applied, every cell read or faulted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from optimizer.errors import Issue, Text
from optimizer.heads import Head, nearest, read_head
from optimizer.load.raw import RawRow, RawTable
from optimizer.rows import Row, Table
from optimizer.scenario import Change
from optimizer.tables import CODE, TABLES, Column, TableSpec
from optimizer.text import SCIENTIFIC, CellFault, half_width, read_cell, remark

REMARKS = {
    "grouped": Text("含千分位逗号,按数字读取", "has thousands separators, read as a number"),
    "unit": Text("单元格中带单位,已换算", "has units in its cells, which are converted"),
    "date": Text("是日期,取其年份", "has dates, of which the year is taken"),
    "cleaned": Text("含全角或不可见字符,已清理", "has full-width or invisible signs, cleaned"),
    "words": Text("是文字写的楼层,已换成数字", "has floors in words, taken as numbers"),
}


@dataclass
class _Sheet:
    """One table while it is read."""

    raw: RawTable
    spec: TableSpec
    heads: dict[int, Head]
    issues: list[Issue]
    remarks: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=dict)

    def head_of(self, column: Column) -> str:
        for position, head in self.heads.items():
            if head.column is column:
                return self.raw.heads[position]
        return column.name

    def fault(self, row: int | None, head: str, code: str, must: Text, **more: Any) -> None:
        self.issues.append(issue_at(self.raw, row, head, code, must, **more))


def typed_table(raw: RawTable, changes: Iterable[Change]) -> tuple[Table, list[Issue]]:
    """Typed rows of *raw* after *changes*, and everything wrong with heads and cells."""
    spec = TABLES[raw.name]
    sheet = _Sheet(raw, spec, {}, [])
    _read_heads(sheet)
    names = {column.name: sheet.head_of(column) for column in spec.columns}
    mine = [change for change in changes if change.table == raw.name]
    used: set[int] = set()
    rows = []
    for row in raw.rows:
        _check_width(sheet, row)
        cells = _changed(sheet, row, mine, used)
        values = {c.name: _value(sheet, c, row.number, names[c.name], cells) for c in spec.columns}
        absent = frozenset(
            c.name for c in spec.columns if not half_width(cells.get(c.name, ("",))[0])
        )
        assumed = frozenset(c.name for c in spec.columns if c.is_assumed and c.name in absent)
        rows.append(Row(row.number, values, assumed, absent))
    sheet.issues += [unmatched(change) for i, change in enumerate(mine) if i not in used]
    sheet.issues += [fault for change in mine for fault in _unknown_columns(spec, change)]
    _tell_remarks(sheet)
    return Table(raw.name, tuple(rows), raw.file, raw.sheet), sheet.issues


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
        row=row or None,
        column=column,
        value=more.get("value", ""),
        severity=more.get("severity", "error"),
    )


def _read_heads(sheet: _Sheet) -> None:
    raw, place = sheet.raw, sheet.raw.head_row
    for position, text in enumerate(raw.heads):
        head = read_head(raw.name, text)
        if head is None:
            _unknown_head(sheet, position, text)
            continue
        if any(head.column is other.column for other in sheet.heads.values()):
            must = Text("同一列出现了两次。", "stands twice in this table.")
            sheet.fault(place, text, "column-twice", must)
        if head.fault is not None:
            severity, code, must = head.fault
            sheet.fault(place, text, code, must, severity=severity)
        sheet.heads[position] = head
    present = {head.column.name for head in sheet.heads.values()}
    for column in sheet.spec.columns:
        if column.required and column.name not in present:
            must = Text(f"缺少必需的列({column.zh[0]})。", "is a required column and is missing.")
            sheet.fault(place, column.name, "column-missing", must)


SPARE = Text("本来就不用的列,不必处理。", "Leave it if it is none of ours.")


def _unknown_head(sheet: _Sheet, position: int, head: str) -> None:
    filled = [row for row in sheet.raw.rows if position < len(row.cells) and row.cells[position]]
    if not head:
        if filled:
            must = Text("这一列没有表头,不会使用。", "A column without a head is not used.")
            value = filled[0].cells[position]
            sheet.fault(filled[0].number, "", "head-missing", must, value=value, severity="warning")
        return
    near = nearest(sheet.raw.name, head)
    sheet.fault(
        sheet.raw.head_row,
        head,
        "column-unknown",
        Text("不认识这一列,不会使用。", "is no column of this table and is not used."),
        fix=Text(f"最接近的列:{near}。", f"Nearest column: {near}.") if near else SPARE,
        severity="warning",
    )


def _check_width(sheet: _Sheet, row: RawRow) -> None:
    extra = [cell for cell in row.cells[len(sheet.raw.heads) :] if half_width(cell)]
    if extra:
        must = Text("这一行比表头多出单元格。", "This row has more cells than the head.")
        sheet.fault(row.number, "", "row-too-long", must, value=extra[0])


def _changed(
    sheet: _Sheet, row: RawRow, changes: list[Change], used: set[int]
) -> dict[str, tuple[str, Decimal]]:
    cells = {
        head.column.name: (row.cells[p] if p < len(row.cells) else "", head.factor)
        for p, head in sheet.heads.items()
    }
    for number, change in enumerate(changes):
        if all(
            half_width(cells.get(key, ("",))[0]) == half_width(value)
            for key, value in change.match.items()
        ):
            used.add(number)
            cells |= {key: (value, Decimal(1)) for key, value in change.set.items()}
    return cells


def _value(
    sheet: _Sheet,
    column: Column,
    row: int,
    head: str,
    cells: dict[str, tuple[str, Decimal]],
) -> Any:
    text, factor = cells.get(column.name, ("", Decimal(1)))
    try:
        value = read_cell(column, text, factor)
        if value is not None and not column.is_supported:
            raise CellFault(
                "not-supported", Text("本版不支持这一列。", "is not supported by this version.")
            )
    except CellFault as fault:
        sheet.fault(row, head, fault.code, fault.must, value=text[:80])
        return column.default
    if value is None:
        if column.required:
            sheet.fault(row, head, "cell-missing", Text("不能为空。", "must not be empty."))
        return column.default
    if column.kind == CODE and SCIENTIFIC.fullmatch(value):
        sheet.fault(row, head, "code-damaged", _SCIENTIFIC, value=value)
    said = remark(column, text)
    if said:
        sheet.remarks.setdefault((head, said), []).append((row, text.strip()))
    return value


_SCIENTIFIC = Text(
    "编码被表格软件存成了数字,15 位以后的数字已丢失。",
    "is a code that a spreadsheet kept as a number: digits after the 15th are lost.",
)


def _tell_remarks(sheet: _Sheet) -> None:
    """What cells were understood as, once a column: the first row and how many."""
    for (head, said), rows in sheet.remarks.items():
        text = REMARKS[said]
        cells = "1 cell" if len(rows) == 1 else f"{len(rows)} cells"
        must = Text(f"{text.zh}(共 {len(rows)} 处)。", f"{text.en} ({cells}).")
        first, value = rows[0]
        sheet.fault(first, head, f"cell-{said}", must, value=value[:80], severity="warning")


def _unknown_columns(spec: TableSpec, change: Change) -> list[Issue]:
    issues = []
    for part, keys in (("match", change.match), ("set", change.set)):
        for key in keys:
            if spec.column(key) is None:
                near = nearest(spec.name, key) or ", ".join(c.name for c in spec.columns)
                must = Text(
                    f"没有列 {key};最接近的是 {near}。", f"no column {key}; nearest: {near}."
                )
                issues.append(_change_issue(change, "change-column", must, f".{part}.{key}"))
    return issues


def unmatched(change: Change) -> Issue:
    """A change that no row of its table matches."""
    must = Text("[[change]] 没有对应的行。", "[[change]] matches no row.")
    return _change_issue(change, "change-matches-nothing", must, "", str(dict(change.match)))


def _change_issue(change: Change, code: str, must: Text, place: str, value: str = "") -> Issue:
    return Issue(
        code,
        must,
        Text("请检查 [[change]]。", "Check the [[change]]."),
        file="scenario",
        column=f"change.{change.table}{place}",
        value=value,
    )
