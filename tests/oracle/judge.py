"""A concrete plan against contract section 5, sentence by sentence."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from tests.oracle.case import exact, number, words
from tests.oracle.clauses import OFFICE, items_of
from tests.oracle.enumerate import Best
from tests.oracle.goals import ZERO
from tests.oracle.records import Facts
from tests.oracle.rooms import room_of
from tests.oracle.targets import hubs_asked
from tests.oracle.unions import hub_buildings, is_one_hub


@dataclass
class Decision:
    """Hosts of used buildings, m² by floor, persons, pilots, and buildings of planned hubs."""

    hosts: dict[str, str]
    areas: dict[tuple[str, str, int], Fraction]
    served: dict[tuple[str, str, str], Fraction]
    pilots: set[str]
    hubs: dict[str, set[str]] = field(default_factory=dict)
    paid: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    years: dict[str, str] = field(default_factory=dict)
    slots: dict[tuple[str, str], str] = field(default_factory=dict)  # where in turns, by (b, f)

    def m2(self, b: str, f: str) -> Fraction:
        return sum((a for (x, g, _), a in self.areas.items() if (x, g) == (b, f)), Fraction(0))

    def functions_in(self, b: str) -> set[str]:
        return {f for x, f, _ in self.areas if x == b}

    def rooms(self, facts: Facts) -> Iterator[tuple[str, tuple[str, ...], int, Fraction]]:
        """Building, functions, level and m² of every room; one used in turns is one."""
        for (b, f, k), m2 in self.areas.items():
            room = self.room(facts, b, f)
            if f == room[0]:
                yield b, room, k, m2

    def room(self, facts: Facts, b: str, f: str) -> tuple[str, ...]:
        """The functions of the combination that *f* stands in at *b*; itself where in none."""
        for slots in facts.pack.get("shared_rooms", ()):
            if f in slots and all(self.slots.get((b, g)) == slot for g, slot in slots.items()):
                return tuple(slots)
        return (f,)


def decision_of(facts: Facts, best: Best) -> Decision:
    """The oracle's own plan as a concrete decision."""
    held = {name[1:] for name in best.point if name[0] == "in" and best.choices.decided[name[1:]]}
    used = {b for b, _ in held}
    hosts = {b: best.choices.hosts[b][0] for b in used}
    return Decision(
        hosts=hosts,
        areas={
            (n[1], f, n[3]): x
            for n, x in best.point.items()
            if n[0] == "area"
            for f in room_of(facts, n[1], n[2])
            if (n[1], f) in held
        },
        served={n[1:]: x for n, x in best.point.items() if n[0] == "served" and x},
        pilots=set(best.target.pilots),
        hubs={
            u: {b for b in used if hosts[b] == u and facts.site(b) in sites}
            for u, sites in best.target.hubs
        },
        paid={n[1:]: x for n, x in best.point.items() if n[0] == "paid" and x and n[1] in used},
        years={b: years[0] for b, years in best.choices.years.items() if b in used and years},
        slots={
            (b, f): slot
            for slots in facts.pack.get("shared_rooms", ())
            for f, slot in slots.items()
            for b in used
            if set(room_of(facts, b, f)) == set(slots)
        },
    )


def cost_of(facts: Facts, plan: Decision, b: str) -> Fraction:
    """Acquisition, openings and fit-out of building *b*."""
    held = plan.functions_in(b)
    rates = {f: facts.fits[b][f].rate for f in held}
    rooms = (room for room in plan.rooms(facts) if room[0] == b)
    fit_out = (m2 * max(rates[f] for f in functions) for _, functions, _, m2 in rooms)
    return (
        number(facts.buildings[b], "acquire_yuan")
        + sum((facts.functions[f].opening for f in held), Fraction(0))
        + sum(fit_out, Fraction(0))
    )


def broken(facts: Facts, plan: Decision) -> list[str]:
    """Every clause that *plan* breaks, in words."""
    return [fault for rule in RULES for fault in rule(facts, plan)]


def _hosting(facts: Facts, plan: Decision) -> Iterator[str]:
    for b, u in plan.hosts.items():
        if u not in facts.hosts[b]:
            yield f"{u} may not host {b}"
        if not plan.functions_in(b):
            yield f"{b} is used and holds nothing"
        if counted_m2(facts, plan, [b]) < facts.refit_m2.get(b, 0):
            yield f"{b} has less than what it replaces"
    for b, f, _ in plan.areas:
        if b not in plan.hosts or f not in facts.fits[b]:
            yield f"{f} may not stand in {b}"


