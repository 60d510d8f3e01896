"""Who prices the blocks: this process, local processes, or the workers of a Dask cluster.

All three get the same chunks and hand the answers back in the same order, so the result does not
depend on who or how many they are. Chunks travel once; afterwards only costs go out and bounds and
columns come back. What a lost worker was doing is done here.
"""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import connection
from typing import Any, Protocol

from optimizer.environment import clean_environment
from optimizer.solve.pricing import Answer, Asked, Chunk, price_chunk
from optimizer.solve.session import Limits

POLL_SECONDS = 0.2
HOSTS_A_WORKER = 60  # fewer are priced sooner than a process starts
Stop = Callable[[], bool]
Wanted = Sequence[Sequence[Asked]]


class Crew(Protocol):
    """``load`` gives the blocks of a level; ``price`` is None where it was stopped.

    ``cpu_s`` is what others than this process have spent.
    """

    cpu_s: float

    def load(self, chunks: Sequence[Chunk]) -> None:
        """Take over the blocks of a level; those of the level before are forgotten."""

    def price(self, wanted: Wanted, limits: Limits, should_stop: Stop) -> list[Answer] | None:
        """What is wanted of every chunk, in order."""

    def close(self) -> None:
        """Send the workers home."""


class Alone:
    """This process does everything."""

    def __init__(self) -> None:
        self.cpu_s = 0.0
        self._chunks: tuple[Chunk, ...] = ()

    def load(self, chunks: Sequence[Chunk]) -> None:
        """Keep *chunks*."""
        self._chunks = tuple(chunks)

    def price(self, wanted: Wanted, limits: Limits, should_stop: Stop) -> list[Answer] | None:
        """One chunk after the other."""
        answers = []
        for chunk, asked in zip(self._chunks, wanted, strict=True):
            if should_stop():
                return None
            answers.append(price_chunk(chunk, asked, limits))
        return answers

    def close(self) -> None:
        """Nothing to end."""


class Processes:
    """Local processes; each keeps the chunks it has once been sent."""

    def __init__(self, workers: int) -> None:
        self.cpu_s = 0.0
        self._workers = [_Worker() for _ in range(workers)]
        self._chunks: tuple[Chunk, ...] = ()

    def load(self, chunks: Sequence[Chunk]) -> None:
        """Keep *chunks*; a worker gets one when it is first asked to price it."""
        self._chunks = tuple(chunks)
        for worker in self._workers:
            worker.held.clear()

    def price(self, wanted: Wanted, limits: Limits, should_stop: Stop) -> list[Answer] | None:
        """Whoever is free takes the next chunk, one it holds if it can; a lost one is done here."""
        answers: list[Answer | None] = [None] * len(wanted)
        waiting = list(range(len(wanted)))
        while waiting or any(worker.at is not None for worker in self._workers):
            if should_stop():
                self._renew()
                return None
            for worker in self._workers:
                if waiting and worker.at is None:
                    chosen = next((i for i in waiting if i in worker.held), waiting[0])
                    waiting.remove(chosen)
                    worker.ask(chosen, self._chunks[chosen], wanted[chosen], limits)
            for worker in self._ready():
                at, answer = worker.answer()
                answers[at] = answer
                self.cpu_s += 0.0 if answer is None else answer.cpu_s
        return _completed(answers, self._chunks, wanted, limits, should_stop)

    def _ready(self) -> list["_Worker"]:
        busy = {worker.pipe: worker for worker in self._workers if worker.at is not None}
        return [busy[pipe] for pipe in connection.wait(list(busy), POLL_SECONDS)]  # type: ignore[index]

    def _renew(self) -> None:
        for worker in self._workers:
            if worker.at is not None:
                worker.end()
                worker.begin()

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.end()


