"""What the synthesis hands from step to step: settled communities, facilities, buildings."""

from dataclasses import dataclass, field

from synthesis.facts import CommunityFact
from synthesis.layout import Whole


@dataclass(frozen=True, slots=True)
class Settled:
    """A community with its people, its ground and its point (metres from the case's origin)."""

    fact: CommunityFact
    character: str
    kind: str
    households: int
    residents: int
    cells: Whole  # ground, centres of cells nearest to the point first
    east: int
    north: int

    @property
    def id(self) -> str:
        """The 12-digit code."""
        return self.fact.id


@dataclass(frozen=True, slots=True)
class Supply:
    """An existing facility; areas in dm² (0.01 m²)."""

    community: str
    function: str
    area_dm2: int
    east: int
    north: int
    site: str = ""
    is_hub: bool = False
    year: int = 2015
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class Stock:
    """A candidate building; areas in dm² (0.01 m²); ``floors`` from the lowest level up."""

    type: str
    name: str
    community: str
    street: str
    district: str
    east: int
    north: int
    floors: tuple[tuple[int, int], ...]
    owner: str
    route: str
    site: str = ""
    facts: dict[str, str] = field(default_factory=dict)  # further columns as written

    @property
    def area_dm2(self) -> int:
        """Gross floor area of all floors."""
        return sum(area for _, area in self.floors)