def _sizes(facts: Facts, plan: Decision) -> Iterator[str]:
    for b, f in sorted({key[:2] for key in plan.areas}):
        m2, fit = plan.m2(b, f), facts.fits[b].get(f)
        if fit and not facts.functions[f].min_m2 <= m2 <= fit.most_m2:
            yield f"{f} in {b} has {float(m2)} m²"
        persons = sum((x for key, x in plan.served.items() if key[:2] == (b, f)), Fraction(0))
        if persons * facts.functions[f].m2_per_person > m2:
            yield f"{f} in {b} serves {float(persons)} persons"
        if not plan.functions_in(b):
            yield f"{b} holds nothing"


def _floors(facts: Facts, plan: Decision) -> Iterator[str]:
    for b, floors in facts.floors.items():
        for level, room in floors.items():
            standing = [a for x, _, k, a in plan.rooms(facts) if (x, k) == (b, level)]
            if sum(standing, Fraction(0)) > room:
                yield f"floor {level} of {b} is too full"
    for (b, f, level), m2 in plan.areas.items():
        if m2 and f in facts.fits[b] and level not in facts.fits[b][f].levels:
            yield f"{f} may not stand on floor {level} of {b}"


def _turns(facts: Facts, plan: Decision) -> Iterator[str]:
    """Who has a slot is of a declared combination, all with the same m² on the same floors."""
    for b, f in plan.slots:
        room = plan.room(facts, b, f)
        floors = [{k: a for (x, g, k), a in plan.areas.items() if (x, g) == (b, o)} for o in room]
        if len(room) < 2 or any(own != floors[0] for own in floors):
            yield f"{f} in {b} takes turns with nobody"


def _service(facts: Facts, plan: Decision) -> Iterator[str]:
    total: Counter = Counter()
    said = facts.case.scenario.get("service", {})
    for (b, f, c), persons in plan.served.items():
        total[c, f] += persons
        if c not in facts.near[b, f] or f not in plan.functions_in(b):
            yield f"{f} in {b} does not reach {c}"
    for key, persons in total.items():
        if persons > facts.needs.get(key, (0, Fraction(0)))[1]:
            yield f"{key} is served {float(persons)} persons, more than is left"
    for (c, f), (_, left) in facts.needs.items():
        if said.get("serve_all") and total[c, f] < left:
            yield f"{c} lacks {f} for {float(left - total[c, f])} persons"
        providers = [x for (_, g, d), x in plan.served.items() if (d, g) == (c, f) and x]
        if said.get("mode") == "whole" and providers not in ([], [left]):
            yield f"{c} is served {f} in parts: {providers}"


def _pilots(facts: Facts, plan: Decision) -> Iterator[str]:
    case = facts.case
    target = case.said("pilots", "target", facts.pack["pilots"])
    districts = Counter(d for u in plan.pilots for d in facts.communities[u].places)
    if target not in (None, "none") and sum(districts.values()) > target:
        yield "more pilots than the target"
    for district, most in case.said("pilots", "by_district", {}).items():
        if districts[district] > most:
            yield f"more pilots in {district} than its target"
    for u, standard in facts.communities.items():
        if (standard.must and u not in plan.pilots) or (u in plan.pilots and not standard.may):
            yield f"{u} is wrongly a pilot or none"


def _standards(facts: Facts, plan: Decision) -> Iterator[str]:
    for u in plan.pilots:
        standard, own = facts.communities[u], [b for b, host in plan.hosts.items() if host == u]
        whole = standard.existing_m2 + counted_m2(facts, plan, own)
        if whole < standard.required_m2:
            yield f"{u} lacks floor area"
        if _resident_m2(facts, plan, u, own) < exact(facts.pack.get("residents_share", 0)) * whole:
            yield f"{u} has too little for residents"
        if not standard.has_hub and u not in plan.hubs:
            yield f"{u} has no hub"
        for c, present in standard.domains.items():
            brought = {
                facts.functions[f].domain
                for b in (plan.hosts if facts.pack.get("domains_from") == "reach" else own)
                for f in plan.functions_in(b)
                if c in facts.near[b, f]
            }
            missing = set(facts.pack["domains"]) - present - brought
            if facts.pack["domains_required"] and missing:
                yield f"{c} lacks {sorted(missing)}"