class _Worker:
    """One local process and what it is doing."""

    def __init__(self) -> None:
        self.held: set[int] = set()
        self.at: int | None = None
        self.begin()

    def begin(self) -> None:
        """Start the process."""
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(other,), daemon=True)
        with clean_environment():
            self.process.start()
        other.close()
        self.held.clear()
        self.at = None

    def ask(self, at: int, chunk: Chunk, asked: Sequence[Asked], limits: Limits) -> None:
        """Send chunk number *at* to be priced."""
        self.at = at
        with contextlib.suppress(OSError):  # a process that is gone is seen when it should answer
            self.pipe.send((at, None if at in self.held else chunk, asked, limits))
        self.held.add(at)

    def answer(self) -> tuple[int, Answer | None]:
        """What came back for the chunk asked for; None where the process was lost."""
        at, self.at = self.at, None
        assert at is not None
        try:
            answer: Answer = self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            self.begin()
            return at, None
        return at, answer

    def end(self) -> None:
        """Kill the process."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _serve(pipe: Any) -> None:
    """A worker's life: price what comes until the other end is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # HiGHS prints a banner whatever its options say
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    chunks: dict[int, Chunk] = {}
    with contextlib.suppress(EOFError, OSError):
        while True:
            at, chunk, asked, limits = pipe.recv()
            if chunk is not None:
                chunks[at] = chunk
            pipe.send(price_chunk(chunks[at], asked, limits))


class Cluster:
    """Workers of a Dask scheduler; a chunk is scattered once, its worker may be lost."""

    def __init__(self, address: str) -> None:
        import distributed

        connect: Any = distributed.Client
        self.cpu_s = 0.0
        self._client: Any = connect(address, timeout="20s", set_as_default=False)
        self._chunks: tuple[Chunk, ...] = ()
        self._there: list[Any] = []

    def load(self, chunks: Sequence[Chunk]) -> None:
        """Send every chunk to the cluster, where it stays."""
        self._chunks = tuple(chunks)
        self._there = [self._client.scatter(chunk, broadcast=True, hash=False) for chunk in chunks]

    def price(self, wanted: Wanted, limits: Limits, should_stop: Stop) -> list[Answer] | None:
        """All chunks at once; one that failed is priced here."""
        futures = [
            self._client.submit(price_chunk, chunk, list(asked), limits, pure=False, retries=1)
            for chunk, asked in zip(self._there, wanted, strict=True)
        ]
        answers = _gathered(futures, should_stop)
        if answers is None:
            self._client.cancel(futures)
            return None
        self.cpu_s += sum(answer.cpu_s for answer in answers if answer is not None)
        return _completed(answers, self._chunks, wanted, limits, should_stop)

    def close(self) -> None:
        """Leave the cluster; it goes on for others."""
        self._there = []
        self._client.close()


def crew_for(cluster: str | None, workers: int | None, hosts: int) -> Crew:
    """*cluster*'s workers, or *workers* local processes where the city is worth them."""
    if cluster is not None:
        return Cluster(cluster)
    count = min(workers or os.cpu_count() or 1, hosts // HOSTS_A_WORKER)
    return Processes(count) if count > 1 else Alone()


def _gathered(futures: Sequence[Any], should_stop: Stop) -> list[Answer | None] | None:
    """Results in order, None for each that failed; None for all where it was stopped."""
    while not all(future.done() for future in futures):
        if should_stop():
            for future in futures:
                future.cancel()
            return None
        time.sleep(POLL_SECONDS if len(futures) > 8 else POLL_SECONDS / 8)
    return [_result(future) for future in futures]


def _result(future: Any) -> Answer | None:
    try:
        answer: Answer = future.result()
    except Exception:  # whatever a worker dies of, its chunk is done here
        return None
    return answer


def _completed(
    answers: Sequence[Answer | None],
    chunks: Sequence[Chunk],
    wanted: Wanted,
    limits: Limits,
    should_stop: Stop,
) -> list[Answer] | None:
    whole: list[Answer] = []
    for answer, chunk, asked in zip(answers, chunks, wanted, strict=True):
        if answer is None and should_stop():
            return None
        whole.append(price_chunk(chunk, asked, limits) if answer is None else answer)
    return whole


def chunks_in(count: int, size: int) -> Iterator[range]:
    """0 … count - 1 in runs of *size*."""
    for begin in range(0, count, size):
        yield range(begin, min(begin + size, count))
