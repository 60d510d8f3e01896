"""Which engine ``auto`` takes, and why it says so."""

import math
import random

import numpy as np
import pytest
from scipy import sparse

from optimizer.case import read_case
from optimizer.solve.compiled import Compiled
from optimizer.solve.engines import choose
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.solve import solve
from tests.plain.convert import Plain


def model(columns, hosts, choices):
    """Arrays of *columns* of which each of the *hosts* has so many 0/1 *choices*."""
    owners = [f"u{j % hosts}" for j in range(columns)]
    none = np.zeros(columns)
    return Compiled(
        matrix=sparse.csr_matrix((0, columns)),
        row_lower=np.zeros(0),
        row_upper=np.zeros(0),
        lower=none,
        upper=none + 1,
        is_integer=np.arange(columns) < hosts * choices,
        objectives={},
        columns=tuple(("x", j) for j in range(columns)),
        owners=tuple(owners),
        rows=(),
    )


@pytest.mark.parametrize(
    ("columns", "choices", "engine", "why"),
    [
        (6_000, 85, "exact", "6000 columns"),
        (6_001, 85, "city", "6001 columns"),
        (6_001, 6, "exact", "6 choices a host"),
        (6_001, 7, "city", "6001 columns"),
        (120_000, 6, "exact", "6 choices a host"),
        (120_001, 6, "city", "120001 columns"),
    ],
)
def test_auto_goes_by_columns_and_by_the_choices_of_a_host(columns, choices, engine, why):
    found, said = choose("auto", model(columns, 50, choices))
    assert found == engine
    assert said.startswith(why)


def test_an_engine_asked_for_is_taken_whatever_the_size():
    assert choose("city", model(10, 2, 1)) == ("city", "asked for")


def test_plain_facility_location_above_the_limit_is_solved_to_its_optimum(tmp_path):
    # 60 sites × 110 points: 6,600 persons' columns and 180 choices, 6 sites may open
    chance = random.Random(5)
    sites, points = (
        {f"{kind}{k}": (chance.random() * 9_000, chance.random() * 9_000) for k in range(count)}
        for kind, count in (("S", 60), ("D", 110))
    )
    plain = Plain(
        cost=dict.fromkeys(sites, "1"),
        demand={point: str(chance.randint(1, 100)) for point in points},
        walk={
            (s, d): f"{math.dist(a, b):.2f}" for s, a in sites.items() for d, b in points.items()
        },
    )
    said = {"budget": {"total_yuan": 6}, "service": {"serve_all": True}}
    goals = {"order": ["walking_distance"]}
    instance = read_case(plain.scenario(tmp_path / "case", goals=goals, **said)).instance
    found = solve(instance, SolveOptions(gap=0.0))
    assert found.engine == "exact"
    assert found.why_engine.startswith("3 choices a host")
    assert found.levels[0].is_closed
    assert len(found.plan.sitings) <= 6
