"""Walks along streets: by hand on two streets, against networkx on a random grid, and in a case."""

import json
import random
from decimal import Decimal

import geopandas
import networkx as nx
import numpy as np
import pytest
import shapely

from optimizer.api import SolveOptions, check, read_case, solve
from optimizer.errors import InputError
from optimizer.streets import Streets
from optimizer.verify import verify
from optimizer.walking import Point, gauss_krueger
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community

MERIDIAN = 120.0
BASE_LON, BASE_LAT = 120.15, 30.30
(ORIGIN,) = np.column_stack(gauss_krueger(np.array([BASE_LON]), np.array([BASE_LAT]), MERIDIAN))


def degrees(x_m, y_m):
    """The position *x_m* east and *y_m* north of the origin, by Newton on the projection."""
    lon, lat = BASE_LON, BASE_LAT
    for _ in range(6):
        east, north = (
            float(v[0]) for v in gauss_krueger(np.array([lon]), np.array([lat]), MERIDIAN)
        )
        lon += (ORIGIN[0] + x_m - east) / 96_000
        lat += (ORIGIN[1] + y_m - north) / 111_000
    return lon, lat


def point(id, x_m, y_m):
    return Point(id, *degrees(x_m, y_m))


def line(*points):
    return shapely.LineString([degrees(*p) for p in points])


def walk(streets, start, end, limit="5000"):
    found = streets.walks([start], [end], Decimal(limit))
    return float(found[0].walk_m) if found else None


# a street of 400 m east, then 300 m north from its end
CORNER = [line((0, 0), (400, 0)), line((400, 0), (400, 300))]


@pytest.mark.parametrize(
    ("start", "end", "metres"),
    [
        ((0, 0), (400, 300), 700),  # 400 along + 300 along
        ((0, 50), (400, 300), 750),  # 50 off the street + 700
        ((100, 10), (350, 20), 280),  # 10 off + 250 along + 20 off: both feet inside one piece
        ((100, 0), (100, 0), 0),
        ((390, 100), (100, -5), 415),  # 10 off + 100 + 300 + 5 off
    ],
)
def test_a_walk_is_off_the_street_along_it_and_off_again(start, end, metres):
    streets = Streets(CORNER, MERIDIAN)
    assert walk(streets, point("a", *start), point("b", *end)) == pytest.approx(metres, abs=0.05)


def test_a_walk_of_exactly_the_limit_is_within():
    streets = Streets(CORNER, MERIDIAN)
    a, b = point("a", 0, 0), point("b", 400, 300)
    exact = streets.walks([a], [b], Decimal(800))[0].walk_m
    assert walk(streets, a, b, str(exact)) == float(exact)
    assert walk(streets, a, b, str(exact - Decimal("0.01"))) is None


def test_lines_meet_where_one_ends_on_another_and_not_where_they_cross():
    crossing = [line((0, 0), (400, 0)), line((200, -100), (200, 100))]
    assert walk(Streets(crossing, MERIDIAN), point("a", 0, 0), point("b", 200, 100)) is None
    ending = [line((0, 0), (400, 0)), line((200, 0.4), (200, 100))]
    metres = walk(Streets(ending, MERIDIAN), point("a", 0, 0), point("b", 200, 100))
    assert metres == pytest.approx(299.6, abs=0.1)  # 200 along + 99.6 along


def test_of_two_edges_between_two_junctions_the_shorter_counts():
    detour = [line((0, 0), (100, 200), (200, 0)), line((0, 0), (200, 0))]
    assert walk(Streets(detour, MERIDIAN), point("a", 0, 0), point("b", 200, 0)) == pytest.approx(
        200, abs=0.05
    )


def test_the_parts_of_a_network_are_told_apart():
    streets = Streets([*CORNER, line((5000, 0), (5100, 0))], MERIDIAN)
    feet = streets.feet([point("a", 0, 0), point("b", 5050, 0)])
    assert list(streets.parts[feet.segment]) == [0, 1]


