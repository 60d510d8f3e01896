"""A district's workbook with the habits of an office: read to the right numbers, or every fault.

Read means: the number a clerk means, wherever only one can be meant, and a note of what was done.
"""

from decimal import Decimal

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from optimizer.api import check, read_case
from optimizer.cli import app
from optimizer.errors import InputError
from optimizer.tables import TABLES
from optimizer.text import CellFault, read_cell
from tests.bad_input.base import write_book
from tests.optimizer.district_book import district_book, faults


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return read_case(write_book(tmp_path_factory.mktemp("good"), district_book()))


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    return write_book(tmp_path_factory.mktemp("bad"), district_book(faults))


def rows(case, table, *columns):
    return [tuple(row.values[c] for c in columns) for row in case.tables[table].rows]


def test_people_are_read_under_two_lines_of_heads_and_through_subtotals(good):
    columns = ("id", "name", "street", "kind", "residents", "infants", "elderly", "households")
    # 0.08, 0.0875 and 0.12 万户 are 800, 875 and 1,200 households
    assert rows(good, "communities", *columns) == [
        ("330105009001", "湖东第一社区", "湖东街道", "existing", 1900, 38, 410, 800),
        ("330105009002", "湖东第二社区", "湖东街道", "new", 2100, 42, 500, 875),
        ("330105009003", "湖西社区", "湖西街道", "existing", 2800, 61, 702, 1200),
    ]


def test_buildings_are_read_in_yuan_and_square_metres_whatever_unit_stands_where(good):
    columns = ("id", "area_m2", "outdoor_m2", "owner", "route", "acquire_yuan")
    # 1,234.56 and 0.5 万元 are 12,345,600 and 5,000 yuan
    assert rows(good, "buildings", *columns) == [
        ("B-01", Decimal("1200.50"), 60, "state", "transfer", 12_345_600),
        ("B-02", 900, 0, "collective", "conversion", 5000),
        ("b-03", Decimal("700.3"), Decimal("12.5"), "municipal_soe", "transfer", 0),
    ]
    columns = ("rent_yuan_per_year", "available_year", "fire_ok", "structure_ok", "lift")
    assert rows(good, "buildings", *columns, "consent_owner") == [
        (0, 2024, "1", "1", "1", True),
        (12_000, 2023, "upgrade", "1", "0", True),
        (0, 2022, "1", "1", "0", True),
    ]


def test_floors_under_a_merged_building_are_all_of_that_building(good):
    assert rows(good, "floors", "building", "level", "area_m2") == [
        ("B-01", -1, Decimal("200.5")),
        ("B-01", 1, 1000),
        ("B-02", 1, 900),
        ("b-03", 1, Decimal("700.3")),  # without floors a building is its ground floor
    ]


def test_what_was_left_out_or_understood_is_told_under_the_heads_as_written(good):
    told = {(i.code, i.sheet, i.row, i.column) for i in good.issues}
    assert told >= {
        ("title-rows", "社区", 1, ""),
        ("total-row", "社区", 7, ""),
        ("total-row", "社区", 9, ""),
        ("footnote", "社区", 10, ""),
        ("footnote", "社区", 11, ""),
        ("hidden-column", "社区", 3, "0-2岁"),
        ("merged-cell", "社区", 6, "街道"),
        ("total-row", "候选楼", 5, ""),
        ("column-unknown", "候选楼", 2, "备注"),
        ("cell-grouped", "候选楼", 3, "建筑面积（㎡）"),
        ("cell-date", "候选楼", 3, "腾退年份"),
        ("merged-cell", "楼层", 3, "房屋编码"),
        ("cell-words", "楼层", 2, "楼层"),
    }
    # the hidden column of remarks is none of ours: that it is not used is all there is to say
    assert not [i for i in good.issues if i.code == "hidden-column" and i.column == "备注"]
    [cleaned] = [i for i in good.issues if i.code == "cell-cleaned" and i.sheet == "候选楼"]
    assert cleaned.value == "Ｂ－０１"


