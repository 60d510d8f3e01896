"""The commands. Heavy imports stay inside them, so that ``linli --help`` is quick."""

import json
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from optimizer import __version__
from optimizer.errors import InputError, Issue, LinliError, Text

app = typer.Typer(
    name="linli",
    help="邻里:把闲置楼变成家门口的服务。Linli: idle buildings become services within a walk.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ScenarioPath = Annotated[
    Path,
    typer.Argument(help="方案 TOML、其文件夹或随附算例名 / scenario, its folder, a shipped case"),
]
Folder = Annotated[Path, typer.Argument(help="结果文件夹 / run folder")]
Json = Annotated[bool, typer.Option("--json", help="标准输出只给 JSON / JSON on stdout only")]
Lang = Annotated[str, typer.Option("--lang", help="zh | en")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不报进度 / no progress")]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help="报每个更好的方案 / every better plan")
]
Outside = Annotated[
    bool, typer.Option("--allow-outside", help="允许方案文件夹之外的路径 / paths outside")
]
DEFAULT_LANG = "en" if os.environ.get("LINLI_LANG", "zh") == "en" else "zh"


def main() -> None:
    """Entry point of ``linli`` and ``python -m optimizer``."""
    app()


def _ends_well(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what a command raises into one message and the exit codes of contract section 3."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        lang, as_json = options.get("lang", DEFAULT_LANG), bool(options.get("as_json"))
        try:
            code = command(*args, **options)
        except LinliError as error:
            _say_error(error, lang, as_json)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo("已中止。 Aborted.", err=True)
            raise typer.Exit(3) from None
        raise typer.Exit(code)

    return run


def _say_error(error: LinliError, lang: str, as_json: bool) -> None:
    issues = error.issues if isinstance(error, InputError) else ()
    if as_json:
        _print_json({"error": error.message.get(lang), "issues": [i.as_json(lang) for i in issues]})
    _print_issues(issues, lang)
    typer.echo(error.message.get(lang), err=True)


def _print_issues(issues: tuple[Issue, ...], lang: str) -> None:
    marks = {"error": Text("错误", "error"), "warning": Text("提示", "warning")}
    for issue in sorted(issues, key=lambda i: i.severity):
        typer.echo(f"{marks[issue.severity].get(lang)}  {issue.line(lang)}", err=True)


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"linli {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版本 / version")
    ] = False,
) -> None:
    return None


@app.command()
@_ends_well
def check(
    scenario: ScenarioPath,
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
    allow_outside: Outside = False,
) -> int:
    """一次列出输入的全部问题 / every fault of the input at once."""
    from optimizer import api

    issues = api.check(scenario, allow_outside=allow_outside)
    if as_json:
        _print_json({"issues": [issue.as_json(lang) for issue in issues]})
    _print_issues(issues, lang)
    done = Text(f"没有错误,{len(issues)} 条提示。", f"No faults, {len(issues)} warnings.")
    typer.echo(done.get(lang), err=True)
    return 0


@app.command()
@_ends_well
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
        _print_json(summary_data(result, out))
    else:
        print_summary(result, out, lang)
    return {"broken": 6, "stopped": 3}.get(result.status, 0)


def _engine(name: str) -> str:
    if name not in ("exact", "city", "auto"):
        raise typer.BadParameter("exact | city | auto", param_hint="--engine")
    return name


@app.command()
@_ends_well
def verify(
    folder: Folder,
    raw: Annotated[
        Path | None, typer.Option("--raw", help="原始数据文件夹 / folder of the raw data")
    ] = None,
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
) -> int:
    """独立核验结果文件夹 / re-check a run folder against every rule."""
    from optimizer.summary import print_verdict
    from optimizer.verify import VerifyError
    from optimizer.verify import verify as verify_folder

    try:
        report = verify_folder(folder, raw)
    except VerifyError as error:
        typer.echo(str(error), err=True)
        return 2
    if as_json:
        _print_json({"rules": report.rules, "violations": report.violations})
    else:
        print_verdict(report, lang)
    return 0 if report.ok else 6


@app.command()
@_ends_well
def rules(
    pack: Annotated[str, typer.Argument(help="规则包名或路径 / name or path of a pack")],
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
) -> int:
    """规则包的每一条在哪里处理 / where each rule of a pack is treated."""
    from optimizer.pack_page import pack_data, print_pack
    from optimizer.packs import read_policy

    policy = read_policy(pack, Path.cwd())
    if as_json:
        _print_json(pack_data(policy, lang))
    else:
        print_pack(policy, lang)
    return 0


@app.command()
@_ends_well
def show(
    scenario: ScenarioPath,
    rows: Annotated[str, typer.Argument(help="FAMILY[.ROW[INDEX]]")],
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
    allow_outside: Outside = False,
) -> int:
    """展开模型的行 / print expanded rows of the model."""
    from optimizer import api

    del lang  # rows are mathematics
    found = api.show(scenario, rows, allow_outside=allow_outside)
    if as_json:
        _print_json({"rows": found})
    else:
        for row in found:
            typer.echo(row)
    return 0


@app.command()
@_ends_well
def export(
    folder: Folder,
    to: Annotated[str, typer.Option("--to", help="xlsx,html")] = "xlsx,html",
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
) -> int:
    """把结果另存为其他格式 / write the plan in other formats."""
    from optimizer.export import export_named
    from optimizer.result import read_result

    written = export_named(read_result(folder), folder, to.split(","), lang)
    if as_json:
        _print_json({"written": [str(path) for path in written]})
    else:
        for path in written:
            typer.echo(str(path))
    return 0


if __name__ == "__main__":
    main()
