"""Combinations of functions that a pack lets share a room, and what is wrong with them.

Source: contract section 4 (slot); HZ-38, SH-34, SH-35; A9.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

from models.instance import Function
from models.policy import Policy
from models.rooms import room_function, room_id
from optimizer.errors import Issue, Text
from optimizer.rows import Table

KEY = "shared_rooms"


def rooms_of(policy: Policy, functions: Mapping[str, Function]) -> dict[str, Function]:
    """The combinations of *policy* as functions, by id."""
    rooms = (room_function(slots, functions) for slots in policy.shared_rooms)
    return {room.id: room for room in rooms}


def room_faults(policy: Policy, functions: Table) -> list[Issue]:
    """Combinations of functions nobody knows or that may not share, or that can be mixed up."""
    rows = {row.values["id"]: row.values for row in functions.rows}
    return [*_faults_of_members(policy, rows), *_ambiguous(policy)]


def _faults_of_members(policy: Policy, rows: Mapping[str, Mapping[str, object]]) -> Iterator[Issue]:
    for slots in policy.shared_rooms:
        unknown = [f for f in sorted(slots) if f not in rows]
        exclusive = [f for f in sorted(slots) if f in rows and not rows[f]["shareable"]]
        if unknown:
            yield _issue(
                "unknown-function",
                room_id(slots),
                f"功能目录里没有 {'、'.join(unknown)}。",
                f"the catalogue has no {', '.join(unknown)}.",
            )
        if exclusive:
            yield _issue(
                "not-shareable",
                room_id(slots),
                f"{'、'.join(exclusive)} 不可错时共用(functions 表 shareable)。",
                f"{', '.join(exclusive)} may not share a room (functions, shareable).",
            )


def _ambiguous(policy: Policy) -> Iterator[Issue]:
    """Two ways to pair the same functions: a table of areas could not say which is meant."""
    pairs: dict[frozenset[str], str] = {}
    ids = [frozenset(slots) for slots in policy.shared_rooms]
    for size in range(1, len(ids) + 1):
        for chosen in combinations(ids, size):
            together = frozenset().union(*chosen)
            if sum(map(len, chosen)) > len(together):
                continue
            name = ", ".join("+".join(sorted(members)) for members in chosen)
            if together in pairs:
                yield _issue(
                    "ambiguous-rooms",
                    name,
                    f"与 {pairs[together]} 是同一些功能。",
                    f"are the same functions as {pairs[together]}.",
                )
            pairs.setdefault(together, name)


def _issue(code: str, value: str, zh: str, en: str) -> Issue:
    todo = Text("请改 shared_rooms 或功能目录。", "Change shared_rooms or the catalogue.")
    return Issue(code, Text(zh, en), todo, column=f"rules.{KEY}", value=value)
