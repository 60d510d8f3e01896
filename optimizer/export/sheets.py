"""The sheets of the workbook: one function a sheet, in the order they stand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.export.names import Names, about, assumed, headline
from optimizer.labels import head, label
from optimizer.result import Result

Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """Head and kind (text, long, or a number format) of one column."""

    head: str
    kind: str = "text"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its names, columns as (code, kind), and rows of cells."""

    zh: str
    en: str
    heads: tuple[tuple[str, str], ...]
    cells: Callable[[Result, Names], Iterator[Cells]]
    frozen: int = 0
    more_heads: Callable[[Result, Names], list[Column]] | None = None

    def title(self, lang: str) -> str:
        """Name of the sheet."""
        return self.en if lang == "en" else self.zh

    def columns(self, result: Result, lang: str) -> list[Column]:
        """Columns with heads in *lang*."""
        fixed = [Column(head(code, lang), kind) for code, kind in self.heads]
        return fixed + (self.more_heads(result, Names(result, lang)) if self.more_heads else [])

    def rows(self, result: Result, lang: str) -> Iterator[Cells]:
        """Rows of cells."""
        return self.cells(result, Names(result, lang))


def _summary(result: Result, names: Names) -> Iterator[Cells]:
    plan = result.plan_json
    yield label("status", names.lang), names.word(plan["status"]), "", "", ""
    yield label("text", names.lang), headline(result, names.lang), "", "", ""
    for level in plan["objective"]:
        yield (
            names.word(level["name"]),
            level["value"],
            level["bound"],
            level["gap"],
            names.word(level["certificate"]),
        )
    for name, value in plan["indicators"].items():
        yield names.word(name), value, "", "", ""


def _projects(result: Result, names: Names) -> Iterator[Cells]:
    for row in result.tables["projects"]:
        yield (
            row["project"],
            row["name"],
            row["district"],
            row["street"],
            names.host(row),
            names.words(row["nature"]),
            names.word(row["hub_form"]) if row["hub_form"] else "",
            "、".join(f"{b} {names.building(b)}" for b in row["buildings"].split(";")),
            names.mix(row["functions"]),
            row["area_m2"],
            row["total_yuan"],
            names.money(row["yuan_by_source"]),
            row["year"],
            *(row[field] or _open(names) for field in FIELDS),
            row["operating_yuan_per_year"],
            row["revenue_yuan_per_year"],
            names.words(row["open_consents"]),
        )


FIELDS = (
    "responsible_unit",
    "builder",
    "operator",
    "services",
    "operating_mode",
    "fee_standard",
    "supervision",
    "duties",
)


def _open(names: Names) -> str:
    return "to be filled" if names.lang == "en" else "待填"


def _allocation(result: Result, names: Names) -> Iterator[Cells]:
    hosts = {row["building"]: row for row in result.tables["siting"]}
    for row in result.tables["allocation"]:
        siting = hosts[row["building"]]
        building = names.buildings[row["building"]]
        yield (
            row["building"],
            building["name"],
            building["district"],
            building["street"],
            row["level"],
            names.function(row["function"]),
            row["area_m2"],
            siting["community"],
            names.host(siting),
            names.flag(siting["hub"]),
            names.word(siting["route"]),
            names.word(building["owner"]),
            siting["year"],
        )


def _communities(result: Result, names: Names) -> Iterator[Cells]:
    served = _served(result)
    for row in result.tables["communities"]:
        given = names.communities[row["community"]]
        yield (
            row["community"],
            given["name"],
            given["district"],
            given["street"],
            names.flag(row["pilot"]),
            names.flag(row["to_standard"]),
            names.flag(row["covered"]),
            row["required_m2"],
            row["area_m2"],
            row["shortfall_m2"],
            row["hub_m2"],
            names.word(row["hub_form"]) if row["hub_form"] else "",
            row["functions"],
            row["core_functions"],
            "、".join(names.domain(d) for d in row["domains"].split(";") if d),
            *(row[column] for column in served),
        )


def _served(result: Result) -> list[str]:
    first = result.tables["communities"][:1]
    return [column for row in first for column in row if column.startswith("served_")]


def _served_heads(result: Result, names: Names) -> list[Column]:
    word = label("served", names.lang)
    return [
        Column(f"{names.function(c.removeprefix('served_'))} {word}", "share")
        for c in _served(result)
    ]


