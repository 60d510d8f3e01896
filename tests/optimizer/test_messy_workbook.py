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


def told(tmp_path, change):
    return {(i.code, i.severity, i.row) for i in check(write_book(tmp_path, messy(change)))}


def cell(name, value):
    return lambda book: book["候选楼"].__setitem__(name, value)


@pytest.mark.parametrize(
    ("column", "said"), [("C", "拱墅"), ("C", "拱 墅 区"), ("D", "一 街"), ("D", "一街街道")]
)
def test_a_building_in_a_district_or_street_of_nobody_is_told(column, said, tmp_path):
    code = "unknown-district" if column == "C" else "unknown-street"
    assert (code, "warning", 3) in told(tmp_path, cell(f"{column}3", said))


@pytest.mark.parametrize(
    ("lon", "is_told"), [(120.1514, False), (120.15, False), (120.2, True), (120, True)]
)
def test_a_degree_too_rough_for_a_walk_is_told(lon, is_told, tmp_path):
    # 30.3011 beside it has four decimals; a program drops the zeros of 120.1500
    found = told(tmp_path, cell("E3", lon))
    assert (("point-coarse", "warning", 3) in found) == is_told


@pytest.mark.parametrize(
    ("name", "words"),
    [("L3", ("合格", "是", "√", True)), ("N3", ("同意", "是", 1)), ("M3", ("有", "是", "TRUE"))],
)
def test_yes_is_read_as_offices_say_it(name, words, tmp_path):
    column = {"L": "fire_ok", "M": "lift", "N": "consent_owner"}[name[0]]
    for n, word in enumerate(words):
        (tmp_path / str(n)).mkdir()
        read = read_case(write_book(tmp_path / str(n), messy(cell(name, word))))
        assert read.tables["buildings"].rows[0].values[column] in ("1", True)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("G3", "约600", "not-a-number"),
        ("G3", "1200㎡(含地下)", "not-a-number"),
        ("G3", "600-800", "not-a-number"),
        ("G3", "1 200", "not-a-number"),
        ("G3", "#REF!", "error-cell"),
        ("G3", "=1000+200", "formula-without-value"),
        ("J3", "300,000元", "unit-twice"),
        ("J3", "/", "not-a-number"),
        ("J3", "(200)", "not-a-number"),
        ("K6", 45473, "not-a-year"),
        ("K3", "2024-13-01", "no-such-day"),
        ("K3", "待定", "not-a-number"),
        ("L3", "未知", "not-a-choice"),
        ("E3", "120°9′5″", "not-a-number"),
        ("E3", "120.1514E", "not-a-number"),
        ("A5", " B－01", "duplicate"),
        ("G2", "建筑面积（亩）", "unit-wrong"),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(name, value, code, tmp_path):
    with pytest.raises(InputError) as refused:
        read_case(write_book(tmp_path, messy(cell(name, value))))
    places = {(i.code, i.sheet, i.row) for i in refused.value.issues if i.severity == "error"}
    assert (code, "候选楼", int(name[1:])) in places


def test_a_message_in_chinese_lists_chinese_words(tmp_path):
    with pytest.raises(InputError) as refused:
        read_case(write_book(tmp_path, messy(cell("H3", "私有"))))
    [issue] = [i for i in refused.value.issues if i.severity == "error"]
    assert "应为其一:国有、市属国企、部门、集体、社会。" in issue.line("zh")
    assert "must be one of: state, municipal_soe" in issue.line("en")
