"""A text that a spreadsheet would take for a formula: written with ``'`` before it, read without.

One rule both ways: a text whose first sign after any apostrophes begins a formula gets one more
apostrophe in a CSV for spreadsheets, and loses exactly one when a CSV is read. So ``=SUM`` is
written ``'=SUM``, ``'=SUM`` is written ``''=SUM``, and either comes back; every other text is left
alone. A workbook has texts as texts: there an apostrophe is one.
Source: reliability.md section 7, S38.
"""

import re

FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """*text* as a cell that no spreadsheet counts."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that :func:`guarded` was given."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
