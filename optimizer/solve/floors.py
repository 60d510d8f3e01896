"""The floor table: areas of functions spread over the floors they may use, in few parts.

The model keeps areas by building and proves with Hall's condition that floors suffice
(models/constraints/installation.py); here the placement is found, in integer units of 0.01 m².
"""

from collections.abc import Mapping

Placement = dict[tuple[str, int], int]


def place_on_floors(
    areas: Mapping[str, int],
    levels: Mapping[str, frozenset[int]],
    capacity: Mapping[int, int],
) -> Placement | None:
    """(function, level) -> units, or None where the floors do not suffice.

    Functions with the fewest floors choose first and take the tightest floor that holds them
    whole; what finds no room moves others along augmenting paths.
    """
    left = dict(capacity)
    placed: Placement = {}
    waiting: dict[str, int] = {}
    for function in sorted(areas, key=lambda f: (len(levels[f]), -areas[f], f)):
        rest = _fill(function, areas[function], levels[function], left, placed)
        if rest:
            waiting[function] = rest
    for function, rest in waiting.items():
        if not _make_room(function, rest, levels, left, placed):
            return None
    return {key: units for key, units in sorted(placed.items()) if units}


def _fill(
    function: str, units: int, allowed: frozenset[int], left: dict[int, int], placed: Placement
) -> int:
    """Place *units* on as few allowed floors as a greedy choice needs; the rest that is left."""
    open_levels = set(allowed) & set(left)
    while units and open_levels:
        whole = [level for level in open_levels if left[level] >= units]
        level = (
            min(whole, key=lambda lv: (left[lv], lv))
            if whole
            else max(open_levels, key=lambda lv: (left[lv], -lv))
        )
        taken = min(units, left[level])
        open_levels.discard(level)
        if taken:
            placed[function, level] = placed.get((function, level), 0) + taken
            left[level] -= taken
            units -= taken
    return units


def _make_room(
    function: str,
    units: int,
    levels: Mapping[str, frozenset[int]],
    left: dict[int, int],
    placed: Placement,
) -> bool:
    """Place all of *units* by moving others; False where Hall's condition fails."""
    while units:
        moved = _augment(function, units, levels, left, placed)
        if not moved:
            return False
        units -= moved
    return True


def _augment(
    function: str,
    units: int,
    levels: Mapping[str, frozenset[int]],
    left: dict[int, int],
    placed: Placement,
) -> int:
    """Move others so that *function* gets some units; how many it got (0: impossible)."""
    came_from: dict[int, tuple[str, int | None]] = {
        level: (function, None) for level in sorted(levels[function]) if level in left
    }
    queue = list(came_from)
    while queue:
        level = queue.pop(0)
        if left[level]:
            return _shift(level, units, came_from, left, placed)
        for (other, at), amount in sorted(placed.items()):
            if at != level or not amount:
                continue
            for target in sorted(levels[other]):
                if target in left and target not in came_from:
                    came_from[target] = (other, level)
                    queue.append(target)
    return 0


def _shift(
    end: int,
    units: int,
    came_from: Mapping[int, tuple[str, int | None]],
    left: dict[int, int],
    placed: Placement,
) -> int:
    path: list[tuple[str, int | None, int]] = []
    level: int | None = end
    while level is not None:
        mover, origin = came_from[level]
        path.append((mover, origin, level))
        level = origin
    moves = [placed[mover, origin] for mover, origin, _ in path if origin is not None]
    amount = min([units, left[end], *moves])
    for mover, origin, target in path:
        placed[mover, target] = placed.get((mover, target), 0) + amount
        if origin is not None:
            placed[mover, origin] -= amount
    left[end] -= amount
    return amount
