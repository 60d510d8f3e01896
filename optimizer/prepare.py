"""Typed tables, policy and scenario to the Instance and to the completed tables of ``inputs/``.

Source: contract section 5; everything exact is decided here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from models.instance import (
    Fit,
    Host,
    Instance,
    Need,
    Refusal,
    ServiceRule,
)
from models.places import Place, Quarter
from models.policy import Policy
from models.rooms import room_fits
from optimizer.demand import PERSONS, needs_table, with_persons
from optimizer.dispersed import dispersal_of
from optimizer.distances import Distances, measure
from optimizer.eligibility import building_refusals, fit_of
from optimizer.errors import InputError, Issue, Text
from optimizer.hosts import UNION, Ground, all_hosts, union_faults, unions_of
from optimizer.hubs import Stock, existing_hubs, places_of, qualifies, sites_of
from optimizer.labels import label
from optimizer.limits import limits_of
from optimizer.packs import Catalogue
from optimizer.records import (
    building_record,
    community_record,
    facility_record,
    floors_table,
    function_record,
    is_open,
    with_defaults,
)
from optimizer.refits import fading_of
from optimizer.rows import Row, Table, Tables
from optimizer.scenario import Scenario
from optimizer.shared_rooms import room_faults, rooms_of


@dataclass(frozen=True)
class Prepared:
    """The instance, the tables completed, and warnings."""

    instance: Instance
    tables: Tables
    issues: tuple[Issue, ...]


def prepare(tables: Tables, policy: Policy, catalogue: Catalogue, scenario: Scenario) -> Prepared:
    """Instance and completed tables; InputError where locks contradict eligibility."""
    complete = _completed(tables, policy, catalogue, scenario)
    ground = _Ground(complete, policy, scenario)
    hosts = all_hosts(ground.hosting)
    pairs, refusals = ground.pairs()
    sited = _places(hosts, pairs, ground.far_pairs(hosts, pairs), ground)
    refusals += [*sited.refusals, *ground.refusals]
    usable = {b for _, b in pairs}
    fits = {key: fit for key, fit in ground.fits.items() if key[0] in usable}
    instance = Instance(
        policy=policy,
        communities=ground.communities,
        buildings={b: ground.stock.buildings[b] for b in sorted(usable)},
        functions=dict(ground.stock.functions),
        facilities=ground.stock.facilities,
        hosts=hosts,
        pairs=tuple(pairs),
        **sited.fields,
        fits=fits,
        reached=ground.distances.reached(fits),
        walk_m={key: float(walk) for key, walk in ground.distances.walk.items()},
        needs=_needs(complete["needs"]),
        streets=tuple(sorted({(c.district, c.street) for c in ground.communities.values()})),
        streets_with_hub=ground.streets_with_hub(),
        limits=limits_of(policy, scenario),
        goals=scenario.goals or policy.goals,
        weights=scenario.weights,
        service=ServiceRule(scenario.is_whole, scenario.serve_all),
        covered_today=ground.covered_today(),
        candidate_m2=round(sum(b.area_m2 for b in ground.stock.buildings.values()), 2),
        refusals=tuple(refusals),
        reach_m=ground.distances.limits,
    )
    issues = _lock_faults(complete, instance, refusals)
    issues += union_faults(complete["communities"], ground.hosting)
    if issues:
        raise InputError(issues)
    instance = replace(instance, fading=fading_of(instance))
    return Prepared(instance, complete | ground.distances.tables(), ground.distances.issues)


@dataclass(frozen=True)
class _Sited:
    """Where hubs may stand, on one place or dispersed, and why not elsewhere."""

    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    branches: dict[tuple[str, str], Place] = field(default_factory=dict)
    quarters: dict[tuple[str, str], Quarter] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def fields(self) -> dict[str, Any]:
        """Places, branches and quarters as the instance has them."""
        return {name: getattr(self, name) for name in ("places", "branches", "quarters")}


def _places(
    hosts: dict[str, Host],
    pairs: list[tuple[str, str]],
    far: set[tuple[str, str]],
    ground: "_Ground",
) -> _Sited:
    """Where each host that lacks a hub could plan one, and why not elsewhere."""
    stock, near = ground.stock, ground.distances.near_buildings
    of_host: dict[str, list[str]] = {}
    for u, b in pairs:
        of_host.setdefault(u, []).append(b)
    sited = _Sited()
    for u, host in hosts.items():
        if not host.members:
            continue
        inside = of_host.get(u, ())
        beyond = [b for b in inside if (u, b) in far]
        sites = sites_of(host, (b for b in inside if (u, b) not in far), beyond, stock)
        found, refused = places_of(host, sites, stock)
        dispersal = dispersal_of(host, sites, near, stock)
        sited.refusals.extend((*refused, *dispersal.refusals))
        if not host.has_hub or _may_lose_its_hub(inside, stock):
            sited.places.update({(u, place.site): place for place in found})
            sited.branches.update({(u, place.site): place for place in dispersal.branches})
            sited.quarters.update({(u, quarter.id): quarter for quarter in dispersal.quarters})
    return sited


def _may_lose_its_hub(buildings: Iterable[str], stock: Stock) -> bool:
    """A refit among the host's *buildings* could take rows of its hub of today."""
    gone = {f for b in buildings for f in stock.buildings[b].replaces}
    return any(f.is_hub and f.id in gone for f in stock.facilities)


