"""A sheet to the table in it: titles, totals, footnotes and repeated heads are told and left out.

Nothing is left out in silence, and what cannot be read for sure is a fault where it stands.
Source: contract section 1; reliability.md sections 2.3 and 5.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from optimizer import tables
from optimizer.errors import Issue, Text
from optimizer.heads import Head, read_head
from optimizer.load.heads import FoundHead, find_head
from optimizer.load.raw import Grid, Mark, RawRow, RawTable
from optimizer.tables import TABLES
from optimizer.text import DATE, clean
from optimizer.units import factor_of, is_unit

TOTAL = re.compile(
    r".{0,20}?(合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|平均值?|sub-?total|grand total|total|sum)"
    r"\s*[::]?"
    r"|其中\s*[::].*|共\s*[0-9一二三四五六七八九十百]+\s*\S{0,3}",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(
    r"(注|备注|说明|附注|填表|制表|审核|复核|负责人|联系人|数据来源|来源|单位负责|填报|"
    r"note|notes|source|remark|remarks)\s*(人|单位|日期|时间|说明)?\s*\d*\s*[::.、].*",
    re.IGNORECASE | re.DOTALL,
)
NUMBERED_NOTE = re.compile(r"\d+\s*[.、)]\s*\D.{5,}", re.DOTALL)
GROUP = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.]\s*\S.*")
TITLE_UNIT = re.compile(r"(?:计量)?单位\s*[::]\s*([^\s,;,;、))]+)|\bunit\s*[::]\s*(\S+)", re.I)
SPREAD_KINDS = frozenset((tables.TEXT, tables.CHOICE, tables.CODE, tables.FLAG, tables.YEAR))


@dataclass(frozen=True)
class _Sheet:
    table: str
    grid: Grid
    found: FoundHead
    columns: dict[int, Head]  # position -> what it means

    def issue(self, code: str, row: int | None, must: Text, **more: str | Text) -> Issue:
        fix = more.pop("fix", Text("", ""))
        return Issue(
            code,
            must,
            fix if isinstance(fix, Text) else Text("", ""),
            file=self.grid.file,
            sheet=self.grid.sheet,
            row=row,
            **{key: str(value) for key, value in more.items()},
        )


def table_of(name: str, grid: Grid) -> tuple[RawTable, list[Issue]]:
    """The table *name* in *grid*, and what was left out, understood or wrong in it."""
    filled = [row for row in grid.rows if any(clean(cell) for cell in row.cells)]
    if not filled:
        return RawTable(name, grid.file, grid.sheet, (), ()), []
    found = find_head(name, filled, dict(grid.merged))
    columns = {
        position: head
        for position, text in enumerate(found.heads)
        if (head := read_head(name, text)) is not None
    }
    sheet = _Sheet(name, grid, found, columns)
    issues = list(_titles(sheet, filled[: found.first]))
    body, left_out = _body(sheet, filled[found.first + found.lines :])
    issues += left_out
    rows, spread = _spread(sheet, body)
    issues += spread
    issues += _marks(sheet, rows)
    return RawTable(name, grid.file, grid.sheet, found.heads, tuple(rows), found.row), issues


def _titles(sheet: _Sheet, rows: list[RawRow]) -> Iterator[Issue]:
    """Rows above the head; a unit said there for the whole table would be lost."""
    for row in rows:
        for cell in row.cells:
            said = TITLE_UNIT.search(clean(cell))
            unit = (said[1] or said[2]) if said else ""
            if is_unit(unit) and _is_scaled(unit):
                must = Text(
                    f"表头上方写了单位“{unit}”,不知用于哪些列。",
                    f"gives the unit {unit!r} above the head: unclear for which columns.",
                )
                fix = Text(
                    "请把单位写进各列表头的括号。", "Write units into the heads, in brackets."
                )
                yield sheet.issue("unit-in-title", row.number, must, value=clean(cell), fix=fix)
    if rows:
        above = "the row above it is" if len(rows) == 1 else f"{len(rows)} rows above it are"
        must = Text(
            f"表头在第 {sheet.found.row} 行;以上 {len(rows)} 行不读。",
            f"The head is row {sheet.found.row}; {above} not read.",
        )
        yield sheet.issue("title-rows", rows[0].number, must, severity="warning")


def _is_scaled(unit: str) -> bool:
    return all(factor_of(unit, of) != 1 for of in ("㎡", "元", "人", "户", "米"))


def _body(sheet: _Sheet, rows: list[RawRow]) -> tuple[list[RawRow], list[Issue]]:
    kept, issues = [], []
    for row in rows:
        reason = _not_data(sheet, row)
        if reason is None:
            kept.append(row)
        else:
            code, must = reason
            shown = next(clean(cell) for cell in row.cells if clean(cell))[:40]
            issues.append(sheet.issue(code, row.number, must, value=shown, severity="warning"))
    return kept, issues


def _not_data(sheet: _Sheet, row: RawRow) -> tuple[str, Text] | None:
    cells = [clean(cell) for cell in row.cells]
    filled = [cell for cell in cells if cell]
    if cells[: len(sheet.found.heads)] == [clean(head) for head in sheet.found.heads]:
        return "head-repeated", Text("表头重复出现,不读。", "is the head again and is not read.")
    if len(filled) > 3 and filled == [str(i) for i in range(1, len(filled) + 1)]:
        return "column-numbers", Text("是栏次行,不读。", "numbers the columns and is not read.")
    if _is_total(sheet, cells, filled):
        return "total-row", Text("是合计行,不读。", "is a row of totals and is not read.")
    if len(set(filled)) == 1 and GROUP.fullmatch(filled[0]):
        return "group-row", Text("是分组标题,不读。", "heads a group of rows and is not read.")
    if _is_note(filled) and not _has_key(sheet, cells):
        return "footnote", Text("是表下说明,不读。", "is a note below the table and is not read.")
    return None


def _is_note(filled: list[str]) -> bool:
    """A remark or numbered note alone, or a line of who filled it in and when."""
    if len(set(filled)) == 1 and NUMBERED_NOTE.fullmatch(filled[0]):
        return True
    is_signed = all(FOOTNOTE.fullmatch(cell) or DATE.fullmatch(cell) for cell in filled)
    return bool(FOOTNOTE.fullmatch(filled[0])) and (is_signed or len(set(filled)) <= 2)


def _key_cells(sheet: _Sheet, cells: list[str]) -> list[str]:
    key = TABLES[sheet.table].key
    return [
        cells[position] if position < len(cells) else ""
        for position, head in sheet.columns.items()
        if head.column.name in key
    ]


def _has_key(sheet: _Sheet, cells: list[str]) -> bool:
    keys = _key_cells(sheet, cells)
    is_note = any(form.fullmatch(keys[0]) for form in (FOOTNOTE, NUMBERED_NOTE)) if keys else True
    return not is_note and all(keys)


def _is_total(sheet: _Sheet, cells: list[str], filled: list[str]) -> bool:
    """A word for totals stands where words do, and no key beside it that is another."""
    keys = _key_cells(sheet, cells)
    if any(keys) and not any(TOTAL.fullmatch(key) for key in keys):
        return False
    return any(TOTAL.fullmatch(cell) for cell in filled[:4])


def _spread(sheet: _Sheet, rows: list[RawRow]) -> tuple[list[RawRow], list[Issue]]:
    """Words of merged cells stand in every row they cover; figures never do."""
    if not sheet.grid.merged:
        return rows, []
    values = {row.number: row.cells for row in rows}
    changed, issues, told = [], [], set()
    for row in rows:
        cells = list(row.cells)
        for position, head in sheet.columns.items():
            origin = sheet.grid.merged.get((row.number, position))
            if origin is None:
                continue
            shown = values.get(origin[0], ())
            value = shown[origin[1]] if origin[1] < len(shown) else ""
            may_spread = head.column.kind in SPREAD_KINDS and origin[1] == position and value
            if may_spread and not _names_row(sheet.table, head.column):
                cells[position] = value
            if (origin, bool(may_spread)) not in told:
                told.add((origin, bool(may_spread)))
                issues.append(_merged(sheet, row.number, position, value, bool(may_spread)))
        changed.append(replace(row, cells=tuple(cells)))
    return changed, issues


def _names_row(table: str, column: tables.Column) -> bool:
    """A value of *column* alone names one row: an id, not the building of several floors."""
    return TABLES[table].key == (column.name,)


def _merged(sheet: _Sheet, row: int, position: int, value: str, is_spread: bool) -> Issue:
    head = sheet.found.heads[position]
    column = sheet.columns[position].column
    if is_spread and not _names_row(sheet.table, column):
        must = Text(
            "是合并单元格,各行都按其内容读取。", "is merged: its rows all read what it shows."
        )
        return sheet.issue("merged-cell", row, must, column=head, value=value, severity="warning")
    must = Text("是合并单元格,不知各行应为多少。", "is merged: unclear what each row has.")
    fix = Text("请取消合并并逐行填写。", "Unmerge it and fill in every row.")
    return sheet.issue("merged-number", row, must, column=head, value=value, fix=fix)


def _marks(sheet: _Sheet, rows: list[RawRow]) -> Iterator[Issue]:
    """What only the file shows of the cells and rows that are used."""
    kept = {row.number: row for row in rows}
    for position, mark in sorted(sheet.grid.column_marks.items()):
        if position in sheet.columns:
            yield _told(sheet, mark, sheet.found.row, sheet.found.heads[position], "")
    for number, mark in sorted(sheet.grid.row_marks.items()):
        if number in kept:
            first = next(filter(None, map(clean, kept[number].cells)), "")
            yield _told(sheet, mark, number, "", first)
    for (number, position), mark in sorted(sheet.grid.marks.items()):
        head = sheet.columns.get(position)
        if head is None or number not in kept:
            continue
        if mark.kinds is None or head.column.kind in mark.kinds:
            cells = kept[number].cells
            value = cells[position] if position < len(cells) else ""
            yield _told(sheet, mark, number, sheet.found.heads[position], value)


def _told(sheet: _Sheet, mark: Mark, row: int, column: str, value: str) -> Issue:
    return sheet.issue(
        mark.code,
        row,
        mark.must,
        column=column,
        value=value,
        severity=mark.severity,
        fix=mark.fix,
    )
