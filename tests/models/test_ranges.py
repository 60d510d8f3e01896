"""Figures of the compiled model stay where floating point is exact enough.

Source: reliability.md T10: coefficients within 1e6 of each other, no big-M above the building's own
area, no value above 1e7 in model units.
"""

import numpy as np
import pytest

from models.build import build
from models.objectives import CLOSING
from optimizer.case import SHIPPED, read_case
from optimizer.solve.compiled import compile_model
from tests.benchmarks.cities import write_city
from tests.oracle.folder import write_case
from tests.oracle.generator import random_case

RATIO, LARGEST = 1e6, 1e7


def compiled(path):
    instance = read_case(path).instance
    return compile_model(build(instance, goals=(*instance.goals, *CLOSING)))


def beyond(c):
    """What lies outside: rows by name with the ratio of their coefficients, and too large sides."""
    found = {}
    size = np.abs(c.matrix.data)
    for i, name in enumerate(c.rows):
        inside = size[c.matrix.indptr[i] : c.matrix.indptr[i + 1]]
        inside = inside[inside > 0]
        if len(inside) and inside.max() / inside.min() > RATIO:
            found[name] = float(inside.max() / inside.min())
    for sides in (c.row_lower, c.row_upper, c.lower, c.upper):
        large = np.abs(sides[np.isfinite(sides)])
        if len(large) and large.max() > LARGEST:
            found["side or bound"] = float(large.max())
    return found


@pytest.mark.parametrize("seed", range(12))
def test_figures_of_random_cases_are_in_range(seed, tmp_path):
    assert beyond(compiled(write_case(random_case(seed), tmp_path))) == {}


def test_figures_of_a_city_are_in_range(tmp_path):
    assert beyond(compiled(write_city("XS", 1, tmp_path / "city"))) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tiny", "gongshu"])
def test_figures_of_shipped_cases_are_in_range(name):
    assert beyond(compiled(SHIPPED / name / "scenario.toml")) == {}
