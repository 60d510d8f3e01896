"""The number of workers decides how long it takes, never the plan."""

from dataclasses import replace

import pytest

from optimizer.case import read_case
from optimizer.solve import crew
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.solve import solve
from tests.benchmarks.cities import write_city

pytestmark = pytest.mark.slow


def test_one_two_and_four_workers_make_the_same_plan_and_bound_of_a_city(monkeypatch, tmp_path):
    monkeypatch.setattr(crew, "HOSTS_A_WORKER", 15)  # 60 communities: up to 4 workers
    instance = read_case(write_city("S", 1, tmp_path / "city")).instance
    instance = replace(instance, goals=instance.goals[:1])
    found = [
        solve(instance, SolveOptions(engine="city", gap=0.2, workers=workers))
        for workers in (1, 2, 4)
    ]
    assert found[0].plan.sitings
    assert found[0].plan == found[1].plan == found[2].plan
    assert len({(level.value, level.bound) for f in found for level in f.levels}) == 1
