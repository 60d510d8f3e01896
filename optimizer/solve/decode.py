"""From a rounded point to a plan: who hosts what, what stands on which floor, who is served.

Everything here is exact: units of 0.01 m², fen and millionths of a person.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.exact import fraction, hundredths, millionths
from models.instance import Instance
from models.objectives import goal_of
from models.plan import Allocation, Plan, Service, Siting
from models.rooms import members_of
from optimizer.refits import after
from optimizer.solve.arrays import Floats
from optimizer.solve.compiled import Compiled
from optimizer.solve.money import fundings, keeps_years
from optimizer.solve.parts import place_in_fewest_parts
from optimizer.solve.rounding import UNIT_M2, round_areas

DRIFT = 1_000  # millionths of a person that rounding several providers may leave over
Areas = dict[tuple[str, str], int]  # (building, function) -> units of 0.01 m²


def plan_at(instance: Instance, compiled: Compiled, point: Floats) -> tuple[Plan, Floats] | None:
    """The exact plan that *point* describes and its own point; None where rounding fails."""
    for rounded in round_areas(compiled, point):
        plan = _plan(instance, compiled, rounded)
        if plan is not None:
            built = after(instance, plan.host_of)
            return plan, _with_followers(built, compiled, rounded, plan)
    return None


def _plan(instance: Instance, compiled: Compiled, point: Floats) -> Plan | None:
    chosen = _chosen(compiled, point)
    instance = after(instance, [b for _, b in chosen["used"]])
    areas = _areas(compiled, point, chosen["installed"])
    hub_sites = _hub_sites(chosen)
    lifted = {b for _, b in chosen["lifted"]}
    allocations = _allocations(instance, areas, lifted)
    sitings = _sitings(instance, chosen, areas, hub_sites)
    held: dict[str, set[str]] = {}
    for b, f in areas:
        held.setdefault(b, set()).add(f)
    paid = fundings(instance, sitings, held)
    if allocations is None or paid is None or not keeps_years(instance, sitings):
        return None
    services = _services(instance, compiled, point, areas)
    if instance.service.serve_all and not _all_served(instance, services):
        return None
    if instance.service.is_whole and not _wholly_served(instance, services):
        return None
    return Plan(
        pilots=tuple(sorted(chosen["pilot"])),
        sitings=sitings,
        allocations=allocations,
        services=services,
        hub_sites=hub_sites,
        acting=_acting(instance, chosen),
        fundings=paid,
    )


def _with_followers(instance: Instance, compiled: Compiled, point: Floats, plan: Plan) -> Floats:
    """*point* with the amounts of *plan* that 0/1 and areas decide."""
    exact = point.copy()
    for name in compiled.followers:
        exact[compiled.columns_of.get(name, [])] = 0.0
    for key, amount in _followers(instance, plan):
        if key in compiled.position:
            exact[compiled.position[key]] += amount
    return exact


def _followers(instance: Instance, plan: Plan) -> Iterator[tuple[tuple[str, Any], float]]:
    host_of, unit = plan.host_of, instance.yuan_unit
    for row in plan.services:
        key = host_of[row.building], row.building, row.function, row.community
        yield ("served", key), float(row.persons)
    conditional = {source.name for source in instance.limits.sources if source.is_conditional}
    for paid in plan.fundings:
        b, yuan = paid.building, float(paid.yuan) / unit
        if paid.source in conditional:
            yield ("paid", (host_of[b], b, paid.source)), yuan
        else:
            yield ("source_yuan", (instance.buildings[b].district, paid.source)), yuan
    for (c, f), lasting in instance.fading.lasting_supply.items():
        yield ("kept_supply", (c, f)), instance.needs[c, f].existing - lasting
    for siting in plan.sitings:
        yield ("spent", (siting.host, siting.building, siting.year)), float(siting.cost_yuan) / unit


def _chosen(compiled: Compiled, point: Floats) -> Mapping[str, list[Any]]:
    return {
        name: [compiled.columns[j][1] for j in compiled.columns_of.get(name, ()) if point[j] > 0.5]
        for name in ("pilot", "used", "installed", "hub", "branch", "acting", "sited", "lifted")
    }


def _acting(instance: Instance, chosen: Mapping[str, list[Any]]) -> tuple[str, ...]:
    """Unions that host, are pilots, or cover a member with the hub of another."""
    together = {u for u in instance.hosts if instance.hosts[u].is_union}
    busy = together & {*chosen["pilot"], *(u for u, _ in chosen["used"])}
    is_wanted = (
        "communities_covered" in instance.goal_parts or instance.policy.community_coverage == "must"
    )
    covering = {u for u in chosen["acting"] if instance.covered_together.get(u)}
    return tuple(sorted(busy | covering if is_wanted else busy))


def _hub_sites(chosen: Mapping[str, list[Any]]) -> dict[str, tuple[str, ...]]:
    """Host -> the sites of its planned hub: one, or the branches of a dispersed one."""
    sites: dict[str, list[str]] = {}
    for u, k in sorted((*chosen["hub"], *chosen["branch"])):
        sites.setdefault(u, []).append(k)
    return {u: tuple(found) for u, found in sites.items()}


def _areas(compiled: Compiled, point: Floats, installed: list[Any]) -> Areas:
    return {
        (b, f): round(point[compiled.position["area", (u, b, f)]] / UNIT_M2)
        for u, b, f in installed
    }


def _allocations(
    instance: Instance, areas: Areas, lifted: set[str]
) -> tuple[Allocation, ...] | None:
    by_building: dict[str, dict[str, int]] = {}
    for (b, f), units in areas.items():
        by_building.setdefault(b, {})[f] = units
    rows = []
    for b, wanted in sorted(by_building.items()):
        fits = {f: instance.fits[b, f] for f in wanted}
        levels = {f: fit.levels if b in lifted else fit.unlifted for f, fit in fits.items()}
        capacity = {fl.level: hundredths(fl.area_m2) for fl in instance.buildings[b].floors}
        placed = place_in_fewest_parts(wanted, levels, capacity)
        if placed is None:
            return None
        rows += [
            row
            for (f, level), units in placed.items()
            for row in _rows(instance, b, f, level, Decimal(units) / 100)
        ]
    return tuple(sorted(rows, key=lambda row: (row.building, row.level, row.function)))


def _rows(
    instance: Instance, building: str, function: str, level: int, m2: Decimal
) -> Iterator[Allocation]:
    """The row of a function's own room, or one a member of a shared room with its slot."""
    members = instance.functions[function].members
    if not members:
        yield Allocation(building, level, function, m2)
        return
    slots = next(s for s in instance.policy.shared_rooms if tuple(sorted(s)) == members)
    for member in members:
        yield Allocation(building, level, member, m2, slots[member], function)


