"""A generator of district workbooks: what offices do to a table, each habit in its own cells.

``district_book`` holds habits that can be read for sure; ``faults`` adds those that cannot.
"""

import datetime

from openpyxl import Workbook
from openpyxl.styles import Font

NONE = (None,)
PEOPLE = ("常住人口", "0-2岁", "60+")
PLACE = ("拱墅区", "湖东街道")
COMMUNITIES = (
    ("湖区社区基本情况统计表(第三稿)",),
    ("填报单位:湖区发改局", *NONE * 8, "填表日期:2025年3月5日"),
    ("序号", "社区基本信息", *NONE * 4, "人口(人)", *NONE * 2, "户数(万户)", "坐标", None),
    (None, "社区代码", "社区名称", "区县", "街道", "新旧", *PEOPLE, None, "经度", "纬度"),
    (
        *(1, "３３０１０５００９００１", "湖东第一社区 ", *PLACE, "既有"),
        *("１，９００", "38", "410人", "0.08", "120.1511", "30.3012"),
    ),
    (
        *(2, "330105009002", "湖东第二社区", "拱墅区", None, "新建"),
        *("2100人", 42, 500, 0.0875, 120.1521, 30.3022),
    ),
    ("小计", *NONE * 5, 4000, 80, 910, 0.1675),
    (
        *(3, "330105009003\u3000", "湖西社区", "拱墅区", "湖西街道", "既有 "),
        *("2,800", 61, 702, "0.12", 120.1631, 30.3132),
    ),
    ("合  计", *NONE * 5, 6800, 141, 1612, 0.2875),
    ("注:1.人口为2024年末数,户数以公安数据为准。",),
    ("填表人:甲    审核人:乙",),
)
BUILDINGS = (
    ("候选房产一览表",),
    (
        *("编码", "房屋名称", "区县", "街道", "经度", "纬度", "建筑面积（㎡）", "室外场地(平方米)"),
        *("产权", "方式", "取得费用(万元)", "年租金（万元/年）", "腾退年份"),
        *("消防合格", "结构安全", "电梯", "产权人同意", "备注"),
    ),
    (
        *("Ｂ－０１", "湖东旧办公楼", *PLACE, 120.1514, 30.3011, "１,２００.５０", "60"),
        *("国有", "划转", "1,234.56", 0, "2024年6月", "是", "√", "有", 1, "甲方急用"),
    ),
    (
        *("B-02 ", "湖东厂房", *PLACE, "120.1524", "30.3021", "900平方米", None),
        *("集体", "转型", 0.5, "1.2", datetime.datetime(2023, 6, 30), "可提升", "√", "×", "是"),
    ),
    ("小计", *NONE * 5, 2100.5),
    (
        *("b-03", "湖西闲置楼", "拱墅区", "湖西街道", 120.1634, 30.3131, 0.1 + 700.2, 12.5),
        *("市属国企", "划转", 0, None, "2022.12.1", "√", "合格", "否", "同意"),
    ),
    ("总计", *NONE * 5, 2800.8),
)
FLOORS = (
    ("房屋编码", "楼层", "建筑面积(㎡)"),
    ("Ｂ－０１", "地下一层", "200.5"),
    (None, "首层", "1,000"),
    ("B-02", 1, 900),
)
MERGED = {
    "社区": ("A1:L1", "B3:F3", "G3:I3", "K3:L3", "A3:A4", "J3:J4", "E5:E6"),
    "候选楼": ("A1:R1",),
    "楼层": ("A2:A3",),
}
HIDDEN = {"社区": "H", "候选楼": "R"}  # a column that is used, and one that is none of ours


def district_book(spoil=lambda book: None):
    """The workbook: a cover, an explanation, and three tables, changed by *spoil*."""
    book = Workbook()
    book.active.title = "封面"
    book.active["B4"] = "湖区嵌入式服务设施资料汇编"
    about = book.create_sheet("说明")
    for line in ("一、本表由各街道填报。", "二、面积以不动产登记为准。"):
        about.append([line])
    for name, rows in (("社区", COMMUNITIES), ("候选楼", BUILDINGS), ("楼层", FLOORS)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in MERGED[name]:
            sheet.merge_cells(area)
        if name in HIDDEN:
            sheet.column_dimensions[HIDDEN[name]].hidden = True
    spoil(book)
    return book


def faults(book):
    """A fault of every kind that no reader can decide, one cell each."""
    people, stock, floors = book["社区"], book["候选楼"], book["楼层"]
    people["G5"] = "约1900"
    people["I6"] = "五百"
    people["B8"] = 330105009003000000000000001
    stock["H2"] = "室外场地(亩)"
    stock["A4"] = "B－０１"
    stock["G4"] = "=SUM(楼层!C4:C4)"
    stock["M6"] = 45473  # 30 June 2024 as a bare number
    stock["N6"] = "基本合格"
    stock["K6"] = "30万元整"
    for cell in stock[3]:
        cell.font = Font(strike=True)
    floors["B2"] = "夹层"
    floors["C4"] = "九百"
    floors.append(("B-09", 1, 300))
