"""The program. Heavy imports stay inside the commands, so that ``linli --help`` is quick."""

import io
import os
import sys
from typing import Annotated, Any

import typer
from typer.main import get_command

from optimizer import __version__
from optimizer.commands import COMMANDS
from optimizer.commands.command import print_json
from optimizer.commands.speech import CALL_ERROR, Command, Group, asked_lang, call_error, spoken

app = typer.Typer(
    name="linli",
    cls=Group,
    help="邻里:把闲置楼变成家门口的服务。 / Linli: idle buildings become services within a walk.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in COMMANDS:
    app.command(cls=Command)(command)


def main() -> None:
    """Entry point of ``linli`` and ``python -m optimizer``."""
    _take_any_text()
    # its threads are of no use here, take memory, and where they get none it sends us Ctrl-C
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = sys.argv[1:]
    lang = asked_lang(words)
    try:
        code = spoken(get_command(app), lang).main(standalone_mode=False)
    except CALL_ERROR as error:
        code = _say_call_error(error, lang, "--json" in words)
    sys.exit(code or 0)


def _take_any_text() -> None:
    """What a pipe's encoding has no sign for is written as an escape, which JSON reads too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say_call_error(error: Any, lang: str, as_json: bool) -> int:
    """One line on stderr; nothing where the help was printed instead."""
    code: int = error.exit_code
    if type(error).__name__ == "NoArgsIsHelpError":
        return code
    said = call_error(error).get(lang)
    if as_json:
        print_json({"error": said, "issues": []})
    typer.echo(said, err=True)
    return code


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


if __name__ == "__main__":
    main()
