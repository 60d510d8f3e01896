"""Upgrades decided one way or the other, as cases of their own (contract 1 upgrade_yuan, 5 Money).

A building whose fire safety or structure says ``upgrade`` is used with it or not at all; one where
only the lift says so may be used either way. With the choice made, the price is part of acquiring
the building and no word ``upgrade`` is left.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from tests.oracle.case import Row, TinyCase, number

WORD = "upgrade"
STATES = ("fire_ok", "structure_ok", "lift")


def variants(case: TinyCase) -> Iterator[TinyCase]:
    """*case* with every choice of the lifts that may be bought."""
    choices = [row["id"] for row in case.rows("buildings") if _is_choice(row)]
    for bought in product((False, True), repeat=len(choices)):
        yield upgraded(case, {b for b, is_bought in zip(choices, bought, strict=True) if is_bought})


def upgraded(case: TinyCase, lifted: set[str]) -> TinyCase:
    """*case* where of the lifts to buy just those of *lifted* are bought."""
    rows = [_decided(row, row["id"] in lifted) for row in case.rows("buildings")]
    return replace(case, tables={**case.tables, "buildings": rows})


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
