"""What exists today: a little everywhere, hubs in a few places, some of it from the market."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from synthesis.lots import bell, between, happens, share
from synthesis.records import Settled, Stock, Supply

# function -> (chance in a community, least m², most m²); all assumed.
ROOMS: Mapping[str, tuple[float, int, int]] = {
    "elderly_day": (0.66, 60, 230),
    "culture": (0.78, 50, 190),
    "health": (0.52, 80, 180),
    "party_mass": (0.55, 60, 160),
    "sports": (0.42, 50, 160),
    "convenience": (0.46, 20, 70),
    "play": (0.34, 30, 90),
    "meal": (0.30, 40, 160),
    "child": (0.16, 50, 110),
    "infant": (0.10, 60, 160),
}
MARKET: Mapping[str, tuple[float, int, int]] = {
    "infant": (0.07, 180, 620),
    "sports": (0.08, 260, 900),
    "child": (0.06, 120, 400),
    "meal": (0.05, 80, 240),
    "convenience": (0.06, 30, 120),
}
HUB: Mapping[str, tuple[int, int]] = {
    "elderly_day": (200, 340),
    "meal": (110, 210),
    "child": (80, 130),
    "culture": (110, 220),
    "sports": (100, 190),
    "health": (120, 170),
    "convenience": (40, 70),
    "play": (60, 110),
}
SMALL_HUB = ("culture", "elderly_day", "convenience")
HUB_SHARES = (0.045, 0.03, 0.015)  # of the communities: full, small, without known functions


def existing(settled: Sequence[Settled], stock: Sequence[Stock], seed: str) -> list[Supply]:
    """All existing facilities by community."""
    hubs = _hub_forms(settled, seed)
    parcels = {b.community: b for b in stock if b.site and happens(0.12, seed, b.site, "shared")}
    supply: list[Supply] = []
    for place in settled:
        if place.fact.is_statistical:
            continue
        rooms = [] if hubs.get(place.id) == "full" else _rooms(place, ROOMS, seed)
        if place.id in parcels and rooms:
            rooms[0] = _on_parcel(rooms[0], parcels[place.id])
        supply += rooms
        supply += [replace(room, is_counted=False) for room in _rooms(place, MARKET, seed)]
        supply += _hub(place, hubs.get(place.id, ""), seed)
    return supply


def _hub_forms(settled: Sequence[Settled], seed: str) -> dict[str, str]:
    """Which communities have a hub today, and of which form."""
    able = [p for p in settled if p.fact.type == "community" and not p.fact.is_statistical]
    order = sorted((share(seed, p.id, "hub"), p.id) for p in able)
    full, small, bare = (round(part * len(able)) for part in HUB_SHARES)
    forms = ["full"] * full + ["small"] * small + ["bare"] * bare
    return {community: form for (_, community), form in zip(order, forms, strict=False)}


def _rooms(place: Settled, table: Mapping[str, tuple[float, int, int]], seed: str) -> list[Supply]:
    means = bell(0.6, 1.4, seed, place.id, "means")
    market = table is MARKET
    rooms = []
    for function, (chance, low, high) in table.items():
        key = (seed, place.id, function, "market" if market else "public")
        if happens(chance * (1 if market else means), *key):
            rooms.append(_room(place, function, bell(low, high, *key, "area") * means, key))
    return rooms


def _room(place: Settled, function: str, area_m2: float, key: tuple[object, ...]) -> Supply:
    near = place.cells[int(share(*key, "spot") ** 2 * min(len(place.cells), 40))]
    return Supply(
        community=place.id,
        function=function,
        area_dm2=round(area_m2) * 100,
        east=int(near[0]) + between(-40, 40, *key, "east"),
        north=int(near[1]) + between(-40, 40, *key, "north"),
        year=_year(key),
    )


def _year(key: tuple[object, ...]) -> int:
    """Opening year: mostly past, some committed for 2025, a few after that."""
    lot = share(*key, "year")
    return 2026 if lot > 0.985 else 2025 if lot > 0.95 else between(2005, 2024, *key, "past")


def _on_parcel(room: Supply, building: Stock) -> Supply:
    return replace(room, east=building.east, north=building.north + 12, site=building.site)


def _hub(place: Settled, form: str, seed: str) -> list[Supply]:
    """Rows of a hub on one site: all services, two or three small rooms, or area alone."""
    key = (seed, place.id, "hub")
    plain = replace(
        _room(place, "", between(420, 880, *key, "bare"), key),
        site=f"{place.id}-H",
        is_hub=True,
        year=between(2016, 2023, *key, "opened"),
    )
    if form == "bare":
        return [plain]
    # A new community needs a larger hub, and some hubs are large enough for the whole standard.
    scale = (1.35 if place.kind == "new" else 1.0) * (1.7 if happens(0.4, *key, "large") else 1.0)
    functions = {"full": tuple(HUB), "small": SMALL_HUB}.get(form, ())
    ratio = scale if form == "full" else 0.7
    return [
        replace(
            plain,
            function=function,
            area_dm2=round(bell(*HUB[function], *key, function) * ratio) * 100,
        )
        for function in functions
    ]
