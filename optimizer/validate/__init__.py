"""What must hold across rows and tables; one function a rule, every fault in one pass.

Source: contract sections 1 and 2; reliability.md section 5.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from models.policy import Policy
from optimizer.errors import Issue, Text
from optimizer.heads import read_head
from optimizer.load import RawCase
from optimizer.load.raw import RawTable
from optimizer.positions import in_cgcs2000
from optimizer.rows import Row, Table, Tables
from optimizer.scenario import Change, Scenario
from optimizer.typed import typed_table, unmatched
from optimizer.validate.buildings import (
    floor_areas,
    known_places,
    locks,
    refits,
    sites_in_one_street,
)
from optimizer.validate.given import Given
from optimizer.validate.keys import (
    alike_keys,
    damaged_codes,
    references,
    required_tables,
    unique_keys,
)
from optimizer.validate.mixed import mixed_systems
from optimizer.validate.places import (
    coarse_points,
    elsewhere,
    far_facilities,
    inside_china,
    positions,
)
from optimizer.validate.programme import funding_sources, known_districts, required_pilots
from optimizer.validate.services import function_sizes, hub_rows
from optimizer.validate.shifted import shifted_rows
from optimizer.validate.shipped import with_changed_functions

CAP_PER_CODE = 200


@dataclass(frozen=True)
class Checked:
    """Typed tables, complete as far as they could be read, and every issue."""

    tables: Tables
    issues: tuple[Issue, ...]


def check_tables(raw: RawCase, scenario: Scenario, policy: Policy, catalogue: Table) -> Checked:
    """Typed tables of *raw* with ``functions`` merged over *catalogue*, and all issues found.

    Rules across tables wait until every table could be read.
    """
    read = typed_tables(raw, scenario.changes, scenario.coords, catalogue)
    issues = list(read.issues)
    if not raw.unread:
        given = Given(read.tables, scenario, policy)
        for rule in RULES:
            issues += rule(given)
    tables = with_changed_functions(raw.tables, scenario.changes, catalogue)
    return Checked(read.tables, tuple(_as_headed(issue, tables) for issue in _capped(issues)))


def typed_tables(
    raw: RawCase, changes: tuple[Change, ...], coords: str | None, catalogue: Table
) -> Checked:
    """Typed tables of *raw* after *changes*, each by itself."""
    typed: dict[str, Table] = {}
    issues: list[Issue] = list(raw.issues)
    tables = with_changed_functions(raw.tables, changes, catalogue)
    for name, table in tables.items():
        typed[name], found = typed_table(table, changes)
        issues += found
    issues += [unmatched(change) for change in changes if change.table not in tables]
    typed["functions"] = _merged_functions(catalogue, typed.get("functions"))
    placed, found = in_cgcs2000(typed, coords, raw)
    return Checked(placed, (*issues, *found))


def _as_headed(issue: Issue, tables: Mapping[str, RawTable]) -> Issue:
    """*issue* with the head its column has in the user's file, where it has one."""
    for name, table in tables.items():
        if (table.file, table.sheet) == (issue.file, issue.sheet):
            for head in table.heads:
                known = read_head(name, head)
                if known is not None and known.column.name == issue.column:
                    return replace(issue, column=head)
    return issue


def _merged_functions(catalogue: Table, own: Table | None) -> Table:
    """Own rows over the catalogue's: a cell left empty keeps the catalogue's figure."""
    if own is None:
        return catalogue
    shipped = {row.values["id"]: row for row in catalogue.rows}
    first: dict[str, int] = {}
    again = []
    for row in own.rows:
        if first.setdefault(row.values["id"], row.number) != row.number:
            again.append(row)  # a fault that is told with those of the other tables
            continue
        base = shipped.get(row.values["id"])
        if base is None:
            shipped[row.values["id"]] = row
            continue
        given = {k: v for k, v in row.values.items() if k not in row.absent}
        shipped[row.values["id"]] = Row(row.number, {**base.values, **given})
    return Table("functions", (*shipped.values(), *again), own.file, own.sheet)


def _capped(issues: list[Issue]) -> tuple[Issue, ...]:
    counts: Counter[str] = Counter()
    kept = []
    for issue in issues:
        counts[issue.code] += 1
        if counts[issue.code] <= CAP_PER_CODE:
            kept.append(issue)
    for code, count in counts.items():
        if count > CAP_PER_CODE:
            more = count - CAP_PER_CODE
            text = Text(f"另有 {more} 处同类问题。", f"{more} more of the same kind.")
            kept.append(Issue(code, text, Text("", "")))
    return tuple(kept)


RULES: tuple[Callable[[Given], Iterator[Issue]], ...] = (
    required_tables,
    unique_keys,
    alike_keys,
    references,
    damaged_codes,
    positions,
    inside_china,
    elsewhere,
    far_facilities,
    coarse_points,
    mixed_systems,
    shifted_rows,
    floor_areas,
    hub_rows,
    sites_in_one_street,
    known_places,
    locks,
    required_pilots,
    function_sizes,
    funding_sources,
    known_districts,
    refits,
)
