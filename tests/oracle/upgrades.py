"""Upgrades and refits decided one way or the other, as cases of their own (contract 5).

A building whose fire safety or structure says ``upgrade`` is used with it or not at all; one where
only the lift says so may be used either way. With the choice made, the price is part of acquiring
the building and no word ``upgrade`` is left. A refit that is used takes its facilities away.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from tests.oracle.case import Row, TinyCase, number, words

WORD = "upgrade"
STATES = ("fire_ok", "structure_ok", "lift")


def variants(case: TinyCase) -> Iterator[TinyCase]:
    """*case* with every choice of the lifts that may be bought and of the refits used."""
    rows = case.rows("buildings")
    for lifted in _subsets([row["id"] for row in rows if _is_choice(row)]):
        for refitted in _subsets([row["id"] for row in rows if row.get("replaces")]):
            yield decided(case, lifted, refitted)


def _subsets(ids: list[str]) -> list[set[str]]:
    sizes = range(len(ids) + 1)
    return [set(chosen) for size in sizes for chosen in combinations(ids, size)]


def decided(case: TinyCase, lifted: set[str], refitted: set[str]) -> TinyCase:
    """*case* where just the lifts of *lifted* are bought and just the refits *refitted* used."""
    rows = [_decided(row, row["id"] in lifted) for row in case.rows("buildings")]
    rows = [_refitted(case, row, row["id"] in refitted) for row in rows]
    gone = {f for row in rows if row["id"] in refitted for f in words(row.get("replaces"))}
    left = [row for row in case.rows("facilities") if row["id"] not in gone]
    return replace(case, tables={**case.tables, "buildings": rows, "facilities": left}, today=case)


def _refitted(case: TinyCase, row: Row, is_used: bool) -> Row:
    """A refit with its use as a lock, the community of what it replaces and the area of that."""
    if not row.get("replaces"):
        return row
    old = [f for f in case.rows("facilities") if f["id"] in words(row["replaces"])]
    home = {f["community"] for f in old}.pop()
    lock = ";".join([*words(row.get("lock")), "must" if is_used else "never"])
    return {**row, "lock": lock, "home": home}


def _is_choice(row: Row) -> bool:
    says = [column for column in STATES if row.get(column) == WORD]
    return says == ["lift"]


def _decided(row: Row, is_lifted: bool) -> Row:
    says = [column for column in STATES if row.get(column) == WORD]
    if not says:
        return row
    if _is_choice(row) and not is_lifted:
        return {**row, "lift": "0"}
    price = number(row, "acquire_yuan") + number(row, "upgrade_yuan")
    return {**row, **dict.fromkeys(says, "1"), "acquire_yuan": _decimal(price)}


def _decimal(fen) -> str:
    whole, rest = divmod(int(fen * 100), 100)
    return f"{whole}.{rest:02d}"
