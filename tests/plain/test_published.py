"""Published optima of plain facility location, stated through our own files and solved by us.

The instances are public and not ours to ship: LINLI_INSTANCES names the folder that holds
``orlib_cwlp`` (OR-Library), ``spopt_sf`` (PySAL spopt) and ``mclp_maximo`` (AILS-MCLP); without it
these tests are skipped.
"""

import os
from fractions import Fraction
from pathlib import Path

import pytest

from optimizer.api import SolveOptions, solve
from tests.plain.convert import maximo, orlib, san_francisco

FOLDER = Path(os.environ.get("LINLI_INSTANCES", "-"))
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="LINLI_INSTANCES is not set")
TRANSPORT = {"order": [{"cost": 1, "walking_distance": 1}]}
CAPACITATED = {  # capopt.txt
    "cap41": "1040444.375",
    "cap42": "1098000.450",
    "cap43": "1153000.450",
    "cap44": "1235500.450",
    "cap51": "1025208.225",
    "cap61": "932615.750",
    "cap62": "977799.400",
    "cap63": "1014062.050",
    "cap64": "1045650.250",
    "cap71": "932615.750",
    "cap72": "977799.400",
    "cap73": "1010641.450",
    "cap74": "1034976.975",
}
UNCAPACITATED = {name: CAPACITATED[name] for name in ("cap71", "cap72", "cap73", "cap74")}


def value(scenario, out):
    result = solve(scenario, out, SolveOptions(gap=0.0))
    assert not result.plan_json["violations"]
    level = result.plan_json["objective"][0]
    assert Fraction(level["gap"]) <= Fraction(1, 10**6)
    return float(level["value"])


@pytest.mark.parametrize("name", CAPACITATED)
def test_capacitated_warehouses_reach_the_published_optimum(name, tmp_path):
    plain = orlib(FOLDER / "orlib_cwlp" / f"{name}.txt", capacitated=True)
    scenario = plain.scenario(tmp_path / "case", goals=TRANSPORT, service={"serve_all": True})
    assert value(scenario, tmp_path / "out") == pytest.approx(float(CAPACITATED[name]), rel=1e-8)


@pytest.mark.parametrize("name", UNCAPACITATED)
def test_uncapacitated_warehouses_reach_the_published_optimum(name, tmp_path):
    plain = orlib(FOLDER / "orlib_cwlp" / f"{name}.txt", capacitated=False)
    scenario = plain.scenario(tmp_path / "case", goals=TRANSPORT, service={"serve_all": True})
    assert value(scenario, tmp_path / "out") == pytest.approx(float(UNCAPACITATED[name]), rel=1e-8)


@pytest.mark.parametrize(
    ("said", "optimum"),
    [
        pytest.param(
            {
                "reach": {"walk_m": 5000},
                "service": {"serve_all": True},
                "goals": {"order": ["cost"]},
            },
            8,
            id="LSCP",
        ),
        pytest.param(
            {
                "reach": {"walk_m": 5000},
                "budget": {"total_yuan": 4},
                "goals": {"order": ["need_served"]},
            },
            875_247,
            id="MCLP",
        ),
        pytest.param(
            {
                "budget": {"total_yuan": 4},
                "service": {"serve_all": True},
                "goals": {"order": ["walking_distance"]},
            },
            2_848_268_129.7145,
            id="p-median",
        ),
        pytest.param(
            {
                "budget": {"total_yuan": 4},
                "service": {"serve_all": True},
                "goals": {"order": ["farthest_m"]},
            },
            7403.0638,
            id="p-center",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_san_francisco_reaches_the_published_optimum(said, optimum, tmp_path):
    scenario = san_francisco(FOLDER / "spopt_sf").scenario(tmp_path / "case", **said)
    assert value(scenario, tmp_path / "out") == pytest.approx(optimum, rel=1e-6)


def test_bronx_is_read_as_published():
    # 3,839 points that are sites too, 1,385,108 persons; every point reaches itself
    plain = maximo(FOLDER / "mclp_maximo" / "Bronx.txt", 600)
    assert len(plain.demand) == len(plain.cost) == 3_839
    assert sum(map(int, plain.demand.values())) == 1_385_108
    assert all(plain.walk[point, point] == "0.000000" for point in plain.demand)
    assert max(map(float, plain.walk.values())) <= 600
