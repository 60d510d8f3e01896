"""Areas are placed on floors exactly when Hall's condition says that they can be."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from optimizer.solve.floors import place_on_floors

LEVELS = (-1, 1, 2, 3)
FUNCTIONS = ("a", "b", "c", "d")
ALLOWED = st.sets(st.sampled_from(LEVELS), min_size=1).map(frozenset)


def test_a_function_that_may_move_makes_room_for_one_that_may_not():
    # a takes 15 of floors 1-2 (10 each), b 14 of floors -1 and 1: a needs >= 5 on 1, b >= 4 on 1.
    placed = place_on_floors(
        {"a": 15, "b": 14},
        {"a": frozenset({1, 2}), "b": frozenset({-1, 1})},
        {1: 10, 2: 10, -1: 10},
    )
    assert placed is not None
    assert placed["a", 1] + placed["a", 2] == 15
    assert placed["b", 1] + placed["b", -1] == 14
    assert placed["a", 1] + placed["b", 1] <= 10


def test_one_unit_too_many_has_no_place():
    levels = {"a": frozenset({1}), "b": frozenset({1})}
    assert place_on_floors({"a": 6, "b": 4}, levels, {1: 10}) is not None
    assert place_on_floors({"a": 6, "b": 5}, levels, {1: 10}) is None


@given(
    st.fixed_dictionaries({f: st.integers(0, 8) for f in FUNCTIONS}),
    st.fixed_dictionaries(dict.fromkeys(FUNCTIONS, ALLOWED)),
    st.fixed_dictionaries({level: st.integers(0, 10) for level in LEVELS}),
)
def test_placement_exists_exactly_under_halls_condition(areas, allowed, capacity):
    possible = all(
        sum(areas[f] for f in FUNCTIONS if allowed[f] <= set(group))
        <= sum(capacity[level] for level in group)
        for size in range(1, len(LEVELS) + 1)
        for group in combinations(LEVELS, size)
    )
    placed = place_on_floors(areas, allowed, capacity)
    assert (placed is not None) == possible
    if placed is not None:
        for f in FUNCTIONS:
            assert sum(u for (g, _), u in placed.items() if g == f) == areas[f]
        for level in LEVELS:
            assert sum(u for (_, at), u in placed.items() if at == level) <= capacity[level]
        assert all(level in allowed[f] for f, level in placed)
