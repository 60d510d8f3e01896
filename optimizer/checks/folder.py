"""Reading a run folder with the standard library only: text to exact numbers, faults located.

Damaged or hostile files end in one VerifyError that names every fault, never in anything else.
"""

import csv
import hashlib
import io
import json
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from optimizer.checks.columns import INPUT_COLUMNS, OUTPUT_COLUMNS, Fault, faults_of_table
from optimizer.checks.shape import (
    BOUND,
    EXPORTS,
    FAILED_MUSTS,
    PLAN,
    POLICY,
    SCENARIO,
    Shape,
    faults_of,
)

Row = Mapping[str, str]
SCHEMA, EXPORTS_SCHEMA, BOUND_SCHEMA = "linli-plan/1", "linli-exports/1", "linli-bound/1"
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
CERTIFICATE = "bound_certificate.json"  # there where a level has one
WITHOUT_PLAN = ("no_plan", "infeasible")
LARGEST_BYTES = 1 << 30
LONGEST_NUMBER = 40
DISPERSED = ("building_distances",)  # there where the pack allows dispersed hubs


class VerifyError(Exception):
    """The folder cannot be read as a run folder (exit 2); carries every fault found."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{fault.place}: {fault.zh} {fault.en}" for fault in faults))

    @property
    def refused(self) -> OSError | None:
        """What the system said of the first file it kept back; None where it gave them all."""
        return next((fault.refused for fault in self.faults if fault.refused), None)


@dataclass(frozen=True)
class Folder:
    """Every file of a run folder, cells as text; ``exports`` name -> digest noted, digest found."""

    plan: Mapping[str, Any]
    policy: Mapping[str, Any]
    scenario: Mapping[str, Any]
    outputs: Mapping[str, tuple[Row, ...]]
    inputs: Mapping[str, tuple[Row, ...]]
    exports: Mapping[str, tuple[str, str]]
    duals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # goal -> row -> number

    @property
    def has_plan(self) -> bool:
        """The run ended with a plan; without one there are no tables to judge."""
        return self.plan["status"] not in WITHOUT_PLAN


def read_folder(directory: Path) -> Folder:
    """The files of *directory*; VerifyError names every one that is missing or damaged."""
    if not directory.is_dir():
        raise VerifyError(Fault(str(directory), "不是结果文件夹。", "is no run folder."))
    plan = _plan(directory / "plan.json")
    inputs, faults = directory / "inputs", list[Fault]()
    has_plan = plan["status"] not in WITHOUT_PLAN
    policy = _shaped(inputs / "policy.json", POLICY, faults)
    tables = (*INPUTS, *DISPERSED) if policy.get("dispersed_hub") else INPUTS
    folder = Folder(
        plan=plan,
        policy=policy,
        scenario=_shaped(inputs / "scenario.json", SCENARIO, faults),
        outputs={
            name: _table(directory / f"{name}.csv", OUTPUT_COLUMNS, faults) if has_plan else ()
            for name in OUTPUTS
        },
        inputs={name: _table(inputs / f"{name}.csv", INPUT_COLUMNS, faults) for name in tables},
        exports=_exports(directory, faults),
        duals=_duals(directory / CERTIFICATE, faults),
    )
    if faults:
        raise VerifyError(*faults)
    return folder


def _exports(directory: Path, faults: list[Fault]) -> dict[str, tuple[str, str]]:
    """Exports that are there, by the manifest; one that a user took away is nobody's fault."""
    manifest, found = directory / "exports.json", {}
    noted = _shaped(manifest, EXPORTS, faults) if manifest.exists() else {}
    files = noted.get("files") if isinstance(noted, dict) else None
    if isinstance(noted, dict) and noted and noted.get("schema") != EXPORTS_SCHEMA:
        said = f"{noted.get('schema')!r} ≠ {EXPORTS_SCHEMA!r}"
        faults.append(Fault("exports.json schema", f"格式不同:{said}。", f"is another: {said}."))
    for name, digest in files.items() if isinstance(files, dict) else ():
        path = directory / name
        if path.resolve().is_relative_to(directory.resolve()) and path.is_file():
            found[name] = str(digest), hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _duals(path: Path, faults: list[Fault]) -> dict[str, Mapping[str, str]]:
    """The dual vectors of the levels that have one."""
    if not path.exists():
        return {}
    known = len(faults)
    data = _shaped(path, BOUND, faults)
    if len(faults) > known:
        return {}
    if data["schema"] != BOUND_SCHEMA:
        said = f"{data['schema']!r} ≠ {BOUND_SCHEMA!r}"
        faults.append(Fault(f"{path.name} schema", f"格式不同:{said}。", f"is another: {said}."))
    return {level["name"]: level["duals"] for level in data["levels"]}


