"""The points of a sweep: one scenario a combination of values, each with the key of its content.

The key is a digest of everything that decides a plan: the scenario as resolved, the raw data, the
policy, the options and the versions. A run folder that carries it is finished and never solved
again. Source: reliability.md section 4 (Sweep rule), F10.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from optimizer.axes import Axis, KeyPath, axes_of, combinations
from optimizer.case import SHIPPED, find_scenario, network_digest
from optimizer.errors import CallError, Text
from optimizer.load import load
from optimizer.packs import apply_overrides, read_policy
from optimizer.run_folder import versions
from optimizer.scenario import Scenario, read_scenario
from optimizer.solve.outcome import SolveOptions

CATALOGUE = SHIPPED / "functions.toml"
KEY_LENGTH, LONGEST_NAME = 12, 60
ABOUT = ("name", "about")  # words about a scenario decide nothing


@dataclass(frozen=True)
class Point:
    """One point: its settings, and the folder of its run below the sweep's."""

    number: int
    settings: Mapping[KeyPath, Any]
    key: str

    @property
    def label(self) -> str:
        """The settings as a person writes them."""
        return ", ".join(f"{'.'.join(path)} = {_text(v)}" for path, v in self.settings.items())

    @property
    def folder(self) -> str:
        """Name of the run folder: the settings, and the key."""
        said = "_".join(f"{path[-1]}={_text(v)}" for path, v in self.settings.items())
        return f"{re.sub(r'[^0-9A-Za-z=._-]+', '-', said)[:LONGEST_NAME]}_{self.key[:KEY_LENGTH]}"


@dataclass(frozen=True)
class Sweep:
    """The points of one scenario, in the order of the product of its axes."""

    scenario: Path
    axes: tuple[Axis, ...]
    points: tuple[Point, ...]


def read_sweep(path: Path, options: SolveOptions, *, allow_outside: bool = False) -> Sweep:
    """The sweep that scenario *path* asks for.

    Raises InputError with every fault, CallError where it has no ``[compare]``.
    """
    file = find_scenario(path)
    axes = axes_of(read_scenario(file, allow_outside=allow_outside).resolved)
    if not axes:
        raise CallError(
            Text(
                "方案没有 [compare];请写要比较的键与取值,如 budget.total_10k_yuan = [4000, 6000]。",
                "The scenario has no [compare]; say which key takes which values, "
                "like budget.total_10k_yuan = [4000, 6000].",
            )
        )
    digests: dict[Path, Mapping[str, str]] = {}
    points = []
    for number, settings in enumerate(combinations(axes)):
        scenario = read_scenario(file, allow_outside=allow_outside, settings=settings)
        if scenario.data not in digests:
            digests[scenario.data] = load(scenario.data).digests
        key = _key(scenario, digests[scenario.data], options)
        points.append(Point(number, settings, key))
    return Sweep(file, axes, tuple(points))


def _key(scenario: Scenario, digests: Mapping[str, str], options: SolveOptions) -> str:
    policy = apply_overrides(read_policy(scenario.policy, scenario.path.parent), scenario.rules)
    content = {
        "network": network_digest(scenario),
        "scenario": {k: v for k, v in scenario.resolved.items() if k not in ABOUT},
        "data": dict(digests),
        "policy": asdict(policy),
        "catalogue": hashlib.sha256(CATALOGUE.read_bytes()).hexdigest(),
        "options": asdict(replace(options, start=None)),
        "versions": versions(),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {_text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_text, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