def test_every_fault_is_named_once_with_its_place_and_value(bad):
    with pytest.raises(InputError) as refused:
        check(bad)
    errors = [i for i in refused.value.issues if i.severity == "error"]
    assert sorted((i.sheet, i.row, i.column, i.value, i.code) for i in errors) == sorted(
        [
            ("社区", 5, "常住人口", "约1900", "not-a-number"),
            ("社区", 6, "60+", "五百", "not-a-number"),
            ("社区", 8, "社区代码", "3.30105009003e+26", "code-damaged"),
            ("候选楼", 2, "室外场地(亩)", "", "unit-wrong"),
            ("候选楼", 3, "", "B-01", "struck-row"),
            ("候选楼", 4, "编码", "B-01", "duplicate"),
            ("候选楼", 4, "建筑面积（㎡）", "", "formula-without-value"),
            ("候选楼", 6, "取得费用(万元)", "30万元整", "not-a-number"),
            ("候选楼", 6, "消防合格", "基本合格", "not-a-choice"),
            ("候选楼", 6, "腾退年份", "45473", "not-a-year"),
            ("楼层", 2, "楼层", "夹层", "not-a-level"),
            ("楼层", 4, "建筑面积(㎡)", "九百", "not-a-number"),
            ("楼层", 4, "房屋编码", "B-02", "unknown-id"),  # its row of the stock is called B-01
            ("楼层", 5, "房屋编码", "B-09", "unknown-id"),
        ]
    )
    for issue in errors:
        for lang in ("zh", "en"):
            assert issue.file == "case.xlsx"
            assert issue.message.get(lang)
            assert issue.advice(lang)


@pytest.mark.parametrize(("lang", "said"), [("zh", "像是日期 2024-06-30 的序号"), ("en", "30")])
def test_a_date_kept_as_a_bare_number_is_named_as_the_day_it_is(bad, lang, said):
    with pytest.raises(InputError) as refused:
        check(bad)
    [issue] = [i for i in refused.value.issues if i.code == "not-a-year"]
    assert said in issue.message.get(lang)


def test_the_last_line_says_how_the_faults_are_marked_and_the_copy_has_them_in_red(bad, tmp_path):
    done = CliRunner().invoke(app, ["check", str(bad)])
    assert done.exit_code == 2
    assert done.stderr.rstrip().endswith("加 --mark 问题.xlsx 可在工作簿的副本里标红。")
    target = tmp_path / "marked.xlsx"
    assert CliRunner().invoke(app, ["check", str(bad), "--mark", str(target)]).exit_code == 2
    book = load_workbook(target)
    red = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.start_color.rgb == "FFFF9999" and sheet.title != "问题清单"
    }
    assert red == {
        *(("社区", "G5"), ("社区", "I6"), ("社区", "B8"), ("候选楼", "H2"), ("候选楼", "A3")),
        *(("候选楼", "A4"), ("候选楼", "G4"), ("候选楼", "K6"), ("候选楼", "N6")),
        *(("候选楼", "M6"), ("楼层", "B2"), ("楼层", "C4"), ("楼层", "A4"), ("楼层", "A5")),
    }


@pytest.mark.parametrize(
    ("said", "level"),
    [
        *(("一层", 1), ("首层", 1), ("三楼", 3), ("第3层", 3), ("2F", 2), ("十二层", 12)),
        *(("二十层", 20), ("地下一层", -1), ("负2层", -2), ("B1", -1), ("-1", -1), ("２", 2)),
    ],
)
def test_a_floor_is_read_as_people_say_it(said, level):
    assert read_cell(TABLES["floors"].column("level"), said) == level


@pytest.mark.parametrize("said", ["夹层", "地下", "二三层", "1-2", "顶层"])
def test_a_floor_that_is_no_single_one_is_refused(said):
    with pytest.raises(CellFault) as fault:
        read_cell(TABLES["floors"].column("level"), said)
    assert fault.value.code == "not-a-level"