def _sitings(
    instance: Instance,
    chosen: Mapping[str, list[Any]],
    areas: Areas,
    hub_sites: Mapping[str, tuple[str, ...]],
) -> tuple[Siting, ...]:
    years = {b: t for _, b, t in chosen["sited"]}
    lifted = {b for _, b in chosen["lifted"]}
    fitout: dict[str, int] = {}
    opening: dict[str, int] = {}
    for (b, f), units in areas.items():
        fitout[b] = fitout.get(b, 0) + units * instance.fits[b, f].yuan_per_m2
        opening[b] = opening.get(b, 0) + hundredths(instance.functions[f].opening_yuan)
    rows = []
    for u, b in sorted(chosen["used"], key=lambda pair: pair[1]):
        building = instance.buildings[b]
        is_upgraded = building.upgrade == "always" or b in lifted
        rows.append(
            Siting(
                building=b,
                host=u,
                is_hub=building.site in hub_sites.get(u, ()),
                year=years.get(b, building.available_year),
                acquire_yuan=_money(hundredths(building.acquire_yuan)),
                upgrade_yuan=_money(hundredths(building.upgrade_yuan) if is_upgraded else 0),
                opening_yuan=_money(opening.get(b, 0)),
                fitout_yuan=_money(fitout.get(b, 0)),
                rent_yuan_per_year=_money(hundredths(building.rent_yuan_per_year)),
                is_upgraded=is_upgraded,
            )
        )
    return tuple(rows)


