"""``[compare]``: which keys of a scenario take which values, and a scenario with some of them set.

A key path leads to the list of its values; several keys make every combination. A value that is a
table goes over what the scenario says there, key by key. Source: contract section 2.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from optimizer.errors import Issue, Text
from optimizer.kinds import Kind, faults_in

COMPARE = "compare"
NEVER = ("extends", COMPARE)
KeyPath = tuple[str, ...]
Settings = Mapping[KeyPath, Any]


@dataclass(frozen=True)
class Axis:
    """One key path of ``[compare]`` and its values, in the order of the file."""

    path: KeyPath
    values: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The path as a person writes it."""
        return ".".join(self.path)


def axes_of(content: Mapping[str, Any]) -> tuple[Axis, ...]:
    """The axes of a scenario's ``[compare]``; what is no list is no axis."""
    return tuple(
        Axis(path, tuple(values))
        for path, values in _leaves(content.get(COMPARE, {}), ())
        if isinstance(values, list)
    )


def combinations(axes: tuple[Axis, ...]) -> list[dict[KeyPath, Any]]:
    """Every combination of values, the last axis changing fastest."""
    paths = [axis.path for axis in axes]
    return [dict(zip(paths, row, strict=True)) for row in product(*(axis.values for axis in axes))]


def with_settings(content: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """*content* with every path of *settings* set, and without its ``[compare]``."""
    changed = {key: value for key, value in content.items() if key != COMPARE}
    for path, value in settings.items():
        changed = _set(changed, path, value)
    return changed


def axis_faults(content: Mapping[str, Any], keys: Kind, file: str) -> Iterator[Issue]:
    """What is wrong with ``[compare]``: unknown keys, empty lists, values that the key refuses."""
    if not isinstance(content.get(COMPARE, {}), dict):
        return  # said already
    for path, values in _leaves(content.get(COMPARE, {}), ()):
        place = ".".join((COMPARE, *path))
        if not isinstance(values, list) or not values:
            yield _issue(
                file,
                place,
                "empty-axis" if values == [] else "wrong-type",
                "应为至少一个取值的列表。",
                "must be a list of at least one value.",
            )
            continue
        kind = _kind_at(keys, path)
        if isinstance(kind, list):
            hint = kind[0] if len(kind) == 1 else ", ".join(kind)
            yield _issue(
                file,
                place,
                "unknown-key",
                f"没有这个键;最接近的是 {hint}。",
                f"is no key; the nearest is {hint}.",
            )
            continue
        for number, value in enumerate(values, start=1):
            yield from faults_in(value, kind, f"{place}.{number}", file)
        if any(value in values[:position] for position, value in enumerate(values)):
            yield _issue(
                file, place, "given-twice", "同一取值出现两次。", "has the same value twice."
            )


def _leaves(table: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, (*path, key))
        else:
            yield (*path, key), value


def _kind_at(kind: Kind, path: KeyPath) -> Kind | list[str]:
    """The kind of the value at *path*, or the keys nearest to the one that is unknown."""
    for number, key in enumerate(path):
        if kind.keys is not None:
            known = [name for name in kind.keys if number or name not in NEVER]
            if key not in known:
                return difflib.get_close_matches(key, known, 1, 0.5) or known
            kind = kind.keys[key]
        elif kind.each is not None:
            kind = kind.each
        else:
            return [".".join(path[:number])]
    return kind


def _set(table: Mapping[str, Any], path: KeyPath, value: Any) -> dict[str, Any]:
    key, rest = path[0], path[1:]
    old = table.get(key)
    if rest:
        value = _set(old if isinstance(old, dict) else {}, rest, value)
    elif isinstance(value, dict) and isinstance(old, dict):
        for inner, part in value.items():
            old = _set(old, (inner,), part)
        value = old
    kept = {name: part for name, part in table.items() if name != _twin(key)}
    return {**kept, key: value}


def _twin(key: str) -> str:
    """The key that says the same money in yuan or in 10,000 yuan; "" for others."""
    if "10k_yuan" in key:
        return key.replace("10k_yuan", "yuan")
    return key.replace("_yuan", "_10k_yuan") if "_yuan" in key else ""


def _issue(file: str, place: str, code: str, zh: str, en: str) -> Issue:
    return Issue(code, Text(zh, en), Text("", ""), file=file, column=place)
