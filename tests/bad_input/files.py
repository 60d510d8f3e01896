"""Groups A, B, D and M: files, encodings, columns and sizes of CSV."""

import os
from functools import partial

from tests.bad_input.base import (
    SCENARIO,
    csv_text,
    tables,
    workbook,
    write_csv,
    write_scenario,
)
from tests.bad_input.case import BadCase, either, normalise, refuse, warn

NAME = ("buildings", 1, "name", "旧楼2")


def with_bytes(name, content, folder):
    """The valid case with one file of other bytes."""
    path = write_csv(folder)
    (path.parent / "data" / name).write_bytes(content)
    return path


def encoded(table, encoding, folder, change=lambda text: text):
    text = change(csv_text(tables()[table]))
    return with_bytes(f"{table}.csv", text.encode(encoding), folder)


def changed(table, change, folder):
    return encoded(table, "utf-8", folder, change)


def without(name, folder):
    path = write_csv(folder)
    (path.parent / "data" / name).unlink()
    return path


def with_data(data, folder, prepare=lambda folder: None):
    path = write_scenario(folder, SCENARIO.replace('"data/"', f'"{data}"'))
    prepare(path.parent)
    return path


def as_pipe(folder):
    path = without("floors.csv", folder)
    os.mkfifo(path.parent / "data" / "floors.csv")
    return path


def as_folder(folder):
    path = without("floors.csv", folder)
    (path.parent / "data" / "floors.csv").mkdir()
    return path


def as_link(target, folder):
    path = without("floors.csv", folder)
    (path.parent / "data" / "floors.csv").symlink_to(target)
    return path


def as_inner_link(folder):
    path = without("floors.csv", folder)
    kept = path.parent / "data" / "kept.txt"
    kept.write_text(csv_text(tables()["floors"]), "utf-8")
    (path.parent / "data" / "floors.csv").symlink_to(kept)
    return path


def twice(folder):
    path = write_csv(folder)
    (path.parent / "data" / "楼层.csv").write_text(csv_text(tables()["floors"]), "utf-8")
    return path


def beside(name, folder):
    path = write_csv(folder)
    (path.parent / "data" / name).write_text("a,b\n1,2\n", "utf-8")
    return path


def book_in_folder(folder):
    path = write_csv(folder)
    workbook().save(path.parent / "data" / "全部.xlsx")
    return path


def half_gbk(folder):
    text = csv_text(tables()["buildings"]).splitlines(keepends=True)
    parts = [line.encode("gbk" if i == 3 else "utf-8") for i, line in enumerate(text)]
    return with_bytes("buildings.csv", b"".join(parts), folder)


def columns(table, change, folder):
    content = tables()
    content[table] = [change(dict(row)) for row in content[table]]
    return write_csv(folder, content)


def renamed(table, old, new, folder, cell=None):
    def change(row):
        value = row.pop(old)
        return row | {new: value if cell is None else cell(value)}

    return columns(table, change, folder)


def dropped(table, name, folder):
    return columns(table, lambda row: {k: v for k, v in row.items() if k != name}, folder)


def many_rows(count, folder):
    content = tables()
    content["floors"] = [
        {"building": "B001", "level": str(i + 1), "area_m2": "0.01"} for i in range(count)
    ]
    return write_csv(folder, content)


def many_faults(folder):
    content = tables()
    content["floors"] = [{"building": "B001", "level": "0", "area_m2": "1"} for _ in range(1000)]
    return write_csv(folder, content)


def wide(folder):
    return changed("floors", lambda t: t.replace("\n", "," * 300 + "\n"), folder)


def second_line(text, old, new):
    lines = text.splitlines(keepends=True)
    lines[2] = lines[2].replace(old, new)
    return "".join(lines)


