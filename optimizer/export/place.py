"""Exports appear whole or not at all, each with its digest in ``exports.json``.

Files are written in a folder of their own beside their place, synced, and moved; the manifest drops
a name before its file changes and names it again after, so it is never wrong about what it names.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from optimizer.canonical import json_text
from optimizer.publish import sync, sync_names
from optimizer.written import files_below, write_text

MANIFEST = "exports.json"
SCHEMA, STAGED = "linli-exports/1", ".export-"


@contextlib.contextmanager
def placed(folder: Path) -> Iterator[Path]:
    """A folder to write exports into; on leaving without an exception they stand in *folder*."""
    with _staged(folder) as staged:
        yield staged
        sync(staged)
        names = sorted(path.name for path in staged.iterdir())
        digests = _digests(staged)
        kept = {
            name: digest
            for name, digest in read_manifest(folder).items()
            if name.split("/")[0] not in names
        }
        _write_manifest(folder, kept)
        _move(staged, folder, names)
        _write_manifest(folder, kept | digests)


@contextlib.contextmanager
def moved_into(folder: Path) -> Iterator[Path]:
    """A folder to write files into; on leaving without an exception each is whole in *folder*."""
    with _staged(folder) as staged:
        yield staged
        sync(staged)
        _move(staged, folder, sorted(path.name for path in staged.iterdir()))
        sync_names(folder)


@contextlib.contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """A folder inside *folder*, which the caller holds: those of dead runs go first."""
    for left in folder.glob(f"{STAGED}*"):
        shutil.rmtree(left, ignore_errors=True)
    staged = Path(tempfile.mkdtemp(prefix=STAGED, dir=folder))
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def read_manifest(folder: Path) -> Mapping[str, str]:
    """File -> SHA-256 of every export of *folder*; nothing where none was made."""
    try:
        return dict(json.loads((folder / MANIFEST).read_text("utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):  # absent or damaged: it names nothing
        return {}


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files_below(folder)
    }


def _move(staged: Path, folder: Path, names: Iterable[str]) -> None:
    for name in names:
        place = folder / name
        if place.is_dir():
            aside = Path(tempfile.mkdtemp(prefix=STAGED, dir=folder))
            place.rename(aside / name)
            shutil.rmtree(aside)
        os.replace(staged / name, place)


def _write_manifest(folder: Path, digests: Mapping[str, str]) -> None:
    with tempfile.TemporaryDirectory(prefix=STAGED, dir=folder) as staged:
        path = Path(staged) / MANIFEST
        text = json_text({"schema": SCHEMA, "files": dict(sorted(digests.items()))})
        write_text(path, text)
        sync(Path(staged))
        os.replace(path, folder / MANIFEST)
    sync_names(folder)
