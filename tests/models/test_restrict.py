"""A restricted instance is a true smaller one: cities that share nothing are worth their sum."""

from dataclasses import replace

import pytest

from models.money import Limits
from optimizer.case import read_case
from optimizer.solve.outcome import SolveOptions
from optimizer.solve.solve import solve
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community

EXACT = SolveOptions(engine="exact", gap=0.0)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    # c is brought to standard by b (600 m²), d by e (600 m²); neither reaches the other's building
    tiny = case(
        [community("c"), community("d", street="二街", residents="700")],
        [building("b"), building("e", street="二街")],
        walks={("b", "c"): "10", ("e", "d"): "10"},
    )
    return read_case(write_case(tiny, tmp_path_factory.mktemp("two"))).instance


def values(instance):
    return {level.name: level.value for level in solve(instance, EXACT).levels}


def test_two_parts_that_share_nothing_are_worth_the_whole(whole):
    together = values(whole)
    apart = [values(whole.restrict([c], [b])) for c, b in (("c", "b"), ("d", "e"))]
    assert together["residents_to_standard"] == 1700  # 1,000 of c and 700 of d
    for goal in together:
        assert together[goal] == sum(part[goal] for part in apart), goal


def test_a_part_keeps_only_rows_of_its_communities_and_buildings(whole):
    part = whole.restrict(["c"], ["b"])
    assert set(part.hosts) == {"c"}
    assert part.pairs == (("c", "b"),)
    assert part.streets == (("拱墅区", "一街"),)
    assert {b for b, _ in part.fits} == {"b"}
    assert {c for c, _ in part.needs} <= {"c"}


def test_what_is_left_of_a_shared_limit_binds_the_part(whole):
    # a hub of 600 m² at 1,000 yuan: 600,000 is enough, one fen less is not
    for left, pilots in ((600_000.0, 1), (599_999.99, 0)):
        limits = replace(Limits(), pilots=1, total_yuan=left)
        part = whole.restrict(["c"], ["b"], limits)
        assert values(part)["communities_to_standard"] == pilots


def test_a_community_without_its_building_has_no_plan_but_stays(whole):
    part = whole.restrict(["c"], [])
    assert part.pairs == ()
    assert values(part)["communities_to_standard"] == 0
