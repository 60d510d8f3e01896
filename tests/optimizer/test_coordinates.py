"""Positions of web maps: published values forth, the way back, and mixes that are seen."""

import numpy as np
import pytest

from optimizer.api import check, read_case
from optimizer.coordinates import TO_CGCS2000, bd09_of, from_bd09, from_gcj02, gcj02_of
from optimizer.errors import InputError
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community, facility

# lon, lat (WGS84); GCJ-02; BD-09: computed with eviltransform 0.1.1, which shares no code with ours
VALUES = [
    (120.1551, 30.2741, 120.15979456, 30.27177118, 120.16635843, 30.27759918),
    (123.84, 42.29, 123.84586345, 42.29211992, 123.8522501, 42.29847668),
    (121.47, 31.23, 121.47453498, 31.22806745, 121.48107629, 31.23398668),
    (114.06, 22.54, 114.06511624, 22.53728617, 114.07166323, 22.54295258),
    (87.6, 43.8, 87.60283902, 43.80121205, 87.6092102, 43.80747253),
]


def arrays(*values):
    return tuple(np.array([value]) for value in values)


@pytest.mark.parametrize(("lon", "lat", "gcj_lon", "gcj_lat", "bd_lon", "bd_lat"), VALUES)
def test_the_shifts_are_the_published_ones(lon, lat, gcj_lon, gcj_lat, bd_lon, bd_lat):
    shifted = gcj02_of(*arrays(lon, lat))
    assert np.allclose(np.ravel(shifted), (gcj_lon, gcj_lat), atol=1e-6)
    assert np.allclose(np.ravel(bd09_of(*shifted)), (bd_lon, bd_lat), atol=1e-6)
    assert np.allclose(np.ravel(from_gcj02(*arrays(gcj_lon, gcj_lat))), (lon, lat), atol=1e-6)
    assert np.allclose(np.ravel(from_bd09(*arrays(bd_lon, bd_lat))), (lon, lat), atol=1e-6)


def test_the_way_back_is_exact_to_a_millionth_of_a_degree_all_over_china():
    lon, lat = (axis.ravel() for axis in np.meshgrid(np.arange(74, 135), np.arange(18, 53)))
    lon, lat = lon.astype(float), lat.astype(float)
    for name, forth in (("gcj02", gcj02_of), ("bd09", lambda *p: bd09_of(*gcj02_of(*p)))):
        there = TO_CGCS2000[name](*forth(lon, lat))
        assert max(np.abs(there[0] - lon).max(), np.abs(there[1] - lat).max()) < 1e-9


@pytest.mark.parametrize("coords", ["gcj02", "bd09"])
def test_a_case_in_a_web_maps_system_is_the_case_in_cgcs2000(coords, tmp_path):
    lon, lat, *shifted = VALUES[0]
    lon_there, lat_there = shifted[:2] if coords == "gcj02" else shifted[2:]
    there = {"lon": str(lon_there), "lat": str(lat_there)}
    tiny = case([community(**there)], [building(**there)], coords=coords)
    read = read_case(write_case(tiny, tmp_path))
    home = read.instance.communities["c"]
    assert (home.lon, home.lat) == pytest.approx((lon, lat), abs=1e-6)
    assert {"lon", "lat"} <= read.tables["communities"].rows[0].derived
    assert read.instance.walk_m["b", "c"] == pytest.approx(0, abs=0.05)


def block(shift_lon, shift_lat):
    """Eight facilities within 100 m of their community, all moved by a shift."""
    homes = [
        community("c", lon="120.15", lat="30.27"),
        community("d", street="二街", lon="120.18", lat="30.30"),
    ]
    today = [
        facility(f"e{i}", "day", "30")
        | {"lon": f"{120.15 + i / 10_000 + shift_lon:.6f}", "lat": f"{30.27 + shift_lat:.6f}"}
        for i in range(8)
    ]
    return case(homes, [building(lon="120.15", lat="30.27")], facilities=today, coords="cgcs2000")


