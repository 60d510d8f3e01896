"""Every mutant of a family, variable, goal and table is killed, or argued to change no plan.

``python -m tests.mutation`` prints the whole table; what the last whole run found is kept in
``table.csv``, so each mutant meets first the case that killed it then.
"""

import pytest

from tests.mutation.battery import prepare_all
from tests.mutation.report import NAMES, fates_of, faults_of, recorded


@pytest.fixture(scope="module")
def battery(tmp_path_factory):
    return prepare_all(tmp_path_factory.mktemp("battery"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_mutant_is_killed_or_explained(name, battery):
    found = fates_of(battery, name, recorded())
    assert faults_of(battery, name, found) == []
