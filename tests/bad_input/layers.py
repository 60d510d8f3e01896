"""Layers in groups I and L: GeoPackage and GeoJSON, damaged, hostile or in another system."""

import json
import os
import sqlite3
from functools import partial

import geopandas
from shapely import Point, Polygon

from tests.bad_input.base import COMMUNITIES, SCENARIO, tables, write_csv, write_scenario
from tests.bad_input.case import BadCase, normalise, refuse, warn

VRT = """<OGRVRTDataSource><OGRVRTLayer name="communities">
<SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"""
BOW = Polygon([(120.15, 30.30), (120.16, 30.31), (120.16, 30.30), (120.15, 30.31)])


def square(lon, lat, half=0.002):
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    return Polygon([(lon + x, lat + y) for x, y in corners])


def frame(shape_of=Point):
    rows = [{k: v for k, v in row.items() if k not in ("lon", "lat")} for row in COMMUNITIES]
    shapes = [shape_of(float(row["lon"]), float(row["lat"])) for row in COMMUNITIES]
    return geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4490")


def layered(write, folder):
    """The valid case with communities as a layer beside the other tables as CSV."""
    content = tables()
    del content["communities"]
    path = write_csv(folder, content)
    write(path.parent / "data")
    return path


def geojson(change, data):
    text = json.loads(frame().to_json())
    text.pop("crs", None)
    change(text)
    (data / "communities.geojson").write_text(json.dumps(text), "utf-8")


def file(name, content, data):
    (data / name).write_bytes(content)


def gpkg(layer, change, data):
    change(frame()).to_file(data / "communities.gpkg", layer=layer, engine="pyogrio")


def damaged(at, data):
    gpkg("communities", lambda f: f, data)
    path = data / "communities.gpkg"
    content = bytearray(path.read_bytes())
    content[at(len(content))] ^= 0xFF
    for i in range(at(len(content)), at(len(content)) + 3000):
        content[i % len(content)] = 0
    path.write_bytes(bytes(content))


def plain_sqlite(data):
    base = sqlite3.connect(data / "communities.gpkg")
    base.execute("CREATE TABLE communities (id TEXT)")
    base.commit()
    base.close()


def as_view(data):
    gpkg("x", lambda f: f, data)
    base = sqlite3.connect(data / "communities.gpkg")
    base.execute("CREATE VIEW communities AS SELECT * FROM x")
    base.execute("UPDATE gpkg_contents SET table_name = 'communities'")
    base.commit()
    base.close()


def point_at(row, lon, lat):
    def change(text):
        text["features"][row]["geometry"] = {"type": "Point", "coordinates": [lon, lat]}

    return change


def geometry(row, value):
    def change(text):
        text["features"][row]["geometry"] = value

    return change


def with_boundaries(shift, folder):
    path = write_csv(folder)
    rows = [{"community": row["id"]} for row in COMMUNITIES]
    shapes = [square(float(r["lon"]) + shift[0], float(r["lat"]) + shift[1]) for r in COMMUNITIES]
    outlines = geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4490")
    outlines.to_file(path.parent / "data" / "boundaries.gpkg", engine="pyogrio")
    return path


def whole_gpkg(folder):
    path = write_scenario(folder, SCENARIO.replace('"data/"', '"case.gpkg"'))
    (path.parent / "case.gpkg").symlink_to("/etc/hostname")
    return path


def swapped(folder):
    content = tables()
    for row in content["buildings"]:
        row["lon"], row["lat"] = row["lat"], row["lon"]
    return write_csv(folder, content)


def rough(folder):
    content = tables()
    content["buildings"][1] |= {"lon": "120.15", "lat": "30.3"}
    return write_csv(folder, content)


def gcj_block(folder):
    content = tables()
    content["facilities"] = [
        {"id": f"E{i}", "community": "330105001051", "function": "health", "area_m2": "1"}
        | {"lon": f"{120.1511 + 0.0047 + i / 1e4:.6f}", "lat": "30.2989"}
        for i in range(6)
    ]
    return write_csv(folder, content)


