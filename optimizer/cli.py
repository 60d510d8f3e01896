"""The program. Heavy imports stay inside the commands, so that ``linli --help`` is quick."""

from typing import Annotated

import typer

from optimizer import __version__
from optimizer.commands import COMMANDS

app = typer.Typer(
    name="linli",
    help="邻里:把闲置楼变成家门口的服务。Linli: idle buildings become services within a walk.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in COMMANDS:
    app.command()(command)


def main() -> None:
    """Entry point of ``linli`` and ``python -m optimizer``."""
    app()


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
