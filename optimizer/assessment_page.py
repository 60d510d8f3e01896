"""An assessment on the screen: figures, needs by function, and what each community lacks."""

from pathlib import Path

from optimizer.assess import Assessment
from optimizer.export.assessment import communities_grid, functions_grid, summary_grid
from optimizer.export.names import Names
from optimizer.screen import print_grid, screen

MORE = (":用 --out 写出全部清单", ": --out writes the whole list")
FILES = ("文件在", "files in")


def print_assessment(found: Assessment, folder: Path | None, lang: str) -> None:
    """Print *found* for a person; the list gap by gap is for files."""
    console, names = screen(), Names(found.result, lang)
    for grid in (
        summary_grid(found, names),
        functions_grid(found, names),
        communities_grid(found, names),
    ):
        print_grid(console, grid, lang, more=MORE[lang == "en"])
    if folder is not None:
        console.print(f"{FILES[lang == 'en']} {folder}/")