class _Ground:
    """Records and facts that hosts, pairs and places are derived from."""

    def __init__(self, tables: Tables, policy: Policy, scenario: Scenario) -> None:
        self.tables, self.policy, self.scenario = tables, policy, scenario
        self.communities = {
            row.values["id"]: community_record(row) for row in tables["communities"].rows
        }
        functions = {
            row.values["id"]: function_record(row, policy) for row in tables["functions"].rows
        }
        facilities = tuple(
            facility_record(row)
            for row in tables["facilities"].rows
            if is_open(row, scenario.deadline)
        )
        self.refusals: list[Refusal] = []
        floors: dict[str, list[Row]] = {}
        for row in tables["floors"].rows:
            floors.setdefault(row.values["building"], []).append(row)
        buildings = {
            row.values["id"]: building_record(row, floors[row.values["id"]], policy)
            for row in tables["buildings"].rows
        }
        rooms = rooms_of(policy, functions)
        self.fits = self._fits(buildings, functions, rooms)
        fits_of: dict[str, list[Fit]] = {}
        for (b, _), fit in self.fits.items():
            fits_of.setdefault(b, []).append(fit)
        self.distances: Distances = measure(tables, scenario, functions, policy)
        facilities = self.distances.with_reach(facilities)
        self.stock = Stock(
            buildings,
            functions | rooms,
            facilities,
            {b: tuple(f) for b, f in fits_of.items()},
            policy,
        )
        self.hubs = existing_hubs(facilities, functions)
        self.homes = {r.values["id"]: r.values["community"] for r in tables["facilities"].rows}
        self.unions = unions_of(self.communities)
        self.hosting = Ground(self.communities, self.stock, self.hubs, self.distances)

    def _fits(self, buildings: Any, functions: Any, rooms: Any) -> dict[tuple[str, str], Fit]:
        rows = {row.values["id"]: row for row in self.tables["functions"].rows}
        fits = {}
        for row in self.tables["buildings"].rows:
            b = row.values["id"]
            for f, function in functions.items():
                fit = fit_of(
                    buildings[b], function, rows[f], row.values["fitout_factor"], self.policy
                )
                if isinstance(fit, Fit):
                    fits[b, f] = fit
                else:
                    self.refusals.append(fit)
            m2 = {floor.level: floor.area_m2 for floor in buildings[b].floors}
            fits |= {(b, fit.function): fit for fit in room_fits(b, m2, rooms, fits)}
        return fits

    def streets_with_hub(self) -> frozenset[tuple[str, str]]:
        """Streets where an existing hub stands that qualifies, or one without function rows."""
        here = (self.communities[c] for c in self.covered_today())
        return frozenset((community.district, community.street) for community in here)

    def covered_today(self) -> frozenset[str]:
        """Communities with an existing hub that qualifies, or one without function rows."""
        covered = set()
        for hub in self.hubs:
            minimum = float(self.policy.hub_min_m2[self.communities[hub.community].kind])
            if hub.is_bare or qualifies(hub, minimum, self.policy):
                covered.add(hub.community)
        return frozenset(covered)

    def pairs(self) -> tuple[list[tuple[str, str]], list[Refusal]]:
        """(host, building) that may be, sorted; and why the buildings left out are."""
        found, refusals = [], []
        kinds = {route.id: route.kinds for route in self.policy.routes}
        for row in self.tables["buildings"].rows:
            refused = building_refusals(row, self.scenario, self.policy)
            if not self.stock.fits_of.get(row.values["id"]):
                refused.append(Refusal("functions 9", "nothing_fits", building=row.values["id"]))
            refusals += refused
            if refused:
                continue
            hosts = self._hosts_of(row, kinds)
            if not hosts:
                refusals.append(
                    Refusal("contract 5", "no_host_in_reach", building=row.values["id"])
                )
            found += [(c, row.values["id"]) for c in hosts]
        return sorted(found), refusals

    def far_pairs(
        self, hosts: dict[str, Host], pairs: list[tuple[str, str]]
    ) -> set[tuple[str, str]]:
        """Pairs of a union and a building beyond ``host_m`` of one of its members."""
        near = {b: set(self.distances.hosts_near(b)) for _, b in pairs}
        return {
            (u, b)
            for u, b in pairs
            if hosts[u].is_union and not near[b].issuperset(hosts[u].members)
        }

    def _is_around(self, building: str, community: str, route: str) -> bool:
        """Idle social property converted lies around the community (周边, HZ-22, A27)."""
        limit = self.policy.around_m if route == "conversion" else None
        return limit is None or self.distances.walk[building, community] <= limit

    def _hosts_of(self, row: Row, kinds: Any) -> list[str]:
        building = self.stock.buildings[row.values["id"]]
        if self.policy.hosts == "building":
            return [building.id]
        allowed = kinds.get(building.route)
        able = {
            c
            for c in self.distances.hosts_near(building.id)
            if (self.scenario.cross_district or self.communities[c].district == building.district)
            and (allowed is None or self.communities[c].kind in allowed)
            and self._is_around(building.id, c, building.route)
        }
        members = {c: (c,) for c in able} | {
            UNION + union: tuple(c.id for c in together)
            for union, together in self.unions.items()
            if able & {c.id for c in together}
        }
        homes = {self.homes[f] for f in building.replaces}
        wanted = homes | ({building.must_host} if building.must_host else set())
        return sorted(u for u, ids in members.items() if wanted <= set(ids))


