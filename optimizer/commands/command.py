"""What every command shares: its options, its way to end, its JSON."""

import inspect
import json
import os
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from optimizer.errors import InputError, Issue, LinliError, Text
from optimizer.shortage import SHORT, is_memory_short
from optimizer.voice import VOICE, Voice

LangName = Literal["zh", "en"]
ScenarioPath = Annotated[
    Path,
    typer.Argument(help="方案 TOML、其文件夹或随附算例名 / scenario, its folder, a shipped case"),
]
Folder = Annotated[Path, typer.Argument(help="结果文件夹 / run folder")]
Json = Annotated[bool, typer.Option("--json", help="标准输出只给 JSON / JSON on stdout only")]
Lang = Annotated[
    LangName,
    typer.Option("--lang", help="界面语言,也可设 LINLI_LANG / language, also by LINLI_LANG"),
]
Quiet = Annotated[
    bool, typer.Option("-q", "--quiet", help="只报结果和错误 / results and errors only")
]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help="表格全列,进度逐条 / whole tables, every step")
]
Outside = Annotated[
    bool, typer.Option("--allow-outside", help="允许方案文件夹之外的路径 / paths outside")
]
TimeLimit = Annotated[
    float | None,
    typer.Option("--time-limit", min=0.1, help="秒,含全部目标 / seconds, all levels"),
]
Gap = Annotated[
    float | None, typer.Option("--gap", min=0.0, max=1.0, help="每级差距 / gap per level")
]
Threads = Annotated[int, typer.Option("--threads", min=1, help="求解线程 / solver threads")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="随机种子 / random seed")]
Engine = Annotated[
    Literal["exact", "city", "auto"], typer.Option("--engine", help="求解方式 / how to solve")
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster", help="Dask 调度器地址 tcp://host:port / Dask scheduler, tcp://host:port"
    ),
]
Force = Annotated[bool, typer.Option("--force", help="旧结果改名留存 / rename the old one aside")]
DEFAULT_LANG: LangName = "en" if os.environ.get("LINLI_LANG", "zh") == "en" else "zh"
VOICE_OPTIONS: Mapping[str, Any] = {"quiet": Quiet, "verbose": Verbose}


def ends_well(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what a command raises into one message and the exit codes of contract section 3.

    Every command gets ``-q`` and ``-v``; they are set for all that it calls (:mod:`voice`).
    """

    @wraps(command)
    def run(*args: Any, quiet: bool = False, verbose: bool = False, **options: Any) -> None:
        lang, as_json = options.get("lang", DEFAULT_LANG), bool(options.get("as_json"))
        VOICE.set(Voice(quiet, verbose))
        try:
            code = command(*args, **options)
        except LinliError as error:
            _say_error(error, lang, as_json)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo("已中止。 Aborted.", err=True)
            raise typer.Exit(3) from None
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception as error:
            raise typer.Exit(_say_other(error, lang, as_json)) from None
        raise typer.Exit(code)

    signature = inspect.signature(command)
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=option)
        for name, option in VOICE_OPTIONS.items()
    ]
    run.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*signature.parameters.values(), *more]
    )
    run.__annotations__ = {**command.__annotations__, **VOICE_OPTIONS}
    return run


def say(text: Text, lang: str) -> None:
    """A note on stderr, unless ``-q`` asks for none."""
    if not VOICE.get().quiet:
        typer.echo(text.get(lang), err=True)


def _say_other(error: Exception, lang: str, as_json: bool) -> int:
    """What is no message of ours: memory that is short (2), or a defect (1)."""
    if is_memory_short(error):
        said, code = SHORT.get(lang), 2
    else:
        from optimizer.defects import record_defect

        said, code = record_defect(error).get(lang), 1
    if as_json:
        print_json({"error": said, "issues": []})
    typer.echo(said, err=True)
    return code


def _say_error(error: LinliError, lang: str, as_json: bool) -> None:
    issues = error.issues if isinstance(error, InputError) else ()
    if as_json:
        print_json({"error": error.message.get(lang), "issues": [i.as_json(lang) for i in issues]})
    print_issues(issues, lang)
    typer.echo(error.message.get(lang), err=True)


def print_issues(issues: tuple[Issue, ...], lang: str) -> None:
    """*issues* on stderr, errors first."""
    marks = {"error": Text("错误", "error"), "warning": Text("提示", "warning")}
    for issue in sorted(issues, key=lambda i: i.severity):
        typer.echo(f"{marks[issue.severity].get(lang)}  {issue.line(lang)}", err=True)


def print_json(data: Any) -> None:
    """*data* on stdout, and nothing else there."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))