def _plan(path: Path) -> Any:
    """plan.json; another version of the format is named before anything else is judged."""
    data = read_json(path)
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema != SCHEMA:
        raise VerifyError(
            Fault(
                f"{path.name} schema",
                f"格式为 {schema!r},本程序核验 {SCHEMA!r};请用写出它的版本核验。",
                f"is {schema!r}, this program verifies {SCHEMA!r}: use the version that wrote it.",
            )
        )
    faults = list(faults_of(PLAN, data, path.name))
    place = f"{path.name} failed_musts"
    faults += faults_of(FAILED_MUSTS, data.get("failed_musts", []), place)
    if faults:
        raise VerifyError(*faults)
    return data


def _shaped(path: Path, shape: Shape, faults: list[Fault]) -> Any:
    try:
        data = read_json(path)
    except VerifyError as error:
        faults += error.faults
        return {}
    faults += faults_of(shape, data, _name(path))
    return data


def _table(
    path: Path, columns: Mapping[str, Mapping[str, str]], faults: list[Fault]
) -> tuple[Row, ...]:
    try:
        heads, rows = _csv(path)
    except VerifyError as error:
        faults += error.faults
        return ()
    faults += faults_of_table(columns[path.stem], heads, rows, _name(path))
    return rows


def read_json(path: Path) -> Any:
    """The data of a JSON file: exact numbers, no NaN, no key twice; VerifyError says why not."""
    try:
        return json.loads(
            _text(path),
            parse_float=_number_text,
            parse_int=_number_text,
            parse_constant=_no_constant,
            object_pairs_hook=_unique,
        )
    except (ValueError, RecursionError) as error:
        raise _damaged(path, error) from error


def _number_text(text: str) -> int | Decimal:
    """An int or Decimal of bounded size: no number of the file can exhaust the machine."""
    value = Decimal(text)
    if len(text) > LONGEST_NUMBER or abs(value.adjusted()) > LONGEST_NUMBER:
        raise ValueError(f"number too long: {text[:LONGEST_NUMBER]}…")
    return int(text) if text.lstrip("-").isdigit() else value


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"key {twice!r} stands twice")
    return data


def _csv(path: Path) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Heads and rows of a CSV file, every row as wide as the heads."""
    try:
        lines = list(csv.reader(io.StringIO(_text(path), newline=""), strict=True))
    except csv.Error as error:
        raise _damaged(path, error) from error
    heads = tuple(lines[0]) if lines else ()
    faults = list(_faults_of_lines(heads, lines, _name(path)))
    if faults:
        raise VerifyError(*faults)
    return heads, tuple(dict(zip(heads, line, strict=True)) for line in lines[1:])


def _faults_of_lines(heads: tuple[str, ...], lines: list[list[str]], file: str) -> Iterator[Fault]:
    if not heads:
        yield Fault(file, "是空文件。", "is empty.")
    for head in sorted({head for head in heads if heads.count(head) > 1}):
        yield Fault(f"{file} {head}", "列名重复。", "the head stands twice.")
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(heads):
            said = f"{len(line)} / {len(heads)}"
            yield Fault(
                f"{file} row {number}",
                f"单元格数不对({said})。",
                f"wrong number of cells ({said}).",
            )


def _text(path: Path) -> str:
    """The text of a regular file of bounded size; VerifyError where it is none."""
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise VerifyError(Fault(_name(path), "不是普通文件。", "is no regular file."))
        if facts.st_size > LARGEST_BYTES:
            raise VerifyError(Fault(_name(path), "文件过大。", "is too large."))
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise VerifyError(Fault(_name(path), "缺少这个文件。", "is missing.")) from error
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> VerifyError:
    said = "nested too deep" if isinstance(error, RecursionError) else str(error)
    refused = error if isinstance(error, OSError) else None
    return VerifyError(Fault(_name(path), f"文件损坏:{said}", f"is damaged: {said}", refused))


def _name(path: Path) -> str:
    return f"inputs/{path.name}" if path.parent.name == "inputs" else path.name


def number(text: str, where: str) -> Fraction:
    """The exact number of *text*; VerifyError where it is none."""
    value = _fraction(text)
    if value is None:
        raise VerifyError(Fault(where, f"{text!r} 不是数。", f"{text!r} is no number."))
    return value


@lru_cache(maxsize=100_000)  # the same few texts stand in most cells of a city
def _fraction(text: str) -> Fraction | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    is_number = value.is_finite() and abs(value.adjusted()) <= LONGEST_NUMBER
    return Fraction(value) if is_number else None


def amount(row: Row, column: str, default: Fraction | None = None) -> Fraction:
    """The number in *column* of *row*; *default* where the cell is empty."""
    text = row.get(column, "")
    if text == "" and default is not None:
        return default
    value = _fraction(text)
    return number(text, f"{column} of {next(iter(row.values()))}") if value is None else value


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
