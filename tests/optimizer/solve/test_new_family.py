"""A family added in a test changes every path with no edit in the solve (design section 4)."""

import pytest

import models.build
from models.constraints import FAMILIES
from models.family import LOCAL, Family
from optimizer.case import read_case
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.solve import solve
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case
from tests.oracle.kit import building, case, community


def nobody_is_pilot(block, m, instance):
    @block.Constraint(m.HOSTS)
    def none(_, u):
        return m.pilot[u] <= 0


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    # two communities, a building of 600 m² for each: two pilots
    two = case([community("c"), community("d")], [building("b"), building("e")])
    return read_case(write_case(two, tmp_path_factory.mktemp("family"))).instance


@pytest.mark.parametrize("engine", ["exact", "city"])
def test_every_engine_follows_a_family_that_it_has_never_heard_of(engine, instance, monkeypatch):
    options = SolveOptions(engine=engine, gap=0.0)
    assert solve(instance, options).levels[0].value == 2
    more = (*FAMILIES, Family("nobody", nobody_is_pilot, LOCAL))
    monkeypatch.setattr(models.build.build, "__defaults__", (more, None))
    barred = solve(instance, options)
    assert barred.levels[0].value == barred.levels[0].bound == 0
    assert barred.plan.pilots == ()


@pytest.mark.parametrize("seed", [1, 5, 8, 15, 19])
def test_city_and_exact_engine_agree_and_no_bound_is_crossed(seed, tmp_path):
    instance = read_case(write_case(random_case(seed), tmp_path)).instance
    best = solve(instance, SolveOptions(engine="exact", gap=0.0))
    city = solve(instance, SolveOptions(engine="city", gap=0.0))
    first = city.levels[0]
    assert first.value <= best.levels[0].value <= first.bound
