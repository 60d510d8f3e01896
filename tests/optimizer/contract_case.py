"""The scenario of the contract word for word over a small case, and what it left out below it.

Four communities of Gongshu, two of them a union; buildings of every way to pay, host and refit.
"""

import csv

import geopandas
from shapely import LineString

#: contract section 2, but for a service limit that the small place needs no more of
SCENARIO = """
name     = "拱墅区 2025,预算 8000 万"
extends  = "../base.toml"
data     = "data/"
policy   = "hangzhou-2024"
coords   = "cgcs2000"
deadline = 2025

[pilots]
target = 20
by_district = { "拱墅区" = 20 }

[budget]
total_10k_yuan              = 8000
operating_10k_yuan_per_year = 900
by_district_10k_yuan        = { "拱墅区" = 8000 }
by_source_10k_yuan          = { central = 2000, special_bond = 3000, municipal = 1500, district = 1500 }
by_year_10k_yuan            = { 2025 = 4000, 2026 = 4000 }

[sources.special_bond]
hub = true
any_item = ["elderly", "infant"]
[sources.district]
by_district_10k_yuan = { "拱墅区" = 1500 }

[reach]
walk_m  = 1000
host_m  = 1000
detour  = 1.3
network = "roads.gpkg:roads"
cross_district = false

[service]
mode = "split"
serve_all = false

[goals]
order = ["communities_to_standard", "residents_to_standard", "need_served", "cost"]

[rules]
office_share = { value = 0.06, reason = "…" }
HZ-41 = { enforce = false, reason = "…" }
HZ-39 = { enforce = false, reason = "…" }
shared_rooms = { value = [{ hall = "上午", child = "放学后" }], reason = "…" }

[[change]]
table  = "buildings"
match  = { id = "B0412" }
set    = { lock = "never" }
reason = "产权纠纷"

[compare]
budget.total_10k_yuan = [4000, 6000, 8000, 12000]
"""  # noqa: E501  (as the contract has it)
DEGREE_LAT, DEGREE_LON = 110_863.0, 96_100.0  # metres at 30.3°
PLACE = {"district": "拱墅区", "street": "一街"}


def at(x_m, y_m=0):
    """Degrees so many metres east and north of a corner."""
    lon, lat = 120.15 + x_m / DEGREE_LON, 30.3 + y_m / DEGREE_LAT
    return {"lon": f"{lon:.7f}", "lat": f"{lat:.7f}"}


def _communities():
    for number, (id, union) in enumerate((("C1", "U"), ("C2", "U"), ("C3", ""), ("C4", ""))):
        people = {"residents": "1200", "infants": "30", "pupils": "70", "elderly": "220"}
        more = {"elderly65": "150", "priority": str(1 + number), "kind": "existing"}
        yield {"id": id, "name": f"社区{number}", **PLACE, "type": "community", **more} | {
            **people,
            **at(450 * number, 20),
            "households": "500",
            "union": union,
            "pilot": "required" if id == "C1" else "",
        }


def _buildings():
    plain = {**PLACE, "owner": "state", "route": "transfer", "fire_ok": "1", "structure_ok": "1"}
    for id, x, area, more in (
        ("B0101", 200, "900", {"acquire_yuan": "120000", "available_year": "2025"}),
        ("B0102", 880, "330", {"route": "vacated", "replaces": "F1", "rent_yuan_per_year": "9000"}),
        ("B0103", 960, "330", {"fire_ok": "upgrade", "upgrade_yuan": "50000.5", "lift": "0"}),
        ("B0104", 1400, "1200", {"owner": "collective", "route": "conversion", "site": "S4"}),
        ("B0412", 1300, "700", {"outdoor_m2": "80"}),
    ):
        yield plain | {"id": id, "name": f"楼{id}", "area_m2": area, **at(x, -20)} | more


TABLES = {
    "communities": list(_communities()),
    "buildings": list(_buildings()),
    "facilities": [
        {"id": "F1", "community": "C3", "function": "health", "area_m2": "100", "hub": "0"},
        {"id": "F2", "community": "C4", "function": "sports", "area_m2": "60", "year": "2019"},
    ],
    "floors": [
        {"building": "B0101", "level": "-1", "area_m2": "100"},
        {"building": "B0101", "level": "1", "area_m2": "400"},
        {"building": "B0101", "level": "2", "area_m2": "400"},
    ],
    "adjacency": [{"community": "C1", "neighbour": "C2"}],
    "needs": [{"community": "C4", "function": "sports", "persons": "123.456"}],
    "projects": [{"building": "B0101", "responsible_unit": "区民政局", "operator": "待招标"}],
}


def write_contract_case(folder):
    """The case below *folder*; the scenario file."""
    data = folder / "here" / "data"
    data.mkdir(parents=True)
    for name, rows in TABLES.items():
        heads = list(dict.fromkeys(head for row in rows for head in row))
        with (data / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads, restval="")
            writer.writeheader()
            writer.writerows(rows)
    ends = [tuple(map(float, at(x).values())) for x in range(-50, 1551, 50)]
    road = geopandas.GeoDataFrame({"kind": ["road"]}, geometry=[LineString(ends)], crs=4490)
    road.to_file(folder / "here" / "roads.gpkg", layer="roads", engine="pyogrio")
    (folder / "base.toml").write_text('policy = "none"\n', "utf-8")
    scenario = folder / "here" / "scenario.toml"
    scenario.write_text(SCENARIO, "utf-8")
    return scenario
