"""``linli solve``: a verified plan in a run folder."""

from pathlib import Path
from typing import Annotated, Any

import typer

from optimizer.commands.command import (
    DEFAULT_LANG,
    Json,
    Lang,
    Outside,
    Quiet,
    ScenarioPath,
    Verbose,
    ends_well,
    print_json,
)


@ends_well
def solve(
    scenario: ScenarioPath,
    out: Annotated[Path, typer.Option("--out", help="结果文件夹 / run folder")],
    time_limit: Annotated[
        float | None,
        typer.Option("--time-limit", min=0.1, help="秒,含全部目标 / seconds, all levels"),
    ] = None,
    gap: Annotated[
        float | None, typer.Option("--gap", min=0.0, max=1.0, help="每级差距 / gap per level")
    ] = None,
    threads: Annotated[int, typer.Option("--threads", min=1)] = 1,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 0,
    engine: Annotated[str, typer.Option("--engine", help="exact | city | auto")] = "auto",
    force: Annotated[
        bool, typer.Option("--force", help="旧结果改名留存 / rename the old one")
    ] = False,
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
    quiet: Quiet = False,
    verbose: Verbose = False,
    allow_outside: Outside = False,
) -> int:
    """求方案、逐条核验并导出 / a verified plan, exported."""
    from optimizer.progress import ProgressLines
    from optimizer.solve.outcome import SolveOptions

    options = SolveOptions(_engine(engine), gap, time_limit, threads, seed)
    progress = ProgressLines(lang, quiet=quiet, verbose=verbose)
    return _solve(scenario, out, options, progress, force, allow_outside, as_json, lang)


def _solve(
    scenario: Path,
    out: Path,
    options: Any,
    progress: Any,
    force: bool,
    allow_outside: bool,
    as_json: bool,
    lang: str,
) -> int:
    from optimizer import api
    from optimizer.summary import print_summary, summary_data

    result = api.solve(
        scenario,
        out,
        options,
        force=force,
        allow_outside=allow_outside,
        progress=progress,
        lang=lang,
    )
    if as_json:
        print_json(summary_data(result, out))
    else:
        print_summary(result, out, lang)
    return {"broken": 6, "stopped": 3}.get(result.status, 0)


def _engine(name: str) -> str:
    if name not in ("exact", "city", "auto"):
        raise typer.BadParameter("exact | city | auto", param_hint="--engine")
    return name