def codes(tiny, folder):
    return [issue.code for issue in check(write_case(tiny, folder))]


# at Hangzhou GCJ-02 lies 0.0047 degrees east and 0.0023 south of CGCS2000: 520 m
@pytest.mark.parametrize(
    ("shift", "is_mixed"),
    [
        ((0.0047, -0.0023), True),
        ((-0.0047, 0.0023), True),
        ((0, 0), False),
        ((-0.0047, -0.0023), False),
        ((0.0023, 0.0047), False),
    ],
)
def test_a_block_off_as_gcj02_is_off_is_told(shift, is_mixed, tmp_path):
    assert ("coords-mixed" in codes(block(*shift), tmp_path)) is is_mixed


def site_of_two(shift_lon, shift_lat):
    """Two buildings of one site, 15 m apart, the second moved by a shift; others stand right."""
    second = {"lon": str(120.15015 + shift_lon), "lat": str(30.27 + shift_lat)}
    homes = [community(lon="120.15", lat="30.27"), community("d", lon="120.18", lat="30.30")]
    stock = [
        building("a", site="s", lon="120.15", lat="30.27"),
        building("b", site="s", **second),
        *(building(f"n{n}", lon=str(120.15 + n / 1000), lat="30.271") for n in range(6)),
    ]
    return case(homes, stock, coords="cgcs2000")


@pytest.mark.parametrize(
    ("shift", "is_told"),
    [
        ((0, 0), False),
        ((0.00469, -0.00233), True),  # GCJ-02 here, from VALUES[0]
        ((0.01126, 0.0035), True),  # BD-09 here
        ((-0.00469, 0.00233), True),  # the others in GCJ-02
        ((0.00469, 0.00233), False),  # as far, another way: a large site, not a system
        ((0.003, -0.0015), False),  # 330 m, the same way: not the shift
    ],
)
def test_one_building_a_shift_off_its_site_is_told(shift, is_told, tmp_path):
    assert ("coords-mixed" in codes(site_of_two(*shift), tmp_path)) is is_told


@pytest.mark.parametrize(("shift_lon", "is_told"), [(0, False), (0.00469, True)])
def test_one_building_a_shift_off_the_facility_it_replaces_is_told(shift_lon, is_told, tmp_path):
    lat = 30.27 - (0.00233 if is_told else 0)
    place = {"lon": "120.15", "lat": "30.27"}
    moved = {"lon": str(120.15 + shift_lon), "lat": str(lat)}
    homes = [community(**place), community("d", lon="120.18", lat="30.30")]
    old = facility("old", "day", "30") | place
    tiny = case(homes, [building(replaces="old", **moved)], facilities=[old], coords="cgcs2000")
    assert ("coords-mixed" in codes(tiny, tmp_path)) is is_told


# at 120.18, 30.30 the shifts of eviltransform 0.1.1 are those of VALUES[0] to 20 m
GCJ, BD = (0.00469, -0.00233), (0.01126, 0.0035)


