"""Writes a run folder: inputs as understood, the plan's tables, plan.json.

Source: contract section 4.
"""

import importlib.metadata
import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from models.exact import half_up
from models.instance import Instance
from models.policy import Policy
from optimizer import __version__
from optimizer.canonical import csv_text, json_text
from optimizer.case import Case
from optimizer.musts import FailedMust
from optimizer.refits import after
from optimizer.result import SCHEMA, WITHOUT_PLAN
from optimizer.rows import Tables
from optimizer.run_gaps import GAP_HEADS, gap_rows
from optimizer.run_projects import given_projects, indicators, open_consents, project_rows
from optimizer.run_tables import (
    ALLOCATION_HEADS,
    FUNDING_HEADS,
    PROJECT_HEADS,
    SERVICE_HEADS,
    SITING_HEADS,
    community_heads,
)
from optimizer.run_tables import Tables as RunTables
from optimizer.scenario import Scenario
from optimizer.solve.outcome import Level, Outcome, SolveOptions
from optimizer.tables import TABLES
from optimizer.verify import Report
from optimizer.written import write_text

EXTRA_HEADS: Mapping[str, tuple[str, ...]] = {
    "facility_distances": ("facility", "community", "walk_m", "origin"),
    "distances": ("building", "community", "walk_m", "origin"),
    "building_distances": ("building", "neighbour", "walk_m", "origin"),
    "needs": ("community", "function", "persons", "existing", "left", "derived"),
}
PACKAGES = ("highspy", "numpy", "pandas", "pyomo", "scipy")


@dataclass(frozen=True)
class RunInputs:
    """What a run folder tells of its inputs."""

    scenario: Scenario
    policy: Policy
    group_share: Mapping[str, Decimal]
    tables: Tables
    instance: Instance
    digests: Mapping[str, str]


def run_inputs(case: Case) -> RunInputs:
    """What a run folder tells of *case*."""
    return RunInputs(
        scenario=case.scenario,
        policy=case.policy,
        group_share=case.catalogue.group_share,
        tables=case.tables,
        instance=case.instance,
        digests=case.digests,
    )


def write_run(
    case: RunInputs,
    outcome: Outcome,
    options: SolveOptions,
    folder: Path,
    changed: Sequence[str] = (),
) -> None:
    """Write everything but the verdict into *folder*; the plan must not be None.

    *changed* are the raw files that were changed since they were read.
    """
    assert outcome.plan is not None
    _write_inputs(case, folder / "inputs")
    built = after(case.instance, outcome.plan.host_of)
    tables = RunTables(built, outcome.plan, given_projects(case.tables))
    communities = tables.communities()
    projects = project_rows(tables, open_consents(case.tables["buildings"]))
    for name, heads, rows in (
        ("siting", SITING_HEADS, tables.siting()),
        ("allocation", ALLOCATION_HEADS, tables.allocation()),
        ("service", SERVICE_HEADS, tables.service()),
        ("communities", community_heads(case.instance), communities),
        ("funding", FUNDING_HEADS, tables.funding()),
        ("projects", PROJECT_HEADS, projects),
        ("gaps", GAP_HEADS, gap_rows(tables)),
    ):
        write_text(folder / f"{name}.csv", csv_text(heads, rows))
    plan = _plan_json(case, outcome, options, indicators(tables, communities, projects))
    write_text(folder / "plan.json", json_text(plan | {"inputs_changed": list(changed)}))


def write_without_plan(
    case: RunInputs,
    outcome: Outcome,
    options: SolveOptions,
    failed: Sequence[FailedMust],
    folder: Path,
) -> None:
    """Write inputs and plan.json of a case that has no plan: the musts that fail, with proofs."""
    _write_inputs(case, folder / "inputs")
    proofs = [
        {"rule": must.rule, "place": must.place, "zh": must.proof.zh, "en": must.proof.en}
        for must in failed
    ]
    plan = _plan_json(case, outcome, options, {}) | {"failed_musts": proofs}
    write_text(folder / "plan.json", json_text(plan))


def set_verdict(folder: Path, report: Report) -> None:
    """Put what the verifier found into plan.json; a violation breaks a plan."""
    path = folder / "plan.json"
    plan = json.loads(path.read_text("utf-8"))
    plan["rules"], plan["violations"] = report.rules, report.violations
    for level, proved in zip(plan["objective"], report.certificates, strict=False):
        bound = proved["certified_bound"]
        level["certificate"] = proved["certificate"]
        level["certified_bound"] = None if bound is None else Decimal(bound)
        price = proved["per_million_yuan"]
        level["per_million_yuan"] = None if price is None else Decimal(price)
    if report.violations and plan["status"] not in WITHOUT_PLAN:
        plan["status"] = "broken"
    write_text(path, json_text(plan))


