"""An output folder belongs to one run at a time; what a dead run left beside it is found again.

The lock is the system's own and goes with the process, however that ends, so none is ever stale: a
lock file that can be locked is a dead run's. Source: reliability.md section 6, F12 and F13.
"""

import contextlib
import errno
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from optimizer.errors import CallError, Text

PATIENCE_S = 2.0  # a process whose parent was killed ends within this
IS_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
NOT_HERE = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)  # file systems without


@dataclass(frozen=True)
class Held:
    """The output folder of this run; ``dead`` says whose it was where that one did not end well."""

    directory: Path
    dead: Text | None = None

    @property
    def journal(self) -> Path:
        """Where the solver's incumbents are kept until the folder is published."""
        return beside(self.directory, "journal")


def beside(directory: Path, what: str) -> Path:
    """The hidden neighbour of *directory* that keeps *what*."""
    return directory.with_name(f".{directory.name}.{what}")


@contextlib.contextmanager
def held(directory: Path) -> Iterator[Held]:
    """*directory* for this process alone; it need not be there yet.

    Raises CallError where another run has it, or where no lock can be written beside it.
    """
    target = directory.resolve()
    path = beside(target, "lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _acquired(path, directory)
        try:
            before = _swapped(file, _me())
        except OSError:
            _release(path, file)
            raise
    except OSError as error:
        raise CallError(not_written(directory, error)) from error
    try:
        yield Held(target, _taken_over(directory, before))
    finally:
        _release(path, file)


def not_written(directory: Path, error: OSError) -> Text:
    """What the system refused, and that nothing was changed."""
    said = f"{error.strerror or error}" + (
        f" ({Path(str(error.filename)).name})" if error.filename else ""
    )
    return Text(
        f"写不进 {directory}:{said}。原有结果没有改动。",
        f"Cannot write {directory}: {said}. What was there is unchanged.",
    )


def _acquired(path: Path, directory: Path) -> IO[str]:
    """The lock file, locked; CallError where another run keeps it."""
    end = time.monotonic() + PATIENCE_S
    while True:
        file = path.open("a+", encoding="utf-8")
        try:
            if _is_locked(file) and _is_the_one(path, file):
                return file
        except BaseException:
            file.close()
            raise
        owner = _read(file)
        file.close()
        if time.monotonic() > end:
            raise CallError(_in_use(directory, owner))
        time.sleep(0.05)


def _is_the_one(path: Path, file: IO[str]) -> bool:
    """*file* is still what stands at *path*: its owner may have removed it meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _is_locked(file: IO[str]) -> bool:
    """Lock *file* for this process; False where another one has it."""
    try:
        _lock(file)
    except OSError as error:
        if error.errno in IS_HELD:
            return False
        if error.errno not in NOT_HERE:
            raise
    return True


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(1 << 20)  # beyond the text, which stays readable
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _release(path: Path, file: IO[str]) -> None:
    with contextlib.suppress(OSError):
        file.truncate(0)  # where the file cannot be removed while it is open
    with contextlib.suppress(OSError):
        path.unlink()
    with contextlib.suppress(OSError):
        file.close()


def _me() -> dict[str, Any]:
    started = datetime.now().astimezone().isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": platform.node(), "started": started}


def _read(file: IO[str]) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        file.seek(0)
        said = json.loads(file.read())
        if isinstance(said, dict):
            return said
    return {}


def _swapped(file: IO[str], said: dict[str, Any]) -> dict[str, Any]:
    """Write *said* into the lock file; what stood there before."""
    before = _read(file)
    file.truncate(0)
    file.write(json.dumps(said))
    file.flush()
    return before


def _owner(said: dict[str, Any]) -> Text:
    pid, host, started = (said.get(key, "?") for key in ("pid", "host", "started"))
    return Text(
        f"进程 {pid},主机 {host},始于 {started}", f"process {pid} on {host}, since {started}"
    )


def _in_use(directory: Path, owner: dict[str, Any]) -> Text:
    said = _owner(owner)
    return Text(
        f"另一个运行正在写 {directory}({said.zh});请等它结束,或用另一个 --out。",
        f"Another run is writing to {directory} ({said.en}); wait for it or take another --out.",
    )


def _taken_over(directory: Path, before: dict[str, Any]) -> Text | None:
    if not before:
        return None
    said = _owner(before)
    return Text(
        f"上一次运行没有正常结束({said.zh});{directory} 由本次接管。",
        f"The run before did not end well ({said.en}); this one takes {directory} over.",
    )
