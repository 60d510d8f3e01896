"""A run folder appears whole or not at all: staged beside its place, synced, re-read, renamed.

Source: reliability.md section 6 (kill at any file-system call leaves the old or the new result).
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from optimizer.digests import write_digests
from optimizer.errors import CallError, Text


def refuse_if_taken(directory: Path, *, force: bool) -> None:
    """CallError where *directory* holds something and *force* is not given."""
    if directory.exists() and not directory.is_dir():
        raise CallError(Text(f"{directory} 是文件,不是文件夹。", f"{directory} is a file."))
    if directory.exists() and any(directory.iterdir()) and not force:
        raise CallError(
            Text(
                f"{directory} 已有内容;加 --force 会先把它改名留存。",
                f"{directory} is not empty; --force renames the old one aside first.",
            )
        )


@contextlib.contextmanager
def publish(directory: Path, *, force: bool = False) -> Iterator[Path]:
    """A staging folder to fill; on leaving without an exception it becomes *directory*."""
    refuse_if_taken(directory, force=force)
    parent = directory.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=parent))
    try:
        yield staged
        write_digests(staged)
        sync(staged)
        refuse_if_taken(directory, force=force)
        if directory.exists() and any(directory.iterdir()):
            directory.rename(_free_name(directory))
        elif directory.exists():
            directory.rmdir()
        staged.chmod(0o755)
        staged.rename(directory)
        sync_names(parent)
    finally:
        if staged.exists():
            shutil.rmtree(staged, ignore_errors=True)


def _free_name(directory: Path) -> Path:
    number = 1
    while (aside := directory.with_name(f"{directory.name}.old{number}")).exists():
        number += 1
    return aside


def sync(folder: Path) -> None:
    """Every file synced and read back with the digest it was written with."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            written = hashlib.sha256(path.read_bytes()).digest()
            with path.open("rb") as file:
                os.fsync(file.fileno())
                if hashlib.sha256(file.read()).digest() != written:
                    text = Text(
                        f"{path.name} 写入后读回不一致。", f"{path.name} reads back changed."
                    )
                    raise CallError(text)
    for path in [folder, *(p for p in folder.rglob("*") if p.is_dir())]:
        sync_names(path)


def sync_names(folder: Path) -> None:
    """Make the names in *folder* last."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
