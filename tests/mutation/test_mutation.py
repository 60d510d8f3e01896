"""Every mutant of a family is killed, or argued to change no plan; four are not there yet.

``python -m tests.mutation`` prints the whole table, survivors included, goals and tables too.
"""

import pytest

from tests.mutation.battery import prepare_all
from tests.mutation.run import NAMES, fates, mutants_of_rows, unexplained, without_rows

#: no case of the battery has what some mutants of these rows would change
OPEN = ("community_hub", "dispersed_hub", "dispersed_items", "dispersed_size")


@pytest.fixture(scope="module")
def battery(tmp_path_factory):
    return prepare_all(tmp_path_factory.mktemp("battery"))


def faults(battery, family):
    found = list(fates(battery, mutants_of_rows(battery, family)))
    return unexplained(found, f"{family}.*") + without_rows(battery, family)


@pytest.mark.slow
@pytest.mark.parametrize("family", [name for name in NAMES if name not in OPEN])
def test_every_mutant_of_the_family_is_killed_or_explained(family, battery):
    assert faults(battery, family) == []


@pytest.mark.slow
@pytest.mark.parametrize("family", OPEN)
def test_a_family_with_open_survivors_has_a_row_of_every_constraint(family, battery):
    assert without_rows(battery, family) == []