BUILDINGS, FLOORS = "buildings", "floors"
FILES = [
    ("A01-no-folder", partial(with_data, "nowhere/"), refuse(code="no-data")),
    (
        "A02-empty-folder",
        partial(with_data, "data/", prepare=lambda f: (f / "data").mkdir()),
        refuse(code="no-data"),
    ),
    ("A03-no-communities", partial(without, "communities.csv"), refuse(code="table-missing")),
    ("A04-no-buildings", partial(without, "buildings.csv"), refuse(code="table-missing")),
    ("A05-empty-file", partial(with_bytes, "buildings.csv", b""), refuse(code="table-missing")),
    (
        "A06-head-only",
        partial(with_bytes, "buildings.csv", b"id,area_m2,lon,lat\n"),
        refuse(code="table-missing"),
    ),
    ("A07-pipe", as_pipe, refuse(code="no-regular-file", file="floors.csv")),
    ("A08-folder-as-file", as_folder, refuse(code="no-regular-file", file="floors.csv")),
    ("A09-dangling-link", partial(as_link, "gone.csv"), refuse(file="floors.csv")),
    ("A10-table-twice", twice, refuse(code="table-twice")),
    (
        "A11-misspelt-name",
        partial(beside, "flors.csv"),
        warn(code="file-unknown", file="flors.csv"),
    ),
    ("A12-book-in-folder", book_in_folder, warn(code="file-unknown", file="全部.xlsx")),
    ("A13-data-is-a-csv", partial(with_data, "scenario.toml"), refuse(code="no-data")),
    ("A14-inner-link", as_inner_link, normalise("floors", 0, "level", "1")),
    ("A15-absolute", partial(with_data, "/etc/"), refuse(code="outside")),
    ("A16-above", partial(with_data, "../../../"), refuse(code="outside")),
]
CSV = [
    ("B01-utf8-bom", partial(encoded, BUILDINGS, "utf-8-sig"), normalise(*NAME)),
    ("B02-gbk", partial(encoded, BUILDINGS, "gbk"), normalise(*NAME)),
    ("B03-gb18030", partial(encoded, BUILDINGS, "gb18030"), normalise(*NAME)),
    ("B04-utf16", partial(encoded, BUILDINGS, "utf-16"), normalise(*NAME)),
    ("B05-utf32", partial(encoded, BUILDINGS, "utf-32"), either(*NAME)),
    ("B06-mixed", half_gbk, refuse(code="encoding-mixed", row=4)),
    (
        "B07-big5",
        partial(
            encoded,
            BUILDINGS,
            "big5",
            change=lambda t: (
                t.replace("拱墅区", "灣區樓").replace("旧楼", "舊樓").replace("一街", "壹街")
            ),
        ),
        refuse(file="buildings.csv"),
    ),
    (
        "B08-binary",
        partial(with_bytes, "buildings.csv", bytes(range(256)) * 4),
        refuse(code="not-text", file="buildings.csv"),
    ),
    (
        "B09-workbook-called-csv",
        partial(with_bytes, "buildings.csv", b"PK\x03\x04abc"),
        refuse(code="no-csv", file="buildings.csv"),
    ),
    (
        "B10-web-page-called-csv",
        partial(with_bytes, "buildings.csv", b"<html><table></table></html>"),
        refuse(code="no-csv", file="buildings.csv"),
    ),
    (
        "B11-semicolons",
        partial(changed, BUILDINGS, lambda t: t.replace(",", ";")),
        normalise(*NAME),
    ),
    ("B12-tabs", partial(changed, BUILDINGS, lambda t: t.replace(",", "\t")), normalise(*NAME)),
    (
        "B13-separator-line",
        partial(changed, BUILDINGS, lambda t: "sep=;\n" + t.replace(",", ";")),
        normalise(*NAME),
    ),
    (
        "B14-open-quote",
        partial(changed, BUILDINGS, lambda t: second_line(t, "旧楼2", '"旧楼2')),
        refuse(code="csv", file="buildings.csv"),
    ),
    (
        "B15-cell-too-many",
        partial(changed, BUILDINGS, lambda t: second_line(t, "旧楼2", "旧,楼2")),
        refuse(code="row-too-long", row=3),
    ),
    (
        "B16-every-row-too-long",
        partial(changed, FLOORS, lambda t: t.replace("\n", ",7\n").replace("area_m2,7", "area_m2")),
        refuse(code="row-too-long", row=2),
    ),
    (
        "B17-row-too-short",
        partial(changed, FLOORS, lambda t: second_line(t, ",2,250", "")),
        refuse(code="cell-missing", row=3),
    ),
    ("B18-crlf", partial(changed, BUILDINGS, lambda t: t.replace("\n", "\r\n")), normalise(*NAME)),
    ("B19-cr", partial(changed, BUILDINGS, lambda t: t.replace("\n", "\r")), either(*NAME)),
    (
        "B20-blank-lines",
        partial(changed, BUILDINGS, lambda t: t.replace("\n", "\n\n")),
        normalise(*NAME),
    ),
    (
        "B21-title-above",
        partial(changed, BUILDINGS, lambda t: "拱墅区候选楼一览表\n" + t),
        normalise(*NAME, code="title-rows", row=1),
    ),
    (
        "B22-unit-above",
        partial(changed, BUILDINGS, lambda t: "单位:万元\n" + t),
        refuse(code="unit-in-title", row=1),
    ),
    (
        "B23-total-below",
        partial(changed, BUILDINGS, lambda t: t + "合计,,,,,,2600\n"),
        normalise(*NAME, code="total-row", row=6),
    ),
    (
        "B24-note-below",
        partial(changed, BUILDINGS, lambda t: t + "注:面积以房产证为准\n"),
        normalise(*NAME, code="footnote", row=6),
    ),
    (
        "B25-lost-signs",
        partial(changed, BUILDINGS, lambda t: t.replace("旧楼2", "锟斤拷")),
        refuse(code="text-damaged", row=3, column="name"),
    ),
    (
        "B26-nul",
        partial(changed, BUILDINGS, lambda t: t.replace("旧楼2", "旧\0楼")),
        refuse(file="buildings.csv"),
    ),
    (
        "B27-head-again",
        partial(changed, FLOORS, lambda t: t + "building,level,area_m2\n"),
        normalise("floors", 7, "level", "2", code="head-repeated", row=10),
    ),
]
COLUMNS = [
    ("D01-no-area", partial(dropped, FLOORS, "area_m2"), refuse(code="column-missing")),
    ("D02-no-id", partial(dropped, BUILDINGS, "id"), refuse(code="column-missing", column="id")),
    (
        "D03-unknown",
        partial(renamed, BUILDINGS, "site", "colour"),
        warn(code="column-unknown", column="colour"),
    ),
    (
        "D04-misspelt",
        partial(renamed, FLOORS, "area_m2", "ares_m2"),
        refuse(code="column-missing", column="area_m2"),
    ),
    (
        "D05-twice",
        partial(renamed, BUILDINGS, "site", "建筑面积"),
        refuse(code="column-twice", row=1),
    ),
    (
        "D06-chinese",
        partial(renamed, FLOORS, "area_m2", "建筑面积"),
        normalise(FLOORS, 0, "area_m2", "250"),
    ),
    (
        "D07-unit",
        partial(renamed, FLOORS, "area_m2", "建筑面积(㎡)"),
        normalise(FLOORS, 0, "area_m2", "250"),
    ),
    (
        "D08-wan",
        partial(renamed, FLOORS, "area_m2", "面积(万㎡)", cell=lambda v: f"0.0{v}"),
        normalise(FLOORS, 0, "area_m2", "250.0000"),
    ),
    (
        "D09-unit-of-else",
        partial(renamed, FLOORS, "area_m2", "建筑面积(万元)"),
        refuse(code="unit-wrong", column="建筑面积(万元)"),
    ),
    ("D10-mu", partial(renamed, FLOORS, "area_m2", "建筑面积(亩)"), refuse(code="unit-wrong")),
    (
        "D11-remark",
        partial(renamed, FLOORS, "area_m2", "建筑面积(含公摊)"),
        normalise(FLOORS, 0, "area_m2", "250", code="unit-unknown"),
    ),
    (
        "D12-yuan-as-wan",
        partial(renamed, BUILDINGS, "acquire_yuan", "取得费用(万元)", cell=lambda _: "10"),
        normalise(BUILDINGS, 1, "acquire_yuan", "100000"),
    ),
    (
        "D13-wan-said-twice",
        partial(renamed, BUILDINGS, "acquire_yuan", "取得费用(万元)", cell=lambda _: "10元"),
        refuse(code="unit-twice", row=3),
    ),
    (
        "D14-month",
        partial(renamed, BUILDINGS, "site", "年租金(元/月)"),
        refuse(code="unit-wrong", column="年租金(元/月)"),
    ),
    (
        "D15-capitals",
        partial(renamed, FLOORS, "area_m2", "AREA_M2"),
        normalise(FLOORS, 0, "area_m2", "250"),
    ),
    (
        "D16-no-head",
        partial(
            changed,
            FLOORS,
            lambda t: t.replace("area_m2\n", "area_m2,\n").replace("250\n", "250,x\n"),
        ),
        refuse(code="row-too-long"),
    ),
    (
        "D17-unit-without-brackets",
        partial(renamed, FLOORS, "area_m2", "建筑面积㎡"),
        normalise(FLOORS, 0, "area_m2", "250"),
    ),
    (
        "D18-contradicting-unit",
        partial(renamed, BUILDINGS, "acquire_yuan", "acquire_10k_yuan(元)"),
        refuse(code="unit-wrong"),
    ),
]
SIZES = [
    ("M01-300-columns", wide, refuse(code="sheet-too-large", file="floors.csv")),
    ("M02-1000-faults-are-capped", many_faults, refuse(code="level-zero")),
]
SLOW = [("M03-250000-rows", partial(many_rows, 250_000), refuse(code="sheet-too-large"))]


def cases():
    found = [BadCase(*row) for row in (*FILES, *CSV, *COLUMNS, *SIZES)]
    return found + [BadCase(*row, slow=True) for row in SLOW]
