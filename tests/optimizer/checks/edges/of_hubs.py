"""Edges of hubs and unions: what is one place, who acts together, who is a pilot."""

from tests.mutation.cases import CASES, OFFICE, figures, goals
from tests.mutation.cases_of_hubs import BESIDE, BUT_SPORTS, PAIR, REFITS, TODAY, today_but_sports
from tests.optimizer.checks.edges.kit import Edge, cells, policy, without
from tests.oracle.kit import (
    CANTEEN,
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

UNION = CASES["two pilots as one"]
#: 1,083 households ask for 649.8 m²: both buildings of the site
SITE = case(
    [community(households="1083")], [building("b1", site="s"), building("b2", "50", site="s")]
)
EACH_ON_SITE = case(
    [community("c"), community("d")],
    [building("b1", site="s"), building("b2", site="s")],
    walks={("b1", "c"): "100", ("b2", "d"): "100"},
    rules=figures(one_hub_a_site=False),
)
WITH_HUB = REFITS["another building adds area, the hub stays"]
DESKS = case(
    [community("c", households="1100")],
    [building("b1"), building("b2", "60")],
    (*HUB, OFFICE),
    rules=figures(hub_office_m2=10, office_share=0.0167),
)
MIXED = case(
    [
        community("c", union="u", kind="new", households="100"),
        community("d", union="u", households="100"),
    ],
    [building(area_m2="1000")],
    **BESIDE,
)
#: c has every domain today, d what its union's hub brings it: care, meals and health
LACKING = case(
    [row | {"pilot": "excluded"} for row in PAIR],
    None,
    (*HUB, GYM, NURSERY, *BUT_SPORTS),
    facilities=[
        facility(f"x{k}", row["id"], "0.01") for k, row in enumerate((GYM, NURSERY, *BUT_SPORTS))
    ],
    rules={},
    **BESIDE,
    **goals("communities_covered", "cost"),
)
#: 0.01 m² short of being up to the standard today
NEARLY = case(
    PAIR,
    None,
    (*HUB, LOUNGE),
    facilities=[row | {"area_m2": "199.99"} if row["id"] == "e3" else row for row in TODAY],
    **BESIDE,
)
SHARED = case(
    [community(c, union="u", households="520") for c in ("c", "d")],
    [building(), building("b2", "30")],
    **BESIDE,
)
ACROSS = case(
    [
        community("c", union="u", households="400"),
        community("d", union="u", households="300", district="上城区"),
    ],
    pilots={"target": 1, "by_district": {"拱墅区": 1, "上城区": 0}},
    reach={"walk_m": 1000, "cross_district": True},
    **BESIDE,
)
#: d has more households and is up to the standard today: the place is that of c
BESIDE_LARGER = case(
    [
        community("c", union="u"),
        community("d", union="u", households="1000", district="上城区"),
    ],
    [building(area_m2="320")],
    facilities=[row | {"community": "d"} for row in TODAY],
    pilots={"target": 1, "by_district": {"拱墅区": 1, "上城区": 0}},
    reach={"walk_m": 1000, "cross_district": True},
    **BESIDE,
)
#: the union has area, a hub and each of its members every domain today, but d no sports
ONE_LACKS = case(
    PAIR,
    [building(area_m2="50")],
    (*HUB, GYM, NURSERY, *BUT_SPORTS),
    facilities=[*TODAY, facility("g", "gym", "0.01", counted="0"), *today_but_sports("c", "d")],
    rules={},
    **BESIDE,
)
WHOLE_CARE = case(None, None, (DAY, NURSERY, CANTEEN))
TWO_TODAY = case(
    facilities=[
        row | {"id": row["id"] + site, "site": site, "area_m2": area_m2}
        for site, area_m2 in (("s", "300"), ("t", "200"))
        for row in TODAY
    ]
)
#: with 0.3 m² a person 10 m² serve 33.333333 persons
REFITTED_IN_PART, REFITTED_IN_PART_FOR_ANY, REFITTED_FOR_ANY = (
    case(
        None,
        [building(area_m2="50", replaces="e1", lock="must")],
        [needed("100", m2_per_person=m2)],
        facilities=[facility(id, "care1", "10") for id in ids],
    )
    for m2, ids in (("0.3", ("e1", "e2")), ("0", ("e1", "e2")), ("0", ("e1",)))
)
HUB_RULE = "contract 5 Hub"

EDGES = {
    # -- places
    "a building on the site of the hub that is no part of it": Edge(
        SITE,
        (cells("siting", "b2", hub="0"),),
        (("contract 4", "siting.csv b2 hub", "0", "1"), ...),
    ),
    "two hosts with a hub each on one site": Edge(
        EACH_ON_SITE, (), (), {("A26", c): ("2", "2") for c in ("c", "d")}
    ),
    "two hosts with a hub each where one is allowed": Edge(
        EACH_ON_SITE,
        (policy(one_hub_a_site=True),),
        (("A26", "c", "2", "≤ 1 hubs"), ("A26", "d", "2", "≤ 1 hubs")),
    ),
    "a building is a place where the pack says so": Edge(
        SITE, (policy(hub_place="building"),), (("contract 4", "communities.csv c hub_form"), ...)
    ),
    "a hub beside the hub of today": Edge(
        WITH_HUB, (cells("siting", "b2", hub="1"),), ((HUB_RULE, "c", "2", "≤ 1 hubs"), ...)
    ),
    "the office of a hub stands in it": Edge(
        DESKS, (), (), {("HZ-35", "c building:b1"): ("10", "10")}
    ),
    "the office of a hub stands elsewhere": Edge(
        DESKS,
        (cells("allocation", "b1", "1", "office", building="b2"),),
        (("HZ-35", "c building:b1", "0", "≥ 10 m² office"), ...),
    ),
    "of two hubs of today the larger is told": Edge(TWO_TODAY),
    "what is refitted no longer serves, its like beside it does": Edge(REFITTED_IN_PART),
    "its like beside it serves any number": Edge(REFITTED_IN_PART_FOR_ANY),
    "what is refitted no longer serves, be it for any number": Edge(REFITTED_FOR_ANY),
    # -- halves of a domain
    "one half is not the domain where both must be": Edge(
        WHOLE_CARE,
        (policy(domain_mode="all"), cells("inputs/functions", "creche", domain="meals")),
        (("contract 4", "communities.csv c domains", "care;meals", "meals"), ...),
    ),
    "both halves are": Edge(WHOLE_CARE, (policy(domain_mode="all"),)),
    # -- unions
    "a union that lacks one domain of one member today": Edge(ONE_LACKS),
    "the clauses of the larger hub bind a union": Edge(
        MIXED, (), (), {("HZ-14", "union:u"): ("1000", "1000")}
    ),
    "a member without a domain keeps its union from the standard": Edge(LACKING),
    "two members that are no neighbours": Edge(
        UNION,
        (without("inputs/adjacency", "c"), without("inputs/adjacency", "d")),
        (("HZ-31", "union:u", "1", "≥ 2 connected members"),),
    ),
    "one direction of neighbours is enough": Edge(UNION, (without("inputs/adjacency", "c"),)),
    "and so is the other": Edge(UNION, (without("inputs/adjacency", "d"),)),
    "a member that hosts alone": Edge(
        SHARED, (cells("siting", "b2", union=""),), (("HZ-32", "siting.csv b2", "c"), ...)
    ),
    "a union whose building is near nobody": Edge(
        SHARED,
        (without("inputs/distances", "b2"),),
        (("HZ-32", "siting.csv b2", "union:u"), ("contract 4", "siting.csv b2 community")),
    ),
    "the community named is the nearest": Edge(
        SHARED,
        (cells("inputs/distances", "b2", "d", walk_m="99.99"),),
        (("contract 4", "siting.csv b2 community", "c", "d"),),
    ),
    "a union with an excluded member": Edge(
        UNION,
        (cells("inputs/communities", "d", pilot="excluded"),),
        (("HZ-01", "union:u", "excluded"), ("HZ-01", "d", "1")),
    ),
    "a hundredth short of the standard today": Edge(NEARLY),
    "up to the standard today": Edge(
        NEARLY,
        (cells("inputs/facilities", "e3", area_m2="200"),),
        (("contract 5 Standard", "union:u", "1", "0"), ...),
    ),
    "up to the standard today and required": Edge(
        NEARLY,
        (
            cells("inputs/facilities", "e3", area_m2="200"),
            cells("inputs/communities", "c", pilot="required"),
        ),
        (("contract 4", "communities.csv c area_m2", "1199.99", "1200"), ...),
    ),
    "the one place of a union is that of its larger member": Edge(
        ACROSS, (), (), {("HZ-02", "拱墅区"): ("1", "1"), ("HZ-02", "上城区"): ("0", "0")}
    ),
    "a member that is no pilot has no place": Edge(
        BESIDE_LARGER, (), (), {("HZ-02", "拱墅区"): ("1", "1"), ("HZ-02", "上城区"): ("0", "0")}
    ),
}
