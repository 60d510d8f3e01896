"""Candidate buildings near people: parcels, storeys, titles, money, faults."""

from collections.abc import Sequence

from synthesis.lots import between, chosen, happens, one_of, share, skewed, split_exactly
from synthesis.records import Settled, Stock
from synthesis.stock_types import STOCK_TYPES, StockType

# Candidates of a community, beside those of others: more idle stock where ground is plentiful.
PLENTY = {"old_town": 1.4, "estates": 1.6, "new_town": 2.8, "works": 2.75, "rural": 1.0}
ROADS = ("路", "北路", "南路", "东路", "西路", "支路", "一弄", "二弄", "三弄", "里", "后街")
NUMERALS = "一二三四五六七八九"
NEAR_M = 700  # of the community's middle, where its ground is wider
YEARS = {"2024": 56.0, "2025": 35.0, "2026": 9.0}
LEASE_YEARS = ("5", "6", "8", "10")
PURCHASE_YUAN_PER_M2 = 18_000  # functions.md section 6, base
SUPPLEMENT_YUAN_PER_M2 = 4_500  # new build, base


def candidates(settled: Sequence[Settled], count: int, seed: str) -> list[Stock]:
    """Exactly *count* buildings, by community; those of one parcel stand side by side."""
    quotas = split_exactly(count, [_plenty(place, seed) for place in settled])
    names: set[str] = set()
    stock: list[Stock] = []
    for place, quota in zip(settled, quotas, strict=True):
        parcel, enough = 0, len(stock) + quota
        while len(stock) < enough:
            stock += _parcel(place, parcel, enough - len(stock), seed, names)
            parcel += 1
    return stock


def _plenty(place: Settled, seed: str) -> float:
    if place.fact.is_statistical:
        return 1.0
    usual = PLENTY["rural" if place.fact.type == "village" else place.character]
    return usual * (0.5 + share(seed, place.id, "plenty"))


def _parcel(place: Settled, parcel: int, most: int, seed: str, names: set[str]) -> list[Stock]:
    """The buildings of one parcel, at most *most*."""
    key = (seed, place.id, parcel)
    kind = _kind(place, key)
    stock_type = STOCK_TYPES[kind]
    size = min(between(*stock_type.group, *key, "group"), most)
    owner, route = _title(stock_type, key)
    east, north = _spot(place, stock_type.near, key)
    site = f"{place.id}-{parcel}" if size > 1 else ""
    noun = one_of(stock_type.nouns, *key, "noun")
    name = _name(place.fact.street, noun, key, names)
    made = []
    for i in range(size):
        floors = _floors(stock_type, (*key, i))
        made.append(
            Stock(
                type=kind,
                name=f"{name}{i + 1}号楼" if size > 1 else name,
                community=place.id,
                street=place.fact.street,
                district=place.fact.district,
                east=east + (i and between(15, 45, *key, i, "aside") * (-1) ** i),
                north=north + (i and between(10, 40, *key, i, "beside") * (1 - i % 3)),
                floors=floors,
                owner=owner,
                route=route,
                site=site,
                facts=_facts(stock_type, owner, route, floors, (*key, i)),
            )
        )
    return made


def _kind(place: Settled, key: tuple[object, ...]) -> str:
    if place.kind == "new" and happens(0.5, *key, "allocation"):
        return "allocation"
    weights = {
        name: kind.weight[place.character]
        for name, kind in STOCK_TYPES.items()
        if place.character in kind.weight
    }
    return chosen(weights, *key, "type")


def _title(stock_type: StockType, key: tuple[object, ...]) -> tuple[str, str]:
    weights = {"|".join(title): weight for title, weight in stock_type.titles.items()}
    owner, route = chosen(weights, *key, "title").split("|")
    return owner, route


def _spot(place: Settled, near: float, key: tuple[object, ...]) -> tuple[int, int]:
    """A spot on the community's ground, nearer to its middle the larger *near* is."""
    away = ((place.cells - place.cells[0]) ** 2).sum(axis=1)
    within = max(int((away <= NEAR_M * NEAR_M).sum()), 1)
    lot = share(*key, "spot")
    cell = place.cells[int(within * (near * lot * lot + (1 - near) * lot))]
    return (
        int(cell[0]) + between(-40, 40, *key, "east"),
        int(cell[1]) + between(-40, 40, *key, "north"),
    )


