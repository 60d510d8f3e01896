"""How far a long step is: whoever works through a list counts, whoever shows progress listens."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from typing import TypeVar

Item = TypeVar("Item")
Count = Callable[[int, int], None]
_LISTENER: ContextVar[Count | None] = ContextVar("listener", default=None)


@contextlib.contextmanager
def listening(count: Count) -> Iterator[None]:
    """Within it *count* is told (done, all) of every list that :func:`counted` goes through."""
    token = _LISTENER.set(count)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def counted(items: Sequence[Item]) -> Iterator[Item]:
    """*items* one by one, telling the listener how many are done."""
    count = _LISTENER.get()
    for done, item in enumerate(items, start=1):
        yield item
        if count is not None:
            count(done, len(items))
