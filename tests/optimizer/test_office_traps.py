"""Traps of office workbooks, one at a time on a sound one: read as shown, or refused where it is.

Each would be a number or a name that no one meant, taken without a word.
"""

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from optimizer.api import read_case
from optimizer.errors import InputError
from optimizer.load.number_format import shown_as
from tests.bad_input.base import write_book

C, B = "社区", "候选楼"
COMMUNITIES = (
    ("附件1:临江区社区基本情况汇总表",),
    (
        "序号",
        "社区编码",
        "社区名称",
        "区",
        "街道",
        "户数(户)",
        "常住人口(人)",
        "经度",
        "纬度",
        "联合体",
    ),
    (1, "330105001001", "江东社区", "拱墅区", "江东街道", 800, 1900, 120.1511, 30.3012),
    (2, "330105001002", "江西社区", "拱墅区", "江东街道", 1200, 2800, 120.1521, 30.3022),
)
BUILDINGS = (
    ("附件2:候选房产",),
    (
        *("编码", "房屋名称", "区", "街道", "经度", "纬度", "建筑面积(㎡)", "权属"),
        *("来源方式", "取得费用(元)", "地块"),
    ),
    ("L-01", "旧楼", "拱墅区", "江东街道", 120.1514, 30.3011, 1200.5, "国有", "划转", 300_000),
    ("L-02", "旧厂", "拱墅区", "江东街道", 120.1524, 30.3021, 900, "集体", "转型", 5000),
)


def book(change):
    made = Workbook()
    made.active.title = "封面"
    for name, rows in ((C, COMMUNITIES), (B, BUILDINGS)):
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    change(made)
    return made


def shown(cell, pattern, value):
    def change(made):
        made[B][cell].value, made[B][cell].number_format = value, pattern

    return change


def put(sheet, **cells):
    def change(made):
        for place, value in cells.items():
            made[sheet][place] = value

    return change


def below(*row):
    return lambda made: made[B].append(row)


def parts(*texts, **look):
    """The last of *texts* looks otherwise than those before it."""
    *before, last = texts
    return put(B, G3=CellRichText(*before, TextBlock(InlineFont(**look), last)))


READ = [
    # 30 shown as 30万元 is 300,000 yuan, whatever the head says that agrees with it
    (shown("J3", '0"万元"', 30), "acquire_yuan", 300_000),
    (shown("J3", '0!.0,"万"', 305_000), "acquire_yuan", 305_000),  # shown as 30.5万
    (shown("J3", '[>=10000]0!.0,"万元";0"元"', 305_000), "acquire_yuan", 305_000),
    (shown("J3", '[>=10000]0!.0,"万元";0"元"', 9_999), "acquire_yuan", 9_999),
    (shown("J3", '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ', 12.5), "acquire_yuan", 12.5),
    (shown("G3", '0.00"万㎡"', 0.12), "area_m2", 1200),
    (shown("G3", '#,##0.00"㎡"', 1200.5), "area_m2", 1200.5),
    (put(B, J2="取得费用(含税,万元)", J3=30, J4=1), "acquire_yuan", 300_000),
    (put(B, G2="建筑面积(产权证)(万㎡)", G3=0.12, G4=0.09), "area_m2", 1200),
    (put(B, G2="建筑面积(产权证)(平方)"), "area_m2", 1200.5),
    (parts("1200m", "2", vertAlign="superscript"), "area_m2", 1200),
    (below("平均", None, None, None, None, None, 1050.25), "area_m2", 1200.5),
    (below("其中:国有", None, None, None, None, None, 1200.5), "area_m2", 1200.5),
    (below("共2处", None, None, None, None, None, 2100.5), "area_m2", 1200.5),
    (below("二、江南街道"), "area_m2", 1200.5),
    (below("1.面积以不动产登记为准;"), "area_m2", 1200.5),
    (below("单位负责人:", None, "填表人:甲", None, None, "2025年3月"), "area_m2", 1200.5),
]


@pytest.mark.parametrize(("change", "column", "value"), READ)
def test_it_is_read_as_it_is_shown_and_what_is_no_row_is_told(change, column, value, tmp_path):
    case = read_case(write_book(tmp_path, book(change)))
    rows = case.tables["buildings"].rows
    assert [row.values["id"] for row in rows] == ["L-01", "L-02"]
    assert float(rows[0].values[column]) == value
    last = book(change)[B].max_row
    if last > 4:
        assert last in {issue.row for issue in case.issues if issue.sheet == B}


def rent(head, cell):
    return put(B, L2=head, L3=cell, L4=0)


@pytest.mark.parametrize(
    ("head", "cell", "yuan_per_year"),
    [
        ("月租金", 2500.5, 30_006),  # 12 × 2,500.5 yuan
        ("月租金(元)", 1000, 12_000),
        ("月租金(万元)", 0.1, 12_000),
        ("月租金(万元/月)", 0.1, 12_000),
        ("年租金(万元)", 1.2, 12_000),
    ],
)
def test_a_rent_by_month_is_twelve_times_that_a_year_and_is_told(
    head, cell, yuan_per_year, tmp_path
):
    case = read_case(write_book(tmp_path, book(rent(head, cell))))
    assert case.tables["buildings"].rows[0].values["rent_yuan_per_year"] == yuan_per_year
    told = {i.column for i in case.issues if i.code == "unit-month"}
    assert told == ({head} if head.startswith("月") else set())


