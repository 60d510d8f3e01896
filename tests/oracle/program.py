"""The linear program of areas and persons under one target, with some 0/1 choices still open.

Open choices are relaxed: an installation may stand in part, and a building without a decided host
counts for every host it could have. Where all is decided the program says exactly contract 5.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from tests.oracle.case import exact, number, up_to_cm, words
from tests.oracle.clauses import OFFICE
from tests.oracle.goals import asked, hold_the_worst
from tests.oracle.records import Facts
from tests.oracle.rooms import leader, room_of
from tests.oracle.targets import Target
from tests.oracle.unions import hub_buildings, is_one_hub

ONE = Fraction(1)
Name = tuple
Terms = dict[Name, Fraction]
Sites = tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """Hosts still possible for each building, and functions already decided in or out.

    Where a need is met wholly or not at all, also who serves whom: (building, function, community).
    """

    hosts: Mapping[str, tuple[str, ...]]
    decided: Mapping[tuple[str, ...], bool]
    years: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def may_hold(self, b: str, f: str) -> bool:
        return bool(self.hosts[b]) and self.decided.get((b, f), True)


@dataclass
class Program:
    """Rows ``Σ terms ≤ rhs`` over variables ≥ 0 that also stay below ``upper``."""

    upper: dict[Name, Fraction] = field(default_factory=dict)
    rows: list[tuple[Terms, Fraction]] = field(default_factory=list)
    need: Terms = field(default_factory=dict)
    cost: Terms = field(default_factory=dict)

    def at_most(self, terms: Terms, rhs) -> None:
        self.rows.append((terms, Fraction(rhs)))

    def at_least(self, terms: Terms, rhs) -> None:
        self.rows.append(({k: -x for k, x in terms.items()}, -Fraction(rhs)))


def program_of(facts: Facts, target: Target, choices: Choices) -> Program:
    """Rows, money and persons of the plans that *choices* leave open under *target*."""
    lp = Program()
    for b in facts.buildings:
        _add_building(lp, facts, choices, b)
    _add_service(lp, facts, target, choices)
    _add_locks(lp, facts, choices)
    _add_budgets(lp, facts)
    _add_operation(lp, facts)
    _add_sources(lp, facts, target, choices)
    _add_years(lp, facts, choices)
    _add_office(lp, facts, choices)
    for u in target.pilots:
        _add_standard(lp, facts, choices, u)
    for u, sites in target.hubs:
        _add_hub(lp, facts, choices, u, sites, u in target.pilots)
        _keep_near(lp, facts, choices, u, sites)
    if "worst_served" in asked(facts.case):
        hold_the_worst(facts, lp)
    return lp


def _held(facts: Facts, choices: Choices, b: str) -> list[str]:
    return [f for f in facts.fits[b] if choices.may_hold(b, f)]


def _area(facts: Facts, b: str, f: str) -> Terms:
    """The columns of a function's area: those of the room it stands in."""
    room = leader(room_of(facts, b, f))
    return {("area", b, room, k): ONE for k in facts.fits[b][f].levels}


def _add_building(lp: Program, facts: Facts, choices: Choices, b: str) -> None:
    held = _held(facts, choices, b)
    if not held:
        return
    row = facts.buildings[b]
    lp.upper["used", b] = ONE
    lp.at_most({("used", b): ONE}, 1)
    lp.at_most({("used", b): ONE, **{("in", b, f): -ONE for f in held}}, 0)
    lp.cost["used", b] = number(row, "acquire_yuan")
    for f in held:
        fit, function = facts.fits[b][f], facts.functions[f]
        area = _area(facts, b, f)
        lp.upper["in", b, f] = ONE
        lp.at_most({("in", b, f): ONE, ("used", b): -ONE}, 0)
        lp.at_most({**area, ("in", b, f): -fit.most_m2}, 0)
        lp.at_least({**area, ("in", b, f): -function.min_m2}, 0)
        if choices.decided.get((b, f)):
            lp.at_least({("in", b, f): ONE}, 1)
        lp.cost["in", b, f] = function.opening
        for name in area:
            lp.upper[name] = min(facts.floors[b][name[3]], lp.upper.get(name, fit.most_m2))
            lp.cost[name] = max(fit.rate, lp.cost.get(name, fit.rate))
    for f in (f for room in facts.rooms.get(b, ()) for f in room):
        lp.at_least({("in", b, f): ONE} if f in held else {}, 1)
    _add_outdoor(lp, facts, b, held)
    if b in facts.refit_m2:
        counted = [_area(facts, b, f) for f in held if facts.functions[f].counts_m2]
        terms = {name: x for area in counted for name, x in area.items()}
        lp.at_least({**terms, ("used", b): -facts.refit_m2[b]}, 0)
    for k, room in facts.floors[b].items():
        columns = (name for f in held for name in _area(facts, b, f))
        standing = {name: ONE for name in columns if name[3] == k}
        if standing:
            lp.at_most({**standing, ("used", b): -room}, 0)


