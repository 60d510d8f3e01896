"""Who lives where: streets and communities settled so that every known total holds exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from synthesis.facts import PERSONS_PER_HOUSEHOLD, CommunityFact, DistrictFact, StreetFact
from synthesis.layout import GRID_M, Origin, Whole, divide, middle, spiral
from synthesis.lots import bell, between, happens, share, split_exactly
from synthesis.records import Settled

NEW_SHARE = 0.12  # of the ordinary communities


@dataclass(frozen=True, slots=True)
class Character:
    """What a street is like; all assumed. Weights compare streets, they are no densities."""

    households: float  # of a community, beside others
    persons: float  # in a household, beside others
    elderly: float  # share of the residents, beside the city's
    new: float  # how likely a community is of kind new
    crowding: int  # how much denser the middle of the street is than its edge


CHARACTERS: Mapping[str, Character] = {
    "old_town": Character(2350, 0.94, 1.40, 0.1, 1),
    "estates": Character(2750, 0.96, 1.20, 0.3, 1),
    "new_town": Character(2950, 1.07, 0.70, 2.5, 10),
    "works": Character(2550, 1.03, 0.85, 2.0, 24),
    "rural": Character(850, 1.12, 1.15, 0.3, 24),
}
ELDERLY, ELDERLY_65, INFANTS, PUPILS = 0.1687, 0.1166, 0.024, 0.06  # functions.md section 7
KNOWN_GROUPS = 0.85  # share of communities whose age groups are known


def street_facts(district: DistrictFact, origin: Origin, cells: Whole) -> dict[str, StreetFact]:
    """Every street of the district: as in the sources, else on a spiral around the middle."""
    names = list(dict.fromkeys(community.street for community in district.communities))
    if district.streets:
        return {name: district.streets[name] for name in names}
    seat = np.array(origin.metres(district.lon, district.lat), dtype=np.int64)
    radius = int((len(cells) / np.pi) ** 0.5 * GRID_M)
    points = _seats(spiral(seat, radius, len(names)), cells)
    return {
        name: StreetFact(
            *(float(degree) for degree in origin.degrees(int(points[i, 0]), int(points[i, 1]))),
            sum(c.street == name for c in district.communities) * (1 + 2 * i / len(names)),
            _likely_character(name, i / len(names)),
            None,
        )
        for i, name in enumerate(names)
    }


def _seats(points: Whole, cells: Whole) -> Whole:
    """The nearest cell to each point, none twice."""
    free = np.ones(len(cells), dtype=bool)
    seats = []
    for point in points:
        far = np.where(free, ((cells - point) ** 2).sum(axis=1), np.iinfo(np.int64).max)
        chosen = int(far.argmin())
        free[chosen] = False
        seats.append(cells[chosen])
    return np.array(seats, dtype=np.int64)


def _likely_character(street: str, outward: float) -> str:
    if not street.endswith("街道"):
        return "rural"
    return "estates" if outward < 0.3 else "new_town" if outward < 0.7 else "works"


def settle(district: DistrictFact, seed: str, origin: Origin, cells: Whole) -> list[Settled]:
    """All communities of *district* on *cells*, in order of their codes."""
    streets = street_facts(district, origin, cells)
    households = _households(district, streets, seed)
    grounds = _street_grounds(streets, origin, cells, 0 if district.streets else 4)
    kinds = _kinds(district.communities, streets, seed)
    settled = []
    for street, fact in streets.items():
        members = [c for c in district.communities if c.street == street]
        seat = np.array(origin.metres(fact.lon, fact.lat), dtype=np.int64)
        mass = _crowd(grounds[street], seat, CHARACTERS[fact.character].crowding)
        sizes = [households[c.id] for c in members]
        for member, ground in zip(
            members, _community_grounds(grounds[street], mass, sizes, members), strict=True
        ):
            settled.append(_settled(member, fact, kinds, households, ground, seed))
    return _with_residents(settled, district.residents, seed)


def _households(
    district: DistrictFact, streets: Mapping[str, StreetFact], seed: str
) -> dict[str, int]:
    """Households by community; published totals of streets and the district's hold exactly."""
    weights = {c.id: _size(c, streets[c.street], seed) for c in district.communities}
    free = round(district.residents / PERSONS_PER_HOUSEHOLD)
    households: dict[str, int] = {}
    for name, fact in streets.items():
        if fact.households is not None:
            members = [c.id for c in district.communities if c.street == name]
            parts = split_exactly(fact.households, [weights[c] for c in members])
            households |= dict(zip(members, parts, strict=True))
            free -= fact.households
    rest = [c.id for c in district.communities if c.id not in households]
    parts = split_exactly(free, [weights[c] for c in rest])
    return households | dict(zip(rest, parts, strict=True))


def _size(community: CommunityFact, street: StreetFact, seed: str) -> float:
    usual = CHARACTERS[street.character].households
    if community.is_statistical:
        return usual * bell(0.03, 0.12, seed, community.id, "size")
    if community.type == "village":
        usual = CHARACTERS["rural"].households
    return usual * bell(0.5, 1.5, seed, community.id, "size")


