"""Group C and the hostile workbooks of group L."""

import datetime
import io
import zipfile
from functools import partial

from openpyxl.styles import Font

from tests.bad_input.base import SCENARIO, workbook, write_book, write_scenario
from tests.bad_input.case import BadCase, either, normalise, refuse, warn

B, FLOORS = "buildings", "floors"
AREA = (B, 1, "area_m2", "700")


def edited(edit, folder):
    """The valid workbook after *edit*."""
    book = workbook()
    edit(book)
    return write_book(folder, book)


def cell(sheet, place, value, **style):
    def edit(book):
        target = book[sheet][place]
        target.value = value
        for name, wanted in style.items():
            setattr(target, name, wanted)

    return edit


def column_of(book, sheet, name):
    return next(c.column_letter for c in book[sheet][1] if c.value == name)


def in_column(sheet, name, row, value, **style):
    def edit(book):
        cell(sheet, f"{column_of(book, sheet, name)}{row}", value, **style)(book)

    return edit


def struck(book):
    for target in book[B][3]:
        target.font = Font(strike=True)


def hidden(book):
    book[B].row_dimensions[3].hidden = True


def hidden_sheet(book):
    book[FLOORS].sheet_state = "hidden"


def merged(name, first, last):
    def edit(book):
        letter = column_of(book, B, name)
        book[B].merge_cells(f"{letter}{first}:{letter}{last}")

    return edit


def titled(book):
    sheet = book[B]
    sheet.insert_rows(1, 2)
    sheet["A1"] = "拱墅区闲置房产一览表"
    sheet["A2"] = "填报单位:示例街道"
    sheet.merge_cells("A1:H1")


def grouped(book):
    """Two lines of head: a group title over lon and lat."""
    sheet = book[B]
    sheet.insert_rows(1)
    for target in sheet[2]:
        target.offset(-1, 0).value = target.value
        target.value = None
    for name in ("lon", "lat"):
        letter = next(c.column_letter for c in sheet[1] if c.value == name)
        sheet[f"{letter}1"], sheet[f"{letter}2"] = ("坐标" if name == "lon" else None), name


def unit_line(book):
    sheet = book[B]
    sheet.insert_rows(2)
    letter = column_of(book, B, "acquire_yuan")
    sheet[f"{letter}2"] = "万元"
    for row in range(3, 7):
        sheet[f"{letter}{row}"] = 10


def total(book):
    book[B].append(["合计", None, None, None, None, None, 2600])


def two_sheets(book):
    sheet = book.create_sheet("楼层")
    for row in book[FLOORS].iter_rows(values_only=True):
        sheet.append(row)


def numbered(book):
    book[FLOORS].insert_rows(2)
    for position, target in enumerate(book[FLOORS][2], start=1):
        target.value = position


def renamed(book):
    for number, sheet in enumerate(book):
        sheet.title = f"x{number}"


CASES = [
    ("C01-titles", titled, normalise(*AREA, code="title-rows", sheet=B)),
    ("C02-two-lines-of-head", grouped, normalise(B, 1, "lon", "120.1524")),
    ("C03-unit-line", unit_line, normalise(B, 1, "acquire_yuan", "100000")),
    ("C04-total", total, normalise(*AREA, code="total-row", sheet=B, row=6)),
    ("C05-struck", struck, refuse(code="struck-row", sheet=B, row=3)),
    ("C06-hidden-row", hidden, warn(code="hidden-row", sheet=B, row=3)),
    ("C07-hidden-sheet", hidden_sheet, warn(code="hidden-sheet", sheet=FLOORS)),
    (
        "C08-merged-word",
        merged("street", 2, 4),
        normalise(B, 2, "street", "一街", code="merged-cell"),
    ),
    ("C09-merged-figure", merged("area_m2", 3, 4), refuse(code="merged-number", sheet=B, row=4)),
    ("C10-merged-id", merged("id", 3, 4), refuse(code="merged-number", sheet=B, row=4)),
    (
        "C11-formula-without-value",
        in_column(B, "area_m2", 3, "=500+200"),
        refuse(code="formula-without-value", sheet=B, row=3, column="area_m2"),
    ),
    (
        "C12-error-cell",
        in_column(B, "area_m2", 3, "#N/A"),
        refuse(code="error-cell", sheet=B, row=3, column="area_m2"),
    ),
    (
        "C13-area-as-date",
        in_column(B, "area_m2", 3, datetime.date(2025, 3, 5)),
        refuse(code="number-as-date", sheet=B, row=3),
    ),
    (
        "C14-id-as-date",
        in_column("facilities", "id", 3, datetime.date(2025, 3, 5)),
        refuse(code="code-damaged", sheet="facilities", row=3),
    ),
    (
        "C15-year-as-date",
        in_column(B, "available_year", 3, datetime.date(2024, 6, 30)),
        normalise(B, 1, "available_year", "2024", code="cell-date"),
    ),
    (
        "C16-18-digits-as-number",
        in_column("facilities", "id", 3, 330105199901011234),
        refuse(code="code-damaged", sheet="facilities", row=3),
    ),
    (
        "C17-12-digits-as-number",
        in_column("communities", "id", 3, 330105001052),
        normalise("communities", 1, "id", "330105001052"),
    ),
    (
        "C18-zeros-by-format",
        in_column("facilities", "id", 3, 12, number_format="0000"),
        normalise("facilities", 1, "id", "0012"),
    ),
    ("C19-number", in_column(B, "area_m2", 3, 700), normalise(*AREA)),
    (
        "C20-sum-of-tenths",
        in_column(B, "area_m2", 3, 700.1 + 0.2),
        normalise(B, 1, "area_m2", "700.3"),
    ),
    ("C21-true-as-area", in_column(B, "area_m2", 3, True), refuse(code="not-a-number", row=3)),
    (
        "C22-true-as-flag",
        in_column(B, "consent_owner", 3, True),
        normalise(B, 1, "consent_owner", "1"),
    ),
    ("C23-table-twice", two_sheets, refuse(code="table-twice", sheet="楼层")),
    ("C24-column-numbers", numbered, either(FLOORS, 0, "level", "1")),
    (
        "C25-far-cell",
        cell(FLOORS, "XFD1048576", "x"),
        refuse(code="sheet-too-large", file="case.xlsx"),
    ),
    ("C26-far-row", cell(FLOORS, "A900000", "x"), refuse(code="sheet-too-large")),
    (
        "C27-no-table",
        renamed,
        refuse(code="no-data"),
    ),
    ("C28-formula-text", in_column(B, "name", 3, "'=1+1"), normalise(B, 1, "name", "'=1+1")),
]


