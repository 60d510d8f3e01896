"""The example rows of a template case: invented, to be overwritten; a case that can be solved."""

from collections.abc import Mapping, Sequence

from optimizer.labels.label import UNITS_EN
from optimizer.tables import FLAG, TABLES, Column
from optimizer.text import CHINESE_OF, NUMERIC

Rows = Sequence[Mapping[str, str]]
#: the invented names in English; a district is one of the pack's, which has Chinese names only
ENGLISH: Mapping[str, str] = {
    "示例街道": "Sample street",
    "示例一社区": "Sample community 1",
    "示例二社区": "Sample community 2",
    "示例旧楼": "Sample old building",
    "示例闲置办公楼": "Sample idle office block",
}
HOME = {"district": "拱墅区", "street": "示例街道"}
EXAMPLES: Mapping[str, Rows] = {
    "communities": (
        {"id": "330105001901", "name": "示例一社区", **HOME, "type": "community"}
        | {"kind": "existing", "households": "800", "residents": "1900"}
        | {"lon": "120.15001", "lat": "30.30001"},
        {"id": "330105001902", "name": "示例二社区", **HOME, "type": "community"}
        | {"kind": "new", "households": "1200", "residents": "2800"}
        | {"lon": "120.15602", "lat": "30.30203"},
    ),
    "buildings": (
        {"id": "B0001", "name": "示例旧楼", **HOME, "lon": "120.15051", "lat": "30.30042"}
        | {"area_m2": "900", "owner": "state", "route": "transfer", "acquire_yuan": "0"}
        | {"upgrade_yuan": "0", "rent_yuan_per_year": "0", "fire_ok": "1", "structure_ok": "1"}
        | {"lift": "0", "consent_owner": "1", "consent_department": "1", "review_ok": "1"}
        | {"fire_class": "II", "available_year": "2024"},
        {"id": "B0002", "name": "示例闲置办公楼", **HOME, "lon": "120.15562", "lat": "30.30163"}
        | {"area_m2": "1500", "owner": "municipal_soe", "route": "transfer"}
        | {"acquire_yuan": "0", "upgrade_yuan": "200000", "rent_yuan_per_year": "0"}
        | {"fire_ok": "upgrade", "structure_ok": "1", "lift": "1", "consent_owner": "1"}
        | {"consent_department": "1", "review_ok": "1", "fire_class": "II"}
        | {"available_year": "2024"},
    ),
    "floors": (
        {"building": "B0001", "level": "1", "area_m2": "450"},
        {"building": "B0001", "level": "2", "area_m2": "450"},
        {"building": "B0002", "level": "1", "area_m2": "800"},
        {"building": "B0002", "level": "2", "area_m2": "700"},
    ),
    "facilities": (
        {"id": "E0001", "community": "330105001901", "function": "health", "area_m2": "120"}
        | {"hub": "0", "year": "2018", "counted": "1"},
        {"id": "E0002", "community": "330105001902", "function": "culture", "area_m2": "100"}
        | {"hub": "0", "year": "2020", "counted": "1"},
    ),
}
OPTIONAL = ("distances", "adjacency", "needs", "functions", "projects")  # heads only


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of *table* that this version reads."""
    return tuple(column for column in TABLES[table].columns if column.is_supported)


def head_of(column: Column, lang: str) -> str:
    """The head of *column*, its unit in brackets."""
    if lang == "en":
        return column.name
    has_unit = column.unit and column.kind in NUMERIC
    return f"{column.zh[0]}({column.unit})" if has_unit else column.zh[0]


def unit_of(column: Column, lang: str) -> str:
    """The unit of *column* in words of *lang*."""
    return UNITS_EN.get(column.unit, column.unit) if lang == "en" else column.unit


def words_of(column: Column, lang: str) -> tuple[str, ...]:
    """What a cell of *column* may say, where that is a closed list."""
    choices = ("0", "1") if column.kind == FLAG else column.choices
    return tuple(word_of(column, choice, lang) for choice in choices)


def word_of(column: Column, cell: str, lang: str) -> str:
    """*cell* in the words of *lang*."""
    if lang == "en" or not (column.choices or column.kind == FLAG):
        return ENGLISH.get(cell, cell) if lang == "en" else cell
    return CHINESE_OF.get(cell, cell)
