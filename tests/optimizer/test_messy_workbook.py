"""A workbook as an office sends it: read to the right numbers, or every fault of it named."""

import datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from optimizer.api import check, read_case
from optimizer.errors import InputError
from tests.bad_input.base import write_book

TITLE = "2025年拱墅区嵌入式服务设施候选房产一览表"


def communities(book):
    """Title, two lines of head under merged groups, merged street, subtotal, total, footnote."""
    sheet = book.create_sheet("社区")
    sheet.append(["拱墅区社区基本情况表"])
    sheet.append(["填报单位:示例街道办", None, None, "填表日期:2025年3月"])
    sheet.append(
        ["序号", "社区编码", "社区名称", "区", "街道", "人口", None, "户数(万户)", "位置", None]
    )
    sheet.append([None, None, None, None, None, "常住人口", "60岁以上", None, "经度", "纬度"])
    rows = [
        (330105001051, "第一社区", "1,900", 480, 0.08, 120.1511, 30.3012),
        (330105001052, "第二社区", "2,800人", 700, 0.12, 120.1521, 30.3022),
        ("３３０１０５００１０５３", "第三社区", 2100, 500, 0.0875, 120.1531, 30.3032),
    ]
    for i, (id, name, people, old, households, lon, lat) in enumerate(rows, start=1):
        district, street = ("拱墅区", "一街") if i == 1 else (None, None)
        sheet.append([i, id, name, district, street, people, old, households, lon, lat])
    sheet.append(["小计", None, None, None, None, 6800, 1680, 0.2875])
    sheet.append(["总计", None, None, None, None, 6800, 1680, 0.2875])
    sheet.append(["注:1.人口为2024年末数。"])
    for area in ("A1:J1", "F3:G3", "I3:J3", "D5:D7", "E5:E7", "A3:A4", "B3:B4"):
        sheet.merge_cells(area)


def buildings(book):
    """Units in heads and cells, dates for years, words for codes, a hidden row, a blank row."""
    sheet = book.create_sheet("候选楼")
    sheet.append([TITLE])
    sheet.append(
        [
            *("房屋编码", "房屋名称", "所属区", "所属街道", "经度", "纬度", "建筑面积（㎡）"),
            *("产权", "来源方式", "取得费用(万元)", "腾退年份", "消防合格", "电梯"),
            *("产权人同意", "耐火等级"),
        ]
    )
    place = ["拱墅区", "一街"]
    sheet.append(
        [
            "B-01",
            "旧楼甲",
            *place,
            120.1514,
            30.3011,
            "1,200.50",
            "国有",
            "划转",
            30,
            *(datetime.date(2024, 6, 30), "是", "有", "√", "Ⅱ"),
        ]
    )
    sheet.append([])
    sheet.append(
        [
            "B-02",
            "旧楼乙",
            *place,
            120.1524,
            30.3021,
            "900㎡",
            "集体",
            "转型",
            0.5,
            "2023年",
            *("可提升", "无", "是", "二级"),
        ]
    )
    sheet.append(
        [
            "B-03",
            "旧楼丙",
            *place,
            120.1534,
            30.3031,
            0.1 + 700.2,
            "市属国企",
            "划转",
            0,
            2022,
            *(True, False, 1, "III"),
        ]
    )
    sheet.append(["合计", None, None, None, None, None, 2800.8])
    sheet.row_dimensions[5].hidden = True
    sheet.merge_cells("A1:O1")


def messy(change=lambda book: None):
    book = Workbook()
    book.active.title = "封面"
    communities(book)
    buildings(book)
    change(book)
    return book


def test_it_is_read_to_the_right_numbers(tmp_path):
    read = read_case(write_book(tmp_path, messy()))
    people = {
        c.id: (c.district, c.street, c.households, c.residents, c.elderly, c.lon, c.lat)
        for c in read.instance.communities.values()
    }
    assert people == {
        "330105001051": ("拱墅区", "一街", 800, 1900, 480, 120.1511, 30.3012),
        "330105001052": ("拱墅区", "一街", 1200, 2800, 700, 120.1521, 30.3022),
        "330105001053": ("拱墅区", "一街", 875, 2100, 500, 120.1531, 30.3032),
    }
    columns = ("id", "area_m2", "owner", "route", "acquire_yuan", "available_year", "fire_ok")
    columns += ("lift", "consent_owner", "fire_class")
    assert [tuple(r.values[c] for c in columns) for r in read.tables["buildings"].rows] == [
        ("B-01", Decimal("1200.50"), "state", "transfer", 300_000, 2024, "1", "1", True, "II"),
        ("B-02", 900, "collective", "conversion", 5000, 2023, "upgrade", "0", True, "II"),
        ("B-03", Decimal("700.3"), "municipal_soe", "transfer", 0, 2022, "1", "0", True, "III"),
    ]


def test_what_was_left_out_or_understood_is_told_where_it_stands(tmp_path):
    told = {(i.code, i.sheet, i.row) for i in check(write_book(tmp_path, messy()))}
    assert told >= {
        ("title-rows", "社区", 1),
        ("total-row", "社区", 8),
        ("total-row", "社区", 9),
        ("footnote", "社区", 10),
        ("merged-cell", "社区", 6),
        ("cell-grouped", "社区", 5),
        ("cell-unit", "社区", 6),
        ("cell-cleaned", "社区", 7),
        ("title-rows", "候选楼", 1),
        ("cell-date", "候选楼", 3),
        ("cell-unit", "候选楼", 5),
        ("hidden-row", "候选楼", 5),
        ("total-row", "候选楼", 7),
    }


def spoil(book):
    """Seven faults in seven cells."""
    people, stock = book["社区"], book["候选楼"]
    people["F5"] = "约1900"
    people["I6"], people["J6"] = 30.3022, 120.1521
    people["B7"] = 330105199901011234
    stock["G3"] = "#REF!"
    stock["H5"] = "国有企业"
    stock["J6"] = "=1+1"
    for cell in stock[3]:
        cell.font = Font(strike=True)


def test_every_fault_is_named_in_one_pass(tmp_path):
    with pytest.raises(InputError) as error:
        check(write_book(tmp_path, messy(spoil)))
    told = {(i.code, i.sheet, i.row) for i in error.value.issues if i.severity == "error"}
    assert told == {
        ("not-a-number", "社区", 5),
        ("lonlat-swapped", "社区", 6),
        ("code-damaged", "社区", 7),
        ("error-cell", "候选楼", 3),
        ("struck-row", "候选楼", 3),
        ("not-a-choice", "候选楼", 5),
        ("formula-without-value", "候选楼", 6),
    }


def test_money_of_a_whole_sheet_in_wan_is_not_guessed(tmp_path):
    def title(book):
        book["候选楼"]["A1"] = "候选房产一览表 单位:万元"

    with pytest.raises(InputError) as error:
        check(write_book(tmp_path, messy(title)))
    assert [i.code for i in error.value.issues if i.severity == "error"] == ["unit-in-title"]
