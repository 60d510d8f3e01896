"""What a process of ours is given of the environment: what programs need, and no one's secrets.

Source: reliability.md section 7 (S46).
"""

import contextlib
import os
import sys
from collections.abc import Iterator

NEEDED = frozenset(
    (
        *("PATH", "HOME", "USERPROFILE", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP"),
        *("SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "APPDATA", "LOCALAPPDATA"),
        *("VIRTUAL_ENV", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PROJ_LIB", "PROJ_DATA"),
    )
)
NEEDED_FAMILIES = ("LC_", "PYTHON", "OMP_", "OPENBLAS_", "MKL_", "DASK_", "XDG_", "MPL", "LINLI_")

#: Pyomo keeps a semaphore in every process; Python's tracker frees that of a killed one, unasked.
QUIET_TRACKER = "ignore:resource_tracker:UserWarning"


@contextlib.contextmanager
def clean_environment() -> Iterator[None]:
    """Processes started within see only what they need."""
    if QUIET_TRACKER not in sys.warnoptions:
        sys.warnoptions.append(QUIET_TRACKER)  # which the tracker, started with them, is given
    held_back = {
        name: value
        for name, value in os.environ.items()
        if name.upper() not in NEEDED and not name.upper().startswith(NEEDED_FAMILIES)
    }
    for name in held_back:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(held_back)
