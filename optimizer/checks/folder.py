"""Reading a run folder with the standard library only: text to exact numbers, faults located."""

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

Row = Mapping[str, str]
OUTPUTS = ("siting", "allocation", "service", "communities", "funding", "projects", "gaps")
INPUTS = (
    "communities",
    "facilities",
    "buildings",
    "floors",
    "functions",
    "needs",
    "projects",
    "distances",
    "facility_distances",
    "adjacency",
)


class VerifyError(Exception):
    """The folder cannot be read as a run folder (exit 2)."""


@dataclass(frozen=True)
class Folder:
    """Every file of a run folder, cells as text; ``exports`` name -> digest noted, digest found."""

    plan: Mapping[str, Any]
    policy: Mapping[str, Any]
    scenario: Mapping[str, Any]
    outputs: Mapping[str, tuple[Row, ...]]
    inputs: Mapping[str, tuple[Row, ...]]
    exports: Mapping[str, tuple[str, str]]


def read_folder(directory: Path) -> Folder:
    """The files of *directory*; VerifyError names the first that is missing or damaged."""
    inputs = directory / "inputs"
    return Folder(
        plan=_json(directory / "plan.json"),
        policy=_json(inputs / "policy.json"),
        scenario=_json(inputs / "scenario.json"),
        outputs={name: _csv(directory / f"{name}.csv") for name in OUTPUTS},
        inputs={name: _csv(inputs / f"{name}.csv") for name in INPUTS},
        exports=_exports(directory),
    )


def _exports(directory: Path) -> dict[str, tuple[str, str]]:
    """Exports that are there, by the manifest; one that a user took away is nobody's fault."""
    manifest = directory / "exports.json"
    if not manifest.is_file():
        return {}
    try:
        noted = dict(_json(manifest)["files"])
    except (KeyError, TypeError, ValueError) as error:
        raise VerifyError(f"exports.json: {error}") from error
    found = {}
    for name, digest in noted.items():
        path = directory / name
        if path.resolve().is_relative_to(directory.resolve()) and path.is_file():
            found[name] = str(digest), hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise VerifyError(f"{path.name}: {error}") from error


def _csv(path: Path) -> tuple[Row, ...]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise VerifyError(f"{path.name}: {error}") from error
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise VerifyError(f"{path.name} row {number}: wrong number of cells")
    return tuple(rows)


def number(text: str, where: str) -> Fraction:
    """The exact number of *text*; VerifyError where it is none."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise VerifyError(f"{where}: {text!r} is no number") from None
    if not value.is_finite():
        raise VerifyError(f"{where}: {text!r} is no finite number")
    return Fraction(value)


def amount(row: Row, column: str, default: Fraction | None = None) -> Fraction:
    """The number in *column* of *row*; *default* where the cell is empty."""
    text = row.get(column, "")
    if text == "" and default is not None:
        return default
    return number(text, f"{column} of {next(iter(row.values()))}")


def optional(row: Row, column: str) -> Fraction | None:
    """The number in *column*, None where the cell is empty."""
    return amount(row, column) if row.get(column, "") else None


def exact(value: Any) -> Fraction:
    """A JSON number (int or Decimal) exactly."""
    return Fraction(value)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """*value* rounded half up (away from zero) to *decimals*."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def parts(text: str) -> tuple[str, ...]:
    """The entries of a ``;`` list."""
    return tuple(part for part in text.split(";") if part)


def plain(value: Fraction | int) -> str:
    """*value* as a decimal of at most six places, for people."""
    rounded = half_up(Fraction(value), 6)
    text = format(Decimal(rounded.numerator) / Decimal(rounded.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
