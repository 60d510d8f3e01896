"""Hand-made cases of dispersed hubs: buildings in a row, some near enough to be one hub.

Unless a case says otherwise: what :mod:`tests.mutation.cases` says.
"""

from tests.mutation.cases import figures, goals
from tests.mutation.cases_of_hubs import DEAR, OFFICE
from tests.oracle.case import TinyCase
from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    GYM,
    HUB,
    LOUNGE,
    NURSERY,
    building,
    case,
    community,
    facility,
    function,
)

METRES = 110_863.0  # of a degree of latitude at 30.28°, to 1 m


def there(id: str = "c", metres=0, **cells):
    """A community so many metres north."""
    return community(id, lon="120.15", lat=f"{30.28 + metres / METRES:.9f}", **cells)


def at(metres, id: str, area_m2: str = "300", **cells):
    """A building so many metres north of the community, detour 1."""
    return building(id, area_m2, lon="120.15", lat=f"{30.28 + metres / METRES:.9f}", **cells)


def street(*buildings, communities=None, functions=HUB, **more) -> TinyCase:
    """Buildings in a row: two within 300 m of each other may be one hub."""
    reach = {"walk_m": 1000, "detour": 1}
    homes = communities or [there()]
    return case(homes, list(buildings), functions, coords="cgcs2000", reach=reach, **more)


def elsewhere(id: str, area_m2: str, **cells):
    """Floor area of today that is in no hub and on no site."""
    return facility(id, "gym", area_m2, lon="120.15", lat="30.28", **cells)


