"""``projects.csv`` and the indicators: one row a hub, or a used building outside one.

Source: contract section 4; HZ-66 (project list), HZ-48 (operation and revenue).
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.exact import fraction, half_up
from models.instance import Host, Instance
from models.places import hub_street
from models.plan import Plan, Siting
from optimizer.rows import Tables as RawTables
from optimizer.run_tables import CONSENTS, FREE_FIELDS, NATURE, ZERO, Row, Tables, union_id

PLANNED = "planned"


def project_rows(tables: Tables, consents: dict[str, list[str]]) -> list[Row]:
    """``projects.csv``; *consents* are the consents still open by building."""
    groups: dict[str, list[Siting]] = {}
    for siting in tables.plan.sitings:
        key = f"hub:{siting.host}" if siting.is_hub else f"building:{siting.building}"
        groups.setdefault(key, []).append(siting)
    return [_project(tables, key, rows, consents) for key, rows in sorted(groups.items())]


def _project(
    tables: Tables, key: str, sitings: list[Siting], consents: dict[str, list[str]]
) -> Row:
    instance, plan = tables.instance, tables.plan
    buildings = [siting.building for siting in sitings]
    first = instance.buildings[buildings[0]]
    areas = _areas(plan, buildings)
    money = sum((siting.cost_yuan for siting in sitings), ZERO)
    years = sorted({siting.year for siting in sitings if siting.year is not None})
    host = instance.hosts[sitings[0].host]
    return {
        "project": key,
        "name": _name(instance, host) if sitings[0].is_hub else first.name,
        "district": first.district,
        "street": first.street,
        "community": tables.nearest_member(sitings[0]),
        "union": union_id(host),
        "nature": sorted({NATURE[instance.buildings[b].route] for b in buildings}),
        "hub_form": tables.hub_of(host)["form"] if sitings[0].is_hub else "",
        "buildings": buildings,
        "functions": [f"{f}:{m2}" for f, m2 in sorted(areas.items())],
        "area_m2": sum((tables.area_of.get(b, ZERO) for b in buildings), ZERO),
        "total_yuan": money,
        "yuan_by_source": _by_source(tables, buildings),
        "year": years[-1] if years else None,
        "status": PLANNED,
        **{field: _given(tables, buildings, field) for field in FREE_FIELDS},
        **_yearly(instance, plan, sitings),
        "open_consents": sorted({c for b in buildings for c in consents.get(b, ())}),
    }


def given_projects(tables: RawTables) -> dict[str, dict[str, Any]]:
    """Building -> what the planner knows of its project: of its site, over that of itself."""
    rows = tables["projects"].rows if "projects" in tables else ()
    of_site, of_building = (
        {row.values[key]: row.values for row in rows if row.values[key]}
        for key in ("site", "building")
    )
    given: dict[str, dict[str, Any]] = {}
    for row in tables["buildings"].rows:
        b, site = row.values["id"], row.values["site"]
        for values in (of_site.get(site, {}), of_building.get(b, {})):
            known = {field: values[field] for field in FREE_FIELDS if values.get(field)}
            given.setdefault(b, {}).update(known)
    return given


def _given(tables: Tables, buildings: list[str], field: str) -> list[str]:
    """What is known of *field*, each different word once, in the order of the buildings."""
    said = (tables.given.get(b, {}).get(field) for b in buildings)
    return list(dict.fromkeys(word for word in said if word))


def _name(instance: Instance, host: Host) -> str:
    return "、".join(instance.communities[c].name for c in host.members)


def _by_source(tables: Tables, buildings: list[str]) -> list[str]:
    total: dict[str, Decimal] = {}
    for b in buildings:
        for source, yuan in tables.paid_for.get(b, ()):
            total[source] = total.get(source, ZERO) + yuan
    return [f"{source}:{yuan}" for source, yuan in sorted(total.items())]


def _areas(plan: Plan, buildings: list[str]) -> dict[str, Decimal]:
    areas: dict[str, Decimal] = {}
    for b in buildings:
        for f, m2 in plan.installed_in.get(b, {}).items():
            areas[f] = areas.get(f, ZERO) + m2
    return areas


def _yearly(instance: Instance, plan: Plan, sitings: list[Siting]) -> Row:
    operating = sum((Fraction(siting.rent_yuan_per_year) for siting in sitings), Fraction(0))
    revenue = Fraction(0)
    for siting in sitings:
        for f, m2 in plan.installed_in.get(siting.building, {}).items():
            function = instance.functions[f]
            operating += Fraction(m2) * fraction(function.operating_yuan_per_m2_year)
            revenue += Fraction(m2) * fraction(function.revenue_yuan_per_m2_year)
    return {
        "operating_yuan_per_year": half_up(operating, 2),
        "revenue_yuan_per_year": half_up(revenue, 2),
    }


def open_consents(buildings: Any) -> dict[str, list[str]]:
    """Building -> consents that are assumed, not known, from the completed table."""
    return {
        row.values["id"]: [name for name in CONSENTS if name in row.derived]
        for row in buildings.rows
    }


def indicators(tables: Tables, communities: list[Row], projects: list[Row]) -> Row:
    """The figures a planner quotes."""
    instance, plan = tables.instance, tables.plan
    hubs = {hub_street(instance, u, sites) for u, sites in plan.hub_sites.items()}
    covered = (hubs | instance.streets_with_hub) & set(instance.streets)
    return {
        "pilots": sum(len(instance.hosts[u].place_districts) for u in plan.pilots),
        "hubs": len(plan.hub_sites),
        "streets": len(instance.streets),
        "streets_covered": len(covered),
        "communities_to_standard_count": sum(row["to_standard"] for row in communities),
        "residents_to_standard": sum(instance.hosts[u].residents for u in plan.pilots),
        "buildings_used": len(plan.sitings),
        "area_m2": sum(plan.rooms_m2.values(), ZERO),
        "cost_yuan": plan.cost_yuan,
        "operating_yuan_per_year": sum((p["operating_yuan_per_year"] for p in projects), ZERO),
        "revenue_yuan_per_year": sum((p["revenue_yuan_per_year"] for p in projects), ZERO),
        "need_served_share": _share(instance, plan),
    }


def _share(instance: Instance, plan: Plan) -> Decimal:
    whole = met = Fraction(0)
    for (_, f), need in instance.needs.items():
        weight = fraction(instance.functions[f].weight)
        whole += weight * fraction(need.persons)
        met += weight * fraction(need.existing)
    for row in plan.services:
        met += fraction(instance.functions[row.function].weight) * Fraction(row.persons)
    return half_up(met / whole, 6) if whole else Decimal("1.000000")
