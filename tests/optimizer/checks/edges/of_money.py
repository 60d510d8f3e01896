"""Edges of money: budgets, sources and what they may pay for, years, yearly operation."""

from decimal import Decimal

from tests.mutation.cases import UPSTAIRS, upstairs
from tests.optimizer.checks.edges.kit import Edge, cells, more, scenario
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
    needed,
)

#: ten persons in 10 m² for 10,000 yuan and 1,000 a year
TEN = case(
    None,
    [building(area_m2="50", available_year="2025")],
    [needed(operating_yuan_per_m2_year="100")],
    budget={"operating_yuan_per_year": 1000},
)
#: a hub for 600,000 yuan paid by the bond, thirty persons in b2 for 30,000 paid by its own
PAID = case(
    None,
    [building("b1"), upstairs("b2")],
    (*HUB, needed("30", levels="2")),
    floors=UPSTAIRS,
    budget={"by_source_yuan": {"bond": 600_000, "own": 30_000}},
    sources={"bond": {"hub": True}},
)
#: one hub on a site: the clinic and a lounge in b2, the rest in b1
SITE = case(
    None,
    [building("b1", "300", site="s"), building("b2", "300", site="s")],
    (DAY, CANTEEN, CLINIC | {"levels": "2"}, LOUNGE | {"levels": "2", "min_m2": "20"}),
    floors=[
        {"building": "b1", "level": "1", "area_m2": "300"},
        {"building": "b2", "level": "2", "area_m2": "300"},
    ],
    facilities=[facility("e", "creche", "10", site="s")],
    budget={"by_source_yuan": {"bond": 600_000}},
    sources={"bond": {"hub": True}},
)
SITE.tables["functions"].append(dict(NURSERY))
SITE.tables["buildings"][1]["lock"] = "function:lounge"
#: fourteen persons in the one building of the other district, 9,000 by the bond, 5,000 by its own
DISTRICT = case(
    [community("c"), community("d", district="上城区")],
    [building("b", "50", district="上城区")],
    [needed("14"), GYM],
    reach={"walk_m": 1000, "cross_district": True},
    budget={"by_source_yuan": {"bond": 60_000, "own": 5_000}},
    sources={"bond": {"by_district_yuan": {"上城区": 9_000}}},
)
#: thirty persons each in a building of 2025 and in one of 2026
YEARS = case(
    None,
    [building("b1", "50"), building("b2", "50", available_year="2026")],
    [needed("30"), needed("30", id="care2", item="care2")],
    budget={"by_year_yuan": {"2025": 30_000, "2026": 30_000}},
)
MONEY = "contract 5 Money"


def bond_pays(building: str, **keys) -> tuple:
    """The bond pays for *building* too, and has enough for it."""
    return (
        scenario("sources", 0, yuan=630_000, **keys),
        cells("funding", building, source="bond"),
        cells("projects", f"building:{building}", yuan_by_source="bond:30000.00"),
    )


def sited(year: str, **years: int) -> tuple:
    """b2 sited in *year*, with other money by year."""
    return (
        scenario("budget", by_year_yuan={key[1:]: yuan for key, yuan in years.items()}),
        cells("siting", "b2", year=year),
        cells("funding", "b2", year=year),
        cells("projects", "building:b2", year=year),
        cells("gaps", "c", "care1", remedy=f"b2:{year}" if year else "b2"),
    )