@pytest.mark.parametrize("seed", range(4))
def test_every_pair_is_what_networkx_finds(seed):
    dice = random.Random(seed)
    graph = nx.grid_2d_graph(7, 7)
    place = {n: (n[0] * 120 + dice.uniform(-30, 30), n[1] * 90) for n in graph}
    for edge in dice.sample(sorted(graph.edges), 30):
        graph.remove_edge(*edge)
    for a, b in graph.edges:
        graph[a][b]["m"] = float(np.hypot(*np.subtract(place[a], place[b])))
    lines = [line(place[a], place[b]) for a, b in graph.edges]
    nodes = [n for n in dice.sample(sorted(graph), 15) if graph.degree[n]]
    points = [point(str(n), *place[n]) for n in nodes]
    found = {
        (w.start, w.end): float(w.walk_m)
        for w in Streets(lines, MERIDIAN).walks(points, points, Decimal(600))
    }
    wanted = {
        (str(a), str(b)): metres
        for a in nodes
        for b, metres in nx.single_source_dijkstra_path_length(graph, a, 600, "m").items()
        if b in nodes
    }
    assert found.keys() == wanted.keys()
    assert all(found[pair] == pytest.approx(wanted[pair], abs=0.1) for pair in wanted)


def located(x_m, y_m):
    lon, lat = degrees(x_m, y_m)
    return {"lon": f"{lon:.7f}", "lat": f"{lat:.7f}"}


def case_with_streets(folder, lines, network="roads.gpkg:roads", **reach):
    tiny = case(
        [community(**located(0, 20))],
        [building(**located(400, 300))],
        coords="cgcs2000",
        reach={"walk_m": 1000, "network": network, **reach},
    )
    roads = geopandas.GeoDataFrame({"kind": ["road"] * len(lines)}, geometry=lines, crs=4490)
    if "gpkg" in network:
        roads.to_file(folder / "roads.gpkg", layer="roads", engine="pyogrio")
    else:
        text = json.loads(roads.to_json())
        text.pop("crs", None)
        (folder / "roads.geojson").write_text(json.dumps(text), "utf-8")
    return write_case(tiny, folder)


@pytest.mark.parametrize("network", ["roads.gpkg:roads", "roads.gpkg", "roads.geojson"])
def test_a_case_measures_along_its_streets_and_the_verifier_takes_it(network, tmp_path):
    path = case_with_streets(tmp_path, CORNER, network)
    read = read_case(path)
    assert read.instance.walk_m["b", "c"] == pytest.approx(720, abs=0.1)  # 20 off + 700
    assert {row.values["origin"] for row in read.tables["distances"].rows} == {"network"}
    assert any("roads" in name for name in read.digests)
    if network == "roads.geojson":
        solve(path, tmp_path / "out", SolveOptions(), in_child=False)
        assert verify(tmp_path / "out", tmp_path / "data").violations == []


def test_points_far_from_streets_or_on_a_part_cut_off_are_told(tmp_path):
    far = [line((0, 0), (100, 0)), line((5000, 0), (5900, 0))]
    told = {(i.code, i.file) for i in check(case_with_streets(tmp_path, far, detour=1.5))}
    assert ("detour-unused", "scenario.toml") in told
    assert ("street-far", "buildings.csv") in told  # 300 m east and 300 m north of the nearest end
    assert ("street-cut-off", "communities.csv") in told  # the longer part is the network


@pytest.mark.parametrize(
    ("network", "code"),
    [
        ("none.gpkg", "no-regular-file"),
        ("roads.gpkg:rivers", "layer-missing"),
        ("/etc/x", "outside"),
    ],
)
def test_a_network_that_is_not_there_is_one_message(network, code, tmp_path):
    path = case_with_streets(tmp_path, CORNER)
    path.write_text(path.read_text("utf-8").replace("roads.gpkg:roads", network), "utf-8")
    with pytest.raises(InputError) as error:
        read_case(path)
    assert [issue.code for issue in error.value.issues] == [code]
