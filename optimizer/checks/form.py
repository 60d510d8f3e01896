"""V01, V02, V17: ids exist, rows stand once, amounts are positive and have the decimals allowed.

Source: contract section 4.
"""

from collections.abc import Iterator

from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import Row, number
from optimizer.checks.hosts import UNION

RULE = "contract 4"
KEYS = {
    "siting": ("building",),
    "allocation": ("building", "level", "function", "slot"),
    "service": ("building", "function", "community"),
    "communities": ("community",),
    "funding": ("building", "source"),
    "projects": ("project",),
    "gaps": ("community", "function"),
}
POSITIVE = {"allocation": ("area_m2",), "service": ("persons",), "funding": ("yuan",)}
FLAGS = {"siting": ("hub", "upgraded"), "communities": ("pilot", "to_standard", "covered")}
INPUT_FLAGS = {
    "facilities": ("hub", "counted"),
    "buildings": (
        "fire_ok",
        "structure_ok",
        "lift",
        "consent_owner",
        "consent_department",
        "review_ok",
    ),
    "functions": ("core", "shareable", "resident_activity", "counts_in_total"),
}
UPGRADABLE = ("fire_ok", "structure_ok", "lift")
DECIMALS = {"area_m2": 2, "persons": 6, "yuan": 2}


def check(facts: Facts, findings: Findings) -> None:
    """Every output row is well formed and speaks of what exists; input flags are flags."""
    _input_flags(facts, findings)
    for table, rows in facts.folder.outputs.items():
        seen: set[tuple[str, ...]] = set()
        for row in rows:
            key = tuple(row[column] for column in KEYS[table])
            place = f"{table}.csv {'/'.join(key)}"
            if key in seen:
                findings.broken(RULE, place, "twice", "once", zh="行重复。", en="stands twice.")
            seen.add(key)
            for text_zh, text_en in _faults(facts, table, row):
                findings.broken(RULE, place, "", "", zh=text_zh, en=text_en)


def _input_flags(facts: Facts, findings: Findings) -> None:
    for table, columns in INPUT_FLAGS.items():
        for row in facts.folder.inputs[table]:
            for column in columns:
                if row[column] not in ("0", "1", *(("upgrade",) if column in UPGRADABLE else ())):
                    findings.broken(
                        RULE,
                        f"inputs/{table}.csv {row['id']} {column}",
                        row[column],
                        "0 / 1",
                        zh="应为 0 或 1。",
                        en="must be 0 or 1.",
                    )


def _faults(facts: Facts, table: str, row: Row) -> Iterator[tuple[str, str]]:
    known = {
        "building": facts.buildings,
        "community": facts.communities,
        "function": facts.functions,
    }
    for column, ids in known.items():
        is_nobody = not facts.has_hosts and not row.get(column)  # the host of plain location
        if column in row and row[column] not in ids and not is_nobody:
            yield f"没有编码 {row[column]!r}。", f"there is no id {row[column]!r}."
    if row.get("union") and UNION + row["union"] not in facts.unions:
        yield f"没有联合体 {row['union']!r}。", f"there is no union {row['union']!r}."
    yield from _amounts(table, row)


def _amounts(table: str, row: Row) -> Iterator[tuple[str, str]]:
    for column in FLAGS.get(table, ()):
        if row[column] not in ("0", "1"):
            yield f"{column} 应为 0 或 1。", f"{column} must be 0 or 1."
    for column in POSITIVE.get(table, ()):
        value = number(row[column], column)
        if value <= 0:
            yield f"{column} 应大于 0。", f"{column} must be above 0."
        if value * 10 ** DECIMALS[column] % 1:
            yield f"{column} 小数位过多。", f"{column} has too many decimals."
