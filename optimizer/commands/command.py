"""What every command shares: its options, its way to end, its JSON."""

import json
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from optimizer.errors import InputError, Issue, LinliError, Text

ENGINES = "求解方式 / engine: exact | city | auto"


def one_of(*words: str) -> Callable[[str], str]:
    """A check that an option is one of *words*."""

    def check(value: str) -> str:
        if value not in words:
            raise typer.BadParameter(" | ".join(words))
        return value

    return check


ScenarioPath = Annotated[
    Path,
    typer.Argument(help="方案 TOML、其文件夹或随附算例名 / scenario, its folder, a shipped case"),
]
Folder = Annotated[Path, typer.Argument(help="结果文件夹 / run folder")]
Json = Annotated[bool, typer.Option("--json", help="标准输出只给 JSON / JSON on stdout only")]
Lang = Annotated[
    str, typer.Option("--lang", callback=one_of("zh", "en"), help="界面语言 / language: zh | en")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="不报进度 / no progress")]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help="报每个更好的方案 / every better plan")
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
    str, typer.Option("--engine", callback=one_of("exact", "city", "auto"), help=ENGINES)
]
DEFAULT_LANG = "en" if os.environ.get("LINLI_LANG", "zh") == "en" else "zh"


def ends_well(command: Callable[..., int]) -> Callable[..., None]:
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
