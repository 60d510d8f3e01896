"""Edges of persons: derived counts, needs and what is left of them, service, reasons of gaps."""

from tests.optimizer.checks.edges.kit import Edge, cells, more, without
from tests.oracle.kit import building, case, community, facility, function, needed

#: 501 households × 2.36 persons = 1182.36 residents: 1,182
DERIVED = case([community(households="501", residents="", pilot="excluded")])
#: 1,182 residents ÷ 2.36 = 500.85 households: 501
HOUSEHOLDS = case([community(households="", residents="1182", pilot="excluded")])
NO_HOSTS = case(
    [community(households="", residents="1000")],
    [building(area_m2="10")],
    [needed()],
    policy="none",
    rules={},
    goals={"order": ["need_served", "cost"]},
)
#: nobody of 0.0000004 (infants × 0.4 in a million), and one who is 0.000002 after rounding
FEW = case(
    [community(infants="1", pupils="4")],
    [building(area_m2="10")],
    [
        needed() | {"need": ""},
        function("few", need_group="infants", need_per_1000="0.0004"),
        function("more", need_group="pupils", need_per_1000="0.0004"),
    ],
)
TWO_BUILDINGS = case(None, [building("b1", "10"), building("b2", "30", lock="never")], [needed()])
TEN = case(None, [building(area_m2="50")], [needed()])
ALL = case(
    None,
    [building(area_m2="50")],
    [needed(), needed("5", id="care2", item="care2", levels="9")],
    facilities=[facility("e", "care2", "5"), facility("bare", "", "5", hub="1")],
    service={"serve_all": True},
)
WHOLE = case(
    None, [building("b1", "40"), building("b2", "40")], [needed("40")], service={"mode": "whole"}
)
#: 9.99 m² for 10.000001 persons of 1 m²: 0.010001 are left, one 0.000001 over 0.01 m²
ROUNDED = case(None, [building(area_m2="9.99")], [needed("10.000001")])
CUT = case(None, [building(area_m2="9.99")], [needed("10.000002")])
#: 0.01 m² more cost 0.005 yuan a year, and nothing is left
FEN = case(
    None,
    [building(area_m2="50")],
    [needed(operating_yuan_per_m2_year="0.5")],
    budget={"operating_yuan_per_year": 0},
)

EDGES = {
    "residents as derived": Edge(DERIVED),
    "one resident less than derived": Edge(
        DERIVED,
        (cells("inputs/communities", "c", residents="1181"),),
        (("A4", "communities.csv(inputs) c residents", "1181", "1182"),),
    ),
    "half a household": Edge(
        DERIVED,
        (cells("inputs/communities", "c", households="501.5", derived="name"),),
        (("A4", "communities.csv(inputs) c households", "501.5", ""),),
    ),
    "less than no household": Edge(
        DERIVED,
        (cells("inputs/communities", "c", households="-1", derived="name"),),
        (("A4", "communities.csv(inputs) c households", "-1", ""),),
    ),
    "households as derived": Edge(HOUSEHOLDS),
    "one household more than derived": Edge(
        HOUSEHOLDS,
        (cells("inputs/communities", "c", households="502"),),
        (("A4", "communities.csv(inputs) c households", "502", "501"),),
    ),
    "one household more than derived, without hosts": Edge(
        NO_HOSTS,
        (cells("inputs/communities", "c", households="1001"),),
        (("A4", "communities.csv(inputs) c households", "1001", "1000"),),
    ),
    # -- floors against the building's area
    "a building of no floors and no area said": Edge(
        TWO_BUILDINGS,
        (without("inputs/floors", "b2"), cells("inputs/buildings", "b2", area_m2="")),
    ),
    "floors a hundredth larger than the building": Edge(
        TWO_BUILDINGS,
        (cells("inputs/buildings", "b2", area_m2="29.99"),),
        (("SH-11", "floors.csv b2", "30.0", "29.99"),),
    ),
    # -- needs
    "a need of less than a millionth is none": Edge(FEW),
    "a need of two millionths is one": Edge(
        FEW,
        (without("inputs/needs", "c", "more"), without("gaps", "c", "more")),
        (
            ("HZ-12", "needs.csv c/more", "absent", "1.6e-06"),
            ("contract 5 Need", "service.csv c/more", "2e-06", "0.0"),
        ),
    ),
    "a millionth more than is needed": Edge(
        TEN,
        (cells("service", "b", persons="10.000001"),),
        (
            ("contract 5 Need", "service.csv c/care1", "10.000001", "10.0"),
            ("contract 5 Capacity", "service.csv b/care1", "10.000001 m²", "10.0 m²"),
            ...,
        ),
    ),
    "nobody is left unserved, a facility of no function serves nobody": Edge(ALL),
    "one is left unserved": Edge(
        ALL,
        (cells("service", "b", persons="9"),),
        (("contract 5 Need", "service.csv c/care1", "9.0", "10.0"), ...),
    ),
    "all are left unserved": Edge(
        ALL,
        (without("service", "b"),),
        (("contract 5 Need", "needs.csv c/care1", "0", "10.0"), ...),
    ),
    "one building serves all of a need": Edge(WHOLE),
    "a second one serves it too": Edge(
        WHOLE,
        (more("service", "b2", building="b1"),),
        (
            ("contract 5 Need", "service.csv c/care1", "40", "40.0"),
            ("contract 5 Need", "service.csv c/care1", "80.0", "40.0"),
            ...,
        ),
    ),
    "one building serves all but a millionth of a need": Edge(
        WHOLE,
        (cells("service", "b2", persons="39.999999"),),
        (("contract 5 Need", "service.csv c/care1", "39.999999", "40.0"), ...),
    ),
    "what one unit of area and one of persons would close is rounding": Edge(ROUNDED),
    "a millionth more is not": Edge(CUT),
    "half a fen is a fen": Edge(FEN),
}