DISPERSED: dict[str, TinyCase] = {
    "two of 300 m²": street(at(0, "a"), at(200, "b")),
    "three of 200 m²": street(*(at(50 * k, f"b{k}", "200") for k in range(3))),
    "four with an item or room each": street(
        *(at(50 * k, f"b{k}", m2) for k, m2 in enumerate(("150", "150", "150", "300"))),
        functions=(
            DAY | {"levels": "1"},
            CANTEEN | {"levels": "2"},
            CLINIC | {"levels": "3"},
            LOUNGE | {"levels": "4"},
        ),
        floors=[
            {"building": f"b{k}", "level": str(k + 1), "area_m2": m2}
            for k, m2 in enumerate(("150", "150", "150", "300"))
        ],
    ),
    "one core item is enough, none is not": street(
        at(0, "a"),
        at(200, "b"),
        functions=(DAY | {"opening_yuan": "50000"}, CLINIC, GYM, function("books", "culture")),
        rules=figures(hub_min_core_items=1),
    ),
    "two places in the street": street(
        at(0, "a"),
        at(200, "b"),
        communities=[there(pilot="excluded")],
        **goals("streets_covered", "cost"),
    ),
    "one site is a branch of one hub": street(
        at(0, "a"),
        at(250, "s1", site="s"),
        at(250, "s2", site="s"),
        at(500, "z"),
        communities=[there(), there("d")],
    ),
    "the third is too far from the first": street(
        at(0, "a", "250"), at(200, "b", "250"), at(400, "z", "250")
    ),
    "one place or two": street(
        at(0, "a", "600"), at(200, "b"), at(400, "z"), **goals("hubs", "cost")
    ),
    "the clinic in a, the others in b": street(
        at(0, "a"),
        at(200, "b"),
        functions=(DAY, CANTEEN, CLINIC | {"levels": "-1"}),
        floors=[{"building": "a", "level": "-1", "area_m2": "300"}],
    ),
    "dispersed without the dear canteen": street(at(0, "a"), at(200, "b"), functions=DEAR),
    "the clinic is no part of it": street(
        at(0, "a"),
        at(200, "b"),
        at(800, "z"),
        functions=(DAY, CANTEEN, CLINIC | {"levels": "-1", "min_m2": "1"}),
        floors=[{"building": "z", "level": "-1", "area_m2": "300"}],
    ),
    "area elsewhere, two for the hub": street(
        at(0, "a"),
        at(200, "b"),
        functions=(*HUB, GYM),
        facilities=[elsewhere("e", "600")],
    ),
    "a dispersed hub of a pilot is larger": street(
        at(0, "a"),
        at(200, "b"),
        functions=(*HUB, GYM),
        facilities=[elsewhere("e", "100")],
        rules=figures(nonpilot_hub_min_m2__existing=400),
    ),
    "a dispersed hub of others is larger": street(
        at(0, "a"),
        at(200, "b"),
        communities=[there(pilot="excluded")],
        rules=figures(nonpilot_hub_min_m2__existing=601),
        **goals("hubs", "cost"),
    ),
    "half of the hub stands today": street(
        at(0, "a"),
        at(200, "b", "50", site="s", acquire_yuan="1000"),
        facilities=[
            facility("e1", "day", "150", site="s"),
            facility("e2", "canteen", "150", site="s"),
        ],
    ),
    "a dear office in one of two": street(
        at(0, "a"),
        at(200, "b"),
        functions=(*HUB, OFFICE),
        rules=figures(hub_office_m2=20, office_share=0.1),
    ),
    "the office alone in a third": street(
        at(0, "a"),
        at(200, "b"),
        at(100, "z", "20"),
        functions=(*HUB, OFFICE | {"levels": "2"}),
        floors=[{"building": "z", "level": "2", "area_m2": "20"}],
        rules=figures(hub_office_m2=20, office_share=0.2),
    ),
    "the office is too far from the first": street(
        at(0, "a"),
        at(200, "b"),
        at(400, "z", "100"),
        functions=(*HUB, OFFICE | {"levels": "2"}),
        floors=[{"building": "z", "level": "2", "area_m2": "100"}],
        rules=figures(hub_office_m2=20, office_share=0.2),
    ),
    # three places: 300 m² at 100,000 yuan and two of the four free ones
    "a fourth place would be cheaper": street(
        *(at(50 * k, f"b{k}", "150") for k in range(4)), at(100, "z", acquire_yuan="100000")
    ),
    "the free office is too far from the first": street(
        at(0, "a"),
        at(200, "b"),
        at(100, "y", "20", acquire_yuan="90000"),
        at(400, "z", "20"),
        at(500, "w", acquire_yuan="200000"),
        functions=(*HUB, OFFICE | {"levels": "2"}),
        floors=[{"building": b, "level": "2", "area_m2": "20"} for b in ("y", "z")],
        rules=figures(hub_office_m2=20, office_share=0.2),
    ),
    "the dear canteen is left out, there are others": street(
        at(0, "a"), at(200, "b"), functions=(DAY, NURSERY, *DEAR[1:3])
    ),
    "in one street of two": street(
        at(0, "a"),
        at(200, "b"),
        at(100, "z", street="二街"),
        communities=[there(pilot="excluded"), there("d", street="二街", pilot="excluded")],
        **goals("streets_covered", "cost"),
    ),
    "only the second brings a meal": street(
        at(0, "a"),
        at(200, "b"),
        functions=(DAY, CANTEEN | {"levels": "2"}, CLINIC, NURSERY | {"levels": "5"}),
        floors=[{"building": "b", "level": str(k), "area_m2": "150"} for k in (1, 2)],
        budget={"by_source_yuan": {"bond": 600_000}},
        sources={"bond": {"hub": True, "any_item": ["meal"]}},
    ),
    "the near parts are enough": street(
        at(-150, "a", site="s"),
        at(-350, "a2", site="s"),
        at(100, "b"),
        communities=[
            there(union="u", households="300"),
            there("d", 800, union="u", households="300"),
        ],
    ),
    "a dispersed hub near both members": street(
        at(-150, "a", "300", site="s"),
        at(-350, "a2", "300", site="s"),
        at(100, "b", "300"),
        communities=[
            there(union="u", households="900"),
            there("d", 800, union="u", households="300"),
        ],
    ),
}
