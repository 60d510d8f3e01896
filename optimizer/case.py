"""A case as a whole: scenario, policy, checked tables and the instance made of them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.instance import Instance
from models.policy import Policy
from optimizer.axes import Settings
from optimizer.errors import InputError, Issue
from optimizer.load import load
from optimizer.load.files import digest_of
from optimizer.packs import Catalogue, apply_overrides, catalogue_for, read_policy
from optimizer.prepare import prepare
from optimizer.rows import Tables
from optimizer.scenario import Scenario, read_scenario, without_faults
from optimizer.validate import check_tables

SHIPPED = Path(__file__).resolve().parent.parent / "scenarios"


@dataclass(frozen=True)
class Case:
    """Everything a solve needs; ``issues`` are warnings only."""

    scenario: Scenario
    policy: Policy
    catalogue: Catalogue
    tables: Tables
    instance: Instance
    digests: Mapping[str, str]  # raw file -> sha256
    issues: tuple[Issue, ...]
    notes: Mapping[str, Any] = field(default_factory=dict)  # file -> encoding taken


def read_case(path: Path, *, allow_outside: bool = False, settings: Settings | None = None) -> Case:
    """Read, check and prepare the case of scenario *path*; InputError carries every fault."""
    scenario, faults = readable_scenario(path, allow_outside=allow_outside, settings=settings)
    policy = apply_overrides(read_policy(scenario.policy, scenario.path.parent), scenario.rules)
    catalogue = catalogue_for(policy)
    raw = load(scenario.data)
    checked = check_tables(raw, scenario, policy, catalogue.functions)
    if any(issue.severity == "error" for issue in (*faults, *checked.issues)):
        raise InputError((*faults, *checked.issues))
    prepared = prepare(checked.tables, policy, catalogue, scenario)
    return Case(
        scenario=scenario,
        policy=policy,
        catalogue=catalogue,
        tables=prepared.tables,
        instance=prepared.instance,
        digests={**raw.digests, **network_digest(scenario)},
        issues=checked.issues + prepared.issues,
        notes=raw.notes,
    )


def readable_scenario(
    path: Path, *, allow_outside: bool = False, settings: Settings | None = None
) -> tuple[Scenario, tuple[Issue, ...]]:
    """The scenario at *path* and its faults; what has one is left out, so the data can be checked.

    Raises InputError where the data cannot be checked without it.
    """
    file = find_scenario(path)
    try:
        return read_scenario(file, allow_outside=allow_outside, settings=settings), ()
    except InputError as error:
        sound = without_faults(file, error.issues, allow_outside=allow_outside)
        if sound is None:
            raise
        return sound, error.issues


def network_digest(scenario: Scenario) -> dict[str, str]:
    """The digest of the street layer, its place told from the data's."""
    if scenario.network is None:
        return {}
    file = scenario.network.file
    root = scenario.data if scenario.data.is_dir() else scenario.data.parent
    return {Path(os.path.relpath(file, root)).as_posix(): digest_of(file)}


def changed_since(case: Case) -> tuple[str, ...]:
    """Raw files of *case* that are no longer those it was read from."""
    data = case.scenario.data
    root = data if data.is_dir() else data.parent
    return tuple(name for name, digest in case.digests.items() if _digest(root / name) != digest)


def _digest(file: Path) -> str | None:
    try:
        return digest_of(file)
    except OSError:  # it is gone
        return None


def find_scenario(path: Path) -> Path:
    """*path* itself, or the shipped case of that name (``gongshu``)."""
    shipped = SHIPPED / path.name / "scenario.toml"
    if not path.exists() and len(path.parts) == 1 and shipped.exists():
        return shipped
    return path
