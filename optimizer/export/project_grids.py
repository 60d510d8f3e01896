"""The tables of one project's plan: facts, floors, cost, sources, people, clauses."""

from decimal import Decimal

from optimizer.export.given import Given, fees_of, of_buildings, of_functions
from optimizer.export.grid import Cells, Column, Grid, as_text
from optimizer.export.layers import COSTS
from optimizer.export.names import Names
from optimizer.export.project_facts import Project, Row
from optimizer.export.project_sheet import FIELDS, amounts
from optimizer.labels import head, label


def facts_of(project: Project, names: Names) -> list[tuple[str, str]]:
    """(head, text) of every field offices file; 待填 where nobody knows."""
    row = project.row
    texts = {
        "project": names.project(row["project"]),
        "name": row["name"],
        "district": row["district"],
        "street": row["street"],
        "community_name": names.host(row),
        "nature": names.words(row["nature"]),
        "hub_form": names.word(row["hub_form"]) if row["hub_form"] else "",
        "year": row["year"],
        "area_m2": as_text("area", row["area_m2"]),
        "total_yuan": as_text("money", row["total_yuan"]),
        "operating_yuan_per_year": as_text("money", row["operating_yuan_per_year"]),
        "revenue_yuan_per_year": as_text("money", row["revenue_yuan_per_year"]),
        "status": names.word(row["status"]),
        "functions_m2": names.mix(row["functions"]),
    }
    unknown = label("to_be_filled", names.lang)
    texts["fees"] = fees_of(amounts(row["functions"]), names) or unknown
    texts |= {field: row[field] or unknown for field in FIELDS}
    return [(head(code, names.lang), text) for code, text in texts.items()]


def _columns(names: Names, codes: str) -> tuple[Column, ...]:
    parts = (code.partition(":") for code in codes.split())
    return tuple(Column(head(code, names.lang), kind or "text") for code, _, kind in parts)


def floor_grid(project: Project, names: Names) -> Grid:
    """Buildings with their functions by floor, m²."""
    columns = _columns(
        names, "building building_name owner route level:count function area_m2:area slot"
    )
    given = of_functions(names)
    columns += given.columns
    rows = tuple(_floor(row, given, names) for row in project.floors)
    once = tuple(_floor(row, given, names) for row in project.floors_once)
    notes = (label("once_in_total", names.lang),) if len(once) < len(rows) else ()
    grid = Grid("", columns, rows, names.totals(columns, rows, (), once), notes=notes)
    return grid.without_empty(1)


def _floor(row: Row, given: Given, names: Names) -> Cells:
    return (
        row["building"],
        names.building(row["building"]),
        names.word(names.buildings[row["building"]]["owner"]),
        names.word(names.buildings[row["building"]]["route"]),
        row["level"],
        names.function(row["function"]),
        row["area_m2"],
        row["slot"],
        *given.of(row["function"]),
    )


def given_grid(project: Project, names: Names) -> Grid:
    """What the case says of the buildings that decides nothing: former use, renewal project, …"""
    given = of_buildings(names)
    columns = _columns(names, "building building_name") + given.columns
    rows = tuple((b, names.building(b), *given.of(b)) for b in project.buildings)
    return Grid("", columns, rows).without_empty(2)


def money_grid(project: Project, names: Names) -> Grid:
    """One-off cost by building and kind, and the yearly rent, yuan."""
    kinds = " ".join(f"{code}:money" for code in (*COSTS, "cost_yuan", "rent_yuan_per_year"))
    columns = _columns(names, f"building year {kinds}")
    rows = tuple(
        (
            row["building"],
            row["year"],
            *(row[cost] for cost in COSTS),
            sum((row[cost] for cost in COSTS), Decimal(0)),
            row["rent_yuan_per_year"],
        )
        for row in project.sitings
    )
    return Grid("", columns, rows, names.totals(columns, rows, ()))


def source_grid(project: Project, names: Names) -> Grid:
    """Who pays: building, source, year, yuan."""
    columns = _columns(names, "building source year yuan:money")
    rows = tuple(
        (row["building"], names.source(row["source"]), row["year"], row["yuan"])
        for row in project.fundings
    )
    return Grid("", columns, rows, names.totals(columns, rows, ()))


def people_grid(project: Project, names: Names) -> Grid:
    """Persons served by function and community, and how far they walk."""
    columns = _columns(names, "function community_name persons:persons walk_m:walk building")
    rows = tuple(
        (
            names.function(row["function"]),
            names.community(row["community"]),
            row["persons"],
            row["walk_m"],
            row["building"],
        )
        for row in project.services
    )
    return Grid("", columns, rows)


def clause_grid(project: Project, names: Names) -> Grid:
    """Verdicts that speak of the project's communities or buildings."""
    columns = _columns(names, "id clause rule:long scope:wide ok:verdict required actual")
    rows = tuple(
        (
            names.rule_id(rule),
            names.clause(rule),
            names.rule(rule),
            names.scope(rule["scope"]),
            names.verdict(rule["ok"]),
            names.amount(rule),
            rule["actual"],
        )
        for rule in project.rules
    )
    return Grid("", columns, rows)
