"""Gap and closedness are exact arithmetic on value and bound (contract sections 4 and 5)."""

from fractions import Fraction

from optimizer.solve.outcome import Level


def level(value, bound, rounding=0):
    bound = None if bound is None else Fraction(bound)
    return Level("cost", Fraction(value), bound, 0.0, 0.0, Fraction(rounding))


def test_the_gap_is_the_distance_over_the_value():
    assert level(80, 84).gap == Fraction(1, 20)


def test_nothing_out_of_nothing_is_a_closed_gap_and_something_out_of_nothing_is_no_number():
    assert level(0, 0).gap == 0
    assert level(0, 1).gap is None
    assert level(5, None).gap is None


def test_a_level_is_closed_up_to_a_millionth_of_its_value():
    assert level(1_000_000, 1_000_001).is_closed
    assert not level(1_000_000, Fraction(10_000_011, 10)).is_closed


def test_a_level_is_closed_up_to_what_rounding_areas_took():
    assert level(100, 101, rounding=1).is_closed
    assert not level(100, 102, rounding=1).is_closed
