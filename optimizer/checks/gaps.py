"""V18, V20: every cell of gaps.csv recomputed; a reason why a need stays unmet is counted again.

Source: contract section 4; HZ-26; reliability.md section 3 ("cannot be met" audit).
"""

from collections import Counter, defaultdict
from fractions import Fraction

from optimizer.checks.additions import (
    CAN_ADD,
    OF_MONEY,
    OF_ROOM,
    ONE_MILLIONTH,
    Addition,
    Additions,
)
from optimizer.checks.facts import Facts
from optimizer.checks.findings import Findings
from optimizer.checks.folder import Row, amount, half_up, plain
from optimizer.checks.space import SMALLEST

RULE, ZERO = "contract 4", Fraction(0)
Users = dict[tuple[str, str], set[str]]  # (building, function) -> communities it serves
WHY = ("in_reach", "obstacles", "taken_by", "way", "least_yuan", "left_yuan")


def check(facts: Facts, findings: Findings) -> None:
    """One row a need; need, existing, planned and gap; remedy; reason with all its figures."""
    rows = {(r["community"], r["function"]): r for r in facts.folder.outputs["gaps"]}
    for key in sorted(set(facts.needs) ^ set(rows)):
        findings.broken(RULE, f"gaps.csv {'/'.join(key)}", "", "", zh="行有多缺。", en="row amiss.")
    served: dict[tuple[str, str], set[str]] = defaultdict(set)
    users: Users = defaultdict(set)
    for row in facts.folder.outputs["service"]:
        served[row["community"], row["function"]].add(row["building"])
        users[row["building"], row["function"]].add(row["community"])
    additions, near = Additions(facts), _near(facts)
    for key, row in rows.items():
        if key in facts.needs:
            gap = _numbers(facts, findings, key, row)
            years = [_with_year(facts, b) for b in sorted(served[key])]
            findings.same(RULE, f"gaps.csv {'/'.join(key)} remedy", row["remedy"], ";".join(years))
            _why(findings, key, row, _reason(facts, additions, near, users, key, gap))


def _numbers(facts: Facts, findings: Findings, key: tuple[str, str], row: Row) -> Fraction:
    planned = facts.planned_service.get(key, ZERO)
    gap = facts.left[key] - planned
    numbers = {
        "need": amount(facts.needs[key], "persons"),
        "existing": facts.existing(key),
        "planned": planned,
        "gap": gap,
    }
    for column, value in numbers.items():
        findings.equal(RULE, f"gaps.csv {'/'.join(key)} {column}", amount(row, column), value)
    return gap


def _near(facts: Facts) -> dict[str, list[tuple[str, Fraction]]]:
    near: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
    for (building, community), walk in sorted(facts.walk.items()):
        if building in facts.buildings:
            near[community].append((building, walk))
    return near


def _with_year(facts: Facts, building: str) -> str:
    year = facts.siting[building]["year"] if building in facts.siting else ""
    return f"{building}:{year}" if year else building


def _reason(
    facts: Facts,
    additions: Additions,
    near: dict[str, list[tuple[str, Fraction]]],
    users: Users,
    key: tuple[str, str],
    gap: Fraction,
) -> dict[str, str]:
    """Reason and figures by column, as texts."""
    if not gap:
        return {"reason": "none", **dict.fromkeys(WHY, "")}
    community, function = key
    limit = facts.reach(function)
    inside = [b for b, walk in near.get(community, ()) if facts.within(walk, limit)]
    found = {b: additions.of(b, function, gap) for b in inside}
    counts = Counter(word for word, *_ in found.values())
    reason, ways = ("rounding", []) if _is_rounding(facts, function, gap) else _word(found)
    full = [b for b, (word, *_) in found.items() if word in OF_ROOM]
    taken = {c for b in full for c in users.get((b, function), ())}
    best = min(ways, key=lambda b: (found[b][1] or ZERO, b)) if ways else None
    return {
        "reason": reason,
        "in_reach": str(len(inside)),
        "obstacles": ";".join(f"{word}:{counts[word]}" for word in sorted(counts)),
        "taken_by": ";".join(sorted(taken - {community})),
        "way": best or "",
        "least_yuan": _fen(found[best][1]) if best else "",
        "left_yuan": _fen(found[best][2]) if best else "",
    }


def _is_rounding(facts: Facts, function: str, gap: Fraction) -> bool:
    """One unit of area and one of persons would close the gap."""
    per_person = amount(facts.functions[function], "m2_per_person")
    if facts.folder.scenario["service"]["mode"] == "whole":
        return False
    return per_person * (gap - ONE_MILLIONTH) <= SMALLEST


def _word(found: dict[str, Addition]) -> tuple[str, list[str]]:
    """The reason, and the buildings whose money it speaks of."""
    if not found:
        return "no_building_in_reach", []
    for words, reason in (((CAN_ADD,), "not_chosen"), (OF_MONEY, "money_left_too_small")):
        able = [b for b, (word, *_) in found.items() if word in words]
        if able:
            return reason, able
    if any(word in OF_ROOM for word, *_ in found.values()):
        return "capacity_used_up", []
    return "nothing_in_reach_usable", []


def _fen(yuan: Fraction | None) -> str:
    return "" if yuan is None else plain(half_up(yuan, 2))


def _why(findings: Findings, key: tuple[str, str], row: Row, recomputed: dict[str, str]) -> None:
    for column, value in recomputed.items():
        place, said = f"gaps.csv {'/'.join(key)} {column}", row[column]
        if column.endswith("_yuan") and said:
            said = plain(amount(row, column))
        findings.same(RULE, place, said, value)
