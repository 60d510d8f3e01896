"""Rows of buildings, money and service.

Source: contract section 5 (Capacity, Need, Money); arguments in the package's text.
"""

from collections.abc import Iterator
from fractions import Fraction

from optimizer.checks.bound.program import Terms, each, total
from optimizer.checks.bound.town import Kind, Town
from optimizer.checks.folder import amount, exact
from optimizer.checks.space import SMALLEST

ZERO = Fraction(0)
MONEY = "money"  # row of all money; of a district its name follows


def of_buildings(town: Town) -> None:
    """One host a building; rooms fill it once; installations stand in it, with their sizes."""
    for b, columns in town.used.items():
        is_locked = "must" in town.facts.locks(b)
        if len(columns) > 1 or is_locked:
            town.program.row(f"host {b}", each(columns), 1 if is_locked else None, 1)
    filled, counted = _filled(town)
    for b in town.usable:
        used = each(town.used[b], -town.area_m2[b])
        town.program.at_most(f"space {b}", filled.get(b, {}) | used)
    credited: dict[str, Terms] = {}
    for (_, b), column in town.credit.items():
        credited.setdefault(b, {})[column] = 1
    for b, terms in credited.items():
        town.program.at_most(f"counted {b}", total((1, terms), (-1, counted.get(b, {}))))
    for (b, f), column in town.opens.items():
        _installation(town, b, f, column)


def _filled(town: Town) -> tuple[dict[str, Terms], dict[str, Terms]]:
    """Building -> its rooms, and those that enter a standard."""
    filled: dict[str, Terms] = {}
    counted: dict[str, Terms] = {}
    for (b, kind), column in town.room.items():
        filled.setdefault(b, {})[column] = 1
        if any(map(town.facts.counted, kind)):
            counted.setdefault(b, {})[column] = 1
    return filled, counted


def _installation(town: Town, building: str, function: str, column: int) -> None:
    rooms, name = each(town.rooms_with[building, function]), f"{building} {function}"
    rules = town.facts.functions[function]
    least = max(amount(rules, "min_m2"), SMALLEST)
    most = town.possible.fits[building][function][1]
    town.program.at_least(f"least {name}", rooms | {column: -least})
    if amount(rules, "opening_yuan"):  # else nothing is gained by closing it
        town.program.at_most(f"most {name}", rooms | {column: -most})
    if not amount(rules, "m2_per_person"):  # else its m² say so
        town.program.at_most(f"in-use {name}", each(town.used[building], -1) | {column: 1})


# -- money -----------------------------------------------------------------------------------------


def cost(town: Town, district: str | None = None) -> Terms:
    """One-off yuan that a plan pays at least, of one district or in all."""
    facts, found = town.facts, Terms()
    of = {b for b in town.usable if district in (None, facts.buildings[b]["district"])}
    for (_, b), column in town.uses.items():
        if b in of:
            found[column] = _when_used(town, b)
    for (b, f), column in town.opens.items():
        if b in of:
            found[column] = amount(facts.functions[f], "opening_yuan")
    for (b, kind), column in town.room.items():
        if b in of:
            found[column] = max(facts.rate(b, f) for f in kind)
    return found


def _when_used(town: Town, building: str) -> Fraction:
    """Acquisition, and the upgrade where the building cannot be used without."""
    row = town.facts.buildings[building]
    comes_along = "upgrade" in (row["fire_ok"], row["structure_ok"])
    return amount(row, "acquire_yuan") + (amount(row, "upgrade_yuan") if comes_along else ZERO)


def of_money(town: Town) -> None:
    """Budgets in all and by district, of sources and years their sums; the yearly ceiling."""
    budget = town.facts.folder.scenario["budget"]
    caps = [cap for cap in (budget["total_yuan"], *_sums(town)) if cap is not None]
    if caps:
        town.program.at_most(MONEY, cost(town), min(map(exact, caps)))
    for district, yuan in _by_district(town).items():
        town.program.at_most(f"{MONEY} {district}", cost(town, district), yuan)
    if budget["operating_yuan_per_year"] is not None:
        most = exact(budget["operating_yuan_per_year"])
        town.program.at_most("operating", _yearly(town), most)


def _sums(town: Town) -> Iterator[Fraction]:
    """All that sources and years have."""
    scenario = town.facts.folder.scenario
    if scenario["sources"]:
        yield sum((exact(source["yuan"]) for source in scenario["sources"]), ZERO)
    if scenario["budget"]["by_year_yuan"] is not None:
        yield sum(map(exact, scenario["budget"]["by_year_yuan"].values()), ZERO)


def _by_district(town: Town) -> dict[str, Fraction]:
    """District -> the least of its budget and of what sources may pay for there."""
    scenario = town.facts.folder.scenario
    caps = {d: exact(yuan) for d, yuan in scenario["budget"]["by_district_yuan"].items()}
    if any(source["by_district_yuan"] is not None for source in scenario["sources"]):
        for d in {town.facts.buildings[b]["district"] for b in town.usable}:
            paid = sum((_pays(source, d) for source in scenario["sources"]), ZERO)
            caps[d] = min(caps.get(d, paid), paid)
    return caps


def _pays(source: dict[str, object], district: str) -> Fraction:
    """The most that *source* pays in *district*."""
    caps, whole = source["by_district_yuan"], exact(source["yuan"])
    if not isinstance(caps, dict):
        return whole
    return min(whole, exact(caps[district])) if district in caps else ZERO


def _yearly(town: Town) -> Terms:
    facts = town.facts
    found = Terms()
    for (_, b), column in town.uses.items():
        found[column] = amount(facts.buildings[b], "rent_yuan_per_year")
    for (_, kind), column in town.room.items():
        found[column] = _operating(town, kind)
    return found


def _operating(town: Town, kind: Kind) -> Fraction:
    rows = (town.facts.functions[f] for f in kind)
    return sum((amount(row, "operating_yuan_per_m2_year") for row in rows), ZERO)


# -- service ---------------------------------------------------------------------------------------


def of_service(town: Town) -> None:
    """No more than is left of each need, all of it under serve_all, within the rooms."""
    serve_all = town.facts.folder.scenario["service"]["serve_all"]
    for (c, f), columns in town.served.items():
        left = town.facts.left[c, f]
        town.program.row(f"need {c} {f}", each(columns), left if serve_all else None, left)
    inside: dict[tuple[str, str], Terms] = {}
    for (b, f, c), column in town.serves.items():
        per_person = amount(town.facts.functions[f], "m2_per_person")
        if per_person:
            inside.setdefault((b, f), {})[column] = per_person
        else:
            opened: Terms = {column: 1, town.opens[b, f]: -town.facts.left[c, f]}
            town.program.at_most(f"reached {b} {f} {c}", opened)
    for (b, f), terms in inside.items():
        rooms = each(town.rooms_with[b, f], -1)
        town.program.at_most(f"capacity {b} {f}", terms | rooms)
