"""The input tables, column by column: kind, unit, range, default, references and 中文 heads.

The one definition of what a case may hold: reading, checking, templates and ``inputs/`` follow it.
Source: contract section 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

TEXT, CODE, COUNT, AREA, MONEY = "text", "code", "count", "area", "money"
NUMBER, DEGREE, METRES, FLAG, CHOICE = "number", "degree", "metres", "flag", "choice"
LIST, YEAR, LEVEL, LEVELS, GEOMETRY = "list", "year", "level", "levels", "geometry"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``zh`` are its Chinese heads, the first is the one we write.

    ``refers`` names the table whose id the value must be; a column with ``is_supported`` False must
    stay empty.
    """

    name: str
    kind: str
    zh: tuple[str, ...]
    unit: str = ""
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    is_open_below: bool = False  # the minimum itself is not allowed
    refers: str = ""
    is_supported: bool = True
    is_assumed: bool = False  # the default is an assumption and is shown as one


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table; ``key`` columns together name a row."""

    name: str
    zh: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = False

    def column(self, name: str) -> Column | None:
        """The column called *name*."""
        return next((column for column in self.columns if column.name == name), None)


ZERO, ONE = Decimal(0), Decimal(1)
OWNERS = ("state", "municipal_soe", "department", "collective", "social")
ROUTES = (
    "transfer",
    "vacated",
    "conversion",
    "lease",
    "purchase",
    "swap",
    "supplement",
    "allocation",
)
GROUPS = ("residents", "infants", "pupils", "elderly", "elderly65", "households")


def _count(name: str, *zh: str, unit: str = "人") -> Column:
    return Column(name, COUNT, zh, unit, minimum=ZERO)


def _text(name: str, *zh: str) -> Column:
    return Column(name, TEXT, zh)


def _code(name: str, *zh: str, required: bool = False, refers: str = "") -> Column:
    return Column(name, CODE, zh, required=required, refers=refers)


def _flag(name: str, *zh: str, default: bool | None = None, assumed: bool = False) -> Column:
    return Column(name, FLAG, zh, default=default, is_assumed=assumed)


def _state(name: str, *zh: str, default: str) -> Column:
    return Column(
        name,
        CHOICE,
        zh,
        default=default,
        choices=("0", "1", "upgrade"),
        is_assumed=True,
    )


def _money(name: str, *zh: str, unit: str = "元", default: Decimal | None = ZERO) -> Column:
    return Column(name, MONEY, zh, unit, default=default, minimum=ZERO)


def _unsupported(name: str, kind: str, *zh: str) -> Column:
    return Column(name, kind, zh, is_supported=False)


LON = Column("lon", DEGREE, ("经度",), "°", minimum=Decimal(-180), maximum=Decimal(180))
LAT = Column(
    "lat", DEGREE, ("纬度",), "°", minimum=Decimal(-180), maximum=Decimal(180)
)  # see validate

COMMUNITIES = TableSpec(
    "communities",
    ("社区", "社区表"),
    (
        _code("id", "社区编码", "社区代码", "编码", required=True),
        _text("name", "社区名称", "名称"),
        _text("district", "区", "区县", "所属区"),
        _text("street", "街道", "乡镇街道", "所属街道"),
        Column(
            "type",
            CHOICE,
            ("类型",),
            default="community",
            choices=("community", "village", "grid", "other"),
        ),
        Column(
            "kind", CHOICE, ("新建既有", "新旧"), default="existing", choices=("new", "existing")
        ),
        _count("households", "户数", "居民户数", unit="户"),
        _count("residents", "常住人口", "人口"),
        _count("infants", "0-2岁", "婴幼儿"),
        _count("pupils", "6-11岁", "小学生"),
        _count("elderly", "60岁以上", "60+", "老年人"),
        _count("elderly65", "65岁以上", "65+"),
        LON,
        LAT,
        Column("priority", NUMBER, ("优先权重", "权重"), default=ONE, minimum=ZERO),
        Column(
            "pilot",
            CHOICE,
            ("试点",),
            choices=("required", "candidate", "excluded"),
        ),
        _code("union", "联合体", "服务联合体"),
        _text("urban", "城区"),
        _text("era", "建设年代"),
        _text("readiness_year", "成熟年份"),
        _text("governance", "治理"),
        _text("willingness", "意愿"),
        _text("complete_community", "完整社区"),
        _text("planned_complex", "规划综合体"),
        _text("renewal_project", "更新项目"),
    ),
    ("id",),
    required=True,
)

FACILITIES = TableSpec(
    "facilities",
    ("现状设施", "设施"),
    (
        _code("id", "设施编码", "编码", required=True),
        _code("community", "社区编码", "社区", required=True, refers="communities"),
        _code("function", "功能", "服务功能", refers="functions"),
        Column("area_m2", AREA, ("建筑面积", "面积"), "㎡", default=ZERO, minimum=ZERO),
        LON,
        LAT,
        _code("site", "地块", "院落"),
        _flag("hub", "共同体", "民生幸福共同体", default=False),
        Column("year", YEAR, ("开放年份", "年份")),
        _flag("counted", "计入面积", default=True),
    ),
    ("id",),
)

BUILDINGS = TableSpec(
    "buildings",
    ("建筑", "候选楼", "候选建筑", "用房"),
    (
        _code("id", "房屋编码", "编码", required=True),
        _text("name", "房屋名称", "名称"),
        _text("district", "区", "区县", "所属区"),
        _text("street", "街道", "乡镇街道", "所属街道"),
        LON,
        LAT,
        Column("area_m2", AREA, ("建筑面积", "面积"), "㎡", minimum=ZERO, is_open_below=True),
        Column("owner", CHOICE, ("权属", "产权"), default="state", choices=OWNERS, is_assumed=True),
        Column(
            "route",
            CHOICE,
            ("来源方式", "方式"),
            default="transfer",
            choices=ROUTES,
            is_assumed=True,
        ),
        _money("acquire_yuan", "取得费用"),
        _money("upgrade_yuan", "提升费用"),
        _money("rent_yuan_per_year", "年租金", unit="元/年"),
        Column("fitout_factor", NUMBER, ("装修系数",), default=ONE, minimum=ZERO),
        _state("fire_ok", "消防合格", default="1"),
        _state("structure_ok", "结构安全", default="1"),
        _state("lift", "电梯", default="0"),
        _flag("consent_owner", "产权人同意", default=True, assumed=True),
        _flag("consent_department", "主管部门同意", default=True, assumed=True),
        _flag("review_ok", "联审通过", default=True, assumed=True),
        Column(
            "fire_class",
            CHOICE,
            ("耐火等级",),
            default="II",
            choices=("I", "II", "III", "IV"),
            is_assumed=True,
        ),
        Column("outdoor_m2", AREA, ("室外场地",), "㎡", default=ZERO, minimum=ZERO),
        Column("replaces", LIST, ("改建设施", "改建原设施")),
        _text("original_use", "原用途"),
        _code("site", "地块", "院落"),
        Column("available_year", YEAR, ("可用年份", "腾退年份")),
        Column("lease_term_years", NUMBER, ("租期",), "年", minimum=ZERO),
        _text("legal_use", "规划用途"),
        _text("dual_use", "平急两用"),
        _text("renewal_project", "更新项目"),
        Column("lock", LIST, ("锁定",)),
    ),
    ("id",),
    required=True,
)

FLOORS = TableSpec(
    "floors",
    ("楼层",),
    (
        _code("building", "房屋编码", "房屋", required=True, refers="buildings"),
        Column("level", LEVEL, ("层", "楼层"), required=True),
        Column(
            "area_m2",
            AREA,
            ("建筑面积", "面积"),
            "㎡",
            required=True,
            minimum=ZERO,
            is_open_below=True,
        ),
    ),
    ("building", "level"),
)

DISTANCES = TableSpec(
    "distances",
    ("距离",),
    (
        _code("building", "房屋编码", "房屋", required=True, refers="buildings"),
        _code("community", "社区编码", "社区", required=True, refers="communities"),
        Column("walk_m", METRES, ("步行距离",), "米", required=True, minimum=ZERO),
    ),
    ("building", "community"),
)

ADJACENCY = TableSpec(
    "adjacency",
    ("相邻",),
    (
        _code("community", "社区编码", "社区", required=True, refers="communities"),
        _code("neighbour", "相邻社区", required=True, refers="communities"),
    ),
    ("community", "neighbour"),
)

BOUNDARIES = TableSpec(
    "boundaries",
    ("边界", "社区边界"),
    (
        _code("community", "社区编码", "社区", required=True, refers="communities"),
        Column("geometry", GEOMETRY, ("几何", "wkt"), required=True),
    ),
    ("community",),
)

FUNCTIONS = TableSpec(
    "functions",
    ("功能", "服务功能"),
    (
        _code("id", "功能编码", "编码", required=True),
        _text("name", "名称", "功能名称"),
        _code("item", "服务项"),
        _code("domain", "类别", "大类"),
        _flag("core", "核心", default=False),
        Column("min_m2", AREA, ("最小面积",), "㎡", default=ZERO, minimum=ZERO),
        Column("std_m2", AREA, ("标准面积",), "㎡", minimum=ZERO),
        Column("max_m2", AREA, ("最大面积",), "㎡", minimum=ZERO),
        Column("m2_per_person", NUMBER, ("人均面积",), "㎡/人", default=ZERO, minimum=ZERO),
        Column("need_group", CHOICE, ("需求人群",), choices=GROUPS),
        Column("need_per_1000", NUMBER, ("千人需求",), "人/千人", minimum=ZERO),
        Column("weight", NUMBER, ("分值",), "分/人", minimum=ZERO),
        _money("fitout_yuan_per_m2", "装修单价", unit="元/㎡"),
        _money("opening_yuan", "开办费"),
        _money("operating_yuan_per_m2_year", "年运营单价", unit="元/㎡·年"),
        _money("revenue_yuan_per_m2_year", "年收入单价", unit="元/㎡·年"),
        Column("levels", LEVELS, ("可设楼层",)),
        Column("lift_above", LEVEL, ("几层以上需电梯",)),
        Column(
            "outdoor_m2_per_person", NUMBER, ("人均室外场地",), "㎡/人", default=ZERO, minimum=ZERO
        ),
        Column("reach_m", METRES, ("服务半径",), "米", minimum=ZERO),
        _flag("shareable", "可错时共用", default=False),
        _flag("resident_activity", "居民活动", default=True),
        _flag("counts_in_total", "计入总面积", default=True),
        _text("basic", "基本公共服务"),
        Column("fee", CHOICE, ("收费",), choices=("free", "low", "paid")),
    ),
    ("id",),
)

NEEDS = TableSpec(
    "needs",
    ("需求",),
    (
        _code("community", "社区编码", "社区", required=True, refers="communities"),
        _code("function", "功能", "服务功能", required=True, refers="functions"),
        Column("persons", NUMBER, ("人数",), "人", required=True, minimum=ZERO),
    ),
    ("community", "function"),
)

PROJECTS = TableSpec(
    "projects",
    ("项目",),
    (
        _code("building", "房屋编码", "房屋", refers="buildings"),
        _code("site", "地块", "院落"),
        *(
            _text(name, zh)
            for name, zh in (
                ("responsible_unit", "责任单位"),
                ("builder", "建设主体"),
                ("operator", "运营主体"),
                ("services", "服务内容"),
                ("operating_mode", "运营模式"),
                ("fee_standard", "收费标准"),
                ("supervision", "监管方式"),
                ("duties", "权利义务"),
            )
        ),
    ),
    ("building", "site"),
)

TABLES: Mapping[str, TableSpec] = {
    table.name: table
    for table in (
        COMMUNITIES,
        FACILITIES,
        BUILDINGS,
        FLOORS,
        DISTANCES,
        ADJACENCY,
        BOUNDARIES,
        FUNCTIONS,
        NEEDS,
        PROJECTS,
    )
}