HOME = ("communities", 1, "lon", "120.1521")
LINE = {"type": "LineString", "coordinates": [[120.15, 30.3], [120.16, 30.3]]}
PLACED = {"file": "communities.geojson", "row": 2}
LAYERS = [
    ("I20-points", partial(gpkg, "communities", lambda f: f), normalise(*HOME)),
    (
        "I21-polygons",
        partial(gpkg, "communities", lambda f: frame(square)),
        normalise(*HOME),
    ),
    ("I22-chinese-layer", partial(gpkg, "社区", lambda f: f), normalise(*HOME)),
    ("I23-geojson", partial(geojson, lambda t: None), normalise(*HOME)),
    (
        "I24-national-grid",
        partial(gpkg, "communities", lambda f: f.to_crs(4549)),
        normalise(*HOME),
    ),
    (
        "I25-xian-1980",
        partial(gpkg, "communities", lambda f: f.to_crs(4610)),
        refuse(code="crs-unknown"),
    ),
    (
        "I26-mercator",
        partial(gpkg, "communities", lambda f: f.to_crs(3857)),
        refuse(code="crs-unknown"),
    ),
    ("I27-no-geometry", partial(geojson, geometry(1, None)), refuse(code="no-position", **PLACED)),
    ("I28-line", partial(geojson, geometry(1, LINE)), refuse(code="geometry-kind", **PLACED)),
    (
        "I29-swapped",
        partial(geojson, point_at(1, 30.3, 120.15)),
        refuse(code="lonlat-swapped", **PLACED),
    ),
    (
        "I30-metres",
        partial(geojson, point_at(1, 518650, 3353000)),
        refuse(code="too-large", **PLACED),
    ),
    (
        "I31-bow-tie",
        partial(gpkg, "communities", lambda f: f.set_geometry([BOW] * 4)),
        refuse(code="geometry-invalid", row=1),
    ),
    (
        "I32-text-as-number",
        partial(geojson, geometry(1, {"type": "Point", "coordinates": ["a", 1]})),
        refuse(code="geojson", **PLACED),
    ),
    (
        "I33-depth",
        partial(geojson, geometry(1, {"type": "Polygon", "coordinates": [[[[[[[1]]]]]]]})),
        refuse(code="geojson"),
    ),
    (
        "L20-vrt-in-geojson",
        partial(file, "communities.geojson", VRT.encode()),
        refuse(code="geojson"),
    ),
    ("L21-vrt-in-gpkg", partial(file, "communities.gpkg", VRT.encode()), refuse(code="geopackage")),
    (
        "L22-address-in-geojson",
        partial(file, "communities.geojson", b"/vsicurl/http://127.0.0.1:1/x.geojson"),
        refuse(code="geojson"),
    ),
    ("L23-cut-gpkg", partial(damaged, lambda n: n // 2), refuse(code="geopackage")),
    ("L24-spoiled-head", partial(damaged, lambda n: 20), refuse(code="geopackage")),
    ("L25-plain-sqlite", plain_sqlite, refuse(code="geopackage")),
    ("L26-view", as_view, refuse(code="table-missing")),
    (
        "L27-json-nan",
        partial(file, "communities.geojson", b'{"type": NaN}'),
        refuse(code="geojson"),
    ),
    (
        "L28-deep-json",
        partial(file, "communities.geojson", b"[" * 100_000),
        refuse(code="geojson"),
    ),
    (
        "L29-key-twice",
        partial(file, "communities.geojson", b'{"a":1,"a":2}'),
        refuse(code="geojson"),
    ),
    (
        "L30-pipe",
        lambda data: os.mkfifo(data / "communities.geojson"),
        refuse(code="no-regular-file", file="communities.geojson"),
    ),
    (
        "L31-link-outside",
        lambda data: (data / "communities.geojson").symlink_to("/etc/passwd"),
        refuse(code="link-outside", file="communities.geojson"),
    ),
    (
        "L32-device",
        lambda data: (data / "communities.geojson").symlink_to("/dev/zero"),
        refuse(file="communities.geojson"),
    ),
]
FOLDERS = [
    ("I40-boundaries", partial(with_boundaries, (0, 0)), normalise(*HOME)),
    ("I42-swapped-columns", swapped, refuse(code="lonlat-swapped", row=2, file="buildings.csv")),
    ("I43-rough", rough, warn(code="point-coarse", row=3, file="buildings.csv")),
    ("I44-gcj-block", gcj_block, warn(code="coords-mixed", file="facilities.csv")),
    ("L33-data-link-outside", whole_gpkg, refuse()),
]


def cases():
    found = [BadCase(id, partial(layered, write), expected) for id, write, expected in LAYERS]
    return found + [BadCase(*row) for row in FOLDERS]
