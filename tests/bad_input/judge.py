"""Runs one bad case as ``linli check`` does and says what became of it."""

import traceback
from dataclasses import dataclass

from optimizer.api import read_case
from optimizer.canonical import text_of
from optimizer.errors import InputError, LinliError
from optimizer.musts import impossible_musts
from tests.bad_input.case import ANSWER, EITHER, NORMALISE, REFUSE, WARN

RIGHT, SILENT, TRACEBACK, UNPLACED, WRONG = "right", "silent", "traceback", "unplaced", "wrong"


@dataclass(frozen=True)
class Verdict:
    """``kind`` is one of the words above; ``said`` is what a planner would read."""

    kind: str
    said: str


def judge(bad, folder):
    """The verdict on *bad*, built below *folder*."""
    path = bad.build(folder)
    try:
        case = read_case(path)
        issues, refused = case.issues, False
    except InputError as error:
        case, issues, refused = None, error.issues, True
    except LinliError as error:
        return Verdict(WRONG, error.message.en)
    except Exception:
        return Verdict(TRACEBACK, traceback.format_exc(limit=-3))
    said = "\n".join(f"{i.severity} {i.code}: {i.line('en')}" for i in issues) or "nothing"
    return Verdict(_kind(bad.expected, case, issues, refused), said)


def _kind(expected, case, issues, refused):
    told = [i for i in issues if (i.severity == "error") is refused and _is_at(i, expected.place)]
    outcome = expected.outcome
    if outcome == REFUSE:
        return (RIGHT if told else UNPLACED) if refused else SILENT
    if outcome == EITHER:
        return RIGHT if refused or _reads(case, expected.value) else SILENT
    if refused:
        return WRONG
    if outcome == WARN:
        return RIGHT if told else SILENT
    if outcome == ANSWER:
        return RIGHT if impossible_musts(case.instance) else SILENT
    assert outcome == NORMALISE
    return RIGHT if _reads(case, expected.value) and (told or not expected.place) else WRONG


def _is_at(issue, place):
    return all(getattr(issue, name) == wanted for name, wanted in place.items()) and all(
        (issue.message.zh, issue.message.en, issue.advice("zh"), issue.advice("en"))
    )


def _reads(case, value):
    table, row, column, wanted = value
    rows = sorted(case.tables[table].rows, key=lambda r: (r.number == 0, r.number))
    return text_of(rows[row].values[column]) == wanted
