"""``linli sweep``: every point of ``[compare]``, and one comparison."""

from pathlib import Path
from typing import Annotated, Any

import typer

from optimizer.commands.command import (
    DEFAULT_LANG,
    Engine,
    Gap,
    Json,
    Lang,
    Outside,
    ScenarioPath,
    Seed,
    Threads,
    TimeLimit,
    ends_well,
    print_json,
)


@ends_well
def sweep(
    scenario: ScenarioPath,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="结果文件夹,默认 方案名-sweep / folder of the runs, default NAME-sweep"
        ),
    ] = None,
    time_limit: TimeLimit = None,
    gap: Gap = None,
    threads: Threads = 1,
    seed: Seed = 0,
    engine: Engine = "auto",
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="同时求解的点数 / points at a time, default cores"),
    ] = None,
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
    allow_outside: Outside = False,
) -> int:
    """按方案的 compare 表逐点求解并比较,可续跑 / every point of the compare table, resumable."""
    from optimizer.progress import PointLines
    from optimizer.solve.outcome import SolveOptions
    from optimizer.sweep.run import run_sweep

    swept = run_sweep(
        scenario,
        out or Path(f"{_stem(scenario)}-sweep"),
        SolveOptions(engine, gap, time_limit, threads, seed),
        workers=workers,
        allow_outside=allow_outside,
        lang=lang,
        report=PointLines(lang),
    )
    return _said(swept, as_json, lang)


def _said(swept: Any, as_json: bool, lang: str) -> int:
    from optimizer.compare import comparison_data
    from optimizer.comparison_page import print_comparison

    if as_json:
        data: dict[str, Any] = {"directory": str(swept.directory)}
        print_json(data | comparison_data(swept.comparison))
    else:
        print_comparison(swept.comparison, swept.directory, lang)
    return _code(swept)


def _stem(scenario: Path) -> str:
    whole = scenario.resolve()
    return whole.parent.name if whole.name == "scenario.toml" else whole.stem


def _code(swept: Any) -> int:
    """The gravest end of any point: a defect, a broken plan, a limit; no plan only if nowhere."""
    found = {entry.result.status for entry in swept.comparison.entries}
    if swept.failed:
        return 1
    for status, code in (("broken", 6), ("stopped", 3)):
        if status in found:
            return code
    return {frozenset({"infeasible"}): 4, frozenset({"no_plan"}): 5}.get(frozenset(found), 0)
