"""V21: rooms that functions use in turns: declared, shareable, other slots, one area, counted once.

Source: contract section 4 (slot); HZ-38, SH-34, SH-35; A9.
"""

from collections import defaultdict

from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings

RULE = "HZ-38"


def check(facts: Facts, findings: Findings) -> None:
    """Every row with a slot is part of a room; nobody has two installations in a building."""
    shared = {(room.building, f) for room in facts.rooms for f in room.functions if room.is_shared}
    for (building, function), slots in _slots(facts).items():
        place = f"allocation.csv {building}/{function}"
        if len(slots) > 1:
            findings.broken(
                RULE,
                place,
                ";".join(sorted(slots)),
                "",
                zh="一栋楼里一个功能只有一处,或独用或错时共用一个时段。",
                en="a function has a room of its own or one slot of another in a building.",
            )
        if slots != {""} and (building, function) not in shared:
            findings.broken(
                RULE,
                place,
                ";".join(sorted(slots)),
                "",
                zh="时段不属于规则包许可的共用组合,或各功能的楼层面积不相等。",
                en="the slot is of no combination of the pack, or floors and areas are not equal.",
            )
    for building, function in sorted(shared):
        row = facts.functions.get(function)
        if row is not None and row["shareable"] != "1":
            findings.broken(
                RULE,
                f"allocation.csv {building}/{function}",
                row["shareable"],
                1,
                zh="这一功能不可错时共用。",
                en="the function may not share a room.",
            )


def _slots(facts: Facts) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in facts.folder.outputs["allocation"]:
        found[row["building"], row["function"]].add(row["slot"])
    return found
