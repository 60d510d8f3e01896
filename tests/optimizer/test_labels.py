"""Whatever a planner can ask for or set has a Chinese and an English name."""

import pytest

from optimizer.labels import head, label
from optimizer.labels.settings import figure_head, setting_head, setting_text
from optimizer.pack_keys import BY_KIND, VALUES
from optimizer.scenario_keys import GOALS_READ, TOP

#: keys that lead to others, or that no run differs in
LEADING = {"pilots", "hubs", "budget", "reach", "service", "goals", "extends", "compare"}


@pytest.mark.parametrize("goal", GOALS_READ)
def test_a_goal_has_a_name_in_both_languages(goal):
    assert len({goal, label(goal, "zh"), label(goal, "en")}) == 3


def test_a_weighted_level_is_named_after_its_goals():
    assert label("cost+walking_distance", "en") == "One-off cost + Person-metres walked"


def test_a_unit_that_is_the_word_itself_is_not_said_twice():
    assert (head("persons", "en"), head("persons", "zh")) == ("Persons", "服务人数(人)")
    assert (head("households", "en"), head("residents", "en")) == (
        "Households",
        "Residents (persons)",
    )


def paths(kind, path=()):
    for key, inner in (kind.keys or {}).items():
        yield (*path, key)
        yield from paths(inner, (*path, key))


@pytest.mark.parametrize(
    "path", [path for path in paths(TOP) if path[0] not in LEADING or path[1:]]
)
def test_every_key_of_a_scenario_has_a_name(path):
    for lang in ("zh", "en"):
        assert not setting_head(path, lang).startswith(path[0] + "."), path
        assert setting_head(path, lang) != path[0]


@pytest.mark.parametrize("figure", VALUES)
def test_every_figure_of_a_pack_has_a_name(figure):
    path = (figure, "new") if figure in BY_KIND else (figure,)
    assert len({".".join(path), figure_head(path, "zh"), figure_head(path, "en")}) == 3


def test_what_a_sweep_sets_is_said_with_its_unit_and_its_own_names():
    assert setting_head(("budget", "total_10k_yuan"), "zh") == "总预算(万元)"
    path = ("budget", "by_district_10k_yuan", "拱墅区")
    assert setting_head(path, "en") == "Budget of a district 拱墅区 (10,000 yuan)"
    assert setting_head(("rules", "office_share", "value"), "zh") == "规则 办公面积占比上限"
    assert setting_text({"value": 0.06, "reason": "试"}, "zh") == "0.06"
    assert setting_text({"enforce": False, "reason": "test"}, "en") == "off"
