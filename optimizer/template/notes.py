"""What a template says about itself: how to fill it in, column by column."""

from collections.abc import Iterator

from optimizer.tables import TABLES, Column
from optimizer.template.rows import EXAMPLES, OPTIONAL, columns_of, head_of, words_of

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
HEADS = {
    "zh": ("表", "列", "必填", "可填", "不填时"),
    "en": ("table", "column", "required", "values", "when empty"),
}


def column_notes(lang: str) -> Iterator[tuple[str, ...]]:
    """(table, head, required, values, default) of every column offered."""
    for table in (*EXAMPLES, *OPTIONAL):
        title = table if lang == "en" else TABLES[table].zh[0]
        for column in columns_of(table):
            words = "、".join(words_of(column, lang)) or column.unit
            yield title, head_of(column, lang), _required(column, lang), words, _default(column)


def _required(column: Column, lang: str) -> str:
    return ("是" if lang == "zh" else "yes") if column.required else ""


def _default(column: Column) -> str:
    if column.default is None:
        return ""
    return str(int(column.default) if isinstance(column.default, bool) else column.default)


def notes_text(lang: str) -> str:
    """The notes as Markdown."""
    head = HEADS[lang]
    rows = ["| " + " | ".join(cells) + " |" for cells in column_notes(lang)]
    title = "# 填表说明" if lang == "zh" else "# How to fill in the tables"
    table = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *rows]
    return "\n\n".join([title, *NOTES[lang], "\n".join(table)]) + "\n"
