"""Sets, variables and shared expressions: the joints where the families meet.

The first index of every decision is the host that owns it (formulation.md section 2). Areas are
m², persons are persons, money is in units of ``Instance.yuan_unit`` yuan.
"""

from typing import Any

import pyomo.environ as pyo
from pyomo.core.expr import LinearExpression

from models.dispersed import add_dispersed
from models.instance import Instance
from models.money import conditional_payments, largest_cost_yuan, years_of
from models.rooms import hub_items_in

COORDINATOR_VARIABLES = frozenset(
    {
        "street_covered",
        "worst_share",
        "walk_in_use",
        "source_yuan",
        "kept_supply",
        "still_covered",
        "hub_stands",
    }
)
#: amounts that follow from 0/1 and areas exactly: rounding leaves them to the decoder
FOLLOWERS = frozenset({"served", "paid", "source_yuan", "spent", "kept_supply"})
#: amounts that rows claim of areas: rounding lowers them to what is needed, so areas are free
CLAIMS = frozenset({"branch_area", "branch_office"})


def add_variables(m: pyo.ConcreteModel, instance: Instance) -> None:
    """Add sets, variables and expressions of *instance* to *m*."""
    _add_sets(m, instance)
    _add_choices(m, instance)
    _add_amounts(m, instance)
    add_dispersed(m, instance)
    _add_expressions(m, instance)
    m.coordinator_variables, m.followers = COORDINATOR_VARIABLES, FOLLOWERS
    m.claims = CLAIMS


def _add_sets(m: pyo.ConcreteModel, instance: Instance) -> None:
    installs = [(u, b, f) for u, b in instance.pairs for f in instance.functions_in.get(b, ())]
    serves = [
        (u, b, f, c)
        for u, b, f in installs
        for c in instance.reached.get((b, f), ())
        if instance.most_left(c, f) > 0
    ]
    m.HOSTS = pyo.Set(initialize=sorted(instance.hosts), ordered=True)
    m.PAIRS = pyo.Set(initialize=list(instance.pairs), dimen=2, ordered=True)
    fading = instance.fading
    m.REFITS = pyo.Set(initialize=list(fading.buildings), ordered=True)
    m.FADING_HUBS = pyo.Set(initialize=[u for u in fading.hubs if u in instance.hosts])
    covers = [c for c in fading.covers if c in instance.communities]
    m.FADING_COVERS = pyo.Set(initialize=covers, ordered=True)
    endings = [(u, s) for u in m.FADING_HUBS for s in range(len(fading.hubs[u]))]
    m.ENDINGS = pyo.Set(initialize=endings, dimen=2, ordered=True)
    m.TOGETHER = pyo.Set(initialize=list(instance.covered_together), ordered=True)
    supply = [key for key in fading.supply if key in instance.needs]
    m.FADING_SUPPLY = pyo.Set(initialize=supply, dimen=2, ordered=True)
    lifts = [(u, b) for u, b in instance.pairs if instance.buildings[b].upgrade == "lift"]
    m.LIFTS = pyo.Set(initialize=lifts, dimen=2, ordered=True)
    m.INSTALLS = pyo.Set(initialize=installs, dimen=3, ordered=True)
    unions = sorted(u for u, host in instance.hosts.items() if host.is_union)
    m.UNIONS = pyo.Set(initialize=unions, ordered=True)
    m.PLACES = pyo.Set(initialize=list(instance.places), dimen=2, ordered=True)
    m.HUB_PLACES = pyo.Set(initialize=list(instance.hub_places), dimen=2, ordered=True)
    m.SERVES = pyo.Set(initialize=serves, dimen=4, ordered=True)
    m.STREETS = pyo.Set(initialize=list(instance.streets), dimen=2, ordered=True)
    m.PAYMENTS = pyo.Set(initialize=sorted(conditional_payments(instance)), dimen=3, ordered=True)
    m.POTS = pyo.Set(initialize=_pots(instance), dimen=2, ordered=True)
    years = [(u, b, t) for u, b in instance.pairs for t in years_of(instance, b)]
    m.SITED = pyo.Set(initialize=years, dimen=3, ordered=True)
    m.WALKS = pyo.Set(initialize=_walks(instance, serves), ordered=True)
    m.SHARED_ITEMS = pyo.Set(initialize=_shared_items(instance), dimen=3, ordered=True)


