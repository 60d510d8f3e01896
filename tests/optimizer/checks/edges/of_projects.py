"""Edges of projects.csv: what the planner's table knows, years, money of each."""

from tests.optimizer.checks.edges.kit import Edge, cells, fresh, more, without
from tests.oracle.kit import HUB, building, case, community, needed

#: one hub on a site of two buildings, and a building that stands for itself
SITE = case(
    [community(households="1083")],
    [
        building("b1", site="s", available_year="2026"),
        building("b2", "50", site="s", available_year="2025"),
        building("b3", "30"),
    ],
    (
        *(row | {"revenue_yuan_per_m2_year": "0.5"} for row in HUB),
        needed("29.99", levels="2", revenue_yuan_per_m2_year="0.5"),
    ),
    floors=[{"building": "b3", "level": "2", "area_m2": "30"}],
)
SITE.tables["projects"] = [
    {"building": "", "site": "s", "operator": "of the site", "builder": "of the site"},
    {"building": "b1", "site": "", "operator": "", "builder": "of b1"},
    {"building": "b3", "site": "", "operator": "of b3", "builder": ""},
    {"building": "b2", "site": "", "services": "of b2"},
]
OTHER_SITE = fresh("inputs/projects", site="t", supervision="of another site")
HUB_OF_SITE, ALONE = "projects.csv hub:c", "projects.csv building:b3"


def said(project: str, column: str, claimed: str, recomputed: str) -> Edge:
    """One cell that says something else."""
    place = f"projects.csv {project} {column}"
    broken = (("contract 4", place, claimed, recomputed),)
    return Edge(SITE, (cells("projects", project, **{column: claimed}),), broken)


EDGES = {
    "of each building its own word goes before its site's, each word once": Edge(SITE),
    "the builder of the site alone": said("hub:c", "builder", "of the site", "of b1;of the site"),
    "the operator twice": said("hub:c", "operator", "of the site;of the site", "of the site"),
    "what one building of two is told of": said("hub:c", "services", ";of b2", "of b2"),
    "another's builder": said("building:b3", "builder", "of b1", ""),
    # 619.81 m² × 0.5 = 309.905 yuan a year; 29.99 × 0.5 = 14.995
    "half a fen of revenue is a fen": Edge(
        SITE,
        (cells("projects", "hub:c", revenue_yuan_per_year="309.90"),),
        (("contract 4", f"{HUB_OF_SITE} revenue_yuan_per_year", "309.9", "309.91"),),
    ),
    "the year of a project is the last of its buildings": said("hub:c", "year", "2025", "2026"),
    "what is told of another site": Edge(SITE, (OTHER_SITE,)),
    "a function that is named and has no area": Edge(
        SITE,
        (cells("projects", "building:b3", functions="care1:29.99;gym:0"),),
        (
            (
                "contract 4",
                f"{ALONE} functions",
                "[('care1', '29.99'), ('gym', '0')]",
                "[('care1', '29.99')]",
            ),
        ),
    ),
    "a project that nobody planned": Edge(
        SITE,
        (more("projects", "building:b3", project="building:x"),),
        (("contract 4", "projects.csv building:x"),),
    ),
    "a project that is left out": Edge(
        SITE, (without("projects", "building:b3"),), (("contract 4", ALONE),)
    ),
}
