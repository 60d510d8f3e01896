"""Columns of a run folder's tables that the checks read, and what a cell of each must be.

Further columns are allowed. Source: contract sections 1 and 4.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Why a file cannot be judged: the place, and what is wrong in Chinese and English."""

    place: str
    zh: str
    en: str
    refused: OSError | None = None  # what the system said, where it kept the file back


NUMBER = r"-?[0-9]{1,20}(\.[0-9]{1,20})?"
RANGE = r"-?[0-9]{1,3}(-[0-9]{1,3})?"
BY_CLASS = rf"([IV]+:)?({RANGE}(,{RANGE})*)?"
LOCK = "(must|never|community:[^;]+|function:[^;]+)"
CELLS: Mapping[str, tuple[re.Pattern[str], str, str]] = {
    "text": (re.compile(r"(?s).*"), "文字", "text"),
    "id": (re.compile(r"(?s).+"), "编码", "an id"),
    "number": (re.compile(NUMBER), "数", "a number"),
    "number?": (re.compile(rf"({NUMBER})?"), "数或空", "a number or empty"),
    "whole": (re.compile(r"-?[0-9]{1,9}"), "整数", "a whole number"),
    "whole?": (re.compile(r"(-?[0-9]{1,9})?"), "整数或空", "a whole number or empty"),
    "kind": (re.compile("new|existing"), "new 或 existing", "new or existing"),
    "origin": (
        re.compile("given|straight|network"),
        "given、straight 或 network",
        "given, straight or network",
    ),
    "levels": (
        re.compile(rf"{BY_CLASS}(;{BY_CLASS})*"),
        "如 1-3;III:1-2 的楼层",
        "floors like 1-3;III:1-2",
    ),
    "amounts": (
        re.compile(rf"([^;]*:{NUMBER}(;[^;]*:{NUMBER})*)?"),
        "如 名称:数;名称:数",
        "like name:number;name:number",
    ),
    "locks": (
        re.compile(rf"({LOCK}(;{LOCK})*)?"),
        "must、never、community:编码、function:编码",
        "must, never, community:ID, function:ID",
    ),
}
MONEY = ("acquire_yuan", "upgrade_yuan", "opening_yuan", "fitout_yuan", "rent_yuan_per_year")
Columns = Mapping[str, str]


def _all(kind: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, kind)


INPUT_COLUMNS: Mapping[str, Columns] = {
    "communities": {
        **_all("id", "id"),
        **_all("text", "name", "district", "street", "pilot", "union", "derived"),
        "kind": "kind",
        **_all("number", "households", "residents", "infants", "pupils", "elderly", "elderly65"),
        **_all("number?", "lon", "lat"),
        "priority": "number",
    },
    "facilities": {
        **_all("id", "id", "community"),
        **_all("text", "function", "site", "hub", "counted"),
        **_all("number?", "lon", "lat"),
        "area_m2": "number",
        "year": "whole?",
    },
    "buildings": {
        **_all("id", "id"),
        **_all("text", "name", "district", "street", "owner", "route", "fire_ok", "structure_ok"),
        **_all("text", "lift", "consent_owner", "consent_department", "review_ok", "fire_class"),
        **_all("text", "replaces", "site", "derived"),
        **_all("number?", "lon", "lat", "area_m2", "outdoor_m2"),
        **_all("number", "acquire_yuan", "upgrade_yuan", "rent_yuan_per_year", "fitout_factor"),
        "available_year": "whole?",
        "lock": "locks",
    },
    "floors": {"building": "id", "level": "whole", "area_m2": "number"},
    "functions": {
        "id": "id",
        **_all("text", "item", "domain", "core", "need_group"),
        **_all("text", "shareable", "resident_activity", "counts_in_total"),
        **_all("number", "min_m2", "m2_per_person", "weight", "fitout_yuan_per_m2"),
        **_all("number", "opening_yuan", "operating_yuan_per_m2_year"),
        **_all("number", "revenue_yuan_per_m2_year"),
        "outdoor_m2_per_person": "number",
        **_all("number?", "max_m2", "need_per_1000", "reach_m"),
        "lift_above": "whole?",
        "levels": "levels",
    },
    "needs": {
        **_all("id", "community", "function"),
        **_all("number", "persons", "existing", "left"),
        "derived": "text",
    },
    "projects": _all(
        "text",
        *("building", "site", "responsible_unit", "builder", "operator", "services"),
        *("operating_mode", "fee_standard", "supervision", "duties"),
    ),
    "distances": {
        **_all("id", "building", "community"),
        "walk_m": "number",
        "origin": "origin",
    },
    "facility_distances": {
        **_all("id", "facility", "community"),
        "walk_m": "number",
        "origin": "origin",
    },
    "building_distances": {
        **_all("id", "building", "neighbour"),
        "walk_m": "number",
        "origin": "origin",
    },
    "adjacency": {**_all("id", "community", "neighbour"), "derived": "text"},
}
OUTPUT_COLUMNS: Mapping[str, Columns] = {
    "siting": {
        "building": "id",
        **_all("text", "community", "union", "hub", "route", "upgraded"),
        "year": "whole?",
        **_all("number", *MONEY),
    },
    "allocation": {
        **_all("id", "building", "function"),
        "level": "whole",
        "area_m2": "number",
        "slot": "text",
    },
    "service": {
        **_all("id", "building", "function", "community"),
        **_all("number", "persons", "walk_m"),
    },
    "communities": {
        "community": "id",
        **_all("text", "union", "hub_form", "domains"),
        **_all("whole", "pilot", "to_standard", "covered", "functions", "core_functions"),
        **_all("number", "required_m2", "area_m2", "hub_m2", "shortfall_m2"),
    },
    "funding": {"building": "id", "source": "text", "yuan": "number", "year": "whole?"},
    "projects": {
        "project": "id",
        **_all("text", "name", "district", "street", "community", "union", "nature", "hub_form"),
        **_all("text", "buildings", "year", "status", "open_consents"),
        **_all("amounts", "functions", "yuan_by_source"),
        **_all("number", "area_m2", "total_yuan"),
        **_all("number", "operating_yuan_per_year", "revenue_yuan_per_year"),
    },
    "gaps": {
        **_all("id", "community", "function"),
        **_all("number", "need", "existing", "planned", "gap"),
        **_all("text", "remedy", "reason"),
    },
}
SERVED = "served_"


def faults_of_table(
    columns: Columns, heads: Sequence[str], rows: Sequence[Mapping[str, str]], file: str
) -> Iterator[Fault]:
    """Every missing column, and every cell that is not what its column holds."""
    for head in sorted(set(columns) - set(heads)):
        yield Fault(f"{file} {head}", "缺少这一列。", "the column is missing.")
    kinds = {**columns, **{head: "number?" for head in heads if head.startswith(SERVED)}}
    judged = [(head, *CELLS[kind]) for head, kind in kinds.items() if head in heads]
    for number, row in enumerate(rows, start=2):
        for head, pattern, zh, en in judged:
            if not pattern.fullmatch(row[head]):
                shown = row[head][:40]
                yield Fault(
                    f"{file} row {number} {head}",
                    f"{shown!r} 应为{zh}。",
                    f"{shown!r} must be {en}.",
                )