EDGES = {
    # -- budgets and the yearly ceiling, to the fen
    **{
        f"{what} of {most} for {spent}": Edge(
            TEN,
            (scenario("budget", **{key: value}),),
            ((rule, scope, spent, f"≤ {most} {unit}"),) if Decimal(most) < int(spent) else (),
            {(rule, scope): (most, spent)},
        )
        for what, key, rule, scope, unit, spent in (
            ("a budget", "total_yuan", "HZ-64", "", "yuan", "10000"),
            ("a district's budget", "by_district_yuan", "HZ-64", "拱墅区", "yuan", "10000"),
            ("a yearly ceiling", "operating_yuan_per_year", MONEY, "", "yuan/year", "1000"),
        )
        for most in (f"{int(spent) - 1}.99", spent, f"{spent}.01")
        for value in ({"拱墅区": Decimal(most)} if "district" in key else Decimal(most),)
    },
    "yearly operation where the plan names a building nobody knows": Edge(
        TEN,
        (more("siting", "b", building="x"),),
        (("contract 4", "siting.csv x"), ...),
        {(MONEY, ""): ("1000", "1000")},
    ),
    # -- what a source may pay for
    "the bond for hubs pays no other building": Edge(
        PAID, bond_pays("b2"), (("HZ-63", "funding.csv b2", "bond"),)
    ),
    "the bond for hubs with a clinic": Edge(PAID, (scenario("sources", 0, any_item=["clinic"]),)),
    "an item in another building is none in the hub": Edge(
        PAID,
        (scenario("sources", 0, any_item=["care1"]),),
        (("HZ-63", "funding.csv b1", "bond"),),
    ),
    "an item in the hub is none in another building": Edge(
        PAID,
        bond_pays("b2", hub=False, any_item=["elderly"]),
        (("HZ-63", "funding.csv b2", "bond"),),
    ),
    "an item in the building itself": Edge(
        PAID, bond_pays("b2", hub=False, any_item=["care1", "elderly"])
    ),
    "an item in another building of the hub": Edge(
        SITE, (scenario("sources", 0, any_item=["lounge"]),)
    ),
    "an item that stands in the hub today": Edge(
        SITE, (scenario("sources", 0, any_item=["infant"]),)
    ),
    "an item that stands nowhere in the hub": Edge(
        SITE,
        (scenario("sources", 0, any_item=["meals"]),),
        (("HZ-63", "funding.csv b1", "bond"), ("HZ-63", "funding.csv b2", "bond")),
    ),
    "a source with no word on districts pays anywhere": Edge(
        DISTRICT, (scenario("sources", 0, by_district_yuan=None),)
    ),
    "a source of another district": Edge(
        DISTRICT,
        (scenario("sources", 0, by_district_yuan={"拱墅区": 9_000}),),
        (("HZ-63", "funding.csv b", "bond"),),
    ),
    "8,999.99 of a source for the district": Edge(
        DISTRICT,
        (scenario("sources", 0, by_district_yuan={"上城区": Decimal("8999.99")}),),
        (("HZ-64", "bond 上城区", "9000", "≤ 8999.99 yuan"),),
    ),
    "a source that nobody declared": Edge(
        DISTRICT,
        (
            cells("funding", "b", "own", source="mine"),
            cells("projects", "building:b", yuan_by_source="bond:9000.00;mine:5000.00"),
        ),
        (("HZ-63", "funding.csv b", "mine"),),
    ),
    # -- years
    "sited in the year it is available": Edge(YEARS, sited("2026", y2025=30_000, y2026=30_000)),
    "sited later": Edge(YEARS, sited("2027", y2025=30_000, y2027=30_000)),
    "sited a year too soon": Edge(
        YEARS,
        sited("2025", y2025=60_000),
        ((MONEY, "siting.csv b2 year", "2025", "≥ 2026"),),
    ),
    "sited in no year": Edge(
        YEARS,
        sited("", y2025=30_000, y2026=30_000),
        (
            (MONEY, "siting.csv b2 year", "", "≥ 2026"),
            ("HZ-64", "", "30000", "≤ 0 yuan"),
        ),
    ),
    "a year with a fen too little": Edge(
        YEARS,
        sited("2026", y2025=30_000, y2026=Decimal("29999.99")),
        (("HZ-64", "2026", "30000", "≤ 29999.99 yuan"),),
    ),
    "a year that has no money": Edge(
        YEARS, sited("2027", y2025=30_000), (("HZ-64", "2027", "30000", "≤ 0 yuan"),)
    ),
}
