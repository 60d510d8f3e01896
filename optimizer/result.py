"""A run folder read back: the one immutable thing that exports, comparisons and pages read."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from optimizer.errors import CallError, Text

TEXT_COLUMNS = frozenset(
    {
        "building",
        "community",
        "union",
        "function",
        "street",
        "district",
        "name",
        "id",
        "site",
        "project",
        "buildings",
        "functions_m2",
        "domains",
        "remedy",
        "derived",
        "slot",
        "source",
        "year",
        "neighbour",
        "facility",
        "replaces",
        "lock",
        "item",
        "levels",
        "pilot_choice",
    }
)
TABLES = ("siting", "allocation", "service", "communities", "funding", "projects", "gaps")


@dataclass(frozen=True)
class Result:
    """plan.json and the tables of one run folder; cells are text, numbers Decimals."""

    directory: Path
    plan_json: Mapping[str, Any]
    tables: Mapping[str, tuple[Mapping[str, Any], ...]]
    inputs: Mapping[str, tuple[Mapping[str, Any], ...]]
    policy: Mapping[str, Any]

    @property
    def status(self) -> str:
        """Status word of the plan (contract section 4)."""
        return str(self.plan_json["status"])


def read_result(directory: Path) -> Result:
    """The result in *directory*; CallError where it is none."""
    try:
        plan = json.loads((directory / "plan.json").read_text("utf-8"), parse_float=Decimal)
        policy = json.loads(
            (directory / "inputs" / "policy.json").read_text("utf-8"), parse_float=Decimal
        )
        tables = {name: _rows(directory / f"{name}.csv") for name in TABLES}
    except (OSError, ValueError) as error:
        raise CallError(
            Text(f"{directory} 不是结果文件夹。", f"{directory} is no run folder.")
        ) from error
    inputs = {path.stem: _rows(path) for path in sorted((directory / "inputs").glob("*.csv"))}
    return Result(directory, plan, tables, inputs, policy)


def _rows(path: Path) -> tuple[Mapping[str, Any], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            {head: _value(head, cell) for head, cell in row.items()} for row in csv.DictReader(file)
        )


def _value(head: str, cell: str) -> Any:
    if not cell or head in TEXT_COLUMNS:
        return cell
    try:
        return Decimal(cell)
    except ArithmeticError:
        return cell
