"""``digests.json`` of a run folder: what its tables and records must hash to, written last.

Exports come and go after the run; ``exports.json`` speaks of them. Source: contract section 4;
reliability.md section 3 (V19).
"""

import hashlib
import json
from pathlib import Path

from optimizer.canonical import json_text
from optimizer.written import files_below, write_text

NAME = "digests.json"
SCHEMA = "linli-digests/1"
OTHERS = (NAME, "exports.json")


def changed_files(folder: Path) -> list[str]:
    """Files of the run folder *folder* that are not what they were when it was published.

    ValueError, LookupError or OSError where ``digests.json`` is missing or damaged.
    """
    noted = json.loads((folder / NAME).read_text("utf-8"))["files"].items()
    return [name for name, digest in noted if _digest(folder / name) != digest]


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def write_digests(folder: Path) -> None:
    """Write ``digests.json`` over the CSV and JSON files of *folder* and its inputs."""
    files = [p for p in files_below(folder) if p.parent in (folder, folder / "inputs")]
    named = {p.relative_to(folder).as_posix(): p for p in files if p.suffix in (".csv", ".json")}
    found = {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(named.items())
        if name not in OTHERS
    }
    text = json_text({"schema": SCHEMA, "files": found})
    write_text(folder / NAME, text)
