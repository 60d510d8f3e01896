"""Rooms that functions use in turns (contract 4, slot), decided one way or the other.

With a building's rooms chosen, the functions of a room stand in the same columns of area: what is
summed over areas meets the room once, what asks for a function's own area reads it in full.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from tests.oracle.clauses import OFFICE
from tests.oracle.records import Facts

Room = tuple[str, ...]
KEY = "shared_rooms"


def shared(facts: Facts) -> Iterator[Facts]:
    """*facts* with every choice of shared rooms by building, none of them first."""
    choices = [list(_choices(facts, b)) for b in facts.buildings]
    for chosen in product(*choices):
        rooms = dict(zip(facts.buildings, chosen, strict=True))
        fits = {b: dict(found) for b, found in facts.fits.items()}
        for b, groups in rooms.items():
            for room in groups:
                levels = _levels(facts, b, room)
                fits[b] |= {f: replace(fits[b][f], levels=levels) for f in room}
        yield replace(facts, rooms=rooms, fits=fits)


def _choices(facts: Facts, b: str) -> Iterator[tuple[Room, ...]]:
    """Sets of rooms that *b* could hold: no function is in two."""
    declared = [tuple(slots) for slots in facts.pack.get(KEY, ())]
    able = [room for room in declared if _levels(facts, b, room)]
    for size in range(len(able) + 1):
        for chosen in combinations(able, size):
            if len({f for room in chosen for f in room}) == sum(map(len, chosen)):
                yield chosen


def _levels(facts: Facts, b: str, room: Room) -> tuple[int, ...]:
    """Floors on which every function of *room* may stand."""
    fits = [facts.fits[b].get(f) for f in room]
    if None in fits:
        return ()
    return tuple(k for k in fits[0].levels if all(k in fit.levels for fit in fits))


def leader(room: Room) -> str:
    """The function whose columns of area a room's are: its office, or the first."""
    return OFFICE if OFFICE in room else room[0]


def room_of(facts: Facts, b: str, f: str) -> Room:
    """The functions that stand where *f* does in *b*."""
    return next((room for room in facts.rooms.get(b, ()) if f in room), (f,))
