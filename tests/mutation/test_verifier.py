"""Mutants of the checks of files as they lie: every one is killed or argued for."""

import pytest

from tests.mutation.checks import OF_FILES, mutants_of, unchanged
from tests.mutation.files import folders_of_files
from tests.mutation.verifier import Met, argued, is_argued, killer


@pytest.mark.slow
@pytest.mark.parametrize("module", OF_FILES)
def test_every_mutant_is_killed_or_argued_for(module, tmp_path):
    met = [Met(name, report) for name, report in folders_of_files(tmp_path)]
    assert killer(unchanged(module), met) == ""
    left = [mutant for mutant in mutants_of(module) if not killer(mutant, met)]
    assert [mutant.name for mutant in left if not is_argued(mutant, argued())] == []
