"""A template case to start from, as CSV or a workbook, in Chinese or English: ``linli init``.

What is written follows ``tables.py``, so a new column is in the next template by itself.
"""

import csv
import io
from pathlib import Path

from optimizer.publish import publish
from optimizer.tables import TABLES
from optimizer.template.book import write_book
from optimizer.template.notes import notes_text
from optimizer.template.rows import EXAMPLES, OPTIONAL, columns_of, head_of, word_of
from optimizer.written import write_text

HERE = Path(__file__).resolve().parent
BOOK = "case.xlsx"


def write_template(folder: Path, lang: str, *, as_book: bool, force: bool = False) -> list[str]:
    """Write a case into the new or empty *folder*; the names of its files.

    Raises CallError where *folder* holds something and *force* does not rename it aside.
    """
    with publish(folder, force=force, is_record=False) as staged:
        scenario = (HERE / f"scenario_{lang}.toml").read_text("utf-8")
        data = BOOK if as_book else "data/"
        write_text(staged / "scenario.toml", scenario.replace("DATA", data))
        if as_book:
            write_book(staged / BOOK, lang)
        else:
            _write_folder(staged, lang)
        return sorted(str(p.relative_to(staged)) for p in staged.rglob("*") if p.is_file())


def _write_folder(folder: Path, lang: str) -> None:
    (folder / "data").mkdir()
    for name in (*EXAMPLES, *OPTIONAL):
        title = name if lang == "en" else TABLES[name].zh[0]
        path = folder / "data" / f"{title}.csv"
        write_text(path, _csv(name, lang), "utf-8-sig")
    notes = "README.md" if lang == "en" else "填表说明.md"
    write_text(folder / notes, notes_text(lang))


def _csv(table: str, lang: str) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    columns = columns_of(table)
    writer.writerow([head_of(column, lang) for column in columns])
    for row in EXAMPLES.get(table, ()):
        writer.writerow([word_of(c, row[c.name], lang) if c.name in row else "" for c in columns])
    return buffer.getvalue()
