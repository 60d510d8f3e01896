"""What a template says about itself: how to fill it in, column by column."""

from collections.abc import Iterator

from optimizer.errors import Text
from optimizer.labels.functions import FUNCTIONS
from optimizer.tables import LEVEL, LEVELS, LIST, TABLES, YEAR, Column
from optimizer.template.rows import (
    EXAMPLES,
    OPTIONAL,
    columns_of,
    head_of,
    unit_of,
    word_of,
    words_of,
)

NOTES = {
    "zh": (
        "每张表一行一个对象;示例行是虚构的,请改成自己的数据,不要改表头。",
        "编码是文本:先把整列设为文本格式再填,否则前导 0 和 15 位以后的数字会丢失。",
        "数字列只填数字;单位写在表头括号里,可改为 万㎡、万元、万户,读取时换算。",
        "不填的格子用默认值,默认是假定的会在报告中列出;没有用的表可以删除。",
        "经纬度的坐标系写在 scenario.toml 的 coords。填好后运行 linli check 检查。",
    ),
    "en": (
        "One row a thing in every table; the example rows are invented: put your own in their "
        "place and keep the heads.",
        "Codes are text: format the column as text first, or leading zeros and digits after the "
        "15th are lost.",
        "Numbers only in columns of numbers; a unit may stand in the head, in brackets.",
        "An empty cell takes the default; what is assumed is listed in reports. Delete tables that "
        "you do not need.",
        "The system of lon and lat is `coords` in scenario.toml. Then run linli check.",
    ),
}
YES, NOTHING = Text("是", "yes"), Text("", "")
ASSUMED = Text("(假定)", " (assumed)")
KINDS = {
    LEVEL: Text("1 为首层,-1 为地下一层", "1 = ground floor, -1 = first basement"),
    YEAR: Text("年份,如 2025", "a year such as 2025"),
    LEVELS: Text("楼层,如 1-3;III:1-2;IV:1", "floors, as 1-3;III:1-2;IV:1"),
    LIST: Text("多个用 ; 隔开", "several apart by ;"),
}
VALUES = {
    ("buildings", "lock"): Text(
        "must 必用、never 不用、community:社区编码、function:功能编码,多个用 ; 隔开",
        "must, never, community:ID, function:ID, several apart by ;",
    ),
    ("buildings", "replaces"): Text("设施编码,多个用 ; 隔开", "ids of facilities, apart by ;"),
}
FUNCTION_IDS = Text(
    "功能编码:" + "、".join(f"{id} {said.zh}" for id, said in FUNCTIONS.items()),
    "id of a function: " + ", ".join(f"{id} ({said.en})" for id, said in FUNCTIONS.items()),
)
POSITION = Text("没有距离表时", "without distances")
NEEDED_UNLESS = {
    ("communities", "lon"): POSITION,
    ("communities", "lat"): POSITION,
    ("buildings", "lon"): POSITION,
    ("buildings", "lat"): POSITION,
    ("buildings", "area_m2"): Text("没有楼层表时", "without floors"),
    ("projects", "building"): Text("或地块", "or site"),
    ("projects", "site"): Text("或房屋编码", "or building"),
}
OWN_COMMUNITY = Text("所属社区的位置", "that of its community")
DERIVED = {
    ("communities", "households"): Text("由人口推算(假定)", "from residents (assumed)"),
    ("communities", "residents"): Text("由户数推算(假定)", "from households (assumed)"),
    **{
        ("communities", group): Text("按比例推算(假定)", "by its share (assumed)")
        for group in ("infants", "pupils", "elderly", "elderly65")
    },
    ("communities", "pilot"): Text("规则包允许的为候选", "candidate where the pack allows"),
    ("facilities", "lon"): OWN_COMMUNITY,
    ("facilities", "lat"): OWN_COMMUNITY,
    ("functions", "item"): Text("同功能编码", "the id"),
    ("functions", "max_m2"): Text("标准面积的 2 倍", "2 × std_m2"),
    ("functions", "weight"): Text("按人数推算", "by persons in need"),
    ("functions", "reach_m"): Text("方案的步行距离", "the scenario's"),
}
HEADS = {
    "zh": ("表", "列", "必填", "可填", "不填时"),
    "en": ("table", "column", "required", "values", "when empty"),
}


def column_notes(lang: str) -> Iterator[tuple[str, ...]]:
    """(table, head, required, values, default) of every column offered."""
    for table in (*EXAMPLES, *OPTIONAL):
        title = table if lang == "en" else TABLES[table].zh[0]
        for column in columns_of(table):
            words = ("、" if lang == "zh" else ", ").join(words_of(column, lang))
            said = words or _values(table, column).get(lang) or unit_of(column, lang)
            required = _required(table, column).get(lang)
            yield title, head_of(column, lang), required, said, _default(table, column, lang)


def _values(table: str, column: Column) -> Text:
    """What a cell says where that is no closed list of words."""
    if column.name == "function":
        return FUNCTION_IDS
    return VALUES.get((table, column.name)) or KINDS.get(column.kind, NOTHING)


def _required(table: str, column: Column) -> Text:
    return YES if column.required else NEEDED_UNLESS.get((table, column.name), NOTHING)


def _default(table: str, column: Column, lang: str) -> str:
    """What an empty cell is taken for, in the words a cell would have."""
    if column.default is None:
        return DERIVED.get((table, column.name), NOTHING).get(lang)
    is_flag = isinstance(column.default, bool)
    shown = word_of(column, str(int(column.default) if is_flag else column.default), lang)
    return shown + ASSUMED.get(lang) if column.is_assumed else shown


def notes_text(lang: str) -> str:
    """The notes as Markdown."""
    head = HEADS[lang]
    rows = ["| " + " | ".join(cells) + " |" for cells in column_notes(lang)]
    title = "# 填表说明" if lang == "zh" else "# How to fill in the tables"
    table = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *rows]
    return "\n\n".join([title, *NOTES[lang], "\n".join(table)]) + "\n"
