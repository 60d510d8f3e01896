"""``linli init``: a template case."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.commands.command import (
    DEFAULT_LANG,
    Force,
    Json,
    Lang,
    ends_well,
    print_json,
    say,
)
from optimizer.errors import Text


@ends_well
def init(
    folder: Annotated[Path, typer.Argument(help="新文件夹 / new folder")],
    as_book: Annotated[
        bool, typer.Option("--xlsx", help="数据为一个工作簿 / the data as one workbook")
    ] = False,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
) -> int:
    """写出可填写的模板算例 / a template case to fill in."""
    from optimizer.template import write_template

    written = write_template(folder, lang, as_book=as_book, force=force)
    if as_json:
        print_json({"folder": str(folder), "written": written})
    else:
        for name in written:
            typer.echo(str(folder / name))
    done = Text(f"填好后运行 linli check {folder}。", f"Fill it in, then run linli check {folder}.")
    say(done, lang)
    return 0
