"""Errors that mean that memory is short, whatever a library calls them.

Source: reliability.md F08.
"""

import contextlib
import errno
from pathlib import Path

from optimizer.errors import Text

#: what the loader, Python and C++ say where there is no memory, in errors of other names
PHRASES = (
    "failed to map segment",
    "annot allocate memory",
    "unable to allocate",
    "can't start new thread",
    "bad_alloc",
    "out of memory",
)
NEARLY_ALL = 0.8  # of the memory a process may take: what fails from here on fails for want of it
SHORT = Text(
    "内存不足,没有写出任何结果。请关闭其他程序、放宽内存限额,或换内存更大的机器后再运行。",
    "Memory is short and no result was written. Close other programs, lift the memory limit or "
    "take a larger machine, and run it again.",
)


def is_memory_short(error: BaseException | None) -> bool:
    """*error*, or one that it came of, is for want of memory; or hardly any was left."""
    if _is_nearly_all_taken():
        return True  # half-loaded libraries fail with errors of any name
    while error is not None:
        is_system = isinstance(error, OSError) and error.errno == errno.ENOMEM
        said = str(error).lower()
        if isinstance(error, MemoryError) or is_system or any(p in said for p in PHRASES):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_nearly_all_taken() -> bool:
    """This process has a limit of memory (``ulimit -v``) and came near it."""
    with contextlib.suppress(ImportError, OSError, LookupError, ValueError):
        import resource  # not on Windows

        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        if limit != resource.RLIM_INFINITY:
            status = Path("/proc/self/status").read_text("utf-8")
            peak_kb = int(status.partition("VmPeak:")[2].split()[0])
            return peak_kb * 1024 > NEARLY_ALL * limit
    return False
