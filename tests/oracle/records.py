"""Records of the oracle: what contract section 5 speaks of, resolved from a case's tables."""

from dataclasses import dataclass, field
from fractions import Fraction

from tests.oracle.case import Row, TinyCase, up_to_cm
from tests.oracle.walks import Walks


@dataclass(frozen=True)
class Function:
    id: str
    item: str
    domain: str | None  # None where the pack does not know it
    is_core: bool
    counts_as_item: bool
    counts_m2: bool
    min_m2: Fraction
    max_m2: Fraction | None
    m2_per_person: Fraction
    weight: Fraction
    opening: Fraction
    reach_m: Fraction | None
    outdoor_m2_per_person: Fraction
    operating: Fraction  # yuan per m² a year
    is_for_residents: bool


@dataclass(frozen=True)
class Fit:
    levels: tuple[int, ...]
    most_m2: Fraction
    rate: Fraction


@dataclass(frozen=True)
class Hub:
    """A hub of today."""

    m2: Fraction
    items: frozenset[str]
    is_bare: bool


@dataclass(frozen=True)
class Standard:
    """What a host, one community or some together, has today and what it must have as a pilot."""

    id: str
    members: tuple[str, ...]
    places: tuple[str, ...]  # district of each place it takes as a pilot
    households: int
    street: tuple[str, str]
    priority: Fraction
    residents: int
    ratio_m2: Fraction  # ratio × households ÷ 100
    hub_m2: Fraction  # minimum of a planned hub as a pilot
    other_hub_m2: Fraction  # and as no pilot (A12)
    existing_m2: Fraction
    hubs: tuple[Hub, ...]
    domains: dict[str, frozenset[str]]  # member -> domains of today
    has_hub: bool
    covers_street: bool
    meets: bool  # the standard, today
    is_listed: bool  # required or a candidate
    may: bool
    must: bool
    union: str = ""
    hub_on_top: bool = False  # the hub minimum is not inside the ratio (A1)
    existing_resident_m2: Fraction = Fraction(0)  # of the counted area, for residents' activities

    @property
    def required_m2(self) -> Fraction:
        if self.hub_on_top:
            return self.ratio_m2 + self.hub_m2
        return max(self.ratio_m2, self.hub_m2)

    @property
    def lacking_m2(self) -> Fraction:
        return max(Fraction(0), up_to_cm(self.required_m2 - self.existing_m2))


@dataclass(frozen=True)
class Facts:
    case: TinyCase
    communities: dict[str, Standard]
    functions: dict[str, Function]
    floors: dict[str, dict[int, Fraction]]  # building -> level -> m²
    buildings: dict[str, Row]
    hosts: dict[str, tuple[str, ...]]  # building -> communities that may have it
    fits: dict[str, dict[str, Fit]]
    near: dict[tuple[str, str], tuple[str, ...]]  # (building, function) -> communities in reach
    needs: dict[tuple[str, str], tuple[Fraction, Fraction]]  # existing, left
    there: dict[tuple[str, str], tuple[Fraction, frozenset[str]]]  # (community, site) today
    streets: frozenset[tuple[str, str]]
    streets_today: frozenset[tuple[str, str]]  # with a hub
    covered_today: frozenset[str]  # communities with a hub
    able: dict[str, tuple[str, ...]]  # building -> communities that may have it but for locks
    walks: Walks
    refit_m2: dict[str, Fraction]  # building -> counted m² of what it replaces
    today: "Facts | None"  # before refits that are taken as built
    pack: dict = field(default_factory=dict)
    rooms: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)  # shared, of each b

    def site(self, building: str) -> str:
        """The place of a building: its site, or itself."""
        own = f"building:{building}"
        is_site = self.pack.get("hub_place", "site") == "site"
        return (self.buildings[building].get("site") if is_site else "") or own

    def street(self, building: str) -> tuple[str, str]:
        row = self.buildings[building]
        return row.get("district", ""), row.get("street", "")