def _walks(instance: Instance, serves: list[tuple[str, str, str, str]]) -> list[float]:
    """Distinct walks, where a goal asks for the farthest.

    Where all must be served, none is told apart that is nearer than somebody's only choice.
    """
    if "farthest_m" not in instance.goal_parts:
        return []
    nearest: dict[tuple[str, str], float] = {}
    for _, b, f, c in serves:
        walk = instance.walk_m[b, c]
        if instance.needs[c, f].left > 0:
            nearest[c, f] = min(walk, nearest.get((c, f), walk))
    least = max(nearest.values(), default=0.0) if instance.service.serve_all else 0.0
    return sorted({walk for _, b, _, c in serves if (walk := instance.walk_m[b, c]) >= least})


def _shared_items(instance: Instance) -> list[tuple[str, str, str]]:
    """(host, site, item) that several could bring, or that a refit could take: it counts once."""
    shared = [key for key in instance.fading.items if key[:2] in instance.places]
    for (u, k), place in instance.places.items():
        bringers: dict[str, int] = {}
        for b in place.buildings:
            for f in instance.functions_in.get(b, ()):
                for item in hub_items_in(instance.functions, f):
                    bringers[item] = bringers.get(item, 0) + 1
        shared += [
            (u, k, item)
            for item, count in sorted(bringers.items())
            if count > 1 and item not in place.existing_items
        ]
    return shared


def _add_choices(m: pyo.ConcreteModel, instance: Instance) -> None:
    m.pilot = pyo.Var(m.HOSTS, domain=pyo.Binary)
    m.acting = pyo.Var(m.UNIONS, domain=pyo.Binary)
    m.used = pyo.Var(m.PAIRS, domain=pyo.Binary)
    m.kept_hub = pyo.Var(m.FADING_HUBS, domain=pyo.Binary)
    m.hub_ended = pyo.Var(m.ENDINGS, bounds=(0, 1))
    m.hub_stands = pyo.Var(m.FADING_COVERS, bounds=(0, 1))
    m.still_covered = pyo.Var(m.FADING_COVERS, bounds=(0, 1))
    m.together = pyo.Var(m.TOGETHER, bounds=(0, 1))
    m.lifted = pyo.Var(m.LIFTS, domain=pyo.Binary)
    m.installed = pyo.Var(m.INSTALLS, domain=pyo.Binary)
    m.hub = pyo.Var(m.PLACES, domain=pyo.Binary)
    m.hub_item = pyo.Var(m.SHARED_ITEMS, bounds=(0, 1))
    m.street_covered = pyo.Var(m.STREETS, bounds=(0, 1))
    m.walk_in_use = pyo.Var(m.WALKS, domain=pyo.Binary)
    if "worst_served" in instance.goal_parts:
        m.worst_share = pyo.Var(bounds=(0, 1))
    if instance.service.is_whole:
        m.chosen = pyo.Var(m.SERVES, domain=pyo.Binary)


def _add_amounts(m: pyo.ConcreteModel, instance: Instance) -> None:
    m.area = pyo.Var(m.INSTALLS, bounds=lambda _, _u, b, f: (0, instance.fits[b, f].max_m2))
    unit = instance.yuan_unit
    most = {b: largest_cost_yuan(instance, b) / unit for b in instance.buildings}
    caps = {source.name: source.cap_yuan / unit for source in instance.limits.sources}
    m.paid = pyo.Var(m.PAYMENTS, bounds=lambda _, _u, b, _s: (0, most[b]))
    m.source_yuan = pyo.Var(m.POTS, bounds=lambda _, _d, s: (0, caps[s]))
    m.sited = pyo.Var(m.SITED, domain=pyo.Binary)
    m.spent = pyo.Var(m.SITED, bounds=lambda _, _u, b, _t: (0, most[b]))
    m.served = pyo.Var(m.SERVES, bounds=lambda _, _u, _b, f, c: (0, instance.most_left(c, f)))
    m.kept_supply = pyo.Var(
        m.FADING_SUPPLY, bounds=lambda _, c, f: (0, instance.fading_supply(c, f))
    )


def _pots(instance: Instance) -> list[tuple[str, str]]:
    """(district, source) of the sources that pay whatever stands there."""
    districts = sorted({instance.buildings[b].district for _, b in instance.pairs})
    return [
        (district, source.name)
        for source in sorted(instance.limits.sources, key=lambda source: source.name)
        for district in districts
        if source.pays_in(district) and not source.is_conditional
    ]


