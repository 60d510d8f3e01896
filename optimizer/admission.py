"""How much memory a solve wants, told before the model is built.

Measured (tests/benchmarks/README.md, city engine with two workers): about 3 kB a column from 74,000
to 2.8 million columns, beside what Python and the solver's libraries take.
"""

import contextlib
from collections import Counter
from pathlib import Path

from models.instance import Instance
from optimizer.errors import Text

KB_A_COLUMN, LEAST_MB = 3.0, 200
MB_A_GB, KB_A_MB = 1_000, 1_000


def columns_of(instance: Instance) -> int:
    """About as many columns as the model gets: choices, areas and persons of every pair."""
    hosts = Counter(b for _, b in instance.pairs)
    count = len(instance.hosts) + 2 * len(instance.pairs)
    for building, hosting in hosts.items():
        for function in instance.functions_in.get(building, ()):
            served = instance.reached.get((building, function), ())
            wanting = sum(instance.most_left(c, function) > 0 for c in served)
            count += hosting * (2 + wanting)
    return count


def memory_mb(columns: int) -> float:
    """What a solve of so many *columns* takes at its peak, in MB."""
    return LEAST_MB + columns * KB_A_COLUMN / KB_A_MB


def free_mb() -> float | None:
    """Memory that the system can give now, in MB; None where it does not say."""
    with contextlib.suppress(OSError, LookupError, ValueError):
        said = Path("/proc/meminfo").read_text("utf-8")
        return int(said.partition("MemAvailable:")[2].split()[0]) / KB_A_MB
    return None


def warning(instance: Instance) -> Text | None:
    """What to tell where a solve of *instance* wants more memory than there is; else None."""
    wanted, free = memory_mb(columns_of(instance)), free_mb()
    if free is None or wanted <= free:
        return None
    need, have = (f"{mb / MB_A_GB:.1f}" for mb in (wanted, free))
    return Text(
        f"估计需要约 {need} GB 内存,现有 {have} GB,可能中途不足。请关闭其他程序,或分区求解。",
        f"About {need} GB of memory will be wanted and {have} GB are free: it may run short. "
        "Close other programs, or solve district by district.",
    )