def _add_outdoor(lp: Program, facts: Facts, b: str, held: list[str]) -> None:
    """Outdoor m² by capacity: per person × area ÷ m² per person."""
    terms: Terms = {}
    for f in held:
        function = facts.functions[f]
        if function.outdoor_m2_per_person and function.m2_per_person:
            share = function.outdoor_m2_per_person / function.m2_per_person
            for name in _area(facts, b, f):
                terms[name] = max(share, terms.get(name, share))
    if terms:
        lp.at_most(terms, number(facts.buildings[b], "outdoor_m2"))


def _add_service(lp: Program, facts: Facts, target: Target, choices: Choices) -> None:
    served: dict[tuple[str, str], list[Name]] = {}
    for b in facts.buildings:
        for f in _held(facts, choices, b):
            here = [name for name in _served(facts, target, b, f) if _may_serve(choices, name)]
            for name in here:
                left = facts.needs[name[3], f][1]
                served.setdefault((name[3], f), []).append(name)
                lp.upper[name] = left
                lp.need[name] = facts.functions[f].weight
                lp.at_most({name: ONE, ("in", b, f): -left}, 0)
                if choices.decided.get(name[1:]):
                    lp.at_least({name: ONE}, left)
            if here and facts.functions[f].m2_per_person:
                taken = dict.fromkeys(here, facts.functions[f].m2_per_person)
                lp.at_most({**taken, **{k: -x for k, x in _area(facts, b, f).items()}}, 0)
    serve_all = facts.case.said("service", "serve_all", False)
    for (c, f), (_, left) in facts.needs.items():
        terms = dict.fromkeys(served.get((c, f), ()), ONE)
        lp.at_most(terms, left)
        if serve_all:
            lp.at_least(terms, left)


def _served(facts: Facts, target: Target, b: str, f: str) -> Iterator[Name]:
    for c in facts.near[b, f]:
        is_far = target.farthest is not None and facts.walks.between(b, c) > target.farthest
        if facts.needs.get((c, f), (0, 0))[1] and not is_far:
            yield "served", b, f, c


def _may_serve(choices: Choices, name: Name) -> bool:
    return choices.decided.get(name[1:], True)


def _add_locks(lp: Program, facts: Facts, choices: Choices) -> None:
    for b, row in facts.buildings.items():
        for lock in words(row.get("lock")):
            if lock == "never":
                continue
            name, _, wanted = lock.partition(":")
            held = ("in", b, wanted) if name == "function" else ("used", b)
            terms = {held: ONE} if held in lp.upper else {}
            lp.at_least(terms, 1)


def _add_budgets(lp: Program, facts: Facts) -> None:
    total = facts.case.total_yuan()
    if total is not None:
        lp.at_most(dict(lp.cost), total)
    for district, cap in facts.case.said("budget", "by_district_yuan", {}).items():
        inside = {
            name: yuan
            for name, yuan in lp.cost.items()
            if facts.buildings[name[1]]["district"] == district
        }
        lp.at_most(inside, exact(cap))


def _add_operation(lp: Program, facts: Facts) -> None:
    """Rent once a used building and m² by function stay under the yearly ceiling."""
    ceiling = facts.case.said("budget", "operating_yuan_per_year")
    if ceiling is None:
        return
    terms: Terms = {}
    for _, b, f in [n for n in lp.upper if n[0] == "in"]:
        for name in _area(facts, b, f):
            terms[name] = terms.get(name, Fraction(0)) + facts.functions[f].operating
    for n in lp.upper:
        if n[0] == "used":
            terms[n] = number(facts.buildings[n[1]], "rent_yuan_per_year")
    lp.at_most(terms, exact(ceiling))