def _add_expressions(m: pyo.ConcreteModel, instance: Instance) -> None:
    counted = [f for f, row in instance.functions.items() if row.counts_in_total]
    by_host: dict[str, list[tuple[str, str]]] = {u: [] for u in instance.hosts}
    for u, b, f in m.INSTALLS:
        by_host[u].append((b, f))

    def host_area(_: pyo.ConcreteModel, u: str) -> LinearExpression:
        terms = [m.area[u, b, f] for b, f in by_host[u] if f in counted]
        return _linear([1.0] * len(terms), terms)

    def building_cost(_: pyo.ConcreteModel, u: str, b: str) -> LinearExpression:
        return _building_cost(m, instance, u, b)

    def stays(_: pyo.ConcreteModel, b: str) -> LinearExpression:
        hosts = [m.used[u, b] for u in instance.hosts_of.get(b, ())]
        return LinearExpression(constant=1, linear_coefs=[-1.0] * len(hosts), linear_vars=hosts)

    m.stays = pyo.Expression(m.REFITS, rule=stays)
    m.host_area = pyo.Expression(m.HOSTS, rule=host_area)
    m.building_cost = pyo.Expression(m.PAIRS, rule=building_cost)
    _add_hub_expressions(m, instance)


def _add_hub_expressions(m: pyo.ConcreteModel, instance: Instance) -> None:
    """Whether a host has a planned hub, whether a place is in it, and what is on the place."""
    counted = {f for f, row in instance.functions.items() if row.counts_in_total}

    def hub_area(_: pyo.ConcreteModel, u: str, k: str) -> LinearExpression:
        terms = [
            m.area[u, b, f]
            for b in instance.hub_places[u, k].buildings
            for f in instance.functions_in.get(b, ())
            if f in counted
        ]
        return _linear([1.0] * len(terms), terms)

    def place_area(_: pyo.ConcreteModel, u: str, k: str) -> Any:
        """Counted area planned there, and of today what a refit may take."""
        staying = instance.fading.site_m2.get((u, k), ())
        return m.hub_area[u, k] + pyo.quicksum(m2 * m.stays[b] for b, m2 in staying)

    def planned_hub(_: pyo.ConcreteModel, u: str) -> LinearExpression:
        hubs = [m.hub[u, k] for k in instance.places_of.get(u, ())]
        hubs += [m.dispersed[u, q] for q in instance.quarters_of.get(u, ())]
        return _linear([1.0] * len(hubs), hubs)

    def in_hub(_: pyo.ConcreteModel, u: str, k: str) -> LinearExpression:
        ways = [chosen[u, k] for chosen in (m.hub, m.branch) if (u, k) in chosen]
        return _linear([1.0] * len(ways), ways)

    m.planned_hub = pyo.Expression(m.HOSTS, rule=planned_hub)
    m.in_hub = pyo.Expression(m.HUB_PLACES, rule=in_hub)
    m.hub_area = pyo.Expression(m.HUB_PLACES, rule=hub_area)
    m.place_area = pyo.Expression(m.HUB_PLACES, rule=place_area)


def _building_cost(m: pyo.ConcreteModel, instance: Instance, u: str, b: str) -> LinearExpression:
    """One-off money of building *b* under host *u*: acquisition, upgrade, openings, fit-out."""
    unit = instance.yuan_unit
    building = instance.buildings[b]
    always = building.upgrade_yuan if building.upgrade == "always" else 0.0
    coefficients = [(building.acquire_yuan + always) / unit]
    variables = [m.used[u, b]]
    if (u, b) in m.LIFTS:
        coefficients += [building.upgrade_yuan / unit]
        variables += [m.lifted[u, b]]
    for f in instance.functions_in.get(b, ()):
        coefficients += [instance.functions[f].opening_yuan / unit]
        variables += [m.installed[u, b, f]]
        coefficients += [instance.fits[b, f].yuan_per_m2 / unit]
        variables += [m.area[u, b, f]]
    return _linear(coefficients, variables)


def _linear(coefficients: list[float], variables: list[pyo.Var]) -> LinearExpression:
    return LinearExpression(constant=0, linear_coefs=coefficients, linear_vars=variables)
