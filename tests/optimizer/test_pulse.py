"""A sign of life comes at least every two seconds, and never into the middle of another event."""

import time

from optimizer import pulse
from optimizer.pulse import pulsed


def test_the_silence_allowed_is_below_two_seconds():
    assert pulse.SILENCE_S + pulse.LOOK_S < 2


def test_where_nothing_is_told_signs_of_life_come(monkeypatch):
    monkeypatch.setattr(pulse, "SILENCE_S", 0.05)
    monkeypatch.setattr(pulse, "LOOK_S", 0.01)
    told = []
    with pulsed(lambda kind, data: told.append((kind, data))) as tell:
        tell("stage", "building")
        time.sleep(0.5)
    assert told[0] == ("stage", "building")
    beats = [data for kind, data in told[1:] if kind == "alive"]
    assert len(beats) >= 3
    assert beats == sorted(beats)
    after = len(told)
    time.sleep(0.1)
    assert len(told) == after


def test_where_enough_is_told_there_is_no_need_of_them(monkeypatch):
    monkeypatch.setattr(pulse, "LOOK_S", 0.01)
    told = []
    with pulsed(lambda kind, data: told.append(kind)) as tell:
        for _ in range(20):
            tell("round", {})
            time.sleep(0.01)
    assert set(told) == {"round"}