def _resident_m2(facts: Facts, plan: Decision, u: str, own: list[str]) -> Fraction:
    planned = (
        a
        for b, room, _, a in plan.rooms(facts)
        if b in own
        and any(facts.functions[f].counts_m2 for f in room)
        and all(facts.functions[f].is_for_residents for f in room)
    )
    return facts.communities[u].existing_resident_m2 + sum(planned, ZERO)


def counted_m2(facts: Facts, plan: Decision, buildings) -> Fraction:
    """Counted m² planned in *buildings*."""
    areas = (
        a
        for b, room, _, a in plan.rooms(facts)
        if b in buildings and any(facts.functions[f].counts_m2 for f in room)
    )
    return sum(areas, Fraction(0))


def _hubs(facts: Facts, plan: Decision) -> Iterator[str]:
    sites: list[str] = []
    for u, inside in plan.hubs.items():
        standard, places = facts.communities[u], {facts.site(b) for b in inside}
        if standard.has_hub:
            yield f"{u} has a hub already"
        yield from _dispersed(facts, u, inside)
        if not inside <= set(hub_buildings(facts, u)):
            yield f"the hub of {u} is far from a member"
        sites += places
        there = [facts.there.get((u, k), (Fraction(0), frozenset())) for k in places]
        items = frozenset().union(*(found for _, found in there))
        m2 = sum((m2 for m2, _ in there), counted_m2(facts, plan, inside))
        items |= items_of({f for b in inside for f in plan.functions_in(b)}, facts.functions)
        least = standard.hub_m2 if u in plan.pilots else standard.other_hub_m2
        if m2 < least:
            yield f"the hub of {u} has {float(m2)} m²"
        office = sum((plan.m2(b, OFFICE) for b in inside), ZERO)
        if office < exact(facts.pack.get("hub_office_m2", 0)):
            yield f"the hub of {u} has {float(office)} m² of office"
        if len(items) < facts.pack["hub_min_items"]:
            yield f"the hub of {u} has {sorted(items)}"
        if len(items & set(facts.pack["core_items"])) < facts.pack["hub_min_core_items"]:
            yield f"the hub of {u} lacks core items: {sorted(items)}"
    if len(sites) != len(set(sites)) and facts.pack.get("one_hub_a_site", True):
        yield "one place has two planned hubs"


def _dispersed(facts: Facts, u: str, inside: set[str]) -> Iterator[str]:
    """One place, or where the pack allows it a few, every two buildings near each other."""
    places = {facts.site(b) for b in inside}
    most = facts.pack.get("dispersed_hub_places", 3) if facts.pack.get("dispersed_hub") else 1
    if not 1 <= len(places) <= most:
        yield f"the hub of {u} stands on {len(places)} places"
    for one, other in combinations(sorted(inside), 2) if len(places) > 1 else ():
        if not is_one_hub(facts, one, other):
            yield f"{one} and {other} are too far apart to be one hub"


def _office(facts: Facts, plan: Decision) -> Iterator[str]:
    for u in facts.communities:
        own = [b for b, host in plan.hosts.items() if host == u]
        office = sum((plan.m2(b, OFFICE) for b in own), Fraction(0))
        if office > exact(facts.pack["office_share"]) * counted_m2(facts, plan, own):
            yield f"{u} has {float(office)} m² of office"


def _money(facts: Facts, plan: Decision) -> Iterator[str]:
    total = facts.case.total_yuan()
    costs = {b: cost_of(facts, plan, b) for b in plan.hosts}
    if total is not None and sum(costs.values()) > total:
        yield "over the budget"
    ceiling = facts.case.said("budget", "operating_yuan_per_year")
    if ceiling is not None and _yearly(facts, plan) > exact(ceiling):
        yield "over the ceiling of yearly operation"
    if facts.case.said("budget", "by_source_yuan"):
        yield from _paid(facts, plan, costs)
    if facts.case.said("budget", "by_year_yuan"):
        yield from _in_years(facts, plan, costs)
    for district, cap in facts.case.said("budget", "by_district_yuan", {}).items():
        inside = [y for b, y in costs.items() if facts.buildings[b]["district"] == district]
        if sum(inside) > exact(cap):
            yield f"over the budget of {district}"