def archived(change, folder):
    """The valid workbook with its archive changed: *change* maps names to bytes."""
    buffer = io.BytesIO()
    workbook().save(buffer)
    path = write_scenario(folder, SCENARIO.replace('"data/"', '"case.xlsx"'))
    with zipfile.ZipFile(buffer) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path.parent / "case.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in change(parts).items():
            new.writestr(name, content)
    return path


def with_bytes(content, folder):
    path = write_scenario(folder, SCENARIO.replace('"data/"', '"case.xlsx"'))
    (path.parent / "case.xlsx").write_bytes(content)
    return path


def bomb(parts):
    return parts | {"xl/sharedStrings.xml": b"<sst>" + b"a" * (40 * 2**20) + b"</sst>"}


def entities(parts):
    sheet = parts["xl/worksheets/sheet1.xml"]
    start = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    return parts | {"xl/worksheets/sheet1.xml": start + sheet}


def outside_entity(parts):
    start = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return parts | {"xl/workbook.xml": start + parts["xl/workbook.xml"]}


def many_members(parts):
    return parts | {f"xl/media/{i}.bin": b"x" for i in range(2000)}


def traversal(parts):
    return parts | {"../../evil.xml": b"<x/>"}


def cut(parts):
    return {name: content for name, content in parts.items() if "workbook.xml" not in name}


HOSTILE = [
    ("L01-zip-bomb", partial(archived, bomb), refuse(code="workbook-too-large")),
    ("L02-entities", partial(archived, entities), refuse(code="xml-entities")),
    ("L03-outside-entity", partial(archived, outside_entity), refuse(code="xml-entities")),
    ("L04-many-members", partial(archived, many_members), refuse(code="workbook-too-large")),
    ("L05-traversal", partial(archived, traversal), refuse(code="workbook")),
    ("L06-no-book-inside", partial(archived, cut), refuse(code="workbook")),
    ("L07-text-as-xlsx", partial(with_bytes, b"id,area_m2\n"), refuse(code="workbook")),
    ("L08-empty-xlsx", partial(with_bytes, b""), refuse(code="workbook")),
    (
        "L09-old-or-encrypted",
        partial(with_bytes, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        refuse(code="old-workbook"),
    ),
    (
        "L10-half-a-book",
        lambda folder: with_bytes(_saved()[:3000], folder),
        refuse(code="workbook"),
    ),
]


def _saved():
    buffer = io.BytesIO()
    workbook().save(buffer)
    return buffer.getvalue()


def long_book(folder):
    """250,000 rows in one sheet, written as a stream."""
    import xlsxwriter

    path = write_scenario(folder, SCENARIO.replace('"data/"', '"case.xlsx"'))
    book = xlsxwriter.Workbook(path.parent / "case.xlsx", {"constant_memory": True})
    sheet = book.add_worksheet(FLOORS)
    for row in range(250_000):
        sheet.write_row(row, 0, ("B001", row, 1))
    book.close()
    return path


def cases():
    found = [BadCase(id, partial(edited, edit), expected) for id, edit, expected in CASES]
    found += [BadCase(*row) for row in HOSTILE]
    return [*found, BadCase("M04-long-book", long_book, refuse(code="sheet-too-large"), slow=True)]
