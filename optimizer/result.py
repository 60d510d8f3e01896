"""A run folder read back: the one immutable thing that exports, comparisons and pages read."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from models.rooms import rooms_of_rows
from optimizer.digests import changed_files
from optimizer.errors import CallError, Text
from optimizer.tables import AREA, COUNT, DEGREE, FLAG, LEVEL, METRES, MONEY, NUMBER
from optimizer.tables import TABLES as INPUT_TABLES
from optimizer.written import files_below

#: Columns of a plan's tables that hold numbers; everything else is text, codes above all.
NUMBERS: Mapping[str, frozenset[str]] = {
    "siting": frozenset(
        (
            *("hub", "upgraded", "acquire_yuan", "upgrade_yuan", "opening_yuan", "fitout_yuan"),
            "rent_yuan_per_year",
        )
    ),
    "allocation": frozenset(("level", "area_m2")),
    "service": frozenset(("persons", "walk_m")),
    "communities": frozenset(
        (
            *("pilot", "to_standard", "covered", "required_m2", "area_m2", "hub_m2", "functions"),
            *("core_functions", "shortfall_m2"),
        )
    ),
    "funding": frozenset(("yuan",)),
    "projects": frozenset(
        ("area_m2", "total_yuan", "operating_yuan_per_year", "revenue_yuan_per_year")
    ),
    "gaps": frozenset(
        ("need", "existing", "planned", "gap", "in_reach", "least_yuan", "left_yuan")
    ),
}
INPUT_NUMBERS = frozenset(("walk_m", "persons", "existing", "left"))  # of tables we make ourselves
NUMERIC_KINDS = frozenset((COUNT, AREA, MONEY, NUMBER, DEGREE, METRES, FLAG, LEVEL))
TABLES = ("siting", "allocation", "service", "communities", "funding", "projects", "gaps")


WITHOUT_PLAN = ("no_plan", "infeasible")
SCHEMA = "linli-plan/1"


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

    @property
    def has_plan(self) -> bool:
        """There is a plan, be it broken; a case without one has plan.json and inputs alone."""
        return self.status not in WITHOUT_PLAN

    @cached_property
    def rooms(self) -> tuple[str, ...]:
        """Of each row of allocation.csv the room: its combination, or its own function."""
        rows = self.tables["allocation"]
        return tuple(rooms_of_rows(rows, self.policy.get("shared_rooms", ())))

    @cached_property
    def rooms_once(self) -> tuple[Mapping[str, Any], ...]:
        """Rows of allocation.csv, of a room that functions use in turns the first alone."""
        rooms = {
            (row["building"], row["level"], room): row
            for row, room in reversed(list(zip(self.tables["allocation"], self.rooms, strict=True)))
        }
        return tuple(reversed(rooms.values()))

    @property
    def has_shared_rooms(self) -> bool:
        """Functions use a room in turns."""
        return len(self.rooms_once) < len(self.tables["allocation"])


def read_result(directory: Path, *, with_plan: bool = True, is_published: bool = True) -> Result:
    """The result in *directory*; CallError where it is none, or has no plan but must.

    A published one is refused where a file of it is not what was published, or its format is of
    another version.
    """
    try:
        plan = json.loads((directory / "plan.json").read_text("utf-8"), parse_float=Decimal)
        if plan["schema"] != SCHEMA:
            raise CallError(_other_format(directory, plan))
        changed = changed_files(directory) if is_published else []
        if changed:
            raise CallError(_changed(directory, changed))
        policy = json.loads(
            (directory / "inputs" / "policy.json").read_text("utf-8"), parse_float=Decimal
        )
        names = () if not with_plan and plan["status"] in WITHOUT_PLAN else TABLES
        tables = {name: _rows(directory / f"{name}.csv", _is_output_number) for name in names}
        paths = [p for p in files_below(directory / "inputs") if p.suffix == ".csv"]
        inputs = {path.stem: _rows(path, _is_input_number) for path in paths}
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError) as error:
        raise CallError(_no_result(directory, error)) from error
    return Result(directory, plan, tables, inputs, policy)


def _other_format(directory: Path, plan: Mapping[str, Any]) -> Text:
    said = f"{plan['schema']!r} ≠ {SCHEMA!r}"
    return Text(
        f"{directory} 的格式是另一版本({said});请用写出它的版本,或重新求解。",
        f"{directory} has the format of another version ({said}): "
        "use the version that wrote it, or solve again.",
    )


def _changed(directory: Path, files: Sequence[str]) -> Text:
    said = ", ".join(files)
    return Text(
        f"{directory} 的文件在求解后被改动或损坏:{said}。请换回原文件,或重新求解。",
        f"Files of {directory} were changed or damaged after the run: {said}. "
        "Put them back, or solve again.",
    )


def _no_result(directory: Path, error: Exception) -> Text:
    if isinstance(error, OSError) and not isinstance(error, FileNotFoundError | NotADirectoryError):
        said = f"{error.strerror or error} ({Path(str(error.filename)).name})"
        return Text(f"读不出 {directory}:{said}。", f"{directory} cannot be read: {said}.")
    if (directory / "plan.json").is_file() and not (directory / "siting.csv").exists():
        return Text(
            f"{directory} 里没有方案,原因见 plan.json。",
            f"{directory} holds no plan; plan.json says why.",
        )
    return Text(f"{directory} 不是结果文件夹。", f"{directory} is no run folder.")


def _rows(path: Path, is_number: Callable[[str, str], bool]) -> tuple[Mapping[str, Any], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        numbers = {head for head in reader.fieldnames or () if is_number(path.stem, head)}
        return tuple(
            {
                head: Decimal(cell) if cell and head in numbers else cell
                for head, cell in row.items()
            }
            for row in reader
        )


def _is_output_number(table: str, head: str) -> bool:
    return head in NUMBERS[table] or head.startswith("served_")


def _is_input_number(table: str, head: str) -> bool:
    spec = INPUT_TABLES.get(table)
    column = spec.column(head) if spec else None
    return column.kind in NUMERIC_KINDS if column else head in INPUT_NUMBERS
