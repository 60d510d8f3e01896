"""One cell at a time: what is read, and what is said of what is not."""

from decimal import Decimal

import pytest

from optimizer.heads import nearest, read_head
from optimizer.tables import BUILDINGS, FLOORS, FUNCTIONS
from optimizer.text import CellFault, read_cell


def column(spec, name):
    return spec.column(name)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1200", "1200"),
        ("1,200.50", "1200.50"),
        ("\uff11\uff12\uff10\uff10", "1200"),
        (" 1200\u200b", "1200"),
        ("+7.", "7"),
        (".5", "0.5"),
    ],
)
def test_an_area_is_read_however_it_is_typed(cell, value):
    assert read_cell(column(BUILDINGS, "area_m2"), cell) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("约1200", "not-a-number"),
        ("1,20", "not-a-number"),
        ("1e3", "not-a-number"),
        ("NaN", "not-a-number"),
        ("inf", "not-a-number"),
        ("1200.005", "too-many-decimals"),
        ("0", "too-small"),
        ("-20", "too-small"),
    ],
)
def test_an_area_that_is_none_is_a_fault(cell, code):
    with pytest.raises(CellFault) as fault:
        read_cell(column(BUILDINGS, "area_m2"), cell)
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1", True), ("是", True), ("有", True), ("0", False), ("无", False), ("", None)],
)
def test_a_flag_is_0_or_1_or_a_word_for_it(cell, value):
    assert read_cell(column(BUILDINGS, "review_ok"), cell) is value


@pytest.mark.parametrize(
    ("cell", "value"), [("1", 1), ("-1", -1), ("3层", 3), ("2F", 2), ("\uff11", 1)]
)
def test_a_level_counts_from_the_ground_floor(cell, value):
    assert read_cell(column(FLOORS, "level"), cell) == value


@pytest.mark.parametrize(("cell", "code"), [("0", "level-zero"), ("1.5", "not-whole")])
def test_there_is_no_level_0_and_no_half_level(cell, code):
    with pytest.raises(CellFault) as fault:
        read_cell(column(FLOORS, "level"), cell)
    assert fault.value.code == code


@pytest.mark.parametrize(("cell", "ok"), [("1899", 0), ("1900", 1), ("2200", 1), ("2201", 0)])
def test_a_year_lies_between_1900_and_2200(cell, ok):
    if ok:
        assert read_cell(column(BUILDINGS, "available_year"), cell) == int(cell)
    else:
        with pytest.raises(CellFault):
            read_cell(column(BUILDINGS, "available_year"), cell)


def test_a_choice_is_read_in_chinese_and_lists_what_there_is():
    assert read_cell(column(BUILDINGS, "owner"), "市属国企") == "municipal_soe"
    with pytest.raises(CellFault) as fault:
        read_cell(column(BUILDINGS, "owner"), "国有企业")
    assert "municipal_soe" in fault.value.must.en


@pytest.mark.parametrize("cell", ["1-3", "-1,1-3", "1-3;III:1-2;IV:1", "1-3\uff1bIII:1-2"])
def test_levels_are_ranges_by_fire_class(cell):
    assert ";" not in cell or "III" in read_cell(column(FUNCTIONS, "levels"), cell)


@pytest.mark.parametrize("cell", ["1 to 3", "V:1", "1-", "all"])
def test_levels_that_are_none_are_a_fault(cell):
    with pytest.raises(CellFault):
        read_cell(column(FUNCTIONS, "levels"), cell)


@pytest.mark.parametrize(
    ("head", "name", "factor"),
    [
        ("area_m2", "area_m2", 1),
        ("AREA_M2", "area_m2", 1),
        ("建筑面积(㎡)", "area_m2", 1),
        ("面积(平方米)", "area_m2", 1),
        ("建筑面积(万平方米)", "area_m2", 10_000),
        ("取得费用(万元)", "acquire_yuan", 10_000),
        ("acquire_10k_yuan", "acquire_yuan", 10_000),
        ("取得费用[亿元]", "acquire_yuan", 100_000_000),
    ],
)
def test_a_head_is_understood_with_its_unit(head, name, factor):
    found = read_head("buildings", head)
    assert (found.column.name, found.factor, found.fault) == (name, factor, None)


def test_households_may_stand_in_ten_thousands():
    found = read_head("communities", "户数(万户)")
    assert read_cell(found.column, "0.1234", found.factor) == 1234


def test_an_unknown_head_gets_the_nearest_one():
    assert read_head("buildings", "areas_m2") is None
    assert nearest("buildings", "areas_m2") == "area_m2"
