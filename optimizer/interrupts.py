"""Ctrl-C, and what a system sends to end a process: once asks, twice aborts.

Source: contract section 3.
"""

import contextlib
import signal
from collections.abc import Callable, Iterator
from typing import Any


@contextlib.contextmanager
def interrupts(on_first: Callable[[], None], heard: int = 0) -> Iterator[None]:
    """The first SIGINT or SIGTERM calls *on_first*, the second raises KeyboardInterrupt.

    *heard* are those that came before, while something else of the same run was under way.
    """
    seen = heard

    def handle(_signal: int, _frame: Any) -> None:
        nonlocal seen
        seen += 1
        if seen > 1:
            raise KeyboardInterrupt
        on_first()

    try:
        before = {s: signal.signal(s, handle) for s in (signal.SIGINT, signal.SIGTERM)}
    except ValueError:  # not the main thread: whoever runs us there keeps the signals
        yield
        return
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
