"""What a user sees while solves run, on stderr: a live table in a terminal, lines elsewhere."""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from optimizer.labels import label, number_text
from optimizer.labels.settings import setting_head, setting_text
from optimizer.solve.outcome import Level
from optimizer.voice import VOICE

Progress = Callable[[str, Any], None]
STAGES = {
    "building": ("建立模型", "building the model"),
    "musts": ("先放必须项", "what must stand"),
    "plan": ("由松弛解组成方案", "a plan from the relaxation"),
    "prices": ("由松弛定价", "prices from relaxations"),
    "rounds": ("逐社区定价,求界", "pricing every community: the bound"),
    "certifying": ("以精确算术复核界", "proving the bound in exact arithmetic"),
    "windows": ("分窗改进", "windows"),
    "writing": ("写出结果", "writing"),
    "verifying": ("逐条核验", "verifying every rule"),
    "exporting": ("导出", "exporting"),
}
PATIENCE_S = 5.0  # between two lines of an export in a pipe
CLOSING = "closing: "
HEADS = ("goal", "value", "bound", "gap_share", "seconds")
POINT_WORDS = {
    "start": ("开始", "begins"),
    "done": ("完成", "done"),
    "died": ("求解进程中断", "the solver process died"),
}


@contextlib.contextmanager
def solve_progress(lang: str) -> Iterator[Progress]:
    """A progress for one solve: live in a terminal, lines in a pipe, nothing with ``-q``."""
    console = Console(stderr=True, highlight=False)
    if VOICE.get().quiet:
        yield lambda _kind, _data: None
    elif console.is_terminal and not VOICE.get().verbose:
        table = LevelTable(lang)
        with Live(console=console, get_renderable=table.render, refresh_per_second=4):
            yield table
    else:
        yield ProgressLines(lang, console)


@contextlib.contextmanager
def export_progress(lang: str) -> Iterator[Progress]:
    """A progress for one export: a line that turns in a terminal, now and then one in a pipe."""
    console = Console(stderr=True, highlight=False)
    if VOICE.get().quiet:
        yield lambda _kind, _data: None
    elif console.is_terminal:
        with console.status("") as status:
            yield ExportLines(lang, status.update, 0.0)
    else:
        yield ExportLines(lang, console.print, PATIENCE_S)


class ExportLines:
    """Says which file is being written and how far it is; *every* so many seconds."""

    def __init__(self, lang: str, say: Callable[[str], None], every: float) -> None:
        self.lang, self.say, self.every = lang, say, every
        self.started = self.last = time.monotonic()
        self.file = ""

    def __call__(self, kind: str, data: Any) -> None:
        """Take ("format", file) or ("count", (done, all))."""
        now = time.monotonic()
        if kind == "format":
            self.file, said = data, " …"
        elif now - self.last < self.every:
            return
        else:
            said = " {}/{}".format(*data)
        self.last = now
        at = f"[dim]{now - self.started:6.1f} s[/dim]"
        self.say(f"{at}  {_stage('exporting', self.lang)} {escape(self.file)}{said}")


@dataclass
class _Row:
    """A goal so far; the gap is that of the value and the bound that stand there now."""

    value: Fraction | None = None
    bound: Fraction | None = None
    wall_s: float | None = None

    def cells(self) -> tuple[str, str, str, str]:
        """Value, bound, gap and seconds; empty where there is nothing yet."""
        value, bound = ("" if n is None else _number(n) for n in (self.value, self.bound))
        seconds = "" if self.wall_s is None else f"{self.wall_s:.1f}"
        if self.value is None or self.bound is None:
            return value, bound, "", seconds
        gap = Level("", Fraction(self.value), Fraction(self.bound), 0.0, 0.0).gap
        return value, bound, "–" if gap is None else f"{float(gap):.2%}", seconds


