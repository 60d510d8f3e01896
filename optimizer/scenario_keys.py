"""The keys of a scenario: what each must be, and those this version refuses by name.

Source: contract section 2.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from optimizer.tables import TABLES

Fault = tuple[str, str, str]  # code, Chinese, English
GOALS_READ = (
    "communities_to_standard",
    "residents_to_standard",
    "hubs",
    "streets_covered",
    "communities_covered",
    "priority_need_served",
    "need_served",
    "worst_served",
    "walking_distance",
    "farthest_m",
    "office_share",
    "state_owned_m2",
    "new_build_m2",
    "idle_m2_left",
    "cost",
)


@dataclass(frozen=True)
class Kind:
    """What a value must be: a check, and the kinds of its keys or of each of its entries."""

    check: Callable[[Any], Fault | None]
    keys: "Mapping[str, Kind] | None" = None
    each: "Kind | None" = None
    required: tuple[str, ...] = ()

    def fault(self, value: Any) -> Fault | None:
        """What is wrong with *value* itself, or None."""
        return self.check(value)


def _must(test: Callable[[Any], bool], zh: str, en: str, code: str = "wrong-type") -> Kind:
    return Kind(lambda value: None if test(value) else (code, f"应为{zh}。", f"must be {en}."))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is_money(value: Any) -> bool:
    return _is_number(value) and value >= 0 and Decimal(value) * 100 % 1 == 0


def _is_10k_money(value: Any) -> bool:
    return _is_number(value) and value >= 0 and Decimal(value) * 1_000_000 % 1 == 0


def _is_level(value: Any) -> bool:
    if isinstance(value, dict):
        weighed = all(_is_number(weight) and weight > 0 for weight in value.values())
        return len(value) > 1 and set(value) <= set(GOALS_READ) and weighed
    return value in GOALS_READ


def _table(keys: Mapping[str, Kind], required: tuple[str, ...] = ()) -> Kind:
    kind = _must(lambda v: isinstance(v, dict), "一组键值", "a table")
    return Kind(kind.check, keys=keys, required=required)


def _mapping(each: Kind) -> Kind:
    kind = _must(lambda v: isinstance(v, dict), "一组键值", "a table")
    return Kind(kind.check, each=each)


def _by_year(each: Kind) -> Kind:
    kind = _must(
        lambda v: isinstance(v, dict) and all(key.isdecimal() and len(key) == 4 for key in v),
        "以年份为键的一组金额",
        "amounts by year, like { 2025 = 100 }",
    )
    return Kind(kind.check, each=each)


def _by_name(each: Kind) -> Kind:
    kind = _must(
        lambda v: isinstance(v, dict) and len(v) > 0 and not any(set(key) & set(";:") for key in v),
        "至少一个来源的金额,名称不含分号和冒号",
        "amounts of at least one source, names without ; and :",
    )
    return Kind(kind.check, each=each)


def _list(each: Kind, zh: str, en: str) -> Kind:
    kind = _must(lambda v: isinstance(v, list) and len(v) > 0, zh, en)
    return Kind(kind.check, each=each)


def _refused(zh: str, en: str) -> Kind:
    return Kind(
        lambda _: ("not-supported", f"本版不支持{zh}。", f"{en}: not supported by this version.")
    )


ANY = Kind(lambda _: None)
TEXT = _must(lambda v: isinstance(v, str), "文字", "a text")
REASON = _must(lambda v: isinstance(v, str) and bool(v.strip()), "理由(文字)", "a reason in words")
FLAG = _must(lambda v: isinstance(v, bool), "true 或 false", "true or false")
COUNT = _must(
    lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0,
    "非负整数",
    "a whole number ≥ 0",
)
YEAR = _must(lambda v: isinstance(v, int) and 1900 <= v <= 2200, "年份", "a year")
MONEY = _must(_is_money, "金额(元,最多到分)", "money in yuan, to the fen at most")
MONEY_10K = _must(_is_10k_money, "金额(万元,最多到分)", "money in 10,000 yuan, to the fen at most")
METRES = _must(lambda v: _is_number(v) and v >= 0, "米数 ≥ 0", "metres ≥ 0")
FACTOR = _must(lambda v: _is_number(v) and v >= 1, "系数 ≥ 1", "a factor ≥ 1")
TARGET = _must(
    lambda v: v == "none" or (isinstance(v, int) and not isinstance(v, bool) and v >= 0),
    '整数或 "none"',
    'a whole number or "none"',
)
GOAL = _must(
    _is_level,
    f"其一:{'、'.join(GOALS_READ)},或各项权重 > 0 的一组",
    f"one of: {', '.join(GOALS_READ)}; or several with weights > 0: {{cost = 1, ...}}",
    "unknown-goal",
)
TABLE_NAME = _must(lambda v: v in TABLES, "表名", f"one of: {', '.join(TABLES)}")
VALUE = _must(lambda v: isinstance(v, str | int | Decimal), "文字或数字", "a text or a number")
MODE = _must(lambda v: v in ("split", "whole"), "split 或 whole", "split or whole")

TOP = _table(
    {
        "name": TEXT,
        "extends": TEXT,
        "data": TEXT,
        "policy": TEXT,
        "coords": TEXT,
        "deadline": YEAR,
        "pilots": _table({"target": TARGET, "by_district": _mapping(COUNT)}),
        "hubs": _table({"target": COUNT}),
        "budget": _table(
            {
                "total_10k_yuan": MONEY_10K,
                "total_yuan": MONEY,
                "by_district_10k_yuan": _mapping(MONEY_10K),
                "by_district_yuan": _mapping(MONEY),
                "by_source_10k_yuan": _by_name(MONEY_10K),
                "by_source_yuan": _by_name(MONEY),
                "by_year_10k_yuan": _by_year(MONEY_10K),
                "by_year_yuan": _by_year(MONEY),
                "operating_10k_yuan_per_year": MONEY_10K,
                "operating_yuan_per_year": MONEY,
            }
        ),
        "sources": _mapping(
            _table(
                {
                    "hub": FLAG,
                    "any_item": _list(TEXT, "项目的列表", "a list of items"),
                    "by_district_10k_yuan": _mapping(MONEY_10K),
                    "by_district_yuan": _mapping(MONEY),
                }
            )
        ),
        "reach": _table(
            {
                "walk_m": METRES,
                "host_m": METRES,
                "detour": FACTOR,
                "network": _refused("路网距离", "street-network distance"),
                "cross_district": FLAG,
            }
        ),
        "service": _table({"mode": MODE, "serve_all": FLAG}),
        "goals": _table({"order": _list(GOAL, "目标的列表", "a list of goals")}, ("order",)),
        "rules": _mapping(_table({"value": ANY, "enforce": FLAG, "reason": REASON}, ("reason",))),
        "change": _list(
            _table(
                {
                    "table": TABLE_NAME,
                    "match": _mapping(VALUE),
                    "set": _mapping(VALUE),
                    "reason": REASON,
                },
                ("table", "match", "set", "reason"),
            ),
            "[[change]] 的列表",
            "a list of [[change]]",
        ),
        "compare": _mapping(ANY),
        "about": _mapping(TEXT),
    }
)