def _completed(
    tables: Tables, policy: Policy, catalogue: Catalogue, scenario: Scenario
) -> dict[str, Table]:
    """Tables with every derived value filled and named, sorted by key."""
    complete = with_defaults(tables, policy)
    wrong = room_faults(policy, complete["functions"])
    if wrong:
        raise InputError(wrong)
    people = tuple(
        with_persons(row, policy, catalogue.group_share) for row in complete["communities"].rows
    )
    missing = [row for row in people if row.values["households"] is None]
    if policy.hosts == "building":
        people = tuple(_nobody(row) for row in people)
    elif missing:
        raise InputError([_no_people(tables["communities"], row) for row in missing])
    complete["communities"] = replace(complete["communities"], rows=people)
    complete["floors"] = floors_table(complete)
    open_now = [r for r in complete["facilities"].rows if is_open(r, scenario.deadline)]
    given = tables["needs"].rows if "needs" in tables else ()
    complete["needs"] = needs_table(people, complete["functions"].rows, open_now, given)
    return complete


def _nobody(row: Row) -> Row:
    """Households and persons nobody gave are 0: no rule of plain facility location reads them."""
    empty = {name for name in PERSONS if row.values[name] is None}
    return Row(row.number, {**row.values, **dict.fromkeys(empty, 0)}, row.derived | empty)


def _no_people(table: Table, row: Row) -> Issue:
    return Issue(
        "no-households",
        Text("户数与常住人口都没有。", "has neither households nor residents."),
        Text("请至少填一项。", "Give one of them."),
        file=table.file,
        sheet=table.sheet,
        row=row.number,
        column="households",
    )


def _needs(table: Table) -> dict[tuple[str, str], Need]:
    return {
        (row.values["community"], row.values["function"]): Need(
            float(row.values["persons"]), float(row.values["existing"]), float(row.values["left"])
        )
        for row in table.rows
        if row.values["persons"] > 0
    }


def _lock_faults(
    tables: dict[str, Table], instance: Instance, refusals: list[Refusal]
) -> list[Issue]:
    """Locks that no plan can keep, with the reason that stands against them."""
    table = tables["buildings"]
    issues = []
    for row in table.rows:
        wanted = [lock for lock in row.values["lock"] or () if lock != "never"]
        b = row.values["id"]
        if not wanted:
            continue
        if b not in instance.hosts_of:
            reasons = sorted({r.reason for r in refusals if r.building == b and not r.function})
            issues.append(_lock_fault(table, row, ";".join(wanted), reasons))
        for lock in wanted:
            word, _, f = lock.partition(":")
            if word == "function" and b in instance.hosts_of and (b, f) not in instance.fits:
                reasons = [r.reason for r in refusals if (r.building, r.function) == (b, f)]
                issues.append(_lock_fault(table, row, lock, reasons))
    return issues


def _lock_fault(table: Table, row: Row, lock: str, reasons: list[str]) -> Issue:
    zh, en = ("、".join(label(reason, lang) for reason in reasons) for lang in ("zh", "en"))
    return Issue(
        "lock-impossible",
        Text(f"锁定做不到:{zh}。", f"cannot be kept: {en}."),
        Text("请改锁定或改数据。", "Change the lock or the data."),
        file=table.file,
        sheet=table.sheet,
        row=row.number,
        column="lock",
        value=lock,
    )
