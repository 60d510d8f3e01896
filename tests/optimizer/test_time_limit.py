"""A time limit counts from the call: what reading the input took is no time to search."""

import time

import pytest

from optimizer.api import LEAST_SEARCH_S, SolveOptions, _what_is_left


@pytest.mark.parametrize(
    ("limit", "reading", "left"), [(60, 20, 40), (60, 0, 60), (5, 5, LEAST_SEARCH_S), (5, 9, 0.1)]
)
def test_the_search_has_what_reading_leaves(limit, reading, left):
    options = _what_is_left(SolveOptions(seconds=limit), time.monotonic() - reading)
    assert options.seconds == pytest.approx(left, abs=0.5)


def test_without_a_limit_there_is_none():
    assert _what_is_left(SolveOptions(), time.monotonic() - 99).seconds is None
