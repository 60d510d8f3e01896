"""Hand-made cases of what follows the goals: least money, least operation, least m², least weights.

Unless a case says otherwise: what :mod:`tests.mutation.cases` says, goals that leave money out.
"""

from dataclasses import dataclass

from tests.mutation.cases import each_its_own, goals
from tests.mutation.cases_dispersed import at, street
from tests.oracle.case import TinyCase
from tests.oracle.kit import building, case, community, needed

FREE = {"fitout_yuan_per_m2": "0"}
SERVED, PILOTS = goals("need_served"), goals("communities_to_standard")


@dataclass(frozen=True)
class Ending:
    """A case, what its plan is worth (yuan, yuan a year, m²), and what in it is alike.

    ``alike`` has groups of tuples of ids: tuples of a group may be exchanged for each other.
    """

    tiny: TinyCase
    worth: tuple[int, int, int]
    alike: tuple[tuple[tuple, ...], ...] = ()


def others(before: int) -> list[dict]:
    """Communities that have nothing, before ``c``: they move where ``c`` stands among hosts."""
    return [community(f"a{k}", pilot="excluded") for k in range(before)]


def ten(id: str, **cells) -> dict:
    """A building of 10 m²."""
    return building(id, "10", **cells)


def one_of(*buildings: dict, persons: str = "10", **cells) -> TinyCase:
    """So many persons served at 1,000 yuan per m² in one of *buildings*, or in several."""
    return case(None, list(buildings), [needed(persons, **cells)], **SERVED)


def upgraded(first: str, second: str, third: str) -> TinyCase:
    """Ten persons on a second floor: a lift at so many yuan, or a building with one."""
    rows = [
        building("b1", "10", lift="upgrade", upgrade_yuan=first),
        building("b2", "10", lift="upgrade", upgrade_yuan=second),
        building("b3", "10", lift="1", acquire_yuan=third),
    ]
    service = needed(levels="1-2", lift_above="1")
    floors = [{"building": row["id"], "level": "2", "area_m2": "10"} for row in rows]
    return case(None, rows, [service], floors=floors, **SERVED)


def one_need(*rents_and_rates: tuple[str, str]) -> TinyCase:
    """Money for ten persons of one of some needs: each so much rent and so much a year per m²."""
    pairs = list(enumerate(rents_and_rates, start=1))
    return case(
        None,
        [building(f"b{k}", "10", rent_yuan_per_year=rent) for k, (rent, _) in pairs],
        [
            needed(id=f"care{k}", item=f"care{k}", operating_yuan_per_m2_year=rate, levels=str(k))
            for k, (_, rate) in pairs
        ],
        floors=[{"building": f"b{k}", "level": str(k), "area_m2": "10"} for k, _ in pairs],
        budget={"total_yuan": 10_000},
        **SERVED,
    )


def equal(count: int, before: int = 0, persons: str = "10") -> Ending:
    """So many buildings of which each would do, behind *before* communities without any."""
    names = [f"b{k}" for k in range(1, count + 1)]
    tiny = case(
        [community(), *others(before)],
        [building(b, "10") for b in names],
        [needed(persons)],
        walks={(b, "c"): "100" for b in names},
        **SERVED,
    )
    m2 = int(persons)
    return Ending(tiny, (1000 * m2, 0, m2), (tuple((b,) for b in names),))


def pilots_alike(count: int, target: int = 1, before: int = 0) -> Ending:
    """So many communities with a building of their own, fewer places for pilots."""
    names = [f"c{k}" for k in range(1, count + 1)]
    tiny = case(
        [*map(community, names), *others(before)],
        [building(f"b{k}") for k in range(1, count + 1)],
        walks=each_its_own(*names),
        pilots={"target": target},
        **PILOTS,
    )
    alike = tuple((f"c{k}", f"b{k}", f"building:b{k}") for k in range(1, count + 1))
    return Ending(tiny, (600_000 * target, 0, 600 * target), (alike,))


def sizes() -> TinyCase:
    """Room for one of two services of ten persons: 10 m² or 20, both for nothing."""
    near = needed(min_m2="6", **FREE)
    wide = needed(id="care2", item="care2", m2_per_person="2", min_m2="15", **FREE)
    return case(None, [building(area_m2="20")], [near, wide], **SERVED)


def lifts_alike(count: int, before: int = 0) -> Ending:
    """Ten persons on the second floor of one of *count* buildings, each with a lift to buy."""
    rows = [
        building(f"b{k}", "10", lift="upgrade", upgrade_yuan="1000") for k in range(1, count + 1)
    ]
    service = needed(levels="1-2", lift_above="1")
    floors = [{"building": row["id"], "level": "2", "area_m2": "10"} for row in rows]
    walks = {(row["id"], "c"): "100" for row in rows}
    tiny = case(
        [community(), *others(before)], rows, [service], walks=walks, floors=floors, **SERVED
    )
    return Ending(tiny, (11_000, 0, 10), (tuple((row["id"],) for row in rows),))


