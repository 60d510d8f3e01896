"""Valid scenarios from a seed, in the forms planners use: none of them may be refused."""

import random

import geopandas
import numpy as np
from shapely import Point

from optimizer.coordinates import bd09_of, gcj02_of
from optimizer.tables import TABLES
from tests.bad_input.base import SCENARIO, csv_text, workbook, write_scenario
from tests.bad_input.base import tables as base_tables

OWNERS = ("state", "municipal_soe", "department", "collective", "social", "国有", "集体")
ENCODINGS = ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16")
ROUTES = {"collective": "conversion", "集体": "conversion", "social": "conversion"}


def shifted(coords, lon, lat):
    place = np.array([lon]), np.array([lat])
    if coords in ("gcj02", "bd09"):
        place = gcj02_of(*place)
    if coords == "bd09":
        place = bd09_of(*place)
    return f"{place[0][0]:.6f}", f"{place[1][0]:.6f}"


def made(dice, coords):
    """Tables of a valid city of 3 to 12 communities."""
    communities, buildings, floors = [], [], []
    for i in range(dice.randint(3, 12)):
        lon, lat = shifted(coords, 120.1 + dice.random() / 20, 30.25 + dice.random() / 20)
        row = {"id": f"3301050{i:05d}", "name": f"第{i}社区", "district": "拱墅区"}
        row |= {"street": f"{i % 3}街", "lon": lon, "lat": lat}
        row |= {"households": str(dice.randint(0, 4000)), "kind": dice.choice(("new", "既有"))}
        row |= {"priority": dice.choice(("", "1", "2.5")), "pilot": dice.choice(("", "candidate"))}
        communities.append(row)
    for i in range(dice.randint(1, 15)):
        lon, lat = shifted(coords, 120.1 + dice.random() / 20, 30.25 + dice.random() / 20)
        owner = dice.choice(OWNERS)
        area = dice.randint(50, 5000)
        row = {"id": f"B{i:03d}", "district": "拱墅区", "street": f"{i % 3}街"}
        row |= {"lon": lon, "lat": lat, "owner": owner, "route": ROUTES.get(owner, "transfer")}
        row |= {"area_m2": dice.choice((str(area), f"{area:,}", f"{area}.50", f"{area}㎡"))}
        row |= {"lift": dice.choice(("", "0", "1", "upgrade", "有")), "site": ""}
        row |= {"acquire_yuan": dice.choice(("", "0", "1234567.89", "30万元"))}
        buildings.append(row)
        for level in range(1, dice.randint(1, 4)):
            floors.append({"building": row["id"], "level": str(level), "area_m2": str(area // 4)})
    base = base_tables()["facilities"][0]
    today = [
        {**base, "id": f"E{i}", "community": c["id"], "lon": "", "lat": ""}
        for i, c in enumerate(communities)
    ]
    found = {"communities": communities, "buildings": buildings, "facilities": today}
    return found | ({"floors": floors} if floors else {})


def chinese(content):
    """The tables under Chinese names and heads."""
    renamed = {}
    for name, rows in content.items():
        heads = {column.name: column.zh[0] for column in TABLES[name].columns}
        renamed[TABLES[name].zh[0]] = [{heads[k]: v for k, v in row.items()} for row in rows]
    return renamed


def write(seed, folder):
    """A valid case of *seed* below *folder*; the path of its scenario."""
    dice = random.Random(seed)
    coords = dice.choice(("cgcs2000", "wgs84", "gcj02", "bd09"))
    content = made(dice, coords)
    content = chinese(content) if dice.random() < 0.5 else content
    scenario = SCENARIO.replace("cgcs2000", coords)
    form = dice.choice(("csv", "xlsx", "gpkg"))
    if form == "xlsx":
        path = write_scenario(folder, scenario.replace('"data/"', '"case.xlsx"'))
        workbook(content).save(path.parent / "case.xlsx")
        return path
    path = write_scenario(folder, scenario)
    data = path.parent / "data"
    data.mkdir()
    encoding = dice.choice(ENCODINGS)
    for name, rows in content.items():
        if form == "gpkg" and name in ("communities", "社区"):
            _write_layer(data / "layer.gpkg", name, rows)
        else:
            (data / f"{name}.csv").write_bytes(csv_text(rows).encode(encoding))
    return path


def _write_layer(path, name, rows):
    places = [("经度", "纬度"), ("lon", "lat")]
    lon, lat = next(pair for pair in places if pair[0] in rows[0])
    kept = [{k: v for k, v in row.items() if k not in (lon, lat)} for row in rows]
    shapes = [Point(float(row[lon]), float(row[lat])) for row in rows]
    frame = geopandas.GeoDataFrame(kept, geometry=shapes, crs="EPSG:4490")
    frame.to_file(path, layer=name, engine="pyogrio")
