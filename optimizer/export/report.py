"""One self-contained .html: what the plan does, a map, the tables, what was assumed.

No outside request, strict content policy, everything escaped; prints to A4.
"""

import base64
import hashlib
from pathlib import Path
from typing import Any

from optimizer.export.map import draw
from optimizer.export.names import Names, about, assumed, headline
from optimizer.export.sheets import SHEETS, Sheet
from optimizer.labels import head, label
from optimizer.result import Result

FOLDER = Path(__file__).parent
SHOWN = ("Projects", "Communities", "Funding")
MOST_ROWS = 400
TILES = (
    "pilots",
    "streets_covered",
    "residents_to_standard",
    "buildings_used",
    "area_m2",
    "cost_yuan",
    "need_served_share",
)


def write_report(result: Result, path: Path, lang: str) -> None:
    """Write *result* to *path* as .html in *lang*; needs the extra ``report``."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (FOLDER / "report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = environment.get_template("report.html.jinja").render(
        **_content(result, lang), style=style, style_digest=digest, lang=lang
    )
    path.write_text(page, encoding="utf-8")


def _content(result: Result, lang: str) -> dict[str, Any]:
    names = Names(result, lang)
    plan = result.plan_json
    missed = [rule for rule in plan["rules"] if not rule["ok"]]
    return {
        "name": plan["scenario"]["name"],
        "policy": result.policy[lang],
        "document": result.policy["document"],
        "status": names.word(plan["status"]),
        "headline": headline(result, lang),
        "about": about(result, lang),
        "tiles": [(names.word(t), _figure(t, plan["indicators"])) for t in TILES],
        "levels": [_level(level, names) for level in plan["objective"]],
        "map": draw(result, names),
        "tables": [_table(sheet, result, lang) for sheet in SHEETS if sheet.en in SHOWN],
        "missed": [
            (
                r["id"],
                r["clause"],
                names.scope(r["scope"]),
                r["required"],
                r["actual"],
                names.word(r["unit"]),
            )
            for r in missed
        ],
        "uncovered": _uncovered(result),
        "count_rules": len(plan["rules"]),
        "violations": plan["violations"],
        "assumed": [(names.word(t), head(c, lang), n) for t, c, n in assumed(result)],
        "overrides": [(key, rule["reason"]) for key, rule in result.policy["overrides"].items()],
        "versions": plan["versions"],
        "inputs": plan["inputs"],
        "seed": plan["seed"],
        "words": {key: pair[lang == "en"] for key, pair in WORDS.items()},
        "heads": {c: label(c, lang) for c in ("value", "bound", "gap_share", "certificate")},
    }


def _figure(name: str, figures: Any) -> str:
    value = figures[name]
    if name == "need_served_share":
        return f"{float(value):.1%}"
    if name == "streets_covered":
        return f"{value} / {figures['streets']}"
    if name == "cost_yuan":
        return f"{float(value) / 10_000:,.2f} 万"
    return f"{float(value):,.0f}" + (" ㎡" if name == "area_m2" else "")


def _level(level: Any, names: Names) -> tuple[str, str, str, str, str]:
    return (
        names.word(level["name"]),
        f"{float(level['value']):,.2f}",
        "–" if level["bound"] is None else f"{float(level['bound']):,.2f}",
        "–" if level["gap"] is None else f"{float(level['gap']):.2%}",
        names.word(level["certificate"]),
    )


def _table(sheet: Sheet, result: Result, lang: str) -> dict[str, Any]:
    columns = sheet.columns(result, lang)
    rows = [
        [_shown(column.kind, value) for column, value in zip(columns, row, strict=True)]
        for row in sheet.rows(result, lang)
    ]
    return {
        "title": sheet.title(lang),
        "heads": [column.head for column in columns],
        "numeric": [column.kind not in ("text", "long") for column in columns],
        "rows": rows[:MOST_ROWS],
        "more": max(0, len(rows) - MOST_ROWS),
    }


def _shown(kind: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if kind == "share":
        return f"{float(value):.0%}"
    if kind in ("money", "area"):
        return f"{float(value):,.2f}"
    if kind in ("count", "walk"):
        return f"{float(value):,.0f}"
    if kind == "persons":
        return f"{float(value):,.1f}"
    return str(value)


def _uncovered(result: Result) -> list[str]:
    streets = {(c["district"], c["street"]) for c in result.inputs["communities"]}
    with_hub = {
        (b["district"], b["street"])
        for b in result.inputs["buildings"]
        for row in result.tables["siting"]
        if row["building"] == b["id"] and row["hub"]
    }
    by_id = {c["id"]: c for c in result.inputs["communities"]}
    for row in result.tables["communities"]:
        if row["covered"]:
            community = by_id[row["community"]]
            if row["hub_form"] in ("existing", ""):
                with_hub.add((community["district"], community["street"]))
    return [street for _, street in sorted(streets - with_hub)]


WORDS = {
    "levels": ("目标与证明", "Goals and proof"),
    "goal": ("目标(先后)", "Goal, in order"),
    "map": ("分布图", "Map"),
    "rules": ("规则判定", "Rules"),
    "clean": ("独立核验没有发现违反规则。", "The independent check found no broken rule."),
    "broken": ("独立核验发现违反规则,本方案不可用。", "Rules are broken: do not use this plan."),
    "verdicts": ("条判定", "verdicts"),
    "missed": ("未达到的目标", "Targets missed"),
    "uncovered": ("没有共同体的街道", "Streets without a hub"),
    "assumed": ("假定与推算的数据", "Assumed and derived figures"),
    "origin": ("来历", "Provenance"),
    "synthetic": ("数据说明", "About the data"),
    "required": ("要求", "required"),
    "actual": ("实际", "actual"),
    "pilot": ("试点社区", "pilot"),
    "met": ("现状已达标", "to standard today"),
    "plain": ("其他社区", "other community"),
    "hub": ("共同体", "hub"),
    "used": ("其他用房", "other building used"),
    "idle": ("未用候选", "candidate not used"),
    "km": ("1 公里", "1 km"),
    "more": ("行未列出,见工作簿", "more rows: see the workbook"),
    "seed": ("随机种子", "seed"),
    "rows": ("行", "rows"),
    "none": ("无", "none"),
}
