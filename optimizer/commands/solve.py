"""``linli solve``: a verified plan in a run folder."""

from pathlib import Path
from typing import Annotated, Any

import typer

from optimizer.commands.command import (
    DEFAULT_LANG,
    Cluster,
    Engine,
    Force,
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
def solve(
    scenario: ScenarioPath,
    out: Annotated[Path, typer.Option("--out", help="结果文件夹 / run folder")],
    time_limit: TimeLimit = None,
    gap: Gap = None,
    threads: Threads = 1,
    seed: Seed = 0,
    engine: Engine = "auto",
    cluster: Cluster = None,
    start: Annotated[
        Path | None,
        typer.Option("--start", help="从这一结果的方案出发 / run folder whose plan to start from"),
    ] = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
    allow_outside: Outside = False,
) -> int:
    """求方案、逐条核验并导出 / a verified plan, exported."""
    from optimizer import api
    from optimizer.progress import solve_progress

    with solve_progress(lang) as progress:
        result = api.solve(
            scenario,
            out,
            api.SolveOptions(engine, gap, time_limit, threads, seed, cluster=cluster),
            force=force,
            allow_outside=allow_outside,
            progress=progress,
            lang=lang,
            start=start,
        )
    return _said(result, out, as_json, lang)


def _said(result: Any, out: Path, as_json: bool, lang: str) -> int:
    from optimizer.summary import print_summary, summary_data

    if as_json:
        print_json(summary_data(result, out))
    else:
        print_summary(result, out, lang)
    return {"broken": 6, "stopped": 3}.get(result.status, 0)
