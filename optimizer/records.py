"""Typed rows to the records of models.instance, with defaults filled and named.

Source: contract section 1 (defaults).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.instance import Building, Community, Facility, Floor, Function
from models.policy import Policy
from optimizer.rows import Row, Table, Tables

SMALLEST_M2 = Decimal("0.01")
UPGRADE, ALWAYS, LIFT = "upgrade", "always", "lift"
EMPTY = ("facilities", "floors", "adjacency", "projects")


def with_defaults(tables: Tables, policy: Policy) -> dict[str, Table]:
    """Every table of a case, empty where absent, rows sorted, names and pilots filled."""
    complete = {name: Table(name, ()) for name in EMPTY} | dict(tables)
    complete["communities"] = _sorted(complete["communities"], lambda r: _community(r, policy))
    complete["buildings"] = _sorted(complete["buildings"], _named)
    homes = {r.values["id"]: r.values for r in complete["communities"].rows}
    complete["facilities"] = _sorted(complete["facilities"], lambda r: _located(r, homes))
    complete["functions"] = _sorted(complete["functions"], lambda r: _function(r, policy))
    return complete


def _sorted(table: Table, change: Any) -> Table:
    rows = sorted((change(row) for row in table.rows), key=lambda row: str(row.values["id"]))
    return Table(table.name, tuple(rows), table.file, table.sheet)


def _filled(row: Row, **values: Any) -> Row:
    """*row* with its empty columns among *values* filled, and named as derived."""
    new = {k: v for k, v in values.items() if row.values[k] is None and v is not None}
    return Row(row.number, {**row.values, **new}, row.derived | set(new))


def _named(row: Row) -> Row:
    return _filled(row, name=row.values["id"], district="", street="")


def _community(row: Row, policy: Policy) -> Row:
    row = _named(row)
    allowed = row.values["type"] in policy.pilot_types and (
        policy.pilot_districts is None or row.values["district"] in policy.pilot_districts
    )
    return _filled(row, pilot="candidate" if allowed else "excluded")


def _located(row: Row, homes: dict[str, Any]) -> Row:
    home = homes[row.values["community"]]
    return _filled(row, lon=home["lon"], lat=home["lat"])


def _function(row: Row, policy: Policy) -> Row:
    standard = row.values["std_m2"]
    if policy.hosts == "building":  # contract 5 Goals: the weight is 1
        row = Row(row.number, {**row.values, "weight": None}, row.derived, row.absent)
    return _filled(
        row,
        name=row.values["id"],
        item=row.values["id"],
        max_m2=None if standard is None else 2 * standard,
        weight=Decimal(1),
    )


def floors_table(tables: dict[str, Table]) -> Table:
    """``floors`` complete: a building without floors is one floor, level 1."""
    given = {row.values["building"] for row in tables["floors"].rows}
    made = [
        Row(
            0,
            {"building": row.values["id"], "level": 1, "area_m2": row.values["area_m2"]},
            frozenset({"level", "area_m2"}),
        )
        for row in tables["buildings"].rows
        if row.values["id"] not in given
    ]
    rows = sorted(
        [*tables["floors"].rows, *made], key=lambda r: (r.values["building"], r.values["level"])
    )
    return Table("floors", tuple(rows), tables["floors"].file, tables["floors"].sheet)


def is_open(row: Row, deadline: int | None) -> bool:
    """The facility of *row* is open by the deadline."""
    year = row.values["year"]
    return deadline is None or year is None or year <= deadline


def _degrees(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def community_record(row: Row) -> Community:
    """The community of a completed row."""
    v = row.values
    return Community(
        id=v["id"],
        name=v["name"],
        district=v["district"],
        street=v["street"],
        type=v["type"],
        kind=v["kind"],
        households=v["households"],
        residents=v["residents"],
        infants=v["infants"],
        pupils=v["pupils"],
        elderly=v["elderly"],
        elderly65=v["elderly65"],
        lon=_degrees(v["lon"]),
        lat=_degrees(v["lat"]),
        priority=float(v["priority"]),
        pilot=v["pilot"],
        union=v["union"],
    )


def facility_record(row: Row) -> Facility:
    """The facility of a completed row."""
    v = row.values
    return Facility(
        id=v["id"],
        community=v["community"],
        function=v["function"],
        area_m2=float(v["area_m2"]),
        site=v["site"],
        is_hub=bool(v["hub"]),
        is_counted=bool(v["counted"]),
        lon=_degrees(v["lon"]),
        lat=_degrees(v["lat"]),
    )


def building_record(row: Row, floors: list[Row], policy: Policy) -> Building:
    """The building of a completed row and its floors."""
    v = row.values
    locks = v["lock"] or ()
    hosts = [lock.partition(":")[2] for lock in locks if lock.startswith("community:")]
    held = [lock.partition(":")[2] for lock in locks if lock.startswith("function:")]
    own_place, upgrade = f"building:{v['id']}", _upgrade(v)
    return Building(
        id=v["id"],
        name=v["name"],
        district=v["district"],
        street=v["street"],
        floors=tuple(
            Floor(r.values["level"], float(r.values["area_m2"]))
            for r in sorted(floors, key=lambda r: int(r.values["level"]))
        ),
        owner=v["owner"],
        route=v["route"],
        acquire_yuan=float(v["acquire_yuan"]),
        rent_yuan_per_year=float(v["rent_yuan_per_year"]),
        site=v["site"] if v["site"] and policy.hub_place == "site" else own_place,
        fire_class=v["fire_class"],
        has_lift=v["lift"] == "1" or (v["lift"] == UPGRADE and upgrade == ALWAYS),
        replaces=tuple(sorted(v["replaces"] or ())),
        upgrade=upgrade,
        upgrade_yuan=float(v["upgrade_yuan"]),
        available_year=v["available_year"],
        must_use=bool(set(locks) - {"never"}),
        must_hold=tuple(sorted(held)),
        must_host=hosts[0] if hosts else None,
        outdoor_m2=float(v["outdoor_m2"]),
        lon=_degrees(v["lon"]),
        lat=_degrees(v["lat"]),
    )


def _upgrade(values: Mapping[str, Any]) -> str:
    """ALWAYS where safety needs the upgrade, LIFT where only floors above do, else nothing."""
    if UPGRADE in (values["fire_ok"], values["structure_ok"]):
        return ALWAYS
    return LIFT if values["lift"] == UPGRADE else ""


def function_record(row: Row, policy: Policy) -> Function:
    """The function of a completed row as *policy* sees it."""
    v = row.values
    known = v["domain"] if v["domain"] in policy.domain_ids else None
    is_office = v["item"] == "office"
    return Function(
        id=v["id"],
        name=v["name"],
        item=v["item"],
        domain=known,
        is_core=bool(v["core"]),
        min_m2=float(max(v["min_m2"], SMALLEST_M2)),
        max_m2=None if v["max_m2"] is None else float(v["max_m2"]),
        m2_per_person=float(v["m2_per_person"]),
        need_group=v["need_group"],
        need_per_1000=float(v["need_per_1000"] or 0),
        weight=float(v["weight"]),
        opening_yuan=float(v["opening_yuan"]),
        fitout_yuan_per_m2=float(v["fitout_yuan_per_m2"]),
        operating_yuan_per_m2_year=float(v["operating_yuan_per_m2_year"]),
        revenue_yuan_per_m2_year=float(v["revenue_yuan_per_m2_year"]),
        counts_in_total=bool(v["counts_in_total"]),
        is_office=is_office,
        is_resident_activity=bool(v["resident_activity"]),
        counts_as_item=known is not None and not is_office,
        part=policy.part_of(known, v["item"]),
        outdoor_m2_per_person=float(v["outdoor_m2_per_person"]),
    )