@pytest.mark.parametrize(
    ("head", "cell", "code"),
    [
        ("月租金(元/㎡·月)", 30, "unit-wrong"),  # of a square metre
        ("月租金(元/年)", 1000, "unit-wrong"),
        ("月租金(美元)", 1000, "unit-wrong"),
        ("月租金", "0.1万元", "unit-twice"),  # would be 1,000 a year beside the head's 12
    ],
)
def test_a_rent_by_month_in_another_unit_is_refused(head, cell, code, tmp_path):
    with pytest.raises(InputError) as refused:
        read_case(write_book(tmp_path, book(rent(head, cell))))
    assert code in {i.code for i in refused.value.issues if i.severity == "error"}


def called(title, *others):
    """The sheet of communities under *title*, and more sheets with the same rows."""

    def change(made):
        for other in others:
            made.copy_worksheet(made[C]).title = other
        made[C].title = title

    return change


@pytest.mark.parametrize(
    "title",
    [
        *("附件1 社区", "附件1社区", "附件一:社区", "附表1-2 社区表", "表3.社区", "附件１　社区"),
        *("社区(2024)", "社区2024年", "社区 2024年度", "社区（拱墅区）", "附件1 社区(2024)"),
    ],
)
def test_a_sheet_named_as_an_annex_or_of_a_year_is_read_and_told(title, tmp_path):
    title = title.replace(":", "、")  # no sheet's name has a colon
    case = read_case(write_book(tmp_path, book(called(title))))
    assert len(case.tables["communities"].rows) == 2
    assert [i.sheet for i in case.issues if i.code == "sheet-taken"] == [title]


@pytest.mark.parametrize(
    ("title", "others"),
    [
        ("社区(2023)", ("社区(2024)",)),  # which of the two?
        ("附件1 社区", ("社区(2024)",)),
        ("社区(作废)", ()),
        ("社区(样表)", ()),
        ("老社区", ()),
        ("社区照片", ()),
        ("社区和楼层", ()),
    ],
)
def test_a_sheet_that_may_be_another_is_not_read_and_named(title, others, tmp_path):
    with pytest.raises(InputError) as refused:
        read_case(write_book(tmp_path, book(called(title, *others))))
    assert {title, *others} == {i.sheet for i in refused.value.issues if i.code == "sheet-unknown"}


def test_beside_the_sheet_that_has_the_name_one_of_a_year_is_not_read(tmp_path):
    case = read_case(write_book(tmp_path, book(called(C, "社区(2023)"))))
    assert [i.sheet for i in case.issues if i.code == "sheet-unknown"] == ["社区(2023)"]
    assert "sheet-taken" not in {i.code for i in case.issues}


REFUSED = [
    (shown("J3", "[$$-409]#,##0.00", 30), ("not-a-number", B, 3)),
    (shown("J3", "#,##0,", 300_000), ("shown-smaller", B, 3)),  # shown as 300
    (shown("G3", "0%", 8), ("not-a-number", B, 3)),
    (shown("G3", '0"亩"', 12), ("not-a-number", B, 3)),
    (parts("1200", "900", strike=True), ("struck-text", B, 3)),
    (parts("1200", "1", vertAlign="superscript"), ("raised-digit", B, 3)),
    (put(C, F2="户数(百户)"), ("unit-wrong", C, 2)),
    (put(C, D4="同上"), ("ditto", C, 4)),
    (put(C, C4="〃"), ("ditto", C, 4)),
    (put(B, D4="同上"), ("ditto", B, 4)),
    (put(C, E4="/"), ("no-value", C, 4)),
    (put(C, J3="无", J4="无"), ("no-value", C, 4)),  # one union called 无
    (put(B, K3="—", K4="—"), ("no-value", B, 4)),  # one site called —
]


@pytest.mark.parametrize(("change", "fault"), REFUSED)
def test_what_could_be_meant_otherwise_is_refused_where_it_stands(change, fault, tmp_path):
    with pytest.raises(InputError) as refused:
        read_case(write_book(tmp_path, book(change)))
    errors = {(i.code, i.sheet, i.row) for i in refused.value.issues if i.severity == "error"}
    assert fault in errors


@pytest.mark.parametrize(
    ("value", "pattern", "scale", "unit"),
    [
        (30, "General", 1, ""),
        (30, '0"万元"', 1, "万元"),
        (305_000, '0!.0,"万"', 10_000, "万"),  # a thousand by the comma, ten by the moved point
        (300_000, "#,##0,", 1000, ""),
        (3e8, '0.00,,"百万元"', 1_000_000, "百万元"),
        (0.25, "0.0%", "0.01", "%"),
        (1.5, '"约"0.0', 1, ""),
        (5, '[<10]0"元";0"万元"', 1, "元"),
        (10, '[<10]0"元";0"万元"', 1, "万元"),
        (-3, '0"万元";0"元"', 1, "元"),
    ],
)
def test_a_format_says_what_is_shown_beside_a_number(value, pattern, scale, unit):
    found = shown_as(value, pattern)
    assert (float(found[0]), found[1]) == (float(scale), unit)
