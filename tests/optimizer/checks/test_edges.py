"""Each rule of the verifier at its limit: one unit short, on it, one beyond.

A good folder is changed in a named place; what then does not hold is told in full.
"""

import pytest

from tests.optimizer.checks.edges import EDGES
from tests.optimizer.checks.edges.kit import differences


@pytest.mark.parametrize("name", EDGES)
def test_of_a_folder_at_an_edge_exactly_what_is_told_does_not_hold(name):
    assert differences(EDGES[name]) == []
