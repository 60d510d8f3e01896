"""Every goal a planner can ask for has a Chinese and an English name."""

import pytest

from optimizer.labels import label
from optimizer.scenario_keys import GOALS_READ


@pytest.mark.parametrize("goal", GOALS_READ)
def test_a_goal_has_a_name_in_both_languages(goal):
    assert len({goal, label(goal, "zh"), label(goal, "en")}) == 3


def test_a_weighted_level_is_named_after_its_goals():
    assert label("cost+walking_distance", "en") == "One-off cost + Person-metres walked"