def square(lon, lat, half=0.001, is_turned=False):
    """A boundary 0.002 degrees wide about a point, as text."""
    corners = [(lon + x * half, lat + y * half) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    ends = [point[::-1] if is_turned else point for point in (*corners, corners[0])]
    return "POLYGON ((" + ", ".join(f"{x:.6f} {y:.6f}" for x, y in ends) + "))"


def outlined(homes, outlines, folder):
    """Codes of a case whose communities stand at *homes*, their boundaries about *outlines*."""
    places = {f"c{k}": at for k, at in enumerate(homes)}
    rows = [community(id, lon=f"{x:.6f}", lat=f"{y:.6f}") for id, (x, y) in places.items()]
    tiny = case(rows, [building(lon="120.18", lat="30.30")], coords="cgcs2000")
    shapes = [{"community": id, "geometry": g} for id, g in zip(places, outlines, strict=False)]
    tiny.tables["boundaries"] = shapes
    return [(i.code, i.file, i.row) for i in check(write_case(tiny, folder))]


HOMES = [(120.18 + k / 200, 30.30) for k in range(7)]
TOLD = ("coords-mixed", "communities.csv", 2)


@pytest.mark.parametrize(
    ("off", "is_told"),
    [
        ((0, 0), False),
        (GCJ, True),
        (BD, True),
        ((-GCJ[0], -GCJ[1]), True),  # the boundary is the one in GCJ-02
        ((-BD[0], -BD[1]), True),
        ((GCJ[0], -GCJ[1]), False),  # as far, another way: outside, and no system says why
        ((GCJ[0] + 0.0008, GCJ[1]), True),  # the shift taken off: 0.0008 of 0.001 from the middle
        ((GCJ[0] + 0.0012, GCJ[1]), False),  # 0.0012 of 0.001
        ((0.0009, 0), False),  # inside its boundary as it stands
        ((0.0011, 0), False),  # outside, and no shift away
    ],
)
def test_one_community_a_shift_off_its_boundary_is_told(off, is_told, tmp_path):
    homes = [(x + off[0], y + off[1]) if k == 0 else (x, y) for k, (x, y) in enumerate(HOMES)]
    found = outlined(homes, [square(*home) for home in HOMES], tmp_path)
    assert (TOLD in found) is is_told


@pytest.mark.parametrize("count", [4, 5, 7])
@pytest.mark.parametrize(("shift", "is_told"), [(GCJ, True), ((GCJ[0], -GCJ[1]), False)])
def test_of_fewer_than_five_each_is_told_and_of_more_the_block_once(
    count, shift, is_told, tmp_path
):
    homes = [(x + shift[0], y + shift[1]) for x, y in HOMES[:count]]
    found = outlined(homes, [square(*home) for home in HOMES[:count]], tmp_path)
    told = [row for code, _, row in found if code == "coords-mixed"]
    assert told == (([2, 3, 4, 5] if count == 4 else [2]) if is_told else [])


@pytest.mark.parametrize(("is_turned", "code"), [(False, None), (True, "lonlat-swapped")])
def test_a_boundary_in_latitude_and_longitude_is_refused(is_turned, code, tmp_path):
    outlines = [square(*home, is_turned=is_turned and k == 1) for k, home in enumerate(HOMES)]
    if code is None:
        assert [c for c, file, _ in outlined(HOMES, outlines, tmp_path) if "bound" in file] == []
        return
    with pytest.raises(InputError) as refused:
        outlined(HOMES, outlines, tmp_path)
    errors = [i for i in refused.value.issues if i.severity == "error"]
    assert [(i.code, i.file, i.row) for i in errors] == [(code, "boundaries.csv", 3)]


def test_a_community_without_a_position_in_a_turned_boundary_is_told_once(tmp_path):
    rows = [community("c"), community("d", lon="120.2", lat="30.30")]
    tiny = case(rows, [building(lon="120.18", lat="30.30")], coords="cgcs2000")
    geometry = square(120.18, 30.30, is_turned=True)
    tiny.tables["boundaries"] = [{"community": "c", "geometry": geometry}]
    with pytest.raises(InputError) as refused:
        check(write_case(tiny, tmp_path))
    errors = [(i.code, i.file) for i in refused.value.issues if i.code == "lonlat-swapped"]
    assert errors == [("lonlat-swapped", "boundaries.csv")]


@pytest.mark.parametrize("coords", ["cgcs2000", "gcj02", "bd09"])
def test_a_position_outside_china_is_named_as_it_was_given(coords, tmp_path):
    homes = [community(lon="120.15", lat="30.27")]
    turned = case(homes, [building(lon="30.2704", lat="120.1505")], coords=coords)
    with pytest.raises(InputError) as refused:
        check(write_case(turned, tmp_path))
    told = {(i.code, i.value) for i in refused.value.issues if i.file == "buildings.csv"}
    assert ("lonlat-swapped", "30.2704, 120.1505") in told
