"""The shared limits, and pots of money: what they hold, where they pay and for what.

Source: contract sections 2 ([budget], [sources]) and 5 (Money); HZ-63, HZ-64.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.instance import Instance


@dataclass(frozen=True, slots=True)
class Source:
    """A source of one-off money; all of its conditions hold for the building it pays."""

    name: str
    cap_yuan: float
    by_district_yuan: Mapping[str, float] | None = None  # where it pays; None = everywhere
    needs_hub: bool = False  # the building is part of its host's hub
    any_item: frozenset[str] = frozenset()  # one of them stands in that hub, or in the building

    @property
    def is_conditional(self) -> bool:
        """What it may pay depends on the plan, not on the district alone."""
        return self.needs_hub or bool(self.any_item)

    def pays_in(self, district: str) -> bool:
        """The source pays in *district*."""
        return self.by_district_yuan is None or district in self.by_district_yuan


@dataclass(frozen=True, slots=True)
class Limits:
    """The shared limits; None or an absent key does not bind. ``restrict`` passes residuals."""

    pilots: int | None = None
    pilots_by_district: Mapping[str, int] = field(default_factory=dict)
    total_yuan: float | None = None
    by_district_yuan: Mapping[str, float] = field(default_factory=dict)
    operating_yuan_per_year: float | None = None
    sources: tuple[Source, ...] = ()  # none listed: money has no source
    by_year_yuan: Mapping[int, float] | None = None
    hubs: int | None = None  # a target, never a must


def money_unit(instance: "Instance") -> str:
    """Unit of a row of money, as it is shown."""
    return "yuan" if instance.yuan_unit == 1 else f"{instance.yuan_unit:,.0f} yuan"


def largest_cost_yuan(instance: "Instance", building: str) -> float:
    """Most one-off money that *building* can cost, yuan: the big-M of what is paid for it."""
    row = instance.buildings[building]
    functions = instance.functions_in.get(building, ())
    dearest = max((instance.fits[building, f].yuan_per_m2 for f in functions), default=0)
    opening = sum(instance.functions[f].opening_yuan for f in functions)
    return row.acquire_yuan + row.upgrade_yuan + opening + row.area_m2 * dearest


def conditional_payments(instance: "Instance") -> Iterator[tuple[str, str, str]]:
    """(host, building, source): what a conditional source could pay under some plan."""
    for source in instance.limits.sources:
        for u, b in instance.pairs if source.is_conditional else ():
            in_hub = b in hub_buildings(instance, u, b)
            if source.pays_in(instance.buildings[b].district) and (in_hub or not source.needs_hub):
                yield u, b, source.name


def hub_buildings(instance: "Instance", host: str, building: str) -> tuple[str, ...]:
    """Buildings of the hub that *host* could have where *building* stands."""
    place = instance.hub_places.get((host, instance.buildings[building].site))
    return () if place is None else place.buildings


def years_of(instance: "Instance", building: str) -> tuple[int, ...]:
    """Years with a budget in which *building* may be sited."""
    available = instance.buildings[building].available_year
    years = instance.limits.by_year_yuan or {}
    return tuple(year for year in sorted(years) if available is None or year >= available)
