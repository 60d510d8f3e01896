"""A file system that fails at one call: what Python code asks of the system is counted and judged.

Watched are the calls that speak of a path below one folder, and those on a file opened there.
Libraries that write in C are not seen here; ``limits`` and ``moments`` are for them.
"""

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import optimizer.publish

KILL, FULL, IO, DENIED, LIE = "kill", "full disk", "I/O error", "permission", "lying write"
ERRORS = {FULL: errno.ENOSPC, IO: errno.EIO, DENIED: errno.EACCES}
KINDS = (KILL, FULL, IO, DENIED, LIE)
RUN, SOLVER = "run", "solver"  # the process called, and the one it solves in
#: what a disk without room refuses, and goes on refusing
NEEDS_ROOM = ("write", "mkdir", "create")
OF_PATHS = ("rename", "replace", "mkdir", "rmdir", "unlink", "remove", "truncate", "chmod")
OF_PATHS_READ = ("scandir", "listdir")


def applies(kind: str, what: str) -> bool:
    """A call of that name can fail so."""
    return {FULL: what in NEEDS_ROOM, LIE: what == "write"}.get(kind, True)


@dataclass(frozen=True)
class Fault:
    """The call *number* (from 1) of process *role* fails as *kind*."""

    role: str
    number: int
    kind: str


class System:
    """Counts watched calls of this process and its children; fails where *fault* says."""

    def __init__(self, folder: Path, log: Path, fault: Fault | None = None) -> None:
        self.folder, self.fault = os.fspath(folder.resolve()), fault
        self.is_full = False
        self.owner, self.counts = os.getpid(), {RUN: 0, SOLVER: 0}
        self.log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.real = {name: getattr(os, name) for name in (*OF_PATHS, *OF_PATHS_READ)}
        self.real |= {"open": io.open, "os.open": os.open, "fsync": os.fsync, "write": os.write}

    def install(self) -> None:
        """Put this system in the place of the real one, until the process ends."""
        for name in (*OF_PATHS, *OF_PATHS_READ):
            setattr(os, name, self._of_path(name))
        os.open, os.fsync = self._os_open, self._fsync
        io.open = builtins.open = self._open
        optimizer.publish.exchanged = self._exchanged(optimizer.publish.exchanged)

    def watches(self, path: object) -> bool:
        """The path lies below the folder."""
        if isinstance(path, int) or not isinstance(path, str | bytes | os.PathLike):
            return False
        return os.path.abspath(os.fsdecode(path)).startswith(self.folder)

    def fails(self, what: str, path: object) -> str:
        """Count a call; the kind of fault that meets it, or "". Killed: it does not return."""
        role = RUN if os.getpid() == self.owner else SOLVER
        self.counts[role] += 1
        number, fault = self.counts[role], self.fault
        self.real["write"](self.log, f"{role} {number} {what} {path}\n".encode())
        if fault is None or fault.role != role or number < fault.number:
            return ""
        lasts = fault.kind == FULL and what in NEEDS_ROOM
        if number > fault.number and not lasts:
            return ""
        if not applies(fault.kind, what):
            return ""
        return fault.kind

    def meet(self, what: str, path: object) -> None:
        """A call that is no write: killed, refused or let through."""
        kind = self.fails(what, path)
        if kind == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        if kind in ERRORS:
            name = os.fspath(path) if isinstance(path, str | os.PathLike) else None
            raise OSError(ERRORS[kind], os.strerror(ERRORS[kind]), name)

    def _of_path(self, name: str) -> Callable:
        real = self.real[name]

        def call(path=".", *rest, **options):
            if self.watches(path) or options.get("dir_fd") is not None or isinstance(path, int):
                self.meet(name, path)
            return real(path, *rest, **options)

        return call

    def _os_open(self, path, flags, *rest, **options):
        if self.watches(path):
            self.meet("create" if flags & os.O_CREAT else "open", path)
        return self.real["os.open"](path, flags, *rest, **options)

    def _fsync(self, file):
        self.meet("fsync", file)
        return self.real["fsync"](file)

    def _exchanged(self, real: Callable) -> Callable:
        def call(one, other):
            kind = self.fails("exchange", other)
            if kind == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            return False if kind in ERRORS else real(one, other)

        return call

    def _open(
        self,
        file,
        mode="r",
        buffering=-1,
        encoding=None,
        errors=None,
        newline=None,
        closefd=True,
        opener=None,
    ):
        writes = bool(set(mode) & set("wax+"))
        watched = self.watches(file)
        if watched:
            self.meet("create" if writes else "open", file)
        if not (watched and writes):
            return self.real["open"](
                file, mode, buffering, encoding, errors, newline, closefd, opener
            )
        raw = Watched(self, file, mode.replace("b", "").replace("t", ""), closefd, opener)
        if buffering == 0:
            return raw
        whole = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return whole
        text = io.TextIOWrapper(whole, encoding, errors, newline)
        text.mode = mode
        return text


class Watched(io.FileIO):
    """A file whose writes are counted and may be torn, refused or lied about."""

    def __init__(self, system: System, file, mode, closefd, opener) -> None:
        super().__init__(file, mode, closefd, opener)
        self.system = system

    def write(self, data) -> int:
        data = bytes(data)
        kind = self.system.fails("write", self.name)
        half = data[: len(data) // 2]
        if kind == KILL:
            super().write(half)
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == FULL and half and not self.system.is_full:
            self.system.is_full = True  # the last half that has room
            return super().write(half)
        if kind in ERRORS:
            raise OSError(ERRORS[kind], os.strerror(ERRORS[kind]), str(self.name))
        if kind == LIE:
            super().write(data[:-1])
            return len(data)
        return super().write(data)
