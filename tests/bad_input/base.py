"""A valid case that every bad one is a change of, and how it is written as CSV or a workbook."""

import copy
import csv
import io
from pathlib import Path

from openpyxl import Workbook

HOME = {"district": "拱墅区", "street": "一街"}
COMMUNITIES = [
    {"id": f"33010500105{i}", "name": f"第{i}社区", **HOME, "households": str(800 + 100 * i)}
    | {"residents": str(2000 + 10 * i), "kind": "existing", "type": "community"}
    | {"lon": f"120.15{i}1", "lat": f"30.30{i}2", "pilot": "candidate"}
    for i in range(1, 5)
]
BUILDINGS = [
    {"id": f"B00{i}", "name": f"旧楼{i}", **HOME, "lon": f"120.15{i}4", "lat": f"30.30{i}1"}
    | {"area_m2": str(500 + 100 * i), "owner": "state", "route": "transfer", "lift": "1"}
    | {"acquire_yuan": "100000", "available_year": "2024", "fire_ok": "1", "site": ""}
    | {"lock": "", "replaces": "", "fire_class": "II", "consent_owner": "1"}
    | {"structure_ok": "1", "consent_department": "1", "review_ok": "1"}
    for i in range(1, 5)
]
FLOORS = [
    {"building": f"B00{i}", "level": level, "area_m2": str(200 + 50 * i)}
    for i in range(1, 5)
    for level in ("1", "2")
]
FACILITIES = [
    {"id": f"E{i}", "community": f"33010500105{i}", "function": "health", "area_m2": "120"}
    | {"year": "2018", "hub": "0", "counted": "1", "lon": f"120.15{i}2", "lat": f"30.30{i}3"}
    for i in range(1, 5)
]
TABLES = {
    "communities": COMMUNITIES,
    "buildings": BUILDINGS,
    "floors": FLOORS,
    "facilities": FACILITIES,
}
SCENARIO = """name = "测试"
data = "data/"
policy = "hangzhou-2024"
coords = "cgcs2000"
deadline = 2025

[pilots]
target = 2

[budget]
total_10k_yuan = 500

[reach]
walk_m = 1000
"""


def tables():
    """A copy of the valid tables, to be spoiled."""
    return copy.deepcopy(TABLES)


def heads(rows):
    return list(dict.fromkeys(head for row in rows for head in row))


def csv_text(rows):
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, heads(rows), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def write_csv(folder: Path, content=None, scenario=SCENARIO) -> Path:
    """The case as a folder of CSV; the path of its scenario."""
    data = folder / "case" / "data"
    data.mkdir(parents=True)
    for name, rows in (content or tables()).items():
        (data / f"{name}.csv").write_text(csv_text(rows), "utf-8")
    return write_scenario(folder, scenario)


def write_scenario(folder: Path, scenario=SCENARIO) -> Path:
    path = folder / "case" / "scenario.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(scenario, "utf-8")
    return path


def workbook(content=None) -> Workbook:
    """The case as a workbook, every cell text."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in (content or tables()).items():
        sheet = book.create_sheet(name)
        names = heads(rows)
        sheet.append(names)
        for row in rows:
            sheet.append([row.get(head, "") or None for head in names])
    return book


def write_book(folder: Path, book: Workbook, scenario=SCENARIO) -> Path:
    path = write_scenario(folder, scenario.replace('"data/"', '"case.xlsx"'))
    book.save(path.parent / "case.xlsx")
    return path
