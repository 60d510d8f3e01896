"""A sign of life at least every two seconds, whatever a run is at (performance.md, progress).

Between two events of the run itself comes ("alive", seconds since the start).
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

SILENCE_S, LOOK_S = 1.0, 0.25
Progress = Callable[[str, Any], None]


@contextlib.contextmanager
def pulsed(progress: Progress) -> Iterator[Progress]:
    """*progress* for one caller at a time, with signs of life where nothing else is told."""
    lock, over = threading.RLock(), threading.Event()  # a signal may interrupt who holds it
    begun = last = time.monotonic()

    def tell(kind: str, data: Any) -> None:
        nonlocal last
        with lock:
            last = time.monotonic()
            progress(kind, data)

    def beat() -> None:
        while not over.wait(LOOK_S):
            now = time.monotonic()
            if now - last >= SILENCE_S:
                with contextlib.suppress(OSError):  # whoever listened is gone
                    tell("alive", now - begun)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield tell
    finally:
        over.set()
        thread.join()