def _money(fen: int) -> Decimal:
    return Decimal(fen) / 100


def _services(
    instance: Instance, compiled: Compiled, point: Floats, areas: Areas
) -> tuple[Service, ...]:
    """Persons as the point has them, cut to the exact areas; spare room then serves the nearest."""
    wanted: dict[tuple[str, str, str], int] = {}
    for j in compiled.columns_of.get("served", ()):
        if point[j] > 0:
            _, b, f, c = compiled.columns[j][1]
            wanted[b, f, c] = wanted.get((b, f, c), 0) + int(point[j] * 1_000_000 + 0.5)
    need = {key: millionths(row.left) for key, row in instance.needs.items()}
    own = {
        (b, f): units for (b, g), units in areas.items() for f in members_of(instance.functions, g)
    }
    room = {key: _persons_room(instance, key, units) for key, units in own.items()}
    served: dict[tuple[str, str, str], int] = {}
    for b, f, c in sorted(wanted):
        persons = wanted[b, f, c]
        if instance.service.is_whole:
            persons = need.get((c, f), 0) if 2 * persons > need.get((c, f), 0) else 0
        _serve(served, (b, f, c), persons, need, room)
    for b, f, c in sorted(served):
        if need[c, f] <= DRIFT:
            _serve(served, (b, f, c), need[c, f], need, room)
    if not instance.service.is_whole and _wants_service(instance):
        _serve_nearest(instance, served, need, room)
    return tuple(
        Service(b, f, c, Decimal(persons) / 1_000_000)
        for (b, f, c), persons in sorted(served.items())
    )


def _all_served(instance: Instance, services: tuple[Service, ...]) -> bool:
    """Every need is met to the millionth of a person."""
    served: dict[tuple[str, str], Decimal] = {}
    for row in services:
        key = row.community, row.function
        served[key] = served.get(key, Decimal(0)) + row.persons
    return all(
        int(served.get(key, Decimal(0)) * 1_000_000) >= millionths(need.left)
        for key, need in instance.needs.items()
    )


def _wholly_served(instance: Instance, services: tuple[Service, ...]) -> bool:
    """Whoever is served is served in full: a room may lack a millionth of a person."""
    return all(
        int(row.persons * 1_000_000) == millionths(instance.needs[row.community, row.function].left)
        for row in services
    )


def _wants_service(instance: Instance) -> bool:
    return all(goal_of(instance, goal).wants_service for goal in instance.goals)


def _serve_nearest(
    instance: Instance,
    served: dict[tuple[str, str, str], int],
    need: dict[tuple[str, str], int],
    room: dict[tuple[str, str], int | None],
) -> None:
    for b, f in sorted(room):
        near = sorted(instance.reached.get((b, f), ()), key=lambda c: (instance.walk_m[b, c], c))
        for c in near:
            _serve(served, (b, f, c), need.get((c, f), 0), need, room)


def _persons_room(instance: Instance, key: tuple[str, str], units: int) -> int | None:
    """Millionths of a person that *units* of area hold; None = no limit."""
    per_person = fraction(instance.functions[key[1]].m2_per_person)
    if not per_person:
        return None
    return int(Fraction(units, 100) / per_person * 1_000_000)


def _serve(
    served: dict[tuple[str, str, str], int],
    key: tuple[str, str, str],
    wanted: int,
    need: dict[tuple[str, str], int],
    room: dict[tuple[str, str], int | None],
) -> None:
    b, f, c = key
    limit = room.get((b, f), 0)
    persons = min(wanted, need.get((c, f), 0), wanted if limit is None else limit)
    if persons <= 0:
        return
    served[key] = served.get(key, 0) + persons
    need[c, f] -= persons
    if limit is not None:
        room[b, f] = limit - persons
