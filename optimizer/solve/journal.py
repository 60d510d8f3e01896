"""Append-only journal of a solve: one checksummed JSON line an event, read while it is written.

The child writes, the parent reads; whatever kills the child, the last whole line holds the best
plan so far. A torn or damaged line ends the reading (reliability.md section 6).
"""

import contextlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from fractions import Fraction
from io import FileIO
from pathlib import Path
from typing import Any

from models.plan import Allocation, Funding, Plan, Service, Siting
from optimizer.solve.outcome import Level, Outcome


class JournalWriter:
    """Writes events; ``plan`` events are synced to disk."""

    def __init__(self, path: Path) -> None:
        # open as long as the writer lives: a plan must not wait for a file to be opened
        self._file: FileIO = open(path, "ab", buffering=0, opener=_private)  # noqa: SIM115

    def write(self, kind: str, data: Any, *, sync: bool = False) -> None:
        """Append one event; *data* is plain JSON data."""
        body = json.dumps([kind, data], ensure_ascii=False, separators=(",", ":"))
        line = f"{zlib.crc32(body.encode()):08x} {body}\n".encode()
        while line:
            line = line[self._file.write(line) :]
        if sync:
            os.fsync(self._file.fileno())


class JournalReader:
    """Reads the events that came since the last call."""

    def __init__(self, path: Path, offset: int = 0) -> None:
        self.path = path
        self._offset = offset

    def new_events(self) -> Iterator[tuple[str, Any]]:
        """Every whole, undamaged event not yet returned; stops at the first that is not."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            file.seek(self._offset)
            for line in file:
                event = _event(line)
                if event is None:
                    return
                self._offset += len(line)
                yield event

    @property
    def offset(self) -> int:
        """Bytes of the events returned."""
        return self._offset


@dataclass(frozen=True)
class Kept:
    """The last plan of a journal with its values; ``end`` is where the next events go."""

    plan: Plan | None = None
    levels: tuple[Level, ...] = ()
    end: int = 0


def resume(path: Path) -> Kept:
    """What the journal at *path* keeps, which is cut behind its last whole event to go on there.

    One that holds no plan, or none that this version can read, begins anew.
    """
    reader, kept = JournalReader(path), Kept()
    with contextlib.suppress(LookupError, ValueError, TypeError, ArithmeticError):
        for kind, data in reader.new_events():
            if kind == "plan":
                levels = tuple(level_of(value) for value in data["values"])
                kept = Kept(plan_of(data["plan"]), levels)
    end = reader.offset if kept.plan is not None else 0
    if path.exists() and path.stat().st_size > end:
        os.truncate(path, end)
    return Kept(kept.plan, kept.levels, end)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _event(line: bytes) -> tuple[str, Any] | None:
    checksum, _, body = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != f"{zlib.crc32(body):08x}".encode():
        return None
    kind, data = json.loads(body)
    return kind, data


#: field of a plan -> its record, and the ends of the names of its decimals
ROWS: Mapping[str, tuple[type, tuple[str, ...]]] = {
    "sitings": (Siting, ("_yuan", "_year")),
    "allocations": (Allocation, ("_m2",)),
    "services": (Service, ("persons",)),
    "fundings": (Funding, ("yuan",)),
}


def plan_data(plan: Plan) -> dict[str, Any]:
    """*plan* as JSON data, every field of it; Decimals become text."""
    data: dict[str, Any] = {}
    for field in fields(plan):
        value = getattr(plan, field.name)
        if field.name in ROWS:
            data[field.name] = [_texts(asdict(row)) for row in value]
        else:
            data[field.name] = dict(value) if isinstance(value, Mapping) else list(value)
    return data


def plan_of(data: dict[str, Any]) -> Plan:
    """The plan that :func:`plan_data` made *data* of."""
    made: dict[str, Any] = {}
    for name, value in data.items():
        if name in ROWS:
            record, endings = ROWS[name]
            made[name] = tuple(record(**_decimals(row, *endings)) for row in value)
        else:
            is_map = isinstance(value, dict)
            made[name] = {k: tuple(v) for k, v in value.items()} if is_map else tuple(value)
    return Plan(**made)


def level_data(level: Level) -> dict[str, Any]:
    """*level* as JSON data; fractions become text."""
    return {
        key: str(value) if isinstance(value, Fraction) else value
        for key, value in asdict(level).items()
    }


def level_of(data: dict[str, Any]) -> Level:
    """The level that :func:`level_data` made *data* of."""
    exact = {
        key: None if data[key] is None else Fraction(data[key])
        for key in ("value", "bound", "rounding", "exact_bound")
    }
    return Level(**(data | exact))


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """*outcome* as JSON data."""
    return asdict(outcome) | {
        "plan": None if outcome.plan is None else plan_data(outcome.plan),
        "levels": [level_data(level) for level in outcome.levels],
    }


def outcome_of(data: dict[str, Any]) -> Outcome:
    """The outcome that :func:`outcome_data` made *data* of."""
    return Outcome(
        **data
        | {
            "plan": None if data["plan"] is None else plan_of(data["plan"]),
            "levels": tuple(level_of(level) for level in data["levels"]),
            "wide_levels": tuple(data["wide_levels"]),
        }
    )


def _texts(row: dict[str, Any]) -> dict[str, Any]:
    return {k: str(v) if isinstance(v, Decimal) else v for k, v in row.items()}


def _decimals(row: dict[str, Any], *endings: str) -> dict[str, Any]:
    return {
        k: Decimal(v) if k.endswith(endings) and isinstance(v, str) else v for k, v in row.items()
    }
