"""A plan: which buildings are used, for whom, with what on which floor, and who is served.

Amounts are exact Decimals: areas and money with two decimals, persons with at most six.
Source: contract section 4 (siting.csv, allocation.csv, service.csv).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Siting:
    """One used building: its host, whether it is part of the host's hub, and its one-off money."""

    building: str
    host: str
    is_hub: bool
    year: int | None
    acquire_yuan: Decimal
    upgrade_yuan: Decimal
    opening_yuan: Decimal
    fitout_yuan: Decimal
    rent_yuan_per_year: Decimal
    is_upgraded: bool = False

    @property
    def cost_yuan(self) -> Decimal:
        """One-off money of the building, yuan (contract 5, Money)."""
        return self.acquire_yuan + self.upgrade_yuan + self.opening_yuan + self.fitout_yuan


@dataclass(frozen=True, slots=True)
class Allocation:
    """Floor area of one function on one floor of one building, m².

    Rows of functions that share a room name it and their slot; its area is one.
    """

    building: str
    level: int
    function: str
    area_m2: Decimal
    slot: str = ""  # empty = all day
    room: str = ""  # the combination whose room it is; empty = the function's own


@dataclass(frozen=True, slots=True)
class Service:
    """Persons of a community served by one installation."""

    building: str
    function: str
    community: str
    persons: Decimal


@dataclass(frozen=True, slots=True)
class Funding:
    """What one source pays for one building."""

    building: str
    source: str
    yuan: Decimal


@dataclass(frozen=True)
class Plan:
    """A complete decision; rows are sorted by their ids."""

    pilots: tuple[str, ...] = ()  # hosts brought to standard
    sitings: tuple[Siting, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    services: tuple[Service, ...] = ()
    hub_sites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # host -> its hub's
    acting: tuple[str, ...] = ()  # unions whose members act as one
    fundings: tuple[Funding, ...] = ()  # empty where no source is listed

    @cached_property
    def cost_yuan(self) -> Decimal:
        """One-off money of the plan, yuan."""
        return sum((s.cost_yuan for s in self.sitings), ZERO)

    @cached_property
    def installed_m2(self) -> Mapping[tuple[str, str], Decimal]:
        """(building, function) -> area over all floors, m², shared rooms in full for each."""
        total: dict[tuple[str, str], Decimal] = {}
        for row in self.allocations:
            key = row.building, row.function
            total[key] = total.get(key, ZERO) + row.area_m2
        return total

    @cached_property
    def installed_in(self) -> Mapping[str, Mapping[str, Decimal]]:
        """Building -> function -> area over all floors, m², as :attr:`installed_m2`."""
        inside: dict[str, dict[str, Decimal]] = {}
        for (b, f), m2 in self.installed_m2.items():
            inside.setdefault(b, {})[f] = m2
        return inside

    @cached_property
    def rooms_m2(self) -> Mapping[tuple[str, str], Decimal]:
        """(building, function or combination) -> area over all floors, m², a shared room once."""
        floors = {
            (row.building, row.room or row.function, row.level): row.area_m2
            for row in self.allocations
        }
        total: dict[tuple[str, str], Decimal] = {}
        for (b, f, _), m2 in floors.items():
            total[b, f] = total.get((b, f), ZERO) + m2
        return total

    @cached_property
    def host_of(self) -> Mapping[str, str]:
        """Used building -> its host."""
        return {row.building: row.host for row in self.sitings}
