"""Every mutant of a family, variable, goal, closing level and table is killed, or argued to change
no plan.

``python -m tests.mutation`` prints the whole table; what the last whole run found is kept in
``table.csv``, so each mutant meets first the case that killed it then.
"""

from fnmatch import fnmatchcase

import pytest

from models.constraints import FAMILIES
from tests.mutation.battery import prepare_all
from tests.mutation.implied import left_by
from tests.mutation.report import NAMES, fates_of, faults_of, implied, recorded
from tests.mutation.run import is_same, mutants_of_columns, mutants_of_rows

MOST_CASES = 25


@pytest.fixture(scope="module")
def battery(tmp_path_factory):
    return prepare_all(tmp_path_factory.mktemp("battery"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_mutant_is_killed_or_explained(name, battery):
    found = fates_of(battery, name, recorded())
    assert faults_of(battery, name, found) == []


@pytest.mark.slow
@pytest.mark.parametrize("pattern", implied())
def test_what_is_said_to_be_implied_is_left_by_no_point(pattern, battery):
    scope = pattern.partition(".")[0]
    known = {family.name for family in FAMILIES}
    all_of = mutants_of_rows(battery, scope) if scope in known else mutants_of_columns(battery)
    mutants = [mutant for mutant in all_of if fnmatchcase(mutant.name, pattern)]
    assert mutants
    for mutant in mutants:
        cases = [
            case
            for case in battery
            if mutant.group in case.groups
            and not is_same(mutant.change(case.compiled), case.compiled)
        ][:MOST_CASES]
        assert cases
        assert [point for case in cases for point in left_by(mutant, case)] == []