class LevelTable:
    """Goals in order with the best value, bound and gap so far; below, what is going on."""

    def __init__(self, lang: str) -> None:
        self.lang, self.stage = lang, ""
        self.notes: list[str] = []
        self.started = time.monotonic()
        self.rows: dict[str, _Row] = {}

    def __call__(self, kind: str, data: Any) -> None:
        """Take one event of the solve."""
        if kind == "stage":
            self.stage = _stage(data, self.lang)
        elif kind == "note":
            self.notes.append(data.get(self.lang))
        elif kind == "plan" and isinstance(data, list):
            for level in data:
                self._row(level["name"]).value = Fraction(level["value"])
        elif kind == "round":
            self._row(data["name"]).bound = Fraction(data["bound"])
            self.stage = f"{_stage('rounds', self.lang)} {data['round']}/{data['rounds']}"
        elif kind == "level":
            self.rows[data.name] = _Row(data.value, data.bound, data.wall_s)

    def _row(self, name: str) -> "_Row":
        return self.rows.setdefault(name, _Row())

    def render(self) -> Table:
        """The table as it stands."""
        table = Table(box=None, pad_edge=False, caption_justify="left")
        for head in HEADS:
            table.add_column(label(head, self.lang), justify="left" if head == "goal" else "right")
        for name, row in self.rows.items():
            table.add_row(label(name, self.lang), *row.cells())
        at = f"{time.monotonic() - self.started:6.1f} s  {self.stage}"
        table.caption = "\n".join([*map(escape, self.notes), at])
        return table


class ProgressLines:
    """Prints stages and levels with the time since the start; with ``-v`` every better plan."""

    def __init__(self, lang: str, console: Console) -> None:
        self.lang, self.console = lang, console
        self.started = time.monotonic()
        self.verbose = VOICE.get().verbose

    def __call__(self, kind: str, data: Any) -> None:
        """Take one event of the solve."""
        if kind == "stage" and data in STAGES:
            self._print(f"{_stage(data, self.lang)} …")
        elif kind == "note":
            self._print(escape(data.get(self.lang)))
        elif kind == "round":
            self._print(self._round(data))
        elif kind == "level":
            self._print(self._level(data))
        elif kind == "plan" and self.verbose and isinstance(data, list):
            levels = (f"{label(v['name'], self.lang)} {_number(v['value'])}" for v in data)
            self._print("  ".join(levels))

    def _print(self, text: str) -> None:
        self.console.print(f"[dim]{time.monotonic() - self.started:6.1f} s[/dim]  {text}")

    def _round(self, data: Any) -> str:
        bound = label("bound", self.lang), _number(Fraction(data["bound"]))
        gap = label("gap_share", self.lang), _share(data["gap"])
        turn = ("第 {round}/{rounds} 轮", "round {round}/{rounds}")[self.lang == "en"]
        return "  ".join((turn.format_map(data), *bound, *gap))

    def _level(self, level: Any) -> str:
        gap = "–" if level.gap is None else f"{float(level.gap):.2%}"
        name = label(level.name, self.lang)
        bound, said = label("bound", self.lang), label("gap_share", self.lang)
        value = _number(level.value)
        return f"[bold]{name}[/bold] {value}  {bound} {_number(level.bound)}  {said} {gap}"


class PointLines:
    """Prints the points of a sweep as they begin and end; with ``-v`` also their levels."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.console = Console(stderr=True, highlight=False)
        self.started = time.monotonic()

    def __call__(self, point: Any, kind: str, data: Any) -> None:
        """Take one event of *point*; ``start`` and ``done`` come with (points done, points)."""
        voice = VOICE.get()
        is_level = kind == "level" and voice.verbose
        if voice.quiet or not (kind in POINT_WORDS or is_level):
            return
        if is_level:
            said, count = f"{label(data.name, self.lang)} {_number(data.value)}", ""
        else:
            said, count = POINT_WORDS[kind][self.lang == "en"], f"{data[0]}/{data[1]}"
        at = f"[dim]{time.monotonic() - self.started:6.1f} s  {count:>5}[/dim]"
        of = ", ".join(
            f"{setting_head(path, self.lang)} {setting_text(value, self.lang)}"
            for path, value in point.settings.items()
        )
        self.console.print(f"{at}  {escape(of)}: {said}")


def _stage(name: str, lang: str) -> str:
    if name in STAGES:
        return STAGES[name][lang == "en"]
    closing = ("收尾:", "closing: ")[lang == "en"] if name.startswith(CLOSING) else ""
    return closing + label(name.removeprefix(CLOSING), lang)


def _number(value: Any) -> str:
    if value is None:
        return "–"
    return number_text(Fraction(value) if isinstance(value, str) else value)


def _share(gap: str | None) -> str:
    return "–" if gap is None else f"{float(Fraction(gap)):.2%}"
