"""The sheets of a result in the order they stand: one function a sheet."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from optimizer.export.given import Given, of_buildings, of_communities, of_functions
from optimizer.export.grid import Cells, Column, Grid
from optimizer.export.layers import COSTS, planned_m2
from optimizer.export.names import Names, about, assumed, column_name, headline, value_text
from optimizer.export.project_sheet import project_grid
from optimizer.labels import head, label
from optimizer.labels.settings import figure_head, setting_text
from optimizer.result import Result


@dataclass(frozen=True)
class Sheet:
    """One sheet: its names, and its content of a result."""

    zh: str
    en: str
    content: Callable[[Result, Names, str], Grid]

    def title(self, lang: str) -> str:
        """Name of the sheet."""
        return self.en if lang == "en" else self.zh

    def grid(self, result: Result, lang: str) -> Grid:
        """The sheet of *result* in *lang*."""
        return self.content(result, Names(result, lang), self.title(lang))


def columns(names: Names, codes: str) -> tuple[Column, ...]:
    """Columns of ``code`` or ``code:kind``, heads in the language of *names*."""
    parts = (code.partition(":") for code in codes.split())
    return tuple(Column(head(code, names.lang), kind or "text") for code, _, kind in parts)


def _summary(result: Result, names: Names, title: str) -> Grid:
    plan, lang = result.plan_json, names.lang
    rows: list[Cells] = [
        (label("status", lang), names.word(plan["status"]), "", "", ""),
        (label("policy", lang), f"{result.policy[lang]} {result.policy['document']}", "", "", ""),
    ]
    rows += [
        (
            head(level["name"], lang),
            level["value"],
            level["bound"],
            level["gap"],
            names.proof(level),
        )
        for level in plan["objective"]
    ]
    rows += [(head(name, lang), value, "", "", "") for name, value in plan["indicators"].items()]
    missed = sum(not rule["ok"] for rule in plan["rules"] if rule["kind"] == "target")
    rows.append((label("targets_missed", lang), missed, "", "", ""))
    rows.append((label("violations", lang), len(plan["violations"]), "", "", ""))
    heads = columns(names, "indicator:wide value:figure bound:figure gap_share:share certificate")
    return Grid(title, heads, tuple(rows), notes=(headline(result, lang),))


def _allocation(result: Result, names: Names, title: str) -> Grid:
    hosts = {row["building"]: row for row in result.tables["siting"]}
    given = of_functions(names)
    told = result.tables["allocation"]
    rows = [_floor(row, hosts[row["building"]], given, names) for row in told]
    heads = columns(
        names,
        "building building_name:wide district street level:count function area_m2:area slot "
        "community community_name union hub route owner year",
    )
    heads += given.columns
    once = [_floor(row, hosts[row["building"]], given, names) for row in result.rooms_once]
    totals = names.totals(heads, rows, (5,), once)
    notes = (label("once_in_total", names.lang),) if result.has_shared_rooms else ()
    return Grid(title, heads, tuple(rows), totals, frozen=2, notes=notes)


def _floor(row: Mapping[str, Any], siting: Mapping[str, Any], given: Given, names: Names) -> Cells:
    building = names.buildings[row["building"]]
    return (
        row["building"],
        building["name"],
        building["district"],
        building["street"],
        row["level"],
        names.function(row["function"]),
        row["area_m2"],
        row["slot"],
        siting["community"],
        names.community(siting["community"]),
        siting["union"],
        names.flag(siting["hub"]),
        names.word(siting["route"]),
        names.word(building["owner"]),
        siting["year"],
        *given.of(row["function"]),
    )


def _siting(result: Result, names: Names, title: str) -> Grid:
    planned, given = planned_m2(result), of_buildings(names)
    walks = {(r["building"], r["community"]): r["walk_m"] for r in result.inputs["distances"]}
    rows = []
    for row in result.tables["siting"]:
        building = names.buildings[row["building"]]
        rows.append(
            (
                row["building"],
                building["name"],
                building["district"],
                building["street"],
                names.word(building["owner"]),
                names.word(row["route"]),
                row["community"],
                names.community(row["community"]),
                row["union"],
                walks.get((row["building"], row["community"])),
                names.flag(row["hub"]),
                row["year"],
                building["area_m2"],
                planned[row["building"]],
                names.flag(row["upgraded"]),
                *(row[cost] for cost in COSTS),
                sum(row[cost] for cost in COSTS),
                row["rent_yuan_per_year"],
                *given.of(row["building"]),
            )
        )
    heads = columns(
        names,
        "building building_name:wide district street owner route community community_name union "
        "walk_m:walk hub year legal_area_m2:area planned_m2:area upgraded acquire_yuan:money "
        "upgrade_yuan:money opening_yuan:money fitout_yuan:money cost_yuan:money "
        "rent_yuan_per_year:money",
    )
    heads += given.columns
    return Grid(title, heads, tuple(rows), names.totals(heads, rows, (2,)), frozen=2)


def _communities(result: Result, names: Names, title: str) -> Grid:
    first = next(iter(result.tables["communities"]), {})
    served = [column for column in first if column.startswith("served_")]
    known = of_communities(names)
    rows = []
    for row in result.tables["communities"]:
        given = names.communities[row["community"]]
        rows.append(
            (
                row["community"],
                given["name"],
                given["district"],
                given["street"],
                row["union"],
                *(names.flag(row[flag]) for flag in ("pilot", "to_standard", "covered")),
                row["required_m2"],
                row["area_m2"],
                row["shortfall_m2"],
                row["hub_m2"],
                names.word(row["hub_form"]) if row["hub_form"] else "",
                row["functions"],
                row["core_functions"],
                names.domain_list(row["domains"]),
                *(row[column] for column in served),
                *known.of(row["community"]),
            )
        )
    heads = columns(
        names,
        "community community_name:wide district street union pilot to_standard covered "
        "required_m2:area area_m2:area shortfall_m2:area hub_m2:area hub_form functions:count "
        "core_functions:count domains:long",
    )
    more = tuple(Column(names.served(column), "share") for column in served)
    bars = (10, *range(len(heads), len(heads) + len(more)))
    return Grid(title, heads + more + known.columns, tuple(rows), frozen=2, bars=bars)


def _gaps(result: Result, names: Names, title: str) -> Grid:
    rows = [
        (
            row["community"],
            names.community(row["community"]),
            names.communities[row["community"]]["district"],
            names.communities[row["community"]]["street"],
            names.function(row["function"]),
            *(row[column] for column in ("need", "existing", "planned", "gap")),
            names.joined(_remedy(part, names) for part in row["remedy"].split(";") if part),
            names.word(row["reason"]),
            row["in_reach"],
            names.counted(row["obstacles"]),
            names.joined(names.community(c) for c in row["taken_by"].split(";") if c),
            names.building(row["way"]) if row["way"] else "",
            row["least_yuan"],
            row["left_yuan"],
        )
        for row in result.tables["gaps"]
    ]
    heads = columns(
        names,
        "community community_name:wide district street function need:persons existing:persons "
        "planned:persons gap:persons remedy:long reason:wide in_reach:count obstacles:long "
        "taken_by:long way least_yuan:money left_yuan:money",
    )
    return Grid(title, heads, tuple(rows), frozen=2, bars=(8,))


def _remedy(part: str, names: Names) -> str:
    building, _, year = part.partition(":")
    return f"{names.building(building)} ({year})" if year else names.building(building)


def _rules(result: Result, names: Names, title: str) -> Grid:
    ordered = sorted(result.plan_json["rules"], key=lambda r: (r["ok"], r["id"], r["scope"]))
    rows = tuple(
        (
            names.rule_id(rule),
            names.clause(rule),
            names.rule(rule),
            names.scope(rule["scope"]),
            names.word(rule["kind"]),
            names.verdict(rule["ok"]),
            Decimal(rule["required"]),
            Decimal(rule["actual"]),
            names.unit(rule["unit"]),
        )
        for rule in ordered
    )
    heads = columns(
        names, "id clause rule:long scope:wide kind ok:verdict required:plain actual:plain unit"
    )
    return Grid(title, heads, rows)


def _funding(result: Result, names: Names, title: str) -> Grid:
    rows = [
        (
            row["building"],
            names.building(row["building"]),
            names.buildings[row["building"]]["district"],
            names.source(row["source"]),
            row["year"],
            row["yuan"],
        )
        for row in result.tables["funding"]
    ]
    heads = columns(names, "building building_name:wide district source year yuan:money")
    return Grid(title, heads, tuple(rows), names.totals(heads, rows, (2, 3, 4)), frozen=2)


def _assumptions(result: Result, names: Names, title: str) -> Grid:
    heads = columns(names, "topic what:wide rows:count text:long")
    return Grid(title, heads, tuple(_assumption_rows(result, names)))


def _assumption_rows(result: Result, names: Names) -> Iterator[Cells]:
    plan, lang = result.plan_json, names.lang
    for text in about(result, lang):
        yield label("about_data", lang), "", "", text
    for key, rule in result.policy["overrides"].items():
        off = rule.get("value") is None
        word = label("rule_off" if off else "figure_set", lang)
        what = figure_head(key.split("."), lang)
        said = what if off else f"{what} = {setting_text(rule['value'], lang)}"
        yield word, said, "", rule["reason"]
    for change in plan["scenario"]["changes"]:
        match, new = (_pairs(change, part, lang) for part in ("match", "set"))
        what = f"{names.word(change['table'])} {match}: {new}"
        yield label("data_changed", lang), what, "", change["reason"]
    for table, column, count in assumed(result):
        what = f"{names.word(table)} · {column_name(table, column, lang)}"
        yield label("assumed", lang), what, count, label("assumed_by_default", lang)
    for name, version in plan["versions"].items():
        yield label("versions", lang), name, "", version
    yield label("seed", lang), "", "", str(plan["seed"])
    for file, digest in plan["inputs"].items():
        yield label("sha256_of_input", lang), file, "", digest


def _pairs(change: Mapping[str, Any], part: str, lang: str) -> str:
    table = change["table"]
    return ", ".join(
        f"{column_name(table, key, lang)} = {value_text(table, key, value, lang)}"
        for key, value in change[part].items()
    )


SHEETS: tuple[Sheet, ...] = (
    Sheet("概要", "Summary", _summary),
    Sheet("分配方案", "Allocation", _allocation),
    Sheet("选址", "Siting", _siting),
    Sheet("项目清单", "Projects", project_grid),
    Sheet("社区达标", "Communities", _communities),
    Sheet("缺口清单", "Gaps", _gaps),
    Sheet("条款核验", "Clauses", _rules),
    Sheet("资金", "Funding", _funding),
    Sheet("假设与来源", "Assumptions and origin", _assumptions),
)
