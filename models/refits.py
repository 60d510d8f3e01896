"""Refits: buildings that replace existing facilities, and what then fades away.

Used, such a building takes its facilities out of counted area, supply, domains and hubs; unused,
they stay. The instance holds what stands today; :class:`Fading` says what of it goes with which
building. Source: contract section 5 (Refit).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Sets = tuple[frozenset[str], ...]  # least sets of buildings: with all of one used, it is gone


@dataclass(frozen=True)
class Fading:
    """What of today's stock goes when refits are used; empty mappings where nothing does."""

    buildings: tuple[str, ...] = ()
    counted_m2: Mapping[str, float] = field(default_factory=dict)  # of a building's facilities
    resident_m2: Mapping[str, float] = field(default_factory=dict)
    domains: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    supply: Mapping[tuple[str, str], tuple[tuple[str, float], ...]] = field(default_factory=dict)
    lasting_supply: Mapping[tuple[str, str], float] = field(default_factory=dict)
    site_m2: Mapping[tuple[str, str], tuple[tuple[str, float], ...]] = field(default_factory=dict)
    items: Mapping[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)
    hubs: Mapping[str, Sets] = field(default_factory=dict)  # host -> what ends its hub of today
    covers: Mapping[str, Sets] = field(default_factory=dict)  # community -> its being covered
