"""``LICENSES.md``: every locked package with its licence, from what the package says of itself.

``python -m optimizer.licences`` writes it anew; a package that is not installed keeps its line.
"""

import importlib.metadata
import re
from pathlib import Path

from optimizer.written import write_text

ROOT = Path(__file__).resolve().parent.parent
PAGE, LOCK = ROOT / "LICENSES.md", ROOT / "requirements.lock"
HEAD = """# Licences of what Linli uses

Packages of `requirements.lock`, as they say themselves; written by `python -m optimizer.licences`.
Libraries inside the reports stand with their licences in `optimizer/export/vendor`.

| package | licence |
|---|---|
"""
NAME, LINE = (
    re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.M),
    re.compile(r"^\| (\S+) \| (.+) \|$", re.M),
)


def locked() -> list[str]:
    """Names of the locked packages, in order."""
    return sorted(set(NAME.findall(LOCK.read_text("utf-8"))))


def listed() -> dict[str, str]:
    """Package -> licence of the page as it stands."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    return {name: said for name, said in LINE.findall(text) if name != "package"}


def licence_of(package: str) -> str | None:
    """What *package* says its licence is; None where it is not installed."""
    try:
        said = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:
        return None
    classes = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier", []) if "License ::" in c]
    words = (said["License-Expression"], ", ".join(classes), (said["License"] or "").split("\n")[0])
    return next((word for word in words if word), None)


def page() -> str:
    """The page as it should be."""
    before = listed()
    lines = [f"| {name} | {licence_of(name) or before.get(name, '?')} |" for name in locked()]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_text(PAGE, page())
