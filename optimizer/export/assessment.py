"""An assessment as files and as tables: list of gaps, communities, map; CSV, workbook, page."""

import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from optimizer.assess import DOMAIN, HALF, HEADS, Assessment
from optimizer.canonical import csv_text, json_text
from optimizer.export.grid import Cells, Column, Grid
from optimizer.export.names import Names, about
from optimizer.export.page import Page, Paragraphs, Table, write_page
from optimizer.export.page.blocks import Block
from optimizer.export.plan_map import plan_map
from optimizer.export.sheets import columns
from optimizer.export.workbook import write_book
from optimizer.labels import label
from optimizer.labels.judging import id_text
from optimizer.written import write_text

STEM = "assessment"
MOST_ROWS = 400


def write_assessment(found: Assessment, folder: Path, lang: str) -> None:
    """Write *found* into *folder*: CSV and JSON, a workbook, a page where its extra is there."""
    write_text(folder / "gaps.csv", csv_text(HEADS, found.gaps))
    rows = found.result.tables["communities"]
    write_text(folder / "communities.csv", csv_text(list(rows[0]) if rows else (), rows))
    write_text(folder / f"{STEM}.json", json_text(assessment_data(found)) + "\n")
    names = Names(found.result, lang)
    title = f"{label(STEM, lang)} · {found.case.scenario.name}"
    write_book(folder / f"{STEM}.xlsx", title, grids(found, names))
    if importlib.util.find_spec("jinja2") is not None:
        subtitle = f"{found.result.policy[lang]} · {found.result.policy['document']}"
        write_page(
            Page(title, subtitle, lang, tuple(_blocks(found, names))), folder / f"{STEM}.html"
        )


def assessment_data(found: Assessment) -> dict[str, Any]:
    """*found* as JSON data."""
    return {
        "summary": found.summary,
        "gaps": list(found.gaps),
        "communities": [dict(row) for row in found.result.tables["communities"]],
    }


def grids(found: Assessment, names: Names) -> tuple[Grid, ...]:
    """Summary, what each community lacks, every gap, and needs by function."""
    return (
        summary_grid(found, names),
        functions_grid(found, names),
        communities_grid(found, names),
        _gaps(found, names),
    )


def summary_grid(found: Assessment, names: Names) -> Grid:
    """Figures of the whole case, and how many communities lack what."""
    summary = found.summary
    lacking = summary.pop("lacking")
    functions = {row["id"] for row in found.result.inputs["functions"]}
    rows = [[label(f"today_{name}", names.lang), value] for name, value in summary.items()]
    rows += [
        [f"{label('lacking', names.lang)}: {_what(what, names)}", count]
        for what, count in lacking.items()
        if what not in functions
    ]
    heads = (
        Column(label("figure", names.lang), "wide"),
        Column(label("today", names.lang), "figure"),
    )
    return Grid(
        label(STEM, names.lang), heads, tuple(rows), notes=tuple(about(found.result, names.lang))
    )


def communities_grid(found: Assessment, names: Names) -> Grid:
    """One row a community that lacks something, the largest shortfall first."""
    lacks: dict[str, list[Any]] = {}
    for gap in found.gaps:
        if gap["community"]:
            lacks.setdefault(gap["community"], []).append(gap)
    functions = {row["id"] for row in found.result.inputs["functions"]}
    cells = []
    for row in found.result.tables["communities"]:
        mine = lacks.get(row["community"], [])
        clauses = [r for r in mine if r["what"] not in functions]
        needs = [r for r in mine if r["what"] in functions]
        if mine:
            cells.append(_community(row, clauses, needs, names))
    heads = columns(
        names,
        "community community_name:wide district street required_m2:area area_m2:area "
        "shortfall_m2:area hub_m2:area lacking:long unmet:long",
    )
    cells.sort(key=lambda row: (-row[6], row[0]))
    return Grid(label("lacking_by_community", names.lang), heads, tuple(cells), frozen=2, bars=(6,))


def _community(row: Any, clauses: list[Any], needs: list[Any], names: Names) -> list[Any]:
    given = names.communities[row["community"]]
    said = (
        f"{_what(r['what'], names)} ({id_text(r['rule'], names.lang)})"
        for r in clauses
        if r["what"] != "area"
    )
    largest = sorted(needs, key=lambda r: (-r["gap"], r["what"]))
    return [
        row["community"],
        given["name"],
        given["district"],
        given["street"],
        row["required_m2"],
        row["area_m2"],
        row["shortfall_m2"],
        row["hub_m2"],
        names.joined(said),
        names.joined(f"{names.function(r['what'])} {r['gap']:,.0f}" for r in largest),
    ]


def functions_grid(found: Assessment, names: Names) -> Grid:
    """Need, what meets it today and what is missing, by function; and in how many communities."""
    sums: dict[str, list[Any]] = {}
    for row in found.result.tables["gaps"]:
        total = sums.setdefault(row["function"], [0, 0, 0, 0])
        for place, column in enumerate(("need", "existing", "gap")):
            total[place] += row[column]
        total[3] += row["gap"] > 0
    rows = [
        [names.function(f), *total, total[1] / total[0] if total[0] else None]
        for f, total in sorted(sums.items())
    ]
    heads = columns(
        names,
        "function:wide need:persons existing:persons gap:persons "
        "communities_lacking:count served:share",
    )
    return Grid(label("needs_by_function", names.lang), heads, tuple(rows), frozen=1, bars=(5,))


def _gaps(found: Assessment, names: Names) -> Grid:
    rows = tuple(_gap(row, names) for row in found.gaps)
    heads = columns(
        names,
        "community community_name:wide district street what:wide rule clause required:figure "
        "existing:figure gap:figure unit reason:wide in_reach:count obstacles:long way:wide "
        "least_yuan:money left_yuan:money",
    )
    return Grid(label("gaps", names.lang).capitalize(), heads, rows, frozen=2)


def _gap(row: Any, names: Names) -> Cells:
    shown = {
        **row,
        "what": _what(row["what"], names),
        "rule": id_text(row["rule"], names.lang),
        "clause": names.clause(row),
        "unit": names.unit(row["unit"]),
        "reason": names.word(row["reason"]) if row["reason"] else "",
        "obstacles": names.counted(row["obstacles"]),
        "way": names.building(row["way"]) if row["way"] else "",
    }
    return [shown[column] for column in HEADS]


def _what(what: str, names: Names) -> str:
    """What is lacking in words: a function, a domain or half of one, or a clause."""
    if what.startswith(DOMAIN):
        return names.domain(what.removeprefix(DOMAIN))
    if what.startswith(HALF):
        domain, _, item = what.removeprefix(HALF).partition(":")
        return f"{names.domain(domain)}: {names.word(item)}"
    if any(row["id"] == what for row in names.result.inputs["functions"]):
        return names.function(what)
    return label(f"lacking_{what}", names.lang)


def _blocks(found: Assessment, names: Names) -> Iterator[Block]:
    texts = about(found.result, names.lang)
    if texts:
        yield Paragraphs(texts, tone="note", title=label("about_data", names.lang))
    drawn = plan_map(found.result, names)
    first, *others = grids(found, names)
    yield Table(replace(first, notes=()))
    if drawn is not None:
        yield drawn
    for grid in others:
        yield Table(grid, most_rows=MOST_ROWS, more=f": {STEM}.xlsx")
