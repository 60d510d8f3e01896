"""Rooms that several functions use at different times (综合设置、错时使用).

A combination of functions is one more function: floors, totals, budgets and standards meet it once
like any other. Only what asks who is served, what stands there or where it is reads the members.
Source: contract section 4 (slot); HZ-38, SH-34, SH-35; A9.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.instance import Fit, Function, Instance

Functions = Mapping[str, "Function"]


def members_of(functions: Functions, function: str) -> tuple[str, ...]:
    """Functions that stand where *function* does: itself, or those that share its room."""
    return functions[function].members or (function,)


def items_in(functions: Functions, function: str) -> frozenset[str]:
    """Items that stand where *function* does."""
    return frozenset(functions[f].item for f in members_of(functions, function))


def hub_items_in(functions: Functions, function: str) -> frozenset[str]:
    """Of them, those that count in a hub."""
    rows = (functions[f] for f in members_of(functions, function))
    return frozenset(row.item for row in rows if row.counts_as_item)


def holders(instance: "Instance") -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(building, function) -> what could hold it there: its own room, or one it shares."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for b, f in instance.fits:
        for member in members_of(instance.functions, f):
            found[b, member] = (*found.get((b, member), ()), f)
    return found


def room_function(slots: Mapping[str, str], functions: Functions) -> "Function":
    """The combination of the functions of *slots* as one more function.

    It counts in the total where one of them does, is an office where one is, and is for residents
    where all are. Each opens and operates; outdoor space is what the neediest takes.
    """
    rows = [functions[f] for f in sorted(slots)]
    largest = [row.max_m2 for row in rows if row.max_m2 is not None]
    outdoor = max(rows, key=_outdoor_share)
    return replace(
        rows[0],
        id=room_id(slots),
        name=" + ".join(row.name for row in rows),
        members=tuple(sorted(slots)),
        domain=None,
        part=None,
        counts_as_item=False,
        is_core=False,
        min_m2=max(row.min_m2 for row in rows),
        max_m2=min(largest, default=None),
        need_group=None,
        weight=0.0,
        m2_per_person=outdoor.m2_per_person,
        outdoor_m2_per_person=outdoor.outdoor_m2_per_person,
        opening_yuan=round(sum(row.opening_yuan for row in rows), 2),
        operating_yuan_per_m2_year=round(sum(row.operating_yuan_per_m2_year for row in rows), 2),
        revenue_yuan_per_m2_year=round(sum(row.revenue_yuan_per_m2_year for row in rows), 2),
        counts_in_total=any(row.counts_in_total for row in rows),
        is_office=any(row.is_office for row in rows),
        is_resident_activity=all(row.is_resident_activity for row in rows),
    )


def room_id(slots: Mapping[str, str]) -> str:
    """Name of a combination."""
    return "+".join(sorted(slots))


def room_fits(
    building: str,
    room_m2: Mapping[int, float],
    rooms: Functions,
    fits: Mapping[tuple[str, str], "Fit"],
) -> Iterator["Fit"]:
    """Combinations that fit in *building* (area by level): on floors that suit all, once paid.

    The dearer fit-out serves all.
    """
    for id, room in rooms.items():
        own = [fits[building, f] for f in room.members if (building, f) in fits]
        levels = frozenset.intersection(*(fit.levels for fit in own)) if own else frozenset()
        area = round(sum(room_m2[level] for level in levels), 2)
        if len(own) == len(room.members) and area >= room.min_m2:
            yield replace(
                own[0],
                function=id,
                levels=levels,
                unlifted=frozenset.intersection(*(fit.unlifted for fit in own)),
                max_m2=min(area, *(fit.max_m2 for fit in own)),
                yuan_per_m2=max(fit.yuan_per_m2 for fit in own),
            )


def rooms_of_rows(
    rows: Sequence[Mapping[str, Any]], combinations: Iterable[Mapping[str, str]]
) -> list[str]:
    """Of each row of an allocation table its combination, or its function where it is of none.

    A combination stands where each of its functions has its slot, and all the same m² a floor.
    """
    floors: dict[tuple[str, str, str], dict[Any, Any]] = {}
    for row in rows:
        if row["slot"]:
            floors.setdefault(_part(row), {})[row["level"]] = row["area_m2"]
    found: dict[tuple[str, str, str], str] = {}
    for slots in combinations:
        for building in sorted({b for b, _, _ in floors}):
            parts = [(building, f, slot) for f, slot in slots.items()]
            areas = [floors.get(part) for part in parts if part not in found]
            if len(areas) == len(parts) and areas[0] and all(own == areas[0] for own in areas):
                found |= dict.fromkeys(parts, room_id(slots))
    return [found.get(_part(row), row["function"]) for row in rows]


def _part(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["building"], row["function"], row["slot"]


def _outdoor_share(row: "Function") -> float:
    return row.outdoor_m2_per_person / row.m2_per_person if row.m2_per_person else 0.0
