"""The floor table keeps a function on one floor where that can be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.solve.floors import place_on_floors
from optimizer.solve.parts import place_in_fewest_parts

BOTH, GROUND = frozenset({1, 2}), frozenset({1})


def test_a_cut_the_greedy_table_makes_is_mended():
    """Floors of 10: 4 + 4 leaves 2 and 3 + 3 + 3 leaves 1 for the last 3; 4 + 3 + 3 twice fits."""
    areas = {"a": 400, "b": 400, "c": 300, "d": 300, "e": 300, "f": 300}
    levels = dict.fromkeys(areas, BOTH)
    assert len(place_on_floors(areas, levels, {1: 1_000, 2: 1_000})) > 6
    assert len(place_in_fewest_parts(areas, levels, {1: 1_000, 2: 1_000})) == 6


def test_a_part_under_20_m2_is_avoided_where_as_many_parts_do():
    """70 + 70 + 50 on 115 and 85: cutting 50 leaves 5 to 15 m²; 70 + 35 and 50 + 35 does not."""
    areas = {"a": 7_000, "b": 7_000, "c": 5_000}
    found = place_in_fewest_parts(areas, dict.fromkeys(areas, BOTH), {1: 11_500, 2: 8_500})
    assert len(found) == 4
    assert min(found.values()) >= 2_000


def test_floors_that_do_not_suffice_give_nothing():
    assert place_in_fewest_parts({"a": 10_001}, {"a": GROUND}, {1: 10_000, 2: 10_000}) is None


@settings(max_examples=60, deadline=None)
@given(st.data())
@pytest.mark.filterwarnings("ignore")
def test_never_more_parts_than_the_greedy_table_and_to_the_unit_the_same_areas(data):
    floors = data.draw(st.lists(st.integers(1_000, 30_000), min_size=1, max_size=4))
    capacity = dict(enumerate(floors, start=1))
    count = data.draw(st.integers(1, 5))
    areas, levels = {}, {}
    for k in range(count):
        areas[f"f{k}"] = data.draw(st.integers(1, max(1, sum(floors) // count)))
        levels[f"f{k}"] = frozenset(data.draw(st.sets(st.sampled_from(list(capacity)), min_size=1)))
    greedy = place_on_floors(areas, levels, capacity)
    found = place_in_fewest_parts(areas, levels, capacity)
    assert (greedy is None) == (found is None)
    if found is None:
        return
    assert len(found) <= len(greedy)
    assert all(level in levels[f] for f, level in found)
    for f, units in areas.items():
        assert sum(amount for (g, _), amount in found.items() if g == f) == units
    for level, room in capacity.items():
        assert sum(amount for (_, at), amount in found.items() if at == level) <= room