def _name(street: str, noun: str, key: tuple[object, ...], names: set[str]) -> str:
    """An invented name after the street, used by no other parcel."""
    stem = street.removesuffix("街道").removesuffix("镇").removesuffix("乡")
    base = f"{stem}{one_of(ROADS, *key, 'road')}{noun}"
    name = base
    for numeral in NUMERALS * (name in names):
        name = f"{base}({numeral})"
        if name not in names:
            break
    names.add(name)
    return name


def _floors(stock_type: StockType, key: tuple[object, ...]) -> tuple[tuple[int, int], ...]:
    """(level, area in 0.01 m²) from the lowest level up; level 0 does not exist."""
    low, high = stock_type.area_m2
    area = int(skewed(low, high, *key, "area") * 100)
    storeys = min(between(*stock_type.storeys, *key, "storeys"), max(1, area // 9_000))
    first = 1
    if happens(stock_type.upper_only, *key, "upper only"):
        storeys, first = min(storeys, 2), 2
    levels = list(range(first, first + storeys))
    if first == 1 and happens(stock_type.basement, *key, "basement"):
        levels.insert(0, -1)
    weights = [_breadth(level, key) for level in levels]
    return tuple(zip(levels, split_exactly(area, weights), strict=True))


def _breadth(level: int, key: tuple[object, ...]) -> float:
    usual = 0.6 if level < 0 else 1.12 if level == 1 else 1.0
    return usual + 0.1 * share(*key, level, "breadth")


def _facts(
    stock_type: StockType,
    owner: str,
    route: str,
    floors: tuple[tuple[int, int], ...],
    key: tuple[object, ...],
) -> dict[str, str]:
    """Further columns of one building, as written."""
    area_m2 = sum(area for _, area in floors) / 100
    top = floors[-1][0]
    fire_class = chosen(stock_type.fire_class, *key, "class")
    lift = top > 1 and happens(stock_type.lift * (1 if top > 2 else 0.6), *key, "lift")
    unknown_lift = top == 1 and happens(0.3, *key, "lift unknown")
    fitout = between(*stock_type.fitout, *key, "fitout")
    outdoor = int(area_m2 * stock_type.outdoor_share * share(*key, "outdoor")) // 10 * 10
    return {
        "acquire_yuan": str(_acquire_yuan(route, area_m2, key)),
        "rent_yuan_per_year": str(_rent_yuan(owner, route, area_m2, key)),
        "fitout_factor": f"{fitout / 100:.2f}",
        "fire_ok": _flag(not happens(stock_type.unfit, *key, "fire")),
        "structure_ok": _flag(not happens(stock_type.unfit * 0.7, *key, "structure")),
        "lift": "" if unknown_lift else _flag(lift),
        "consent_owner": _flag(not happens(stock_type.refused, *key, "owner consents")),
        "consent_department": _flag(not happens(stock_type.refused, *key, "department consents")),
        "review_ok": _flag(not happens(stock_type.refused * 0.7, *key, "review")),
        "fire_class": fire_class,
        "outdoor_m2": str(outdoor),
        "original_use": stock_type.original_use,
        "available_year": chosen(YEARS, *key[:3], "year"),
        "lease_term_years": one_of(LEASE_YEARS, *key, "term") if route == "lease" else "",
        "legal_use": stock_type.legal_use,
    }


def _flag(is_true: bool) -> str:
    return "1" if is_true else "0"


def _acquire_yuan(route: str, area_m2: float, key: tuple[object, ...]) -> int:
    """What the building costs before its fit-out; a transfer is free but for some clearing."""
    if route == "purchase":
        return (
            int(area_m2 * PURCHASE_YUAN_PER_M2 * (0.7 + 0.6 * share(*key, "price"))) // 1000 * 1000
        )
    if route == "supplement":
        return int(area_m2 * SUPPLEMENT_YUAN_PER_M2) // 1000 * 1000
    if route in ("transfer", "allocation"):
        return between(8, 36, *key, "clearing") * 10_000 if happens(0.08, *key, "cleared") else 0
    if route == "lease":
        return 0
    return int(area_m2 * (100 + 500 * share(*key, "paid out"))) // 1000 * 1000


def _rent_yuan(owner: str, route: str, area_m2: float, key: tuple[object, ...]) -> int:
    """Rent of leased space, 1.0-2.6 yuan per m² and day for social, 0.6-1.4 for others."""
    if route != "lease":
        return 0
    low, span = (1.0, 1.6) if owner == "social" else (0.6, 0.8)
    return int(area_m2 * 365 * (low + span * share(*key, "rent"))) // 100 * 100