def years_alike(count: int, before: int = 0) -> Ending:
    """One of *count* equal buildings in one of three equal years."""
    rows = [building(f"b{k}", "10") for k in range(1, count + 1)]
    money = {"by_year_yuan": {"2025": 10_000, "2026": 10_000, "2027": 10_000}}
    walks = {(row["id"], "c"): "100" for row in rows}
    tiny = case(
        [community(), *others(before)], rows, [needed()], walks=walks, budget=money, **SERVED
    )
    years = tuple((year,) for year in (2025, 2026, 2027))
    return Ending(tiny, (10_000, 0, 10), (tuple((row["id"],) for row in rows), years))


def branches_alike(count: int) -> Ending:
    """Two of *count* equal buildings of 300 m² near each other are the hub."""
    rows = [at(0, f"b{k}") for k in range(1, count + 1)]
    tiny = street(*rows, pilots={"target": 1}, **PILOTS)
    alike = tuple((row["id"], f"building:{row['id']}") for row in rows)
    return Ending(tiny, (600_000, 0, 600), (alike,))


def split(count: int, before: int = 0) -> Ending:
    """Floor for half of so many services of twenty persons each, ten at least of every one."""
    services = [needed("20", min_m2="10", id=f"care{k}", item=f"care{k}") for k in range(count)]
    m2 = 15 * count - 5 * (count % 2)
    tiny = case(
        [community(), *others(before)],
        [building(area_m2=str(m2))],
        services,
        walks={("b", "c"): "100"},
        **SERVED,
    )
    return Ending(tiny, (1000 * m2, 0, m2), (tuple((row["id"],) for row in services),))


RENTS = ("500", "400", "100", "300", "200")
FACTORS = ("1.5", "1.4", "1.2", "1.3", "1.6", "1.7")

ENDINGS: dict[str, Ending] = {
    # -- least money
    "acquired for less than dearer fit-out": Ending(
        one_of(ten("b1", acquire_yuan="3000"), ten("b2", fitout_factor="1.4")), (13_000, 0, 10)
    ),
    "dearer fit-out for less than acquired": Ending(
        one_of(ten("b1", acquire_yuan="5000"), ten("b2", fitout_factor="1.4")), (14_000, 0, 10)
    ),
    "least fit-out": Ending(
        one_of(*(ten(f"b{k}", fitout_factor=x) for k, x in enumerate(FACTORS))), (12_000, 0, 10)
    ),
    "two openings for less than acquired": Ending(
        one_of(
            building("b1", "20", acquire_yuan="1500"),
            ten("b2"),
            ten("b3"),
            persons="20",
            opening_yuan="1000",
        ),
        (22_000, 0, 20),
    ),
    "fewest openings": Ending(
        one_of(
            *(ten(f"b{k}") for k in (1, 2, 3, 4, 6)),
            building("b5", "20"),
            persons="20",
            opening_yuan="1000",
        ),
        (21_000, 0, 20),
    ),
    "a lift for less than acquired": Ending(upgraded("1000", "4000", "1500"), (11_000, 0, 10)),
    "acquired for less than a lift": Ending(upgraded("1600", "4000", "1500"), (11_500, 0, 10)),
    # -- least operation
    "rent and less per m²": Ending(
        one_need(("0", "120"), ("300", "120"), ("150", "100"), ("200", "110")), (10_000, 1150, 10)
    ),
    "no rent and more per m²": Ending(
        one_need(("300", "100"), ("200", "110"), ("0", "120"), ("250", "105")), (10_000, 1200, 10)
    ),
    "least rent": Ending(one_need(*((rent, "100") for rent in RENTS)), (10_000, 1100, 10)),
    # -- least m²
    "ten square metres for less than twenty": Ending(sizes(), (0, 0, 10)),
    # -- least weights: how many are alike, and how many communities stand before
    "one of two alike": equal(2),
    "one of two alike after two": equal(2, 2),
    "one of three alike after one": equal(3, 1),
    "one of six alike": equal(6),
    "two of four pilots alike": pilots_alike(4, 2),
    "two of four pilots alike after one": pilots_alike(4, 2, 1),
    "two of three branches alike": branches_alike(3),
    "two of four branches alike": branches_alike(4),
    "one of three lifts alike after one": lifts_alike(3, 1),
    "one of two lifts alike after five": lifts_alike(2, 5),
    "one of three years alike": years_alike(2),
    "one of three years alike after four": years_alike(3, 4),
    "floor for half of two alike after three": split(2, 3),
    "floor for half of five alike after one": split(5, 1),
    "floor for half of five alike after six": split(5, 6),
}
