"""``--out --force`` never moves the user's own data away."""

import pytest

from optimizer.api import solve
from optimizer.errors import CallError
from tests.bad_input.base import write_csv
from tests.faults.run import content


@pytest.mark.parametrize("out", [".", "data", "../case", "data/../data"])
def test_a_folder_that_holds_input_is_refused(out, tmp_path):
    scenario = write_csv(tmp_path)
    before = content(tmp_path)
    with pytest.raises(CallError, match=r"holds input|里有本算例的输入"):
        solve(scenario, scenario.parent / out, force=True)
    assert content(tmp_path) == before


@pytest.mark.parametrize("out", ["data/out", "out", "database"])
def test_a_folder_beside_or_in_the_data_is_not(out, tmp_path, monkeypatch):
    scenario = write_csv(tmp_path)

    def begun(*_):
        raise InterruptedError

    monkeypatch.setattr("optimizer.api.impossible_musts", begun)
    with pytest.raises(InterruptedError):
        solve(scenario, scenario.parent / out, force=True)
