"""The rows of the relaxation, each kept by every plan; the arguments stand in the package's text.

Source: contract section 5 (Must and target, Standard, Hub, Domains, Union, Streets).
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache, partial

from optimizer.checks.bound.program import Terms, each, total
from optimizer.checks.bound.standing import Standing
from optimizer.checks.bound.town import Town
from optimizer.checks.facts import Facts
from optimizer.checks.folder import exact

ZERO = Fraction(0)


def of_pilots(town: Town) -> None:
    """One acting host a community; no more pilots than the target; required ones are pilots."""
    for c, hosts in town.with_member.items():
        inside = each(town.pilot[u] for u in hosts if u in town.pilot)
        is_required = town.facts.communities[c]["pilot"] == "required"
        if len(inside) > 1 or is_required:
            town.program.row(f"acting {c}", inside, 1 if is_required else None, 1)
        planned = each(town.hub[u] for u in hosts if u in town.hub)
        if len(planned) > 1:
            town.program.at_most(f"one-hub {c}", planned, 1)
    pilots = town.facts.folder.scenario["pilots"]
    places = {u: town.hosts[u].places for u in town.pilot}
    if pilots["target"] is not None:
        counts = {town.pilot[u]: len(inside) for u, inside in places.items()}
        town.program.at_most("pilots", counts, exact(pilots["target"]))
    for district, most in pilots["by_district"].items():
        counts = {town.pilot[u]: _in_district(town, places[u], district) for u in places}
        town.program.at_most(f"pilots {district}", counts, exact(most))


def _in_district(town: Town, communities: list[str], district: str) -> int:
    return sum(town.facts.communities[c]["district"] == district for c in communities)


def of_standard(town: Town) -> None:
    """What is credited covers what a pilot lacks and what a planned hub must have."""
    for (u, b), column in town.credit.items():
        most = town.program.upper[column]
        town.program.at_most(f"credit {u} {b}", {column: 1, town.uses[u, b]: -most})
    for u, standing in town.hosts.items():
        credited = _credited(town, standing, standing.candidates)
        if u in town.pilot and standing.pilot_m2:
            town.program.at_least(f"area {u}", credited | {town.pilot[u]: -standing.pilot_m2})
        if u in town.pilot and not standing.may_have_hub:
            town.program.at_least(f"hub {u}", _of(town.hub, u) | {town.pilot[u]: -1})
        if u in town.hub:
            _hub(town, standing, f"hub-area {u}", standing.candidates, town.hub[u])


def _of(columns: dict[str, int], host: str) -> Terms:
    return {columns[host]: 1} if host in columns else {}


def _credited(town: Town, standing: Standing, buildings: Iterable[str]) -> Terms:
    pairs = ((standing.host, b) for b in buildings)
    return each(town.credit[pair] for pair in pairs if pair in town.credit)


def _hub(town: Town, standing: Standing, name: str, buildings: list[str], column: int) -> None:
    """A hub among *buildings* has its m², or where none are lacking at least one of them."""
    town.program.at_least(
        f"{name} in", each(town.uses[standing.host, b] for b in buildings) | {column: -1}
    )
    if standing.hub_m2:
        credited = _credited(town, standing, buildings)
        town.program.at_least(name, credited | {column: -standing.hub_m2})


def of_streets(town: Town) -> None:
    """A street or community is covered by a planned hub only where one stands, or is its own."""
    by_street: dict[tuple[str, str], list[int]] = {}
    by_host: dict[str, list[int]] = {}
    for (u, s), column in town.stands.items():
        by_street.setdefault(s, []).append(column)
        by_host.setdefault(u, []).append(column)
        standing, name = town.hosts[u], "/".join(s)
        inside = [b for b in standing.candidates if town.facts.street_of(b) == s]
        _hub(town, standing, f"stands {u} {name}", inside, column)
    for u, inside_u in by_host.items():
        town.program.at_most(f"stands {u}", each(inside_u) | {town.hub[u]: -1})
    for s, column in town.street.items():
        here = each(by_street.get(s, ()), -1)
        town.program.at_most(f"street {'/'.join(s)}", here | {column: 1})
    for c, column in town.covered.items():
        planned = each((town.hub[u] for u in town.with_member[c] if u in town.hub), -1)
        town.program.at_most(f"covered {c}", planned | {column: 1})
    target = town.facts.folder.scenario["hubs"]["target"]
    if town.facts.folder.policy["hub_count"] == "must" and target is not None:
        town.program.at_least("hubs", each(town.hub.values()), exact(target))


def of_openings(town: Town) -> None:
    """Domains that pilots lack and items of planned hubs are opened, by their hosts or around."""
    from_reach = town.facts.folder.policy["domains_from"] == "reach"
    for u, standing in town.hosts.items():
        for d, communities in standing.lacks.items() if u in town.pilot else ():
            buildings = town.usable if from_reach else standing.candidates
            for c in communities:
                near = each(_opened_near(town, buildings, d, c))
                town.program.at_least(f"domain {d} {c} {u}", near | {town.pilot[u]: -1})
        if u in town.hub:
            for name, fits, least in _items(town.facts, standing):
                opened = each(_opened(town, standing.candidates, fits))
                town.program.at_least(f"{name} {u}", opened | {town.hub[u]: -least})
    if not from_reach:
        _domains_together(town)
    _items_together(town)


def _opened_near(town: Town, buildings: Iterable[str], domain: str, community: str) -> list[int]:
    facts = town.facts
    walks = ((b, facts.walk.get((b, community))) for b in buildings)
    return [
        town.opens[b, f]
        for b, walk in walks
        if walk is not None
        for f in town.possible.fits[b]
        if facts.functions[f]["domain"] == domain and facts.within(walk, facts.reach(f))
    ]


def _opened(town: Town, buildings: Iterable[str], fits: Callable[[str], bool]) -> list[int]:
    return [town.opens[b, f] for b in buildings for f in town.possible.fits[b] if fits(f)]


def _items(facts: Facts, standing: Standing) -> Iterable[tuple[str, Callable[[str], bool], int]]:
    yield "items", facts.counts_as_item, standing.items
    yield "core", _is_core(facts), standing.core_items


def _is_core(facts: Facts) -> Callable[[str], bool]:
    core = set(facts.folder.policy["core_items"])
    return lambda f: facts.counts_as_item(f) and facts.functions[f]["item"] in core


def _domains_together(town: Town) -> None:
    """Hosts share no building, so what each must open adds up."""
    for d in town.facts.domain_ids:
        lacking = {town.pilot[u]: -1 for u in town.pilot if d in town.hosts[u].lacks}
        opened = _opened(town, town.usable, partial(_is_of, town.facts, d))
        town.program.at_least(f"domain {d}", total((1, each(opened)), (1, lacking)))


def _is_of(facts: Facts, domain: str, function: str) -> bool:
    return facts.functions[function]["domain"] == domain


def _items_together(town: Town) -> None:
    needed: dict[str, Terms] = {"items": {}, "core": {}}
    for u, column in town.hub.items():
        for name, _, least in _items(town.facts, town.hosts[u]):
            needed[name][column] = -least
    for name, fits in (("items", town.facts.counts_as_item), ("core", _is_core(town.facts))):
        if needed[name]:
            opened = each(_opened(town, town.usable, cache(fits)))
            town.program.at_least(name, opened | needed[name])
