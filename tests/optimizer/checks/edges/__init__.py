"""Run folders at an edge of one rule, by a sentence that says which."""

from tests.optimizer.checks.edges import of_sites

EDGES = {**of_sites.EDGES}
