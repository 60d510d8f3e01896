"""One small plan in Hangzhou whose names are hostile, solved once for all tests of exports."""

import pytest

from optimizer.api import SolveOptions, solve
from tests.oracle.folder import write_case
from tests.oracle.kit import CANTEEN, CLINIC, DAY, building, case, community

EVIL = ["=1+1", "@SUM(A1)", "<script>alert(1)</script>", "{{7*7}}", "＝cmd", "a\u202eb"]


@pytest.fixture(scope="session")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    places = {"lon": "120.15", "lat": "30.3"}
    tiny = case(
        [community(name=EVIL[0], **places), community("d", name=EVIL[2], street=EVIL[3], **places)],
        [
            building("b", "700.25", name=EVIL[1], acquire_yuan="12345.67", **places),
            building("007", "30", name=EVIL[4], lon="120.16", lat="30.301"),
        ],
        (DAY | {"need": "9", "m2_per_person": "2"}, CANTEEN, CLINIC),
        coords="wgs84",
    )
    return solve(
        write_case(tiny, folder / "case"), folder / "out", SolveOptions(gap=0.0), in_child=False
    )