def _rules(result: Result, names: Names) -> Iterator[Cells]:
    verdict = {True: ("符合", "holds"), False: ("不符合", "does not hold")}
    for rule in sorted(result.plan_json["rules"], key=lambda r: (r["ok"], r["id"], r["scope"])):
        yield (
            rule["id"],
            rule["clause"],
            names.scope(rule["scope"]),
            names.word(rule["kind"]),
            verdict[rule["ok"]][names.lang == "en"],
            rule["required"],
            rule["actual"],
            names.word(rule["unit"]),
        )


def _gaps(result: Result, names: Names) -> Iterator[Cells]:
    for row in result.tables["gaps"]:
        yield (
            row["community"],
            names.community(row["community"]),
            names.function(row["function"]),
            row["need"],
            row["existing"],
            row["planned"],
            row["gap"],
            "、".join(names.building(b.partition(":")[0]) for b in row["remedy"].split(";") if b),
            names.word(row["reason"]),
        )


def _funding(result: Result, names: Names) -> Iterator[Cells]:
    for row in result.tables["funding"]:
        building = names.buildings[row["building"]]
        yield (
            row["building"],
            building["name"],
            building["district"],
            names.word(row["source"]),
            row["yuan"],
            row["year"],
        )


def _assumptions(result: Result, names: Names) -> Iterator[Cells]:
    for text in about(result, names.lang):
        yield "", "", "", text
    for key, rule in result.policy["overrides"].items():
        yield key, "", "", rule["reason"]
    for table, column, count in assumed(result):
        words = ("按默认值假定或推算", "assumed by default or derived")[names.lang == "en"]
        yield names.word(table), head(column, names.lang), count, words


SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "汇总",
        "Summary",
        (
            ("name", "text"),
            ("value", "figure"),
            ("bound", "figure"),
            ("gap_share", "share"),
            ("certificate", "text"),
        ),
        _summary,
    ),
    Sheet(
        "项目清单",
        "Projects",
        (
            ("project", "text"),
            ("name", "text"),
            ("district", "text"),
            ("street", "text"),
            ("community_name", "text"),
            ("nature", "text"),
            ("hub_form", "text"),
            ("buildings", "long"),
            ("functions_m2", "long"),
            ("area_m2", "area"),
            ("total_yuan", "money"),
            ("yuan_by_source", "long"),
            ("year", "text"),
            *((field, "text") for field in FIELDS),
            ("operating_yuan_per_year", "money"),
            ("revenue_yuan_per_year", "money"),
            ("open_consents", "long"),
        ),
        _projects,
        2,
    ),
    Sheet(
        "分配",
        "Allocation",
        (
            ("building", "text"),
            ("building_name", "text"),
            ("district", "text"),
            ("street", "text"),
            ("level", "count"),
            ("function", "text"),
            ("area_m2", "area"),
            ("community", "text"),
            ("community_name", "text"),
            ("hub", "text"),
            ("route", "text"),
            ("owner", "text"),
            ("year", "text"),
        ),
        _allocation,
        2,
    ),
    Sheet(
        "社区",
        "Communities",
        (
            ("community", "text"),
            ("community_name", "text"),
            ("district", "text"),
            ("street", "text"),
            ("pilot", "text"),
            ("to_standard", "text"),
            ("covered", "text"),
            ("required_m2", "area"),
            ("area_m2", "area"),
            ("shortfall_m2", "area"),
            ("hub_m2", "area"),
            ("hub_form", "text"),
            ("functions", "count"),
            ("core_functions", "count"),
            ("domains", "long"),
        ),
        _communities,
        2,
        _served_heads,
    ),
    Sheet(
        "条款判定",
        "Rules",
        (
            ("id", "text"),
            ("clause", "text"),
            ("scope", "text"),
            ("kind", "text"),
            ("ok", "text"),
            ("required", "text"),
            ("actual", "text"),
            ("unit", "text"),
        ),
        _rules,
    ),
    Sheet(
        "缺口",
        "Gaps",
        (
            ("community", "text"),
            ("community_name", "text"),
            ("function", "text"),
            ("need", "persons"),
            ("existing", "persons"),
            ("planned", "persons"),
            ("gap", "persons"),
            ("remedy", "long"),
            ("reason", "text"),
        ),
        _gaps,
        2,
    ),
    Sheet(
        "资金",
        "Funding",
        (
            ("building", "text"),
            ("building_name", "text"),
            ("district", "text"),
            ("source", "text"),
            ("yuan", "money"),
            ("year", "text"),
        ),
        _funding,
    ),
    Sheet(
        "假定",
        "Assumptions",
        (("table", "text"), ("column", "text"), ("rows", "count"), ("text", "long")),
        _assumptions,
    ),
)
