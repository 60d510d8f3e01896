"""What a case says of its rows that decides nothing: carried into the tables of the plan.

A column stands where some row of the case says something in it.
Source: contract section 1; HZ-34, HZ-44, HZ-51, HZ-72.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from optimizer.export.grid import Cells, Column
from optimizer.export.names import Names
from optimizer.labels import head
from optimizer.labels.inputs import use_text

Rows = Mapping[str, Mapping[str, Any]]
FEES = ("free", "low", "paid")
OF_COMMUNITIES = (
    "urban",
    "era",
    "readiness_year",
    "governance",
    "willingness",
    "complete_community",
    "planned_complex",
    "renewal_project",
)
OF_BUILDINGS = ("original_use", "legal_use", "dual_use", "lease_term_years", "renewal_project")
OF_FUNCTIONS = ("basic", "fee")
USES = ("original_use", "legal_use")


class Given:
    """The columns of *rows* (id -> row) that say something, and what they say of one id."""

    def __init__(self, rows: Rows, codes: Iterable[str], names: Names) -> None:
        said = rows.values()
        self.codes = [code for code in codes if any(_has(row, code) for row in said)]
        self.columns = tuple(Column(head(code, names.lang)) for code in self.codes)
        self._rows, self._names = rows, names

    def of(self, id: str) -> Cells:
        """One cell a column; empty where *id* says nothing or is unknown."""
        row = self._rows.get(id, {})
        return [self._text(code, row[code]) if _has(row, code) else "" for code in self.codes]

    def _text(self, code: str, value: Any) -> str:
        if code == "fee":
            return fee(str(value), self._names)
        if code in USES:
            return use_text(str(value), self._names.lang)
        return self._names.flag(value) if str(value) in ("0", "1") else str(value)


def _has(row: Mapping[str, Any], code: str) -> bool:
    return row.get(code) not in (None, "")


def of_communities(names: Names) -> Given:
    """What the case says of communities."""
    return Given(names.communities, OF_COMMUNITIES, names)


@lru_cache(maxsize=1)  # asked again for each project of one result
def of_buildings(names: Names) -> Given:
    """What the case says of buildings."""
    return Given(names.buildings, OF_BUILDINGS, names)


def of_functions(names: Names) -> Given:
    """What the catalogue says of the functions that are planned."""
    planned = {row["function"] for row in names.result.tables["allocation"]}
    return Given({f: names.functions[f] for f in planned}, OF_FUNCTIONS, names)


def fee(code: str, names: Names) -> str:
    """The word for what users pay."""
    return names.word(f"fee_{code}")


def fees_of(functions: Iterable[str], names: Names) -> str:
    """Functions by what users pay for them: ``无偿: 文化;低偿: 助餐、日托``; HZ-51."""
    asked = sorted(set(functions))
    groups = []
    for code in FEES:
        told = [names.function(f) for f in asked if names.functions[f]["fee"] == code]
        if told:
            groups.append(f"{fee(code, names)}: {names.joined(told)}")
    return ("; " if names.lang == "en" else ";").join(groups)
