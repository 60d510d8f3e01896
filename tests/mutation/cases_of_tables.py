"""A case that fills every column a planner reads of two projects, and the runs that fill the rest.

Unless it says otherwise: what :mod:`tests.mutation.cases` says.
"""

from tests.oracle.case import TinyCase
from tests.oracle.kit import HUB, building, case, community

TEXTS = (
    "responsible_unit",
    "builder",
    "operator",
    "services",
    "operating_mode",
    "fee_standard",
    "supervision",
    "duties",
)


def two_projects() -> TinyCase:
    """A union of 480 m² by ratio, 600 by its hub, and one of 1,200 households: 720 m²."""
    tiny = case(
        [
            community("c", union="u", households="400"),
            community("d", union="u", households="400"),
            community("e", households="1200"),
        ],
        [
            building("b1", name="西楼"),
            building("b2", "720", name="东楼", consent_owner="1", consent_department="1"),
        ],
        [row | {"revenue_yuan_per_m2_year": "10"} for row in HUB],
        walks={("b1", "c"): "100", ("b1", "d"): "100", ("b2", "e"): "100"},
        adjacency=[{"community": "c", "neighbour": "d"}],
    )
    tiny.tables["projects"] = [
        {"building": b, **{name: f"{name} of {b}" for name in TEXTS}} for b in ("b1", "b2")
    ]
    return tiny


TABLES: dict[str, TinyCase] = {"two projects": two_projects()}
#: what mutants of tables are tried on: every column has another cell in some row of some run
RUNS = (
    *TABLES,
    "random_case(12)",
    "random_case(1)",
    "a required member beside a better one",
    "random_case(5)",
    "any_goals_case(2)",
    "three could be pilots, one place in a district",
)