def _street_grounds(
    streets: Mapping[str, StreetFact], origin: Origin, cells: Whole, drift: int
) -> dict[str, Whole]:
    seats = np.array([origin.metres(f.lon, f.lat) for f in streets.values()], dtype=np.int64)
    areas = split_exactly(len(cells), [fact.area_km2 for fact in streets.values()])
    mass = np.ones(len(cells), dtype=np.int64)
    owner = divide(cells, mass, seats, areas, drift=drift, step=GRID_M)
    return {name: cells[owner == i] for i, name in enumerate(streets)}


def _crowd(cells: Whole, seat: Whole, crowding: int) -> Whole:
    """Mass of each cell: people thin out from the street's seat, 10 at the edge of nowhere."""
    squares = ((cells - seat) ** 2).sum(axis=1)
    half = max(int(np.median(squares)) // 3, 1)
    return 10 + 10 * crowding * half // (half + squares)


def _community_grounds(
    cells: Whole, mass: Whole, sizes: Sequence[int], members: Sequence[CommunityFact]
) -> list[Whole]:
    """Ground of each community by its households, cells nearest to its middle first."""
    seeds = spiral(middle(cells, mass), int((len(cells) / np.pi) ** 0.5 * GRID_M), len(members))
    least = max(sizes) // 4  # an industrial park is small in households, not in ground
    targets = split_exactly(int(mass.sum()), [max(size, least) for size in sizes])
    owner = divide(cells, mass, seeds, targets, drift=4, step=GRID_M)
    grounds = []
    for i in range(len(members)):
        own, weight = cells[owner == i], mass[owner == i]
        far = ((own - middle(own, weight)) ** 2).sum(axis=1)
        grounds.append(own[np.argsort(far, kind="stable")])
    return grounds


def _kinds(
    communities: Sequence[CommunityFact], streets: Mapping[str, StreetFact], seed: str
) -> dict[str, str]:
    """A fixed share of the communities is new, mostly where the city grows."""
    ordinary = [c for c in communities if c.type == "community" and not c.is_statistical]
    order = sorted(
        ordinary,
        key=lambda c: (
            share(seed, c.id, "new") / CHARACTERS[streets[c.street].character].new,
            c.id,
        ),
    )
    new = {c.id for c in order[: round(NEW_SHARE * len(ordinary))]}
    return {c.id: "new" if c.id in new else "existing" for c in communities}


def _settled(
    fact: CommunityFact,
    street: StreetFact,
    kinds: Mapping[str, str],
    households: Mapping[str, int],
    ground: Whole,
    seed: str,
) -> Settled:
    aside = GRID_M // 2 - 5  # the point stays in its cell
    return Settled(
        fact=fact,
        character=street.character,
        kind=kinds[fact.id],
        households=households[fact.id],
        residents=0,
        cells=ground,
        east=int(ground[0, 0]) + between(-aside, aside, seed, fact.id, "east"),
        north=int(ground[0, 1]) + between(-aside, aside, seed, fact.id, "north"),
    )


def _with_residents(settled: Sequence[Settled], total: int, seed: str) -> list[Settled]:
    ordered = sorted(settled, key=lambda place: place.id)
    weights = [
        place.households
        * CHARACTERS[place.character].persons
        * (1.06 if place.kind == "new" else 1)
        * bell(0.92, 1.08, seed, place.id, "persons")
        for place in ordered
    ]
    residents = split_exactly(total, weights)
    return [
        Settled(
            place.fact,
            place.character,
            place.kind,
            place.households,
            count,
            place.cells,
            place.east,
            place.north,
        )
        for place, count in zip(ordered, residents, strict=True)
    ]


def age_groups(place: Settled, seed: str) -> dict[str, str]:
    """Columns infants, pupils, elderly and elderly65 as written; some are left to be derived."""
    if not happens(KNOWN_GROUPS, seed, place.id, "ages known"):
        return dict.fromkeys(("infants", "pupils", "elderly", "elderly65"), "")
    young = 1.35 if place.kind == "new" else 1.0 / CHARACTERS[place.character].elderly ** 0.5
    old = CHARACTERS[place.character].elderly * (0.6 if place.kind == "new" else 1.0)
    old *= bell(0.75, 1.25, seed, place.id, "old")
    young *= bell(0.75, 1.25, seed, place.id, "young")
    elderly = round(place.residents * ELDERLY * old)
    oldest = round(elderly * ELDERLY_65 / ELDERLY * bell(0.92, 1.08, seed, place.id, "65"))
    known_65 = happens(0.9, seed, place.id, "65 known")
    return {
        "infants": str(round(place.residents * INFANTS * young)),
        "pupils": str(round(place.residents * PUPILS * young)),
        "elderly": str(elderly),
        "elderly65": str(oldest) if known_65 else "",
    }
