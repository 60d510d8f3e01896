"""A plan read back from its run folder, as exact as it was written."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.plan import Allocation, Funding, Plan, Service, Siting
from optimizer.hosts import UNION
from optimizer.result import Result
from optimizer.run_tables import SOURCE

Row = Mapping[str, Any]


PLANS = ("optimal", "feasible", "stopped")


def has_plan(folder: Path) -> bool:
    """*folder* is a run folder whose plan breaks no rule."""
    file = folder / "plan.json"
    return file.exists() and json.loads(file.read_text("utf-8"))["status"] in PLANS


def plan_of(result: Result) -> Plan:
    """The plan of *result*; its tables must be there."""
    tables = result.tables
    host = _host_of_building if result.policy["hosts"] == "building" else _host
    sitings = tuple(_siting(row, host(row)) for row in tables["siting"])
    sites = {row["id"]: _site(result, row) for row in result.inputs["buildings"]}
    communities = tables["communities"]
    return Plan(
        pilots=tuple(sorted({_host(row) for row in communities if row["pilot"]})),
        sitings=sitings,
        allocations=tuple(_allocations(result)),
        services=tuple(
            Service(row["building"], row["function"], row["community"], row["persons"])
            for row in tables["service"]
        ),
        hub_sites={
            u: tuple(sorted({sites[s.building] for s in sitings if s.is_hub and s.host == u}))
            for u in {s.host for s in sitings if s.is_hub}
        },
        acting=tuple(
            sorted(
                {UNION + row["union"] for row in (*communities, *tables["siting"]) if row["union"]}
            )
        ),
        fundings=tuple(
            Funding(row["building"], row["source"], row["yuan"])
            for row in tables["funding"]
            if row["source"] != SOURCE
        ),
    )


def _allocations(result: Result) -> Iterator[Allocation]:
    for row, room in zip(result.tables["allocation"], result.rooms, strict=True):
        yield Allocation(
            row["building"],
            int(row["level"]),
            row["function"],
            row["area_m2"],
            row["slot"],
            room if room != row["function"] else "",
        )


def _host(row: Row) -> str:
    return UNION + str(row["union"]) if row["union"] else str(row["community"])


def _host_of_building(row: Row) -> str:
    return str(row["building"])


def _site(result: Result, building: Row) -> str:
    is_named = building["site"] and result.policy["hub_place"] == "site"
    return str(building["site"]) if is_named else f"building:{building['id']}"


def _siting(row: Row, host: str) -> Siting:
    money = {
        name: Decimal(row[name])
        for name in (
            "acquire_yuan",
            "upgrade_yuan",
            "opening_yuan",
            "fitout_yuan",
            "rent_yuan_per_year",
        )
    }
    return Siting(
        building=row["building"],
        host=host,
        is_hub=bool(row["hub"]),
        year=int(row["year"]) if row["year"] else None,
        is_upgraded=bool(row["upgraded"]),
        **money,
    )