def set_status(folder: Path, status: str) -> None:
    """Say *status* in plan.json instead."""
    path = folder / "plan.json"
    plan = json.loads(path.read_text("utf-8"))
    write_text(path, json_text(plan | {"status": status}))


def _write_inputs(case: RunInputs, folder: Path) -> None:
    folder.mkdir()
    for name, table in case.tables.items():
        heads = EXTRA_HEADS.get(name)
        if heads is None:
            heads = (*(column.name for column in TABLES[name].columns), "derived")
        write_text(folder / f"{name}.csv", csv_text(heads, map(_flat, table.rows)))
    write_text(folder / "policy.json", json_text(_policy_json(case)))
    write_text(folder / "scenario.json", json_text(scenario_json(case)))


def _flat(row: Any) -> dict[str, Any]:
    return {**row.values, "derived": row.derived}


def _policy_json(case: RunInputs) -> dict[str, Any]:
    data = asdict(case.policy)
    data.pop("off")
    return data | {"office_functions": ["office"], "group_share": dict(case.group_share)}


def scenario_json(case: RunInputs) -> dict[str, Any]:
    """The scenario with every default resolved."""
    scenario, limits = case.scenario, case.instance.limits
    return {
        "name": scenario.name,
        "policy": scenario.policy,
        "coords": scenario.coords,
        "deadline": scenario.deadline,
        "pilots": {"target": limits.pilots, "by_district": dict(limits.pilots_by_district)},
        "hubs": {"target": limits.hubs},
        "budget": {
            "total_yuan": scenario.total_yuan,
            "by_district_yuan": dict(scenario.by_district_yuan),
            "operating_yuan_per_year": scenario.operating_yuan_per_year,
            "by_year_yuan": scenario.by_year_yuan,
        },
        "sources": [asdict(source) for source in scenario.sources],
        "reach": {
            "walk_m": scenario.walk_m,
            "host_m": scenario.host_m,
            "detour": scenario.detour,
            "network": scenario.resolved.get("reach", {}).get("network"),
            "cross_district": scenario.cross_district,
        },
        "service": {
            "mode": "whole" if scenario.is_whole else "split",
            "serve_all": scenario.serve_all,
        },
        "goals": [case.instance.weights.get(goal, goal) for goal in case.instance.goals],
        "rules": {key: asdict(value) for key, value in scenario.rules.items()},
        "changes": [asdict(change) for change in scenario.changes],
        "about": dict(scenario.about),
    }


def _plan_json(
    case: RunInputs, outcome: Outcome, options: SolveOptions, figures: dict[str, Any]
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "scenario": scenario_json(case),
        "inputs": dict(case.digests),
        "versions": versions(),
        "seed": options.seed,
        "threads": options.threads,
        "options": {"engine": options.engine, "gap": options.gap, "seconds": options.seconds},
        "machine": machine(),
        "engine": {"name": outcome.engine, "why": outcome.why_engine},
        "status": outcome.status,
        "wide_levels": list(outcome.wide_levels),
        "objective": [_level_json(level) for level in outcome.levels],
        "indicators": figures,
        "seconds": {"wall": round(outcome.wall_s, 3), "cpu": round(outcome.cpu_s, 3)},
        "note": outcome.note,
        "ended": outcome.ended,
        "rules": [],
        "violations": [],
    }


def _level_json(level: Level) -> dict[str, Any]:
    """A level with six decimals; the gap is that of the figures shown.

    What is certified the verifier says; ``exact_bound`` is proved of the arrays that were solved.
    """
    value = half_up(level.value, 6)
    bound = None if level.bound is None else half_up(level.bound, 6)
    shown = replace(level, value=Fraction(value), bound=None if bound is None else Fraction(bound))
    return {
        "name": level.name,
        "value": value,
        "bound": bound,
        "gap": None if shown.gap is None else half_up(shown.gap, 6),
        "certificate": "claimed",
        "certified_bound": None,
        "per_million_yuan": None,
        "exact_bound": None if level.exact_bound is None else half_up(level.exact_bound, 6),
        "rounding": half_up(level.rounding, 6),
        "seconds": {"wall": round(level.wall_s, 3), "cpu": round(level.cpu_s, 3)},
    }


def versions() -> dict[str, str]:
    """Versions of Linli, Python and the packages that decide a plan."""
    return {"linli": __version__, "python": platform.python_version(), **_packages()}


@cache
def _packages() -> Mapping[str, str]:
    return {name: importlib.metadata.version(name) for name in PACKAGES}


def machine() -> dict[str, Any]:
    """What the run's seconds were measured on; no name of a person or a host."""
    return {
        "system": f"{platform.system()} {platform.release()}".strip(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
    }
