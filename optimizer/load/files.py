"""Only regular files of a sane size are opened, and only as what their first bytes say they are.

Symbolic links that leave the folder, pipes and devices are refused before anything is read.
Source: reliability.md sections 2.4 and 5.
"""

import hashlib
import stat
from pathlib import Path

from optimizer.errors import Issue, Text
from optimizer.load.raw import unreadable

MOST_BYTES = 256 * 2**20
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SQLITE, ZIP = b"SQLite format 3\0", b"PK"


class Refused(Exception):
    """The file is not opened; carries the issue."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.code)
        self.issue = issue


def content_of(path: Path, root: Path) -> bytes:
    """The bytes of *path*, a regular file inside *root*; Refused where it is something else."""
    _regular(path, root)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(cannot_open(path, error)) from None


def start_of(path: Path, root: Path, count: int = 64) -> bytes:
    """The first *count* bytes of *path*, a regular file inside *root*; Refused otherwise."""
    _regular(path, root)
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise Refused(cannot_open(path, error)) from None


def digest_of(path: Path) -> str:
    """The sha256 of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cannot_open(path: Path, error: OSError) -> Issue:
    """What the system said when *path* was to be read."""
    return unreadable(
        "unreadable",
        path,
        f"打不开({error.strerror})。",
        f"cannot be opened ({error.strerror}).",
        Text("请检查文件及其权限。", "Check the file and its permissions."),
    )


def _regular(path: Path, root: Path) -> None:
    try:
        found = path.resolve(strict=True).stat()
    except (OSError, RuntimeError):
        raise Refused(_no_regular_file(path)) from None
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        raise Refused(_link(path))
    if not stat.S_ISREG(found.st_mode):
        raise Refused(_no_regular_file(path))
    if found.st_size > MOST_BYTES:
        raise Refused(_too_large(path, found.st_size))


def _link(path: Path) -> Issue:
    return unreadable(
        "link-outside",
        path,
        "是指向数据文件夹之外的链接。",
        "is a link to a file outside the data folder.",
        Text("请把文件复制进来。", "Copy the file into the folder."),
    )


def _no_regular_file(path: Path) -> Issue:
    return unreadable(
        "no-regular-file",
        path,
        "不是普通文件。",
        "is no regular file.",
        Text("请换成普通文件。", "Put a regular file in its place."),
    )


def _too_large(path: Path, size: int) -> Issue:
    return unreadable(
        "file-too-large",
        path,
        f"有 {size // 2**20} MiB,最多 {MOST_BYTES // 2**20} MiB。",
        f"has {size // 2**20} MiB, at most {MOST_BYTES // 2**20} MiB are read.",
        Text("请只保留需要的行和列。", "Keep the rows and columns that are needed."),
    )