def _cost_of(lp: Program, b: str) -> Terms:
    return {name: yuan for name, yuan in lp.cost.items() if name[1] == b}


def _add_sources(lp: Program, facts: Facts, target: Target, choices: Choices) -> None:
    """Every building is paid in full by sources that may pay for it, each within its caps."""
    caps = facts.case.said("budget", "by_source_yuan")
    if caps is None:
        return
    for b in facts.buildings:
        if ("used", b) not in lp.upper:
            continue
        for s in caps:
            lp.upper["paid", b, s] = exact(caps[s])
            for condition in _conditions(facts, target, choices, b, s):
                most = exact(caps[s])
                lp.at_most({("paid", b, s): ONE, **{name: -most for name in condition}}, 0)
        cost = _cost_of(lp, b)
        in_full = {**cost, **{("paid", b, s): -ONE for s in caps}}
        lp.at_most(in_full, 0)
        lp.at_least(in_full, 0)
    for s, cap in caps.items():
        paid = {("paid", b, s): ONE for b in facts.buildings if ("paid", b, s) in lp.upper}
        lp.at_most(paid, exact(cap))
        for district, most in facts.case.said("sources", s, {}).get("by_district_yuan", {}).items():
            inside = {n: x for n, x in paid.items() if _district(facts, n[1]) == district}
            lp.at_most(inside, exact(most))


def _district(facts: Facts, b: str) -> str:
    return facts.buildings[b].get("district", "")


def _conditions(
    facts: Facts, target: Target, choices: Choices, b: str, s: str
) -> Iterator[list[Name]]:
    """For each condition of source *s*: installations of which one must stand; none: never."""
    said = facts.case.said("sources", s, {})
    where = said.get("by_district_yuan")
    if where is not None and _district(facts, b) not in where:
        yield []
    hubs = [hub for hub in target.hubs if hub[0] in choices.hosts[b] and facts.site(b) in hub[1]]
    if said.get("hub") and not hubs:
        yield []
    wanted = set(said.get("any_item", ()))
    if not wanted:
        return
    inside = [b]
    if said.get("hub"):
        there = [facts.there.get((u, k), (0, frozenset()))[1] for u, sites in hubs for k in sites]
        if any(items & wanted for items in there):
            return
        inside = [
            at
            for u, sites in hubs
            for at, hosts in choices.hosts.items()
            if u in hosts and facts.site(at) in sites
        ]
    yield [
        ("in", at, f)
        for at in inside
        for f in _held(facts, choices, at)
        if facts.functions[f].item in wanted
    ]


def _add_years(lp: Program, facts: Facts, choices: Choices) -> None:
    """The money of a building falls in one year; while that is open, in any it could."""
    budgets = facts.case.said("budget", "by_year_yuan")
    if budgets is None:
        return
    for b in facts.buildings:
        if ("used", b) not in lp.upper:
            continue
        years = choices.years[b]
        for t in years:
            lp.upper["spent", b, t] = exact(budgets[t])
        lp.at_most({**_cost_of(lp, b), **{("spent", b, t): -ONE for t in years}}, 0)
    for t, cap in budgets.items():
        lp.at_most({n: ONE for n in lp.upper if n[0] == "spent" and n[2] == t}, exact(cap))


def _counted(facts: Facts, choices: Choices, host: str, sites: Sites | None = None) -> Terms:
    """Counted m² that *host* may be credited with, on *sites* or everywhere."""
    terms: Terms = {}
    for b, hosts in choices.hosts.items():
        if host in hosts and (sites is None or facts.site(b) in sites):
            for f in _held(facts, choices, b):
                if facts.functions[f].counts_m2:
                    terms |= _area(facts, b, f)
    return terms


def _add_office(lp: Program, facts: Facts, choices: Choices) -> None:
    share = exact(facts.pack["office_share"])
    for u in facts.communities:
        terms: Terms = {}
        for b, hosts in choices.hosts.items():
            if hosts == (u,) and OFFICE in _held(facts, choices, b):
                terms |= _area(facts, b, OFFICE)
        if terms:
            for name in _counted(facts, choices, u):
                terms[name] = terms.get(name, Fraction(0)) - share
            lp.at_most(terms, 0)


