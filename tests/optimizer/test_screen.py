"""A table on screens of every width: no figure is broken, no column lost."""

import io

import pytest
from rich.console import Console

from optimizer.export.grid import Column, Grid, width_of
from optimizer.screen import print_grid

COLUMNS = (
    *(Column("社区编码"), Column("社区", "wide"), Column("建筑面积(㎡)", "area")),
    *(Column("一次性投入(元)", "money"), Column("所缺", "long"), Column("满足率", "share")),
)
ROWS = (
    ("330105001051", "第一社区", 1234.5, 59_988_674.31, "共同体面积、养老托育、社区助餐", 0.294),
    ("330105001052", "第二社区", 900, 0, "", 1),
)
GRID = Grid("各社区", COLUMNS, ROWS, frozen=2)
FIGURES = ("1,234.50", "59,988,674.31", "29.4%", "900.00", "100.0%")


def shown(width, grid=GRID):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_grid(console, grid, "zh")
    return console.file.getvalue().splitlines()


# widths: codes 12, names 8, area 12, money 13, words 24, share 6, and 5 gaps of 2: 85
@pytest.mark.parametrize(("width", "parts"), [(200, 1), (85, 1), (84, 2), (60, 2), (40, 4)])
def test_columns_without_room_stand_below_with_the_first_ones_again(width, parts):
    lines = shown(width)
    assert max(map(width_of, lines)) <= width
    assert sum("330105001052" in line for line in lines) == parts
    assert sum("各社区" in line for line in lines) == 1


@pytest.mark.parametrize("width", [40, 60, 84, 85, 120, 200])
def test_no_figure_is_broken_between_lines(width):
    text = "\n".join(shown(width))
    assert [figure for figure in FIGURES if figure not in text] == []
