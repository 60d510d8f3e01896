"""A run folder appears whole or not at all: staged beside its place, synced, re-read, renamed.

Source: reliability.md section 6 (kill at any file-system call leaves the old or the new result).
"""

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from optimizer.digests import write_digests
from optimizer.errors import CallError, Text

NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
LEAST_MB = 20  # a case of a district with its exports


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
    parent, staged = directory.resolve().parent, None
    try:
        parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=parent))
        yield staged
        write_digests(staged)
        sync(staged)
        refuse_if_taken(directory, force=force)
        staged.chmod(0o755)
        _take_place(staged, directory)
        sync_names(parent)
    except OSError as error:
        raise CallError(_not_written(directory, staged, error)) from error
    finally:
        if staged is not None and staged.exists():
            shutil.rmtree(staged, ignore_errors=True)


def _take_place(staged: Path, directory: Path) -> None:
    """Rename *staged* to *directory*; what stood there is renamed aside, and back on a failure."""
    aside = None
    if directory.exists() and any(directory.iterdir()):
        aside = _free_name(directory)
        directory.rename(aside)
    elif directory.exists():
        directory.rmdir()
    try:
        staged.rename(directory)
    except OSError:
        if aside is not None:
            aside.rename(directory)
        raise


def _not_written(directory: Path, staged: Path | None, error: OSError) -> Text:
    """What failed, and for a full disk how much was written, is free and must be made free."""
    said = f"{error.strerror or error}" + (
        f" ({Path(str(error.filename)).name})" if error.filename else ""
    )
    zh = f"写不进 {directory}:{said}。原有结果没有改动。"
    en = f"Cannot write {directory}: {said}. What was there is unchanged."
    if error.errno not in NO_SPACE:
        return Text(zh, en)
    files = staged.rglob("*") if staged is not None and staged.exists() else ()
    written = sum(path.stat().st_size for path in files if path.is_file()) / 1e6
    free = shutil.disk_usage(_existing(directory)).free / 1e6
    needed = max(LEAST_MB, 2 * written)
    return Text(
        f"{zh} 已写 {written:.1f} MB,剩余 {free:.1f} MB;请让出至少 {needed:.0f} MB 再试。",
        f"{en} {written:.1f} MB were written, {free:.1f} MB are free; make at least "
        f"{needed:.0f} MB free and try again.",
    )


def _existing(directory: Path) -> Path:
    return next(path for path in directory.resolve().parents if path.exists())


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