def _add_standard(lp: Program, facts: Facts, choices: Choices, u: str) -> None:
    standard = facts.communities[u]
    if standard.lacking_m2:
        lp.at_least(_counted(facts, choices, u), standard.lacking_m2)
    _add_residents_share(lp, facts, choices, u)
    if not facts.pack["domains_required"]:
        return
    from_reach = facts.pack.get("domains_from") == "reach"
    for c, present in standard.domains.items():
        for domain in sorted(set(facts.pack["domains"]) - present):
            bringers = {
                ("in", b, f): ONE
                for b, hosts in choices.hosts.items()
                if u in hosts or from_reach
                for f in _held(facts, choices, b)
                if facts.functions[f].domain == domain and c in facts.near[b, f]
            }
            lp.at_least(bringers, 1)


def _add_residents_share(lp: Program, facts: Facts, choices: Choices, u: str) -> None:
    """Area for residents ≥ share × all of it; a building whose host is open may only help."""
    share, standard = exact(facts.pack.get("residents_share", 0)), facts.communities[u]
    if not share:
        return
    terms: Terms = {}
    for b, hosts in choices.hosts.items():
        for f in _held(facts, choices, b) if u in hosts else ():
            room = [facts.functions[g] for g in room_of(facts, b, f)]
            if any(function.counts_m2 for function in room):
                gain = int(all(function.is_for_residents for function in room)) - share
                terms |= dict.fromkeys(_area(facts, b, f), gain if hosts == (u,) else max(gain, 0))
    lp.at_least(terms, share * standard.existing_m2 - standard.existing_resident_m2)


def _keep_near(lp: Program, facts: Facts, choices: Choices, u: str, sites: Sites) -> None:
    """Every site has a building in use; of two too far apart only one is, if both are its own."""
    inside = [b for b in hub_buildings(facts, u) if facts.site(b) in sites]
    for k in sites:
        there = [b for b in inside if facts.site(b) == k and ("used", b) in lp.upper]
        lp.at_least({("used", b): ONE for b in there}, 1)
    own = [b for b in inside if choices.hosts[b] == (u,) and ("used", b) in lp.upper]
    for one, other in combinations(own, 2) if len(sites) > 1 else ():
        if not is_one_hub(facts, one, other):
            lp.at_most({("used", one): ONE, ("used", other): ONE}, 1)


def _add_hub(lp: Program, facts: Facts, choices: Choices, u: str, k: Sites, is_pilot: bool) -> None:
    standard, pack = facts.communities[u], facts.pack
    today = [facts.there.get((u, site), (Fraction(0), frozenset())) for site in k]
    m2_there = sum((m2 for m2, _ in today), Fraction(0))
    items_there = frozenset().union(*(items for _, items in today))
    least = standard.hub_m2 if is_pilot else standard.other_hub_m2
    lp.at_least(_counted(facts, choices, u, k), up_to_cm(max(Fraction(0), least - m2_there)))
    there = [b for b, hosts in choices.hosts.items() if u in hosts and facts.site(b) in k]
    inside = [b for b in hub_buildings(facts, u) if b in there]
    for b in there:
        if b not in inside and choices.hosts[b] == (u,) and ("used", b) in lp.upper:
            lp.at_most({("used", b): ONE}, 0)
    office = exact(pack.get("hub_office_m2", 0))
    if office:
        rooms = [_area(facts, b, OFFICE) for b in inside if OFFICE in _held(facts, choices, b)]
        lp.at_least({name: x for room in rooms for name, x in room.items()}, office)
    bringers: dict[str, Terms] = {}
    for b in inside:
        for f in _held(facts, choices, b):
            function = facts.functions[f]
            if function.counts_as_item and function.item not in items_there:
                bringers.setdefault(function.item, {})["in", b, f] = ONE
    for item, terms in bringers.items():
        lp.upper["item", u, k, item] = ONE
        lp.at_most({("item", u, k, item): ONE}, 1)
        lp.at_most({("item", u, k, item): ONE, **{n: -ONE for n in terms}}, 0)
    core = set(pack["core_items"])
    for wanted, allowed in (
        (pack["hub_min_items"], set(bringers) | items_there),
        (pack["hub_min_core_items"], core),
    ):
        brought = {("item", u, k, item): ONE for item in bringers if item in allowed}
        lp.at_least(brought, wanted - len(items_there & allowed))
