"""The report of a plan: what it does, a map, charts, the tables, what was assumed, on one page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from optimizer.export.charts import charts
from optimizer.export.grid import Column, Grid
from optimizer.export.names import Names, about, headline
from optimizer.export.page import Heading, Page, Paragraphs, Table, Tiles, write_page
from optimizer.export.page.blocks import Block
from optimizer.export.plan_map import plan_map
from optimizer.export.project_sheet import BRIEF
from optimizer.export.sheets import SHEETS
from optimizer.labels import head, label
from optimizer.labels.judging import id_text
from optimizer.result import Result

SHOWN = (
    "Allocation",
    "Projects",
    "Communities",
    "Clauses",
    "Funding",
    "Assumptions and origin",
)
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
    names = Names(result, lang)
    plan = result.plan_json
    parts = (result.policy[lang], result.policy["document"], names.word(plan["status"]))
    subtitle = " · ".join(part for part in parts if part not in ("", "-"))
    page = Page(str(plan["scenario"]["name"]), subtitle, lang, tuple(_blocks(result, names)))
    write_page(page, path)


def _blocks(result: Result, names: Names) -> Iterator[Block]:
    plan, lang = result.plan_json, names.lang
    yield Paragraphs((headline(result, lang),), tone="lead")
    yield _verdict(plan, lang)
    texts = about(result, lang)
    if texts:
        yield Paragraphs(texts, tone="note", title=label("about_data", lang))
    yield Tiles([(names.word(name), _figure(name, plan["indicators"], lang)) for name in TILES])
    yield Heading(_word("goals", lang))
    yield Table(_levels(plan["objective"], names))
    drawn = plan_map(result, names)
    if drawn is not None:
        yield Heading(_word("map", lang))
        yield drawn
    yield Heading(_word("charts", lang))
    yield from charts(result, names)
    yield from _missed(plan["rules"], names)
    for sheet in SHEETS:
        if sheet.en in SHOWN:
            grid = sheet.grid(result, lang)
            shown = grid.only(BRIEF) if sheet.en == "Projects" else grid
            yield Table(shown, more=_word("see_workbook", lang))


def _verdict(plan: Any, lang: str) -> Paragraphs:
    if plan["violations"]:
        found = [f"{id_text(v['rule'], lang)} {v['place']}: {v[lang]}" for v in plan["violations"]]
        return Paragraphs(found, tone="bad", title=_word("broken", lang), is_list=True)
    count = f"{len(plan['rules'])} {_word('verdicts', lang)}"
    return Paragraphs((f"{_word('clean', lang)} {count}",), tone="good")


def _figure(name: str, figures: Any, lang: str) -> str:
    value = figures[name]
    if name == "need_served_share":
        return f"{value:.1%}"
    if name == "streets_covered":
        return f"{value} / {figures['streets']}"
    if name == "cost_yuan":
        unit = 1_000_000 if lang == "en" else 10_000
        return f"{value / unit:,.2f} {_word('large_yuan', lang)}"
    return f"{value:,.0f}" + (f" {label('m²', lang)}" if name == "area_m2" else "")


def _levels(levels: Any, names: Names) -> Grid:
    heads = (("goal", "text"), ("value", "figure"), ("bound", "figure"), ("gap_share", "share"))
    columns = (*(Column(head(code, names.lang), kind) for code, kind in heads),)
    rows = tuple(
        (head(v["name"], names.lang), v["value"], v["bound"], v["gap"], names.proof(v))
        for v in levels
    )
    return Grid("", (*columns, Column(head("certificate", names.lang))), rows)


def _missed(rules: Any, names: Names) -> Iterator[Block]:
    missed = [rule for rule in rules if not rule["ok"]]
    yield Heading(label("targets_missed", names.lang))
    if not missed:
        yield Paragraphs((_word("none", names.lang),))
        return
    required, actual = label("required", names.lang), label("actual", names.lang)
    yield Paragraphs(
        [
            f"{names.rule_id(r)} {names.clause(r)} {names.rule(r)} {names.scope(r['scope'])}: "
            f"{required} {names.amount(r)}, {actual} {r['actual']}"
            for r in missed
        ],
        is_list=True,
    )
    streets = names.uncovered_streets()
    if streets:
        yield Paragraphs((f"{_word('uncovered', names.lang)}: {names.joined(streets)}",))


def _word(name: str, lang: str) -> str:
    return WORDS[name][lang == "en"]


WORDS = {
    "goals": ("目标与证明", "Goals and proof"),
    "map": ("分布图", "Map"),
    "charts": ("图表", "Charts"),
    "clean": ("独立核验没有发现违反规则。", "The independent check found no broken rule."),
    "broken": ("独立核验发现违反规则,本方案不可用。", "Rules are broken: do not use this plan."),
    "verdicts": ("条判定", "verdicts"),
    "uncovered": ("没有共同体的街道", "Streets without a hub"),
    "see_workbook": (",见工作簿", ": see the workbook"),
    "large_yuan": ("万元", "million yuan"),
    "none": ("无", "none"),
}