def _yearly(facts: Facts, plan: Decision) -> Fraction:
    rents = (number(facts.buildings[b], "rent_yuan_per_year") for b in plan.hosts)
    running = (a * facts.functions[f].operating for (_, f, _), a in plan.areas.items())
    return sum(rents, ZERO) + sum(running, ZERO)


def _paid(facts: Facts, plan: Decision, costs: dict[str, Fraction]) -> Iterator[str]:
    """Every building paid in full by sources that may, each within its caps."""
    caps = facts.case.said("budget", "by_source_yuan", {})
    for b, cost in costs.items():
        rows = [(s, y) for (at, s), y in plan.paid.items() if at == b]
        if sum(y for _, y in rows) != cost:
            yield f"{b} is not paid in full"
        if not all(s in caps and _may_pay(facts, plan, b, s) for s, _ in rows):
            yield f"{b} is paid by a source that may not"
    for s, cap in caps.items():
        inside = facts.case.said("sources", s, {}).get("by_district_yuan", {})
        for district, most in {None: cap, **inside}.items():
            spent = sum(
                y
                for (b, other), y in plan.paid.items()
                if other == s and district in (None, facts.buildings[b]["district"])
            )
            if spent > exact(most):
                yield f"over the cap of {s} {district}"


def _in_years(facts: Facts, plan: Decision, costs: dict[str, Fraction]) -> Iterator[str]:
    """Sited when available, in a year that has the money."""
    budgets, spent = facts.case.said("budget", "by_year_yuan", {}), Counter()
    for b, cost in costs.items():
        if plan.years[b] < (facts.buildings[b].get("available_year") or ""):
            yield f"{b} is sited before it is available"
        spent[plan.years[b]] += cost
    for year, yuan in spent.items():
        if yuan > exact(budgets.get(year, 0)):
            yield f"over the budget of {year}"


def _may_pay(facts: Facts, plan: Decision, b: str, source: str) -> bool:
    said = facts.case.said("sources", source, {})
    where, host = said.get("by_district_yuan"), plan.hosts[b]
    hub = plan.hubs.get(host, set())
    inside = hub if said.get("hub") else {b}
    items = {facts.functions[f].item for at in inside for f in plan.functions_in(at)}
    if said.get("hub"):
        for k in {facts.site(at) for at in hub}:
            items |= facts.there.get((host, k), (0, frozenset()))[1]
    return (
        (where is None or facts.buildings[b]["district"] in where)
        and (not said.get("hub") or b in hub)
        and (not said.get("any_item") or bool(items & set(said["any_item"])))
    )


def streets_with_hub(facts: Facts, plan: Decision) -> int:
    of_hubs = [{facts.street(b) for b in inside} for inside in plan.hubs.values()]
    planned = {street for found in of_hubs if len(found) == 1 for street in found}
    return len((facts.streets_today | planned) & facts.streets)


def communities_with_hub(facts: Facts, plan: Decision) -> int:
    hosts = {u for u, inside in plan.hubs.items() if inside}
    hosts |= {u for u, standard in facts.communities.items() if standard.has_hub}
    return len(facts.covered_today | {c for u in hosts for c in facts.communities[u].members})


def _coverage(facts: Facts, plan: Decision) -> Iterator[str]:
    everybody = {c for s in facts.communities.values() for c in s.members}
    if facts.pack["street_coverage"] == "must" and streets_with_hub(facts, plan) < len(
        facts.streets
    ):
        yield "a street has no hub"
    if len(plan.hubs) < hubs_asked(facts):
        yield "too few hubs"
    is_must = facts.pack.get("community_coverage") == "must"
    if is_must and communities_with_hub(facts, plan) < len(everybody):
        yield "a community has no hub"


def _locks(facts: Facts, plan: Decision) -> Iterator[str]:
    for b, row in facts.buildings.items():
        for lock in words(row.get("lock")):
            name, _, wanted = lock.partition(":")
            holds = {
                "never": b not in plan.hosts,
                "must": b in plan.hosts,
                "community": b in plan.hosts and wanted in facts.communities[plan.hosts[b]].members,
                "function": wanted in plan.functions_in(b),
            }
            if not holds[name]:
                yield f"{b} breaks its lock {lock}"


RULES = (
    _hosting,
    _sizes,
    _floors,
    _turns,
    _service,
    _pilots,
    _standards,
    _hubs,
    _office,
    _money,
    _coverage,
    _locks,
)
