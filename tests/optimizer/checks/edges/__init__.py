"""Run folders at an edge of one rule, by a sentence that says which."""

from tests.optimizer.checks.edges import (
    of_additions,
    of_bounds,
    of_floors,
    of_goals,
    of_hubs,
    of_money,
    of_needs,
    of_places,
    of_projects,
    of_reasons,
    of_records,
    of_sites,
)

PARTS = (
    *(of_sites, of_places, of_floors, of_needs, of_money, of_hubs),
    *(of_goals, of_projects, of_additions, of_records, of_reasons, of_bounds),
)
EDGES = {name: edge for part in PARTS for name, edge in part.EDGES.items()}
assert len(EDGES) == sum(len(part.EDGES) for part in PARTS), "two edges of one name"
