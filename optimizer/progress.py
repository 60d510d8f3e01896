"""What a user sees while a solve runs: one line a stage and level, on stderr."""

import time
from typing import Any

from rich.console import Console

from optimizer.labels import label, number_text

STAGES = {
    "building": ("建立模型", "building the model"),
    "screening": ("逐社区筛查", "screening every community"),
    "insertion": ("组成首个方案", "first plan"),
    "relaxation": ("线性松弛", "linear relaxation"),
    "restriction": ("限制求解", "restricted solve"),
    "windows": ("分窗改进", "windows"),
    "writing": ("写出结果", "writing"),
    "verifying": ("逐条核验", "verifying every rule"),
    "exporting": ("导出", "exporting"),
}


class ProgressLines:
    """Prints stages, levels and better plans with the time since the start."""

    def __init__(self, lang: str, *, quiet: bool = False, verbose: bool = False) -> None:
        self.lang, self.quiet, self.verbose = lang, quiet, verbose
        self.console = Console(stderr=True, highlight=False)
        self.started = time.monotonic()

    def __call__(self, kind: str, data: Any) -> None:
        """Take one event of the solve."""
        if self.quiet:
            return
        if kind == "stage" and data in STAGES:
            self._print(STAGES[data][self.lang == "en"] + " …")
        elif kind == "level":
            self._print(self._level(data))
        elif kind == "plan" and self.verbose:
            self._print("+")

    def _print(self, text: str) -> None:
        self.console.print(f"[dim]{time.monotonic() - self.started:6.1f} s[/dim]  {text}")

    def _level(self, level: Any) -> str:
        bound = "–" if level.bound is None else number_text(level.bound)
        gap = "–" if level.gap is None else f"{float(level.gap):.2%}"
        name = label(level.name, self.lang)
        words = ("界", "差距") if self.lang == "zh" else ("bound", "gap")
        value = number_text(level.value)
        return f"[bold]{name}[/bold] {value}  {words[0]} {bound}  {words[1]} {gap}"


class PointLines:
    """Prints the points of a sweep as they begin and end; ``verbose`` also their levels."""

    def __init__(self, lang: str, *, quiet: bool = False, verbose: bool = False) -> None:
        self.lang, self.quiet, self.verbose = lang, quiet, verbose
        self.console = Console(stderr=True, highlight=False)
        self.started = time.monotonic()

    def __call__(self, point: Any, kind: str, data: Any) -> None:
        """Take one event of *point*."""
        is_level = kind == "level" and self.verbose
        if self.quiet or not (kind in POINT_WORDS or is_level):
            return
        if is_level:
            said = f"{label(data.name, self.lang)} {number_text(data.value)}"
        else:
            said = POINT_WORDS[kind][self.lang == "en"]
        at = time.monotonic() - self.started
        self.console.print(f"[dim]{at:6.1f} s[/dim]  {point.number + 1}  {point.label}: {said}")


POINT_WORDS = {
    "start": ("开始", "begins"),
    "done": ("完成", "done"),
    "died": ("求解进程中断", "the solver process died"),
}
