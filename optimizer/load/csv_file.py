"""One CSV as a grid: its delimiter is the one that makes most heads known."""

import csv
import io

from optimizer.errors import Issue, Text
from optimizer.guard import unguarded
from optimizer.heads import read_head
from optimizer.load.encoding import NotText, decoded
from optimizer.load.files import OLD_OFFICE, SQLITE, ZIP, Refused
from optimizer.load.raw import Grid, RawRow, unreadable
from optimizer.load.workbook_limits import MOST_COLUMNS, MOST_ROWS

DELIMITERS = (",", ";", "\t", "|")
MOST_CELL = 100_000  # signs
# 15,000 buildings to 200 communities each; no sheet holds them.
MORE_ROWS = {"distances": 3_000_000}
IS_ELSE = {
    ZIP: ("是 .xlsx 工作簿", "is an .xlsx workbook"),
    OLD_OFFICE: ("是旧版 Excel 工作簿", "is an old Excel workbook"),
    SQLITE: ("是 .gpkg 数据库", "is a .gpkg database"),
    b"<": ("是网页或 XML", "is a web page or XML"),
}


def csv_grid(table: str, file: str, content: bytes) -> tuple[Grid, str]:
    """The cells of a CSV and its encoding; Refused where it is none."""
    for start, (zh, en) in IS_ELSE.items():
        if content.lstrip().startswith(start):
            fix = Text("请另存为 CSV。", "Save it as CSV.")
            raise Refused(unreadable("no-csv", file, f"{zh},不是 CSV。", f"{en}, no CSV.", fix))
    try:
        text, encoding = decoded(content, file)
    except NotText as error:
        raise Refused(error.issue) from None
    text, said = _separator_line(text)
    wanted = [said] if said else DELIMITERS
    first = max(wanted, key=lambda sign: (_known(table, text, sign), sign == ","))
    most = MORE_ROWS.get(table, MOST_ROWS)
    return Grid(file, "", _rows(text, first, file, 1 if said else 0, most)), encoding


def _separator_line(text: str) -> tuple[str, str]:
    """Excel's own ``sep=;`` line, which is no row of the table."""
    line, _, rest = text.partition("\n")
    if line.lower().startswith("sep=") and len(line.strip()) == 5:
        return rest, line.strip()[4]
    return text, ""


def _known(table: str, text: str, delimiter: str) -> int:
    """How many heads are known in the best of the first lines."""
    lines = io.StringIO("\n".join(text.splitlines()[:40]))
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0
    return max((sum(read_head(table, cell) is not None for cell in row) for row in rows), default=0)


def _rows(text: str, delimiter: str, file: str, before: int, most: int) -> list[RawRow]:
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    rows: list[RawRow] = []
    has_guard = "'" in text
    try:
        for number, cells in enumerate(reader, start=1 + before):
            rows.append(RawRow(number, tuple(map(unguarded, cells) if has_guard else cells)))
            if len(rows) > most or len(cells) > MOST_COLUMNS:
                raise Refused(_too_large(file, len(rows), most))
    except csv.Error as error:
        raise Refused(_no_csv(file, len(rows) + 1 + before, error)) from None
    return rows


def _too_large(file: str, row: int, most: int) -> Issue:
    return unreadable(
        "sheet-too-large",
        file,
        f"超过 {most} 行或 {MOST_COLUMNS} 列。",
        f"has more than {most} rows or {MOST_COLUMNS} columns.",
        Text("请只保留需要的行和列。", "Keep the rows and columns that are needed."),
        row=row,
    )


def _no_csv(file: str, row: int, error: csv.Error) -> Issue:
    return unreadable(
        "csv",
        file,
        f"CSV 格式有误:{error}。",
        f"is no valid CSV: {error}.",
        Text("请检查引号。", "Check the quotes."),
        row=row,
    )
