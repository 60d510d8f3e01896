"""Straight lines on the national grid against pyproj, limits that include themselves."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from optimizer.walking import Point, gauss_krueger, straight_walks, zone_meridian

ZONE_120 = Transformer.from_crs("EPSG:4490", "EPSG:4549", always_xy=True)  # CGCS2000, 3 degrees


@given(st.floats(118.5, 121.5), st.floats(18, 53))
def test_the_projection_is_that_of_the_national_grid_to_a_millimetre(lon, lat):
    east, north = gauss_krueger(np.array([lon]), np.array([lat]), 120.0)
    wanted = ZONE_120.transform(lon, lat)
    assert east[0] == pytest.approx(wanted[0] - 500_000, abs=1e-3)
    assert north[0] == pytest.approx(wanted[1], abs=1e-3)


@pytest.mark.parametrize(("lon", "meridian"), [(118.49, 117), (118.51, 120), (121.49, 120)])
def test_the_zone_is_the_nearest_third_degree(lon, meridian):
    assert zone_meridian([lon]) == meridian


def test_a_distance_equal_to_the_limit_is_within_and_a_centimetre_more_is_not():
    here, there = Point("a", 120.0, 30.0), Point("b", 120.005, 30.0)
    far = Decimal(10_000)
    (walk,) = straight_walks([here], [there], 120.0, Decimal("1.3"), far)
    for limit, found in ((walk.walk_m, 1), (walk.walk_m - Decimal("0.01"), 0)):
        assert len(straight_walks([here], [there], 120.0, Decimal("1.3"), limit)) == found


def test_the_detour_multiplies_the_straight_line():
    here, there = Point("a", 120.0, 30.0), Point("b", 120.0, 30.009)
    one, more = (
        straight_walks([here], [there], 120.0, Decimal(detour), Decimal(5000))[0].walk_m
        for detour in ("1", "1.3")
    )
    assert abs(more - one * Decimal("1.3")) < Decimal("0.02")
    assert one == pytest.approx(Decimal("997.64"), abs=Decimal("0.5"))  # 0.009° of a meridian
