"""Whether memory will do is told before the model is built."""

import pytest

from models.build import build
from optimizer import admission
from optimizer.admission import columns_of, memory_mb, warning
from optimizer.api import solve
from optimizer.case import SHIPPED, read_case
from optimizer.solve.compiled import compile_model


@pytest.mark.parametrize("name", ["tiny", "gongshu"])
def test_the_columns_counted_before_the_build_are_nearly_those_of_the_model(name):
    instance = read_case(SHIPPED / name / "scenario.toml").instance
    width = compile_model(build(instance)).width
    assert 0.9 * width <= columns_of(instance) <= width


def test_memory_follows_the_columns():
    # 200 MB and 3 kB a column
    assert memory_mb(0) == 200
    assert memory_mb(1_000_000) == 200 + 3_000


@pytest.mark.parametrize(("short_by", "is_told"), [(0, False), (1, True)])
def test_only_a_case_that_wants_more_than_is_free_is_told(short_by, is_told, monkeypatch, tmp_path):
    scenario = SHIPPED / "tiny" / "scenario.toml"
    wanted = memory_mb(columns_of(read_case(scenario).instance))
    monkeypatch.setattr(admission, "free_mb", lambda: wanted - short_by)
    told = []
    solve(
        scenario,
        tmp_path / "out",
        progress=lambda kind, data: told.append(data) if kind == "note" else None,
        in_child=False,
    )
    assert ["0.2 GB" in text.en for text in told] == [True] * is_told


def test_a_system_that_does_not_say_is_not_asked_twice(monkeypatch):
    monkeypatch.setattr(admission, "free_mb", lambda: None)
    assert warning(read_case(SHIPPED / "tiny" / "scenario.toml").instance) is None
