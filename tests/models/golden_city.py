"""The little city whose rows are kept in tests/golden: every family has at least one row."""

from dataclasses import replace

from tests.oracle.kit import (
    CANTEEN,
    CLINIC,
    DAY,
    NO_DOMAINS,
    building,
    case,
    community,
    facility,
    function,
)

OFFICE = function("office", resident_activity="0")
CITY = case(
    [
        community("c", pilot="required"),
        community("d", street="二街", households="1100"),
    ],
    [
        building("b", "700"),
        building("s1", "300", site="s", street="二街", acquire_yuan="50000"),
        building("s2", "400", site="s", street="二街", outdoor_m2="20"),
    ],
    (
        DAY | {"m2_per_person": "2", "need": "30", "levels": "1"},
        CANTEEN | {"need": "40", "opening_yuan": "10000", "levels": "1-2"},
        CLINIC | {"m2_per_person": "4", "outdoor_m2_per_person": "1"},
        OFFICE,
    ),
    walks={("b", "c"): "100", ("b", "d"): "900", ("s1", "d"): "50", ("s2", "d"): "60"},
    rules={"office_share": {"value": 0.05, "reason": "test"}},
    facilities=[facility("e", "clinic", "45", community="d", site="s")],
    floors=[
        {"building": "b", "level": "1", "area_m2": "500"},
        {"building": "b", "level": "2", "area_m2": "200"},
    ],
    budget={"total_yuan": 900000, "by_district_yuan": {"拱墅区": 800000}},
    goals={"order": ["communities_to_standard", "worst_served", "farthest_m", "cost"]},
    pilots={"target": 2, "by_district": {"拱墅区": 1}},
)

#: the same with the keys on that hangzhou-2024 leaves off; only families CITY shows no row of
KEYS = replace(
    CITY,
    scenario=CITY.scenario
    | {
        "rules": {
            "residents_share": {"value": 0.6, "reason": "test"},
            "hub_count": {"value": "must", "reason": "test"},
        },
        "budget": {
            "by_source_yuan": {"bond": 400000, "own": 600000},
            "by_year_yuan": {"2025": 500000, "2026": 500000},
        },
        "sources": {
            "bond": {"hub": True, "any_item": ["meal"], "by_district_yuan": {"拱墅区": 300000}}
        },
    },
)

#: two neighbours that may act as one; c has a hub today, d must be covered
UNITED = case(
    [community("c", union="u", pilot="required"), community("d", union="u")],
    [
        building("b", "700", replaces="e1"),
        building("far", "300", lift="upgrade", upgrade_yuan="80000"),
    ],
    (DAY, CANTEEN, CLINIC | {"levels": "1-2", "lift_above": "1"}),
    walks={("b", "c"): "100", ("b", "d"): "900", ("far", "d"): "50"},
    facilities=[
        facility("e1", "day", "200", hub="1"),
        facility("e2", "canteen", "200", hub="1"),
        facility("e3", "clinic", "200", hub="1"),
    ],
    floors=[
        {"building": "far", "level": "1", "area_m2": "180"},
        {"building": "far", "level": "2", "area_m2": "120"},
    ],
    adjacency=[{"community": "c", "neighbour": "d"}],
    rules=NO_DOMAINS | {"community_coverage": {"value": "must", "reason": "test"}},
)

#: CITY with a room that two services use in turns; only the family of such rooms
IN_TURNS = replace(
    CITY,
    tables=CITY.tables
    | {
        "functions": [
            row | {"shareable": "1"} if row["id"] in ("canteen", "clinic") else row
            for row in CITY.tables["functions"]
        ]
    },
    scenario=CITY.scenario
    | {
        "rules": {
            "shared_rooms": {"value": [{"canteen": "noon", "clinic": "am"}], "reason": "test"}
        }
    },
)

#: one community and a row of buildings 166 m apart, so a walk of 216 m: first and third are too
#: far for one hub, and the second's site of two buildings lies in another street
DISPERSED = case(
    [community("c", lon="120.15", lat="30.2815")],
    [
        building("b1", "250", lon="120.15", lat="30.2800"),
        building("s1", "200", lon="120.15", lat="30.2807", site="s", street="二街"),
        building("s2", "200", lon="120.15", lat="30.2822", site="s", street="二街"),
        building("b2", "250", lon="120.15", lat="30.2815"),
        building("b3", "250", lon="120.15", lat="30.2830"),
    ],
    (DAY, CANTEEN | {"lift_above": "1"}, CLINIC, OFFICE),
    coords="cgcs2000",
    facilities=[facility("e", "day", "45", site="s")],
    rules=NO_DOMAINS
    | {
        "office_share": {"value": 0.1, "reason": "test"},
        "hub_office_m2": {"value": 20, "reason": "test"},
    },
    budget={"by_source_yuan": {"bond": 400000, "own": 600000}},
    sources={"bond": {"hub": True, "any_item": ["meal"]}},
)

CITIES = (CITY, KEYS, UNITED, IN_TURNS, DISPERSED)
