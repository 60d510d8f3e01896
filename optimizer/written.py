"""Files of ours on the disk: each is read back at once and must hold what was meant.

A disk that takes a write and keeps less of it is found before anything is published.
Source: reliability.md section 6, F02 and F04.
"""

import errno
import os
from pathlib import Path

CHANGED = "读回不一致 / reads back changed"


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write *text* to *path*, its line ends as they are; OSError as of :func:`write_bytes`."""
    write_bytes(path, text.encode(encoding))


def write_bytes(path: Path, content: bytes) -> None:
    """Write *content* to *path*; OSError where the system refuses or it reads back changed."""
    try:
        path.write_bytes(content)
    except UnicodeEncodeError as error:
        raise OSError(errno.EILSEQ, os.strerror(errno.EILSEQ), str(path)) from error
    if path.read_bytes() != content:
        raise OSError(errno.EIO, CHANGED, str(path))


def files_below(folder: Path) -> list[Path]:
    """Every file below *folder* in order; OSError where one folder cannot be listed."""
    found = os.walk(folder, onerror=_raise)
    return sorted(Path(at) / name for at, _, names in found for name in names)


def _raise(error: OSError) -> None:
    raise error
