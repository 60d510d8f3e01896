"""A ``[[change]]`` to a shipped function that the case has no row of: the row it changes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from optimizer.heads import read_head
from optimizer.load.raw import RawRow, RawTable
from optimizer.rows import Table
from optimizer.scenario import Change
from optimizer.text import half_width

NAME = "functions"


def with_changed_functions(
    tables: Mapping[str, RawTable], changes: Iterable[Change], catalogue: Table
) -> Mapping[str, RawTable]:
    """*tables*, with an empty row for each function of *catalogue* that only a change speaks of.

    An empty cell keeps the catalogue's figure, so the row holds what the change sets.
    """
    shipped = {row.values["id"] for row in catalogue.rows}
    named = {half_width(c.match.get("id", "")) for c in changes if c.table == NAME}
    table = tables.get(NAME) or RawTable(NAME, "scenario", "", ("id",), (), head_row=0)
    heads = [read_head(NAME, head) for head in table.heads]
    at = next((n for n, head in enumerate(heads) if head and head.column.name == "id"), None)
    if at is None:
        return tables
    own = {half_width(row.cells[at]) for row in table.rows if at < len(row.cells)}
    more = [RawRow(0, ("",) * at + (id,)) for id in sorted(named & shipped - own)]
    return {**tables, NAME: replace(table, rows=(*table.rows, *more))} if more else tables
