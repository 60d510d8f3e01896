"""The problem as immutable records: communities, buildings, functions, hosts and what fits where.

Numbers are floats that carry a finite decimal: areas (``_m2``) and money (``_yuan``) have at most
two decimals, persons and weights at most six, so :mod:`models.exact` turns them into integers
without loss. Everything a rule compares exactly (reach, eligibility, standards) is decided in
``optimizer.prepare`` and stands here as a fact. Source: contract section 5.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from models.money import Limits
from models.places import Place, Quarter, places_within, quarters_within
from models.policy import Policy
from models.refits import Fading


@dataclass(frozen=True, slots=True)
class Community:
    """A community (社区), village or grid: a point of demand and a possible pilot."""

    id: str
    name: str
    district: str
    street: str
    type: str
    kind: str
    households: int
    residents: int
    infants: int
    pupils: int
    elderly: int
    elderly65: int
    lon: float | None
    lat: float | None
    priority: float
    pilot: str  # required | candidate | excluded
    union: str | None = None


@dataclass(frozen=True, slots=True)
class Facility:
    """A service facility that exists or is committed; ``function`` is None for a bare hub."""

    id: str
    community: str
    function: str | None
    area_m2: float
    site: str | None
    is_hub: bool
    is_counted: bool
    lon: float | None = None
    lat: float | None = None
    reaches: frozenset[str] = frozenset()  # communities within its function's reach


@dataclass(frozen=True, slots=True)
class Floor:
    """One storey of a building; level 1 is the ground floor, -1 the first basement."""

    level: int
    area_m2: float


@dataclass(frozen=True, slots=True)
class Building:
    """A candidate building; floors in ascending order of level."""

    id: str
    name: str
    district: str
    street: str
    floors: tuple[Floor, ...]
    owner: str
    route: str
    acquire_yuan: float
    rent_yuan_per_year: float
    site: str  # the place of a hub: its parcel or, without one, "building:" + id
    fire_class: str
    has_lift: bool  # today, or by an upgrade that every use needs
    available_year: int | None
    must_use: bool
    must_hold: tuple[str, ...]  # functions a lock asks for
    must_host: str | None  # community a lock asks for
    replaces: tuple[str, ...] = ()  # facilities it is, refitted
    upgrade: str = ""  # "always" where use needs it, "lift" where only the upper floors do
    upgrade_yuan: float = 0.0
    outdoor_m2: float = 0.0
    lon: float | None = None
    lat: float | None = None

    @property
    def area_m2(self) -> float:
        """Gross floor area of all floors, m²."""
        return round(sum(floor.area_m2 for floor in self.floors), 2)


@dataclass(frozen=True, slots=True)
class Function:
    """A service function of the catalogue (scenarios/functions.toml and the case's own)."""

    id: str
    name: str
    item: str
    domain: str | None  # None also where the pack does not know the domain
    is_core: bool
    min_m2: float  # at least 0.01
    max_m2: float | None
    m2_per_person: float  # 0 = no capacity limit
    need_group: str | None
    need_per_1000: float
    weight: float
    opening_yuan: float
    fitout_yuan_per_m2: float
    operating_yuan_per_m2_year: float
    revenue_yuan_per_m2_year: float
    counts_in_total: bool
    is_office: bool
    is_resident_activity: bool
    counts_as_item: bool  # its function has a domain of the pack and is no office
    outdoor_m2_per_person: float = 0.0
    members: tuple[str, ...] = ()  # functions that share its room at different times
    part: str | None = None  # the domain it brings, or the half of one (Policy.domain_parts)


@dataclass(frozen=True, slots=True)
class Fit:
    """Function *function* may stand in *building*: where, how much, at what price."""

    building: str
    function: str
    levels: frozenset[int]  # with the lift an upgrade would bring
    unlifted: frozenset[int]  # of them, those it may use without
    max_m2: float  # floor area it may use, capped by the function's own maximum
    yuan_per_m2: int  # fit-out × factor, whole yuan


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be: the rule, and the ids it speaks of (None = any)."""

    rule: str
    reason: str  # a key of optimizer.labels REASONS
    building: str | None = None
    function: str | None = None
    community: str | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Persons of one community that need one function; ``left`` is what planned supply may meet."""

    persons: float
    existing: float
    left: float


@dataclass(frozen=True, slots=True)
class Host:
    """Whom buildings are credited to: one community, or a declared union of two or three."""

    id: str
    members: tuple[str, ...]
    district: str
    existing_m2: float  # counted area today; 0 where only planned m² are to count (A3)
    required_m2: float  # max(standard, hub minimum), rounded up to 0.01 m²
    hub_minimum_m2: float
    nonpilot_hub_minimum_m2: float
    has_hub: bool  # an existing hub qualifies alone
    domains_today: frozenset[tuple[str, str]]  # (member, domain or half) met by facilities
    may_be_pilot: bool
    must_be_pilot: bool
    place_districts: tuple[str, ...]  # district of each place it takes of the pilot number
    pilot_members: tuple[str, ...]  # members that are pilots where the host is one
    required_members: tuple[str, ...]
    priority: float
    residents: int
    existing_resident_m2: float = 0.0  # counted area today that is for residents' activities

    @property
    def is_union(self) -> bool:
        """Several communities act as one."""
        return len(self.members) > 1

    @property
    def deficit_m2(self) -> float:
        """Counted area the host lacks, m² (formulation.md L2)."""
        return max(0.0, round(self.required_m2 - self.existing_m2, 2))


def bare_host(id: str, district: str) -> Host:
    """Nobody in particular: asks for nothing, has nothing and is no pilot (``policy = "none"``)."""
    return Host(
        id=id,
        members=(),
        district=district,
        existing_m2=0.0,
        required_m2=0.0,
        hub_minimum_m2=0.0,
        nonpilot_hub_minimum_m2=0.0,
        has_hub=False,
        domains_today=frozenset(),
        may_be_pilot=False,
        must_be_pilot=False,
        place_districts=(),
        pilot_members=(),
        required_members=(),
        priority=0.0,
        residents=0,
    )


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """How need may be met: in any fraction or wholly from one building; all of it or what pays."""

    is_whole: bool = False
    serve_all: bool = False


@dataclass(frozen=True)
class Instance:
    """A complete problem. Mappings are keyed by id and never changed after construction."""

    policy: Policy
    communities: Mapping[str, Community]
    buildings: Mapping[str, Building]
    functions: Mapping[str, Function]
    facilities: tuple[Facility, ...]
    hosts: Mapping[str, Host]
    pairs: tuple[tuple[str, str], ...]  # (host, building): the host may have the building
    places: Mapping[tuple[str, str], Place]  # (host, site) where a hub fits alone
    fits: Mapping[tuple[str, str], Fit]  # (building, function)
    reached: Mapping[tuple[str, str], tuple[str, ...]]  # (building, function) -> communities
    walk_m: Mapping[tuple[str, str], float]  # (building, community), refused buildings too
    needs: Mapping[tuple[str, str], Need]  # (community, function), persons > 0
    streets: tuple[tuple[str, str], ...]  # (district, street) of the communities
    streets_with_hub: frozenset[tuple[str, str]]  # covered today
    limits: Limits
    goals: tuple[str, ...]  # a weighted level by its name: cost+walking_distance
    weights: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)  # of such levels
    service: ServiceRule = ServiceRule()
    covered_today: frozenset[str] = frozenset()  # communities with a hub today
    fading: Fading = field(default_factory=Fading)  # what of today goes with refits
    branches: Mapping[tuple[str, str], Place] = field(default_factory=dict)  # of dispersed hubs
    quarters: Mapping[tuple[str, str], Quarter] = field(default_factory=dict)  # (host, quarter)
    candidate_m2: float = 0.0  # floor area of every building of the case, eligible or not
    refusals: tuple[Refusal, ...] = ()
    reach_m: Mapping[str, float | None] = field(default_factory=dict)  # of a function; None = any

    @cached_property
    def goal_parts(self) -> frozenset[str]:
        """Every single goal in use, those of weighted levels included."""
        return frozenset(part for goal in self.goals for part in self.weights.get(goal, (goal,)))

    @cached_property
    def buildings_of(self) -> Mapping[str, tuple[str, ...]]:
        """Host -> buildings it may have, in the order of ``pairs``."""
        return _grouped(self.pairs)

    @cached_property
    def hosts_of(self) -> Mapping[str, tuple[str, ...]]:
        """Building -> hosts that may have it."""
        return _grouped((b, u) for u, b in self.pairs)

    @cached_property
    def functions_in(self) -> Mapping[str, tuple[str, ...]]:
        """Building -> functions that fit in it."""
        return _grouped(self.fits)

    @cached_property
    def places_of(self) -> Mapping[str, tuple[str, ...]]:
        """Host -> sites where its hub may stand."""
        return _grouped(self.places)

    @cached_property
    def quarters_of(self) -> Mapping[str, tuple[str, ...]]:
        """Host -> quarters where its hub may be dispersed."""
        return _grouped(self.quarters)

    @cached_property
    def hub_places(self) -> Mapping[tuple[str, str], Place]:
        """(host, site) of every place that may be a hub or a branch of one."""
        return {**self.branches, **self.places}

    @cached_property
    def union_of(self) -> Mapping[str, str]:
        """Community -> host of the union it may join."""
        return {c: u for u, host in self.hosts.items() if host.is_union for c in host.members}

    def street_of(self, place: Place) -> tuple[str, str]:
        """(district, street) where *place* stands."""
        return self.buildings[place.buildings[0]].district, place.street

    def most_left(self, community: str, function: str) -> float:
        """Persons that planned supply may serve at most: with every refit used."""
        need = self.needs.get((community, function))
        if need is None:
            return 0.0
        lasting = self.fading.lasting_supply.get((community, function))
        return need.left if lasting is None else need.persons - lasting

    def fading_supply(self, community: str, function: str) -> float:
        """Persons served today by what refits could replace."""
        key = community, function
        return self.needs[key].existing - self.fading.lasting_supply.get(key, 0.0)

    @cached_property
    def covered_for_good(self) -> frozenset[str]:
        """Communities with a hub today that no refit can end."""
        return self.covered_today - set(self.fading.covers)

    @cached_property
    def covered_together(self) -> Mapping[str, tuple[str, ...]]:
        """Union with a hub of today -> members without one of their own for good."""
        return {
            u: tuple(c for c in host.members if c not in self.covered_for_good)
            for u, host in self.hosts.items()
            if host.is_union and host.has_hub
        }

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Where an id stands among hosts, buildings, sites, functions or communities, sorted."""
        sites = {k for _, k in self.hub_places}
        kinds = (self.hosts, self.buildings, sites, self.functions, self.communities)
        return {id: k for ids in reversed(kinds) for k, id in enumerate(sorted(ids))}

    @cached_property
    def yuan_unit(self) -> float:
        """Model unit of money: a power of ten, 10,000 for a city, 1 where sites cost a few yuan."""
        largest = max(
            [b.acquire_yuan for b in self.buildings.values()]
            + [f.opening_yuan for f in self.functions.values()]
            + [fit.max_m2 * fit.yuan_per_m2 for fit in self.fits.values()],
            default=0.0,
        )
        return 10_000.0 if largest >= 10_000 else 1.0

    def restrict(
        self, communities: Iterable[str], buildings: Iterable[str], limits: Limits | None = None
    ) -> "Instance":
        """A smaller, true instance: hosts of *communities* and the given *buildings*.

        *limits* are what is left of the shared limits (default: those of the whole). Service to
        communities outside is dropped; eligibility, needs and standards stay as they are.
        """
        kept_c, kept_b = set(communities), set(buildings)
        hosts = {u: h for u, h in self.hosts.items() if kept_c.issuperset(h.members)}
        branches = places_within(self.branches, hosts, kept_b)
        return replace(
            self,
            communities={c: r for c, r in self.communities.items() if c in kept_c},
            buildings={b: r for b, r in self.buildings.items() if b in kept_b},
            facilities=tuple(e for e in self.facilities if e.community in kept_c),
            hosts=hosts,
            pairs=tuple((u, b) for u, b in self.pairs if u in hosts and b in kept_b),
            places=places_within(self.places, hosts, kept_b),
            branches=branches,
            quarters=quarters_within(self.quarters, branches),
            fits={(b, f): fit for (b, f), fit in self.fits.items() if b in kept_b},
            reached={
                (b, f): tuple(c for c in near if c in kept_c)
                for (b, f), near in self.reached.items()
                if b in kept_b
            },
            walk_m={(b, c): d for (b, c), d in self.walk_m.items() if b in kept_b and c in kept_c},
            needs={(c, f): n for (c, f), n in self.needs.items() if c in kept_c},
            streets=_streets_of(self, kept_c, hosts, kept_b),
            covered_today=self.covered_today & kept_c,
            limits=self.limits if limits is None else limits,
        )


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _streets_of(
    instance: Instance, communities: set[str], hosts: Mapping[str, Host], buildings: set[str]
) -> tuple[tuple[str, str], ...]:
    touched = {
        (instance.communities[c].district, instance.communities[c].street) for c in communities
    }
    touched |= {
        (instance.buildings[b].district, instance.buildings[b].street)
        for b in buildings
        if any(u in hosts for u in instance.hosts_of.get(b, ()))
    }
    return tuple(s for s in instance.streets if s in touched)
