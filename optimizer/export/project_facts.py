"""What a result says of one project, gathered from its tables: what a plan of it needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.export.names import Names
from optimizer.result import Result

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Project:
    """One row of the project list with the rows of the other tables that belong to it."""

    row: Row
    buildings: tuple[str, ...]
    sitings: tuple[Row, ...]
    floors: tuple[Row, ...]
    floors_once: tuple[Row, ...]  # of a room used in turns the first row alone
    fundings: tuple[Row, ...]
    services: tuple[Row, ...]
    rules: tuple[Row, ...]
    assumed: tuple[tuple[str, str], ...]  # (building, column) assumed or derived

    @property
    def served(self) -> list[tuple[str, str]]:
        """(building, community) pairs: the host's and every community served."""
        pairs = {(row["building"], row["community"]) for row in (*self.sitings, *self.services)}
        return sorted(pair for pair in pairs if pair[1])


def projects(result: Result, names: Names) -> Iterator[Project]:
    """Every project of *result* in the order of the list."""
    tables = ("siting", "allocation", "funding", "service")
    by_building = {name: _by_building(result.tables[name]) for name in tables}
    by_building["once"] = _by_building(result.rooms_once)
    rules = _by_place(result.plan_json["rules"])
    for row in result.tables["projects"]:
        buildings = tuple(row["buildings"].split(";"))
        parts = {
            name: tuple(r for b in buildings for r in rows.get(b, ()))
            for name, rows in by_building.items()
        }
        yield Project(
            row,
            buildings,
            parts["siting"],
            parts["allocation"],
            parts["once"],
            parts["funding"],
            parts["service"],
            tuple(_rules_of(rules, names, row, buildings)),
            tuple(_assumed(names, buildings)),
        )


def _by_building(rows: Sequence[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["building"], []).append(row)
    return groups


def _by_place(rules: Sequence[Row]) -> dict[str, dict[int, Row]]:
    """Each word of a scope -> the rules that name it, by their place in the list."""
    groups: dict[str, dict[int, Row]] = {}
    for at, rule in enumerate(rules):
        for place in rule["scope"].split():
            groups.setdefault(place, {})[at] = rule
    return groups


def _rules_of(
    rules: Mapping[str, Mapping[int, Row]], names: Names, row: Row, buildings: Sequence[str]
) -> Iterator[Row]:
    members = {
        id for id, c in names.communities.items() if row["union"] and c["union"] == row["union"]
    }
    own = {row["community"], row["union"], *buildings, *members} - {""}
    found = {at: rule for place in own for at, rule in rules.get(place, {}).items()}
    for at in sorted(found):
        yield found[at]


def _assumed(names: Names, buildings: Sequence[str]) -> Iterator[tuple[str, str]]:
    for building in buildings:
        for column in str(names.buildings[building].get("derived", "")).split(";"):
            if column:
                yield building, column
