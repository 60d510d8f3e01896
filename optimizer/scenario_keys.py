"""The keys of a scenario: what each must be, and those this version refuses by name.

Source: contract section 2.
"""

from typing import Any

from optimizer.kinds import (
    ANY,
    COUNT,
    FACTOR,
    FLAG,
    METRES,
    MONEY,
    MONEY_10K,
    REASON,
    TEXT,
    VALUE,
    YEAR,
    by_name,
    by_year,
    is_number,
    list_of,
    mapping,
    must,
    table,
)
from optimizer.tables import TABLES

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


def _is_level(value: Any) -> bool:
    if isinstance(value, dict):
        weighed = all(is_number(weight) and weight > 0 for weight in value.values())
        return len(value) > 1 and set(value) <= set(GOALS_READ) and weighed
    return value in GOALS_READ


TARGET = must(
    lambda v: v == "none" or COUNT.fault(v) is None,
    '整数或 "none"',
    'a whole number or "none"',
)
GOAL = must(
    _is_level,
    f"其一:{'、'.join(GOALS_READ)},或各项权重 > 0 的一组",
    f"one of: {', '.join(GOALS_READ)}; or several with weights > 0: {{cost = 1, ...}}",
    "unknown-goal",
)
TABLE_NAME = must(lambda v: v in TABLES, "表名", f"one of: {', '.join(TABLES)}")
COORDS = must(
    lambda v: v in ("cgcs2000", "wgs84", "gcj02", "bd09"),
    "其一:cgcs2000、wgs84、gcj02、bd09",
    "one of: cgcs2000, wgs84, gcj02, bd09",
    "coords-unknown",
)
PATH = must(
    lambda v: isinstance(v, str) and v.isprintable() and bool(v.strip()),
    "文件路径或名称",
    "a path or a name",
)
MODE = must(lambda v: v in ("split", "whole"), "split 或 whole", "split or whole")

TOP = table(
    {
        "name": TEXT,
        "extends": PATH,
        "data": PATH,
        "policy": PATH,
        "coords": COORDS,
        "deadline": YEAR,
        "pilots": table({"target": TARGET, "by_district": mapping(COUNT)}),
        "hubs": table({"target": COUNT}),
        "budget": table(
            {
                "total_10k_yuan": MONEY_10K,
                "total_yuan": MONEY,
                "by_district_10k_yuan": mapping(MONEY_10K),
                "by_district_yuan": mapping(MONEY),
                "by_source_10k_yuan": by_name(MONEY_10K),
                "by_source_yuan": by_name(MONEY),
                "by_year_10k_yuan": by_year(MONEY_10K),
                "by_year_yuan": by_year(MONEY),
                "operating_10k_yuan_per_year": MONEY_10K,
                "operating_yuan_per_year": MONEY,
            }
        ),
        "sources": mapping(
            table(
                {
                    "hub": FLAG,
                    "any_item": list_of(TEXT, "项目的列表", "a list of items"),
                    "by_district_10k_yuan": mapping(MONEY_10K),
                    "by_district_yuan": mapping(MONEY),
                }
            )
        ),
        "reach": table(
            {
                "walk_m": METRES,
                "host_m": METRES,
                "detour": FACTOR,
                "network": PATH,
                "network_coords": COORDS,
                "cross_district": FLAG,
            }
        ),
        "service": table({"mode": MODE, "serve_all": FLAG}),
        "goals": table({"order": list_of(GOAL, "目标的列表", "a list of goals")}, ("order",)),
        "rules": mapping(table({"value": ANY, "enforce": FLAG, "reason": REASON}, ("reason",))),
        "change": list_of(
            table(
                {
                    "table": TABLE_NAME,
                    "match": mapping(VALUE),
                    "set": mapping(VALUE),
                    "reason": REASON,
                },
                ("table", "match", "set", "reason"),
            ),
            "[[change]] 的列表",
            "a list of [[change]]",
        ),
        "compare": mapping(ANY),
        "about": mapping(TEXT),
    }
)
