"""A run folder appears whole or not at all: staged beside its place, synced, re-read, renamed.

Source: reliability.md section 6 (kill at any file-system call leaves the old or the new result).
"""

import contextlib
import ctypes
import errno
import glob
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from optimizer.digests import write_digests
from optimizer.errors import CallError, Text
from optimizer.hold import Held, beside, held, not_written
from optimizer.written import files_below

NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
LEAST_MB = 20  # a case of a district with its exports
PART = "part-"  # of the name of a staging folder
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # of Linux


def refuse_if_taken(directory: Path, *, force: bool) -> None:
    """CallError where *directory* holds something and *force* is not given."""
    try:
        is_file = directory.exists() and not directory.is_dir()
        is_full = directory.is_dir() and any(directory.iterdir())
    except OSError as error:
        raise CallError(not_written(directory, error)) from error
    if is_file:
        raise CallError(Text(f"{directory} 是文件,不是文件夹。", f"{directory} is a file."))
    if is_full and not force:
        raise CallError(
            Text(
                f"{directory} 已有内容;加 --force 会先把它改名留存。",
                f"{directory} is not empty; --force renames the old one aside first.",
            )
        )


def refuse_if_holds(directory: Path, *inputs: Path) -> None:
    """CallError where a file of the case lies in *directory*: ``--force`` would move it away."""
    here = directory.resolve()
    for path in inputs:
        if path.resolve().is_relative_to(here):
            raise CallError(
                Text(
                    f"{directory} 里有本算例的输入({path.name});请把 --out 指向别的文件夹。",
                    f"{directory} holds input of the case ({path.name}): "
                    "give --out another folder.",
                )
            )


@contextlib.contextmanager
def publish(directory: Path, *, force: bool = False, is_record: bool = True) -> Iterator[Path]:
    """*directory* for this process alone (:func:`held`) and a folder to fill for it.

    Digests are noted of a record alone: of what nobody is to change.
    """
    refuse_if_taken(directory, force=force)
    with (
        held(directory) as place,
        staged_for(place, force=force, is_record=is_record) as folder,
    ):
        yield folder


@contextlib.contextmanager
def staged_for(place: Held, *, force: bool = False, is_record: bool = True) -> Iterator[Path]:
    """A staging folder to fill; on leaving without an exception it becomes the folder held."""
    directory, staged = place.directory, None
    try:
        clear_leftovers(place)
        refuse_if_taken(directory, force=force)
        prefix = beside(directory, PART).name
        staged = Path(tempfile.mkdtemp(prefix=prefix, dir=directory.parent))
        yield staged
        if is_record:
            write_digests(staged)
        sync(staged)
        refuse_if_taken(directory, force=force)
        staged.chmod(0o755)
        _take_place(staged, directory)
        _make_last(directory)
    except OSError as error:
        raise CallError(_no_room(directory, staged, error)) from error
    finally:
        if staged is not None and staged.exists():
            shutil.rmtree(staged, ignore_errors=True)


def _make_last(directory: Path) -> None:
    """Sync the name *directory*; CallError that says it is there where the system refuses."""
    try:
        sync_names(directory.parent)
    except OSError as error:
        said = error.strerror or str(error)
        text = Text(
            f"{directory} 已写好并核对,但系统没有确认它已落盘({said});断电可能丢失,请检查磁盘。",
            f"{directory} is there and whole, but the system did not confirm that it lasts "
            f"({said}). A power cut may lose it: check the disk.",
        )
        raise CallError(text) from error


def clear_leftovers(place: Held) -> None:
    """Remove what dead runs had staged; an earlier result that one had just renamed comes back.

    Whoever staged it has no lock any more: a living run keeps its own.
    """
    directory = place.directory
    name = glob.escape(beside(directory, PART).name)
    staged = sorted(directory.parent.glob(f"{name}*"))
    aside = set_aside(directory)
    if staged and aside and not directory.exists():
        aside[-1].rename(directory)
    for folder in staged:
        shutil.rmtree(folder, ignore_errors=True)


def set_aside(directory: Path) -> list[Path]:
    """Earlier states of *directory* that a forced publication renamed, the latest last."""
    olds = directory.parent.glob(f"{glob.escape(directory.name)}.old*")
    numbered = [(path.name.removeprefix(f"{directory.name}.old"), path) for path in olds]
    return [path for number, path in sorted(numbered, key=_by_number) if number.isdecimal()]


def _by_number(found: tuple[str, Path]) -> int:
    return int(found[0]) if found[0].isdecimal() else 0


def _take_place(staged: Path, directory: Path) -> None:
    """Rename *staged* to *directory*; what stood there is renamed aside, and back on a failure.

    Where the system can, both change their names in one step and *directory* is never absent.
    """
    if not directory.exists() or not any(directory.iterdir()):
        if directory.exists():
            directory.rmdir()
        staged.rename(directory)
        return
    aside = _free_name(directory)
    staged.rename(aside)
    if exchanged(aside, directory):
        return
    try:
        aside.rename(staged)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)  # not yet published, and nobody's
        raise
    directory.rename(aside)
    try:
        staged.rename(directory)
    except OSError:
        aside.rename(directory)
        raise


def exchanged(one: Path, other: Path) -> bool:
    """The two have swapped their names at once; False where the system cannot."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(rename(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0)


def _no_room(directory: Path, staged: Path | None, error: OSError) -> Text:
    """What failed, and for a full disk how much was written, is free and must be made free."""
    said = not_written(directory, error)
    if error.errno not in NO_SPACE:
        return said
    files = staged.rglob("*") if staged is not None and staged.exists() else ()
    written = sum(path.stat().st_size for path in files if path.is_file()) / 1e6
    free = shutil.disk_usage(_existing(directory)).free / 1e6
    needed = max(LEAST_MB, 2 * written)
    return Text(
        f"{said.zh} 已写 {written:.1f} MB,剩余 {free:.1f} MB;请让出至少 {needed:.0f} MB 再试。",
        f"{said.en} {written:.1f} MB were written, {free:.1f} MB are free; make at least "
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
    files = files_below(folder)
    for path in files:
        written = hashlib.sha256(path.read_bytes()).digest()
        with path.open("rb") as file:
            os.fsync(file.fileno())
            if hashlib.sha256(file.read()).digest() != written:
                text = Text(f"{path.name} 写入后读回不一致。", f"{path.name} reads back changed.")
                raise CallError(text)
    for at in sorted({folder, *(path.parent for path in files)}):
        sync_names(at)


def sync_names(folder: Path) -> None:
    """Make the names in *folder* last."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
