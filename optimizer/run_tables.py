"""The tables of a run folder computed from plan and instance, exact to the last digit.

Source: contract section 4; the verifier computes every cell again on its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import inf
from typing import Any

from models.exact import fraction, half_up
from models.instance import Facility, Host, Instance, bare_host
from models.plan import Plan, Siting
from models.rooms import hub_items_in
from optimizer.hosts import UNION
from optimizer.hubs import ExistingHub, counted_area, existing_hubs, qualifies

Row = dict[str, Any]
ZERO = Decimal("0.00")
SOURCE = "unassigned"
NATURE: Mapping[str, str] = {
    "allocation": "配建",
    "supplement": "新建",
    "transfer": "划转",
    "conversion": "转型",
    "vacated": "改建",
    "lease": "改建",
    "purchase": "改建",
    "swap": "改建",
}
CONSENTS = ("consent_owner", "consent_department", "review_ok")
FREE_FIELDS = (
    "responsible_unit",
    "builder",
    "operator",
    "services",
    "operating_mode",
    "fee_standard",
    "supervision",
    "duties",
)
SITING_HEADS = (
    "building",
    "community",
    "union",
    "hub",
    "route",
    "year",
    "upgraded",
    "acquire_yuan",
    "upgrade_yuan",
    "opening_yuan",
    "fitout_yuan",
    "rent_yuan_per_year",
)
ALLOCATION_HEADS = ("building", "level", "function", "area_m2", "slot")
SERVICE_HEADS = ("building", "function", "community", "persons", "walk_m")
FUNDING_HEADS = ("building", "source", "yuan", "year")
PROJECT_HEADS = (
    "project",
    "name",
    "district",
    "street",
    "community",
    "union",
    "nature",
    "hub_form",
    "buildings",
    "functions",
    "area_m2",
    "total_yuan",
    "yuan_by_source",
    "year",
    "status",
    *FREE_FIELDS,
    "operating_yuan_per_year",
    "revenue_yuan_per_year",
    "open_consents",
)


class Tables:
    """All tables of one plan; ``given`` are the planner's own project columns by building."""

    def __init__(self, instance: Instance, plan: Plan, given: Mapping[str, Row]) -> None:
        self.instance, self.plan, self.given = instance, plan, given
        self.walk = instance.walk_m
        self.planned: dict[tuple[str, str], Decimal] = {}
        for row in plan.services:
            key = row.community, row.function
            self.planned[key] = self.planned.get(key, Decimal(0)) + row.persons
        self.year_of = {row.building: row.year for row in plan.sitings}
        self.area_of: dict[str, Decimal] = {}
        for (b, _), area in plan.rooms_m2.items():
            self.area_of[b] = self.area_of.get(b, ZERO) + area

    def siting(self) -> list[Row]:
        """``siting.csv``."""
        return [
            {
                "building": s.building,
                "community": self.nearest_member(s),
                "union": union_id(self.instance.hosts[s.host]),
                "hub": s.is_hub,
                "route": self.instance.buildings[s.building].route,
                "year": s.year,
                "upgraded": s.is_upgraded,
                "acquire_yuan": s.acquire_yuan,
                "upgrade_yuan": s.upgrade_yuan,
                "opening_yuan": s.opening_yuan,
                "fitout_yuan": s.fitout_yuan,
                "rent_yuan_per_year": s.rent_yuan_per_year,
            }
            for s in self.plan.sitings
        ]

    def allocation(self) -> list[Row]:
        """``allocation.csv``."""
        return [
            {
                "building": a.building,
                "level": a.level,
                "function": a.function,
                "area_m2": _m2(a.area_m2),
                "slot": a.slot,
            }
            for a in self.plan.allocations
        ]

    def service(self) -> list[Row]:
        """``service.csv``."""
        return [
            {
                "building": s.building,
                "function": s.function,
                "community": s.community,
                "persons": s.persons,
                "walk_m": Decimal(repr(self.walk[s.building, s.community])),
            }
            for s in self.plan.services
        ]

    def funding(self) -> list[Row]:
        """``funding.csv``: without sources everything is ``unassigned``."""
        year = {s.building: s.year for s in self.plan.sitings}
        return [
            {"building": b, "source": source, "yuan": yuan, "year": year[b]}
            for b, source, yuan in self.paid
        ]

    @cached_property
    def paid(self) -> tuple[tuple[str, str, Decimal], ...]:
        """(building, source, yuan) of the one-off money."""
        if self.instance.limits.sources:
            return tuple((row.building, row.source, row.yuan) for row in self.plan.fundings)
        return tuple((s.building, SOURCE, s.cost_yuan) for s in self.plan.sitings if s.cost_yuan)

    @cached_property
    def paid_for(self) -> dict[str, list[tuple[str, Decimal]]]:
        """Building -> (source, yuan) of its one-off money."""
        groups: dict[str, list[tuple[str, Decimal]]] = {}
        for b, source, yuan in self.paid:
            groups.setdefault(b, []).append((source, yuan))
        return groups

    def communities(self) -> list[Row]:
        """``communities.csv``; heads by :func:`community_heads`."""
        return [self._community(c) for c in sorted(self.instance.communities)]

    def nearest_member(self, siting: Siting) -> str:
        """The host of a building, or the nearest member of the union; "" where nobody is."""
        members = self.instance.hosts[siting.host].members
        walks = [(self.walk.get((siting.building, c), inf), c) for c in members]
        return min(walks)[1] if walks else ""

    def acting(self, community: str) -> Host:
        """The host that stands for *community* in the plan."""
        union = self.instance.union_of.get(community)
        if union in self.plan.acting:
            return self.instance.hosts[union]
        if self.instance.policy.hosts == "building":
            return self._bare(community)
        known = self.instance.hosts.get(community)
        district = self.instance.communities[community].district
        return bare_host(community, district) if known is None else known

    def _bare(self, community: str) -> Host:
        """What a community has today where nobody hosts; its id may be a building's too."""
        instance = self.instance
        own = self._facilities_of.get(community, [])
        hubs = existing_hubs(own, instance.functions)
        return replace(
            bare_host("", instance.communities[community].district),
            members=(community,),
            existing_m2=round(sum(counted_area(row, instance.functions) for row in own), 2),
            has_hub=any(qualifies(hub, 0.0, instance.policy) for hub in hubs),
        )

    def _community(self, community: str) -> Row:
        host, policy = self.acting(community), self.instance.policy
        hub = self.hub_of(host)
        area = self.counted_of(host)
        required = _decimal(host.required_m2)
        present = self._domains(host, community)
        meets = area >= required and hub["form"] != "" and self._all_domains(host)
        covered = hub["form"] != "" or community in self.instance.covered_today
        return {
            "community": community,
            "union": union_id(host),
            "pilot": host.id in self.plan.pilots and community in host.pilot_members,
            "to_standard": meets,
            "covered": covered,
            "required_m2": required,
            "area_m2": area,
            "hub_m2": hub["area"],
            "hub_form": hub["form"],
            "functions": len(hub["items"]),
            "core_functions": len(hub["items"] & set(policy.core_items)),
            "domains": [d.id for d in policy.domains if set(policy.parts_of(d)) <= present],
            **self._served(community),
            "shortfall_m2": max(ZERO, required - area),
        }

    def _all_domains(self, host: Host) -> bool:
        return all(self._has_all(self._domains(host, c)) for c in host.members or (host.id,))

    def _has_all(self, present: set[str]) -> bool:
        policy = self.instance.policy
        return not policy.domains_required or set(policy.domain_parts) <= present

    def counted_of(self, host: Host) -> Decimal:
        """Existing counted area and what the plan credits, m²."""
        area = _decimal(host.existing_m2)
        for _, f, m2 in self._rooms_of.get(host.id, ()):
            area += m2 if self.instance.functions[f].counts_in_total else 0
        return _m2(area)

    def hub_of(self, host: Host) -> Row:
        """Form, counted area and items of the host's hub; form "" without one."""
        sites = self.plan.hub_sites.get(host.id)
        if sites is None:
            return self._existing_hub(host)
        places = [self.instance.hub_places[host.id, site] for site in sites]
        inside = [s.building for s in self.plan.sitings if s.host == host.id and s.is_hub]
        area = sum((_decimal(place.existing_m2) for place in places), ZERO)
        items = set().union(*(place.existing_items for place in places))
        for b, f, m2 in self._rooms_of.get(host.id, ()):
            if b in inside:
                area += m2 if self.instance.functions[f].counts_in_total else 0
                items |= hub_items_in(self.instance.functions, f)
        return {"form": self._form(sites, inside), "area": _m2(area), "items": items}

    def _form(self, sites: tuple[str, ...], inside: list[str]) -> str:
        if len(sites) > 1:
            return "分散"
        whole = all(self.area_of[b] == _decimal(self.instance.buildings[b].area_m2) for b in inside)
        return "集聚" if whole else "嵌入"

    def _existing_hub(self, host: Host) -> Row:
        if not host.has_hub:
            return {"form": "", "area": ZERO, "items": set()}
        found = [
            hub
            for c in host.members
            for hub in self._hubs_today.get(c, ())
            if qualifies(hub, host.hub_minimum_m2, self.instance.policy)
        ]
        best = max(found, key=lambda hub: hub.area_m2)
        return {"form": "existing", "area": _decimal(best.area_m2), "items": set(best.items)}

    def _domains(self, host: Host, community: str) -> set[str]:
        from_reach = self.instance.policy.domains_from == "reach"
        present = {d for c, d in host.domains_today if c == community}
        offers = self.plan.installed_m2 if from_reach else self._installed_of.get(host.id, ())
        for b, f in offers:
            domain = self.instance.functions[f].part
            if domain and community in self.instance.reached.get((b, f), ()):
                present.add(domain)
        return present

    @cached_property
    def _facilities_of(self) -> dict[str, list[Facility]]:
        """Community -> its facilities."""
        rows: dict[str, list[Facility]] = {}
        for row in self.instance.facilities:
            rows.setdefault(row.community, []).append(row)
        return rows

    @cached_property
    def _rooms_of(self) -> dict[str, list[tuple[str, str, Decimal]]]:
        """Host -> (building, function or combination, m²) of its rooms."""
        rooms: dict[str, list[tuple[str, str, Decimal]]] = {}
        for (b, f), m2 in self.plan.rooms_m2.items():
            rooms.setdefault(self.plan.host_of[b], []).append((b, f, m2))
        return rooms

    @cached_property
    def _installed_of(self) -> dict[str, list[tuple[str, str]]]:
        """Host -> (building, function) of what stands in its buildings."""
        standing: dict[str, list[tuple[str, str]]] = {}
        for b, f in self.plan.installed_m2:
            standing.setdefault(self.plan.host_of[b], []).append((b, f))
        return standing

    @cached_property
    def _hubs_today(self) -> dict[str, list[ExistingHub]]:
        """Community -> its hubs of today, qualifying or not."""
        hubs: dict[str, list[ExistingHub]] = {}
        for hub in existing_hubs(self.instance.facilities, self.instance.functions):
            hubs.setdefault(hub.community, []).append(hub)
        return hubs

    @cached_property
    def _needed(self) -> list[str]:
        return needed_functions(self.instance)

    def _served(self, community: str) -> Row:
        shares: Row = {}
        for f in self._needed:
            need = self.instance.needs.get((community, f))
            if need is None:
                shares[f"served_{f}"] = Decimal("1.000000")
                continue
            met = fraction(need.existing) + Fraction(self.planned.get((community, f), 0))
            shares[f"served_{f}"] = half_up(met / fraction(need.persons), 6)
        return shares


def union_id(host: Host) -> str:
    """Id of a union as the planner wrote it; "" for a host that is none."""
    return host.id.removeprefix(UNION) if host.is_union else ""


def needed_functions(instance: Instance) -> list[str]:
    """Functions that somebody needs, sorted."""
    return sorted({f for _, f in instance.needs})


def community_heads(instance: Instance) -> tuple[str, ...]:
    """Heads of ``communities.csv``."""
    return (
        "community",
        "union",
        "pilot",
        "to_standard",
        "covered",
        "required_m2",
        "area_m2",
        "hub_m2",
        "hub_form",
        "functions",
        "core_functions",
        "domains",
        *(f"served_{f}" for f in needed_functions(instance)),
        "shortfall_m2",
    )


def _decimal(value: float) -> Decimal:
    return _m2(Decimal(repr(value)))


def _m2(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def six(value: float | Decimal) -> Decimal:
    """*value* with six decimals, as persons are written."""
    return Decimal(str(value)).quantize(Decimal("0.000001"))
