"""Kinds of idle and stock buildings, as data. All figures are assumed: no public list was found.

Owners and routes fit the pack hangzhou-2024: transfer from state, municipal_soe, department;
conversion of collective and social property; allocation for communities of kind new.
"""

from collections.abc import Mapping
from dataclasses import dataclass

TRANSFER_STATE = {("state", "transfer"): 5.0, ("municipal_soe", "transfer"): 3.0}


@dataclass(frozen=True, slots=True)
class StockType:
    """One kind of candidate; areas in m² of the whole building."""

    weight: Mapping[str, float]  # by character of the street
    nouns: tuple[str, ...]
    original_use: str
    titles: Mapping[tuple[str, str], float]  # (owner, route) -> weight
    area_m2: tuple[int, int]
    storeys: tuple[int, int]
    group: tuple[int, int]  # buildings on one parcel
    fire_class: Mapping[str, float]
    basement: float = 0.0  # chance
    upper_only: float = 0.0  # chance that it is a floor or two of a larger building
    lift: float = 0.2  # chance, from three storeys up
    unfit: float = 0.03  # chance of each of fire and structure
    refused: float = 0.03  # chance of each consent
    outdoor_share: float = 0.0  # of the area, at most
    fitout: tuple[int, int] = (90, 115)  # factor in hundredths
    near: float = 1.0  # 1 = by the community's middle, below = anywhere in it
    legal_use: str = "公共服务"


STOCK_TYPES: Mapping[str, StockType] = {
    "office": StockType(
        {"old_town": 26, "estates": 16, "new_town": 8, "works": 6, "rural": 4},
        ("原街道办公楼", "闲置国有办公用房", "原粮站办公楼", "原工商所用房", "原供销社办公楼"),
        "office",
        TRANSFER_STATE | {("department", "transfer"): 3.0},
        (420, 2600),
        (2, 6),
        (1, 1),
        {"II": 8, "III": 1, "": 1},
        basement=0.12,
        upper_only=0.22,
        lift=0.6,
        legal_use="办公",
    ),
    "works": StockType(
        {"old_town": 1, "estates": 7, "new_town": 9, "works": 30, "rural": 8},
        ("原机修厂", "原织造厂", "原仪表厂", "原印刷厂", "原五金仓库", "原丝绸仓库"),
        "industrial",
        {
            ("municipal_soe", "transfer"): 5,
            ("state", "transfer"): 3,
            ("social", "conversion"): 3,
            ("collective", "conversion"): 2,
            ("municipal_soe", "vacated"): 1,
        },
        (700, 4000),
        (1, 3),
        (1, 4),
        {"III": 9, "II": 2, "IV": 1},
        lift=0.1,
        unfit=0.1,
        refused=0.04,
        outdoor_share=0.6,
        fitout=(105, 130),
        near=0.8,
        legal_use="工业",
    ),
    "estate": StockType(
        {"old_town": 24, "estates": 30, "new_town": 18, "works": 16, "rural": 6},
        ("小区原物业用房", "小区配套用房", "原居委会用房", "新村自行车库", "小区底层架空用房"),
        "residential_service",
        {
            ("department", "transfer"): 5,
            ("state", "transfer"): 3,
            ("state", "vacated"): 2,
            ("collective", "vacated"): 2,
        },
        (120, 620),
        (1, 2),
        (1, 2),
        {"II": 8, "III": 2, "": 2},
        basement=0.1,
        outdoor_share=0.3,
    ),
    "collective": StockType(
        {"old_town": 4, "estates": 10, "new_town": 26, "works": 20, "rural": 34},
        ("集体商铺", "股份经济合作社综合楼", "集体留用地用房", "原村委会办公楼"),
        "commercial",
        {("collective", "conversion"): 9, ("collective", "lease"): 3},
        (260, 2000),
        (1, 4),
        (1, 3),
        {"II": 7, "III": 3},
        upper_only=0.15,
        refused=0.05,
        outdoor_share=0.2,
        legal_use="商业",
    ),
    "school": StockType(
        {"old_town": 6, "estates": 6, "new_town": 4, "works": 6, "rural": 14},
        ("原小学教学楼", "原职校实训楼", "原幼儿园园舍", "原中学附属用房"),
        "education",
        {("department", "transfer"): 7, ("state", "transfer"): 2},
        (560, 2800),
        (2, 4),
        (1, 2),
        {"II": 9, "III": 1},
        lift=0.15,
        refused=0.06,
        outdoor_share=0.8,
        legal_use="教育",
    ),
    "allocation": StockType(
        {},  # drawn for communities of kind new, see stock.py
        ("新建小区配建用房", "未来社区邻里用房", "配建社区服务用房", "安置房配建用房"),
        "new_estate",
        {("state", "allocation"): 6, ("department", "allocation"): 3},
        (380, 2300),
        (1, 3),
        (1, 2),
        {"I": 3, "II": 7},
        basement=0.12,
        lift=0.95,
        unfit=0.0,
        refused=0.01,
        outdoor_share=0.3,
        fitout=(80, 95),
    ),
    "social": StockType(
        {"old_town": 16, "estates": 12, "new_town": 12, "works": 6, "rural": 6},
        ("沿街闲置商务用房", "原招待所裙楼", "闲置商场裙房", "沿街底商", "原培训中心"),
        "commercial",
        {("social", "conversion"): 5, ("social", "lease"): 7, ("social", "purchase"): 1},
        (240, 2300),
        (1, 4),
        (1, 2),
        {"II": 9, "I": 2, "III": 1},
        basement=0.1,
        upper_only=0.25,
        lift=0.55,
        refused=0.06,
        legal_use="商业",
    ),
    "market": StockType(
        {"old_town": 5, "estates": 6, "new_town": 5, "works": 4, "rural": 6},
        ("农贸市场二层", "原农贸市场", "原邮电所用房", "原菜场管理用房"),
        "market",
        {("municipal_soe", "transfer"): 4, ("collective", "conversion"): 4, ("state", "swap"): 1},
        (380, 2100),
        (1, 2),
        (1, 1),
        {"II": 7, "III": 2, "": 1},
        basement=0.15,
        upper_only=0.3,
        legal_use="商业",
    ),
    "supplement": StockType(
        {"old_town": 1, "estates": 3, "new_town": 3, "works": 3, "rural": 3},
        ("腾退地块补建用房", "边角地块补建用房"),
        "vacant_land",
        {("state", "supplement"): 1},
        (220, 900),
        (1, 3),
        (1, 1),
        {"II": 1},
        lift=0.9,
        unfit=0.0,
        refused=0.08,
        outdoor_share=0.3,
        fitout=(85, 95),
    ),
}
