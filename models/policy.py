"""A programme's figures and rules as data; each figure keeps the clause and rule id it comes from.

Read from ``scenarios/policies/*.toml`` by ``optimizer.scenario``. Figures are exact: Decimal for
areas and shares, int for counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: clause of the text, rule id, confidence (S, 2, M or A)."""

    clause: str
    rule: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Domain:
    """One of the service domains of a programme (HZ-08)."""

    id: str
    zh: str
    en: str
    parts: tuple[str, ...] = ()  # items that are halves of it (A7): 养老 and 托育


@dataclass(frozen=True, slots=True)
class Route:
    """A way of getting a building (HZ-20): who may own it, which kinds of community it serves."""

    id: str
    owners: tuple[str, ...] | None  # None = any
    kinds: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the programme text and how the product treats it."""

    id: str
    clause: str
    zh: str
    en: str
    kind: str  # must | target | eligibility | data | goal | report | none
    where: tuple[str, ...]  # "family hub_size", "figure office_share", "column buildings.site" …
    note_zh: str = ""  # how, or why nowhere
    note_en: str = ""
    is_enforced: bool = True
    reason: str | None = None  # why it is switched off or set otherwise


@dataclass(frozen=True, slots=True)
class Reading:
    """A question the text leaves open, and how the product reads it (A1, A2 …)."""

    id: str
    kind: str  # figure | scenario: a city may choose; data: rows say it; fixed; other: other texts
    zh: str
    en: str
    where: tuple[str, ...]
    note_zh: str
    note_en: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy pack with the scenario's overrides applied."""

    id: str
    zh: str
    en: str
    document: str
    in_force: str
    area_per_100_households_m2: Mapping[str, Decimal]  # by kind of community
    hub_min_m2: Mapping[str, Decimal]  # by kind
    nonpilot_hub_min_m2: Mapping[str, Decimal]  # by kind (A12)
    hub_min_items: int
    hub_min_core_items: int
    core_items: tuple[str, ...]
    hub_place: str  # building | site
    domains: tuple[Domain, ...]
    domains_required: bool
    domains_from: str  # own | reach
    office_share: Decimal
    pilots: int | None
    pilot_types: tuple[str, ...]
    pilot_districts: tuple[str, ...] | None  # None = any
    street_coverage: str  # target | must
    routes: tuple[Route, ...]
    persons_per_household: Decimal
    adjacency_m: Decimal
    goals: tuple[str, ...]
    rules: tuple[Rule, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)  # figure path -> source
    off: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # rule -> figures when off
    overrides: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # key -> value, reason
    readings: tuple[Reading, ...] = ()
    hosts: str = "community"  # community: areas are credited; building: plain facility location
    community_coverage: str = "target"  # target | must
    residents_share: Decimal = Decimal(0)  # of a pilot's counted area, for residents' activities
    dispersed_hub: bool = False  # several places near each other may be one hub (A10)
    dispersed_hub_places: int = 3  # most places of such a hub
    dispersed_hub_m: Decimal = Decimal(300)  # longest walk between two of its buildings
    hub_office_m2: Decimal = Decimal(0)  # smallest office of a planned hub
    union_places: str = "one"  # one | members: places of the pilot number a union takes (A11)
    domain_mode: str = "any"  # any | all: halves of a domain that a community must have (A7)
    hub_inside_total: bool = True  # False: the hub minimum is on top of the area standard (A1)
    count_existing: bool = True  # False: only planned m² enter the area standard (A3)
    round_up: bool = False  # True: every hundred households begun asks for the whole (A5)
    pilot_tolerance: Decimal = Decimal(0)  # share of pilots or hubs a target may lack (A13)
    walk_limit_m: Decimal = Decimal(1000)  # service where neither scenario nor distances say (A16)
    one_hub_a_site: bool = True  # False: several hosts may have their hubs on one site (A26)
    around_m: Decimal | None = None  # walk of route conversion to its host; None = host_m (A27)
    min_lease_years: Decimal = Decimal(0)  # shortest lease or consent, where a term is given (A29)
    shared_rooms: tuple[Mapping[str, str], ...] = ()  # function -> slot, of a room in turns (A9)
    hub_count: str = "target"  # target | must: the number of planned hubs

    @property
    def domain_ids(self) -> tuple[str, ...]:
        """Ids of the domains, in the order of the text."""
        return tuple(domain.id for domain in self.domains)

    def parts_of(self, domain: Domain) -> tuple[str, ...]:
        """What must stand for *domain*: any function of it, or one of each half (A7)."""
        if self.domain_mode == "any" or not domain.parts:
            return (domain.id,)
        return tuple(f"{domain.id}:{item}" for item in domain.parts)

    @property
    def domain_parts(self) -> tuple[str, ...]:
        """What a pilot must have: every domain, or every half of one, in the text's order."""
        return tuple(part for domain in self.domains for part in self.parts_of(domain))

    def part_of(self, domain_id: str | None, item: str) -> str | None:
        """Which of ``domain_parts`` a function of that domain and item brings."""
        return next((p for p in self.domain_parts if p in (domain_id, f"{domain_id}:{item}")), None)
