"""``linli compare``: run folders side by side."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.commands.command import DEFAULT_LANG, Force, Json, Lang, ends_well, print_json


@ends_well
def compare(
    folders: Annotated[
        list[Path], typer.Argument(help="两个以上的结果文件夹 / two or more run folders")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="比较写入的文件夹 / folder of the comparison")
    ] = None,
    force: Force = False,
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
) -> int:
    """结果并列:目标、资金、进出、逐条判定 / runs side by side, clause by clause."""
    from optimizer.compare import compare as compare_entries
    from optimizer.compare import comparison_data, entries_of
    from optimizer.comparison_page import print_comparison
    from optimizer.export.comparison import write_comparison
    from optimizer.publish import publish

    comparison = compare_entries(entries_of(folders))
    if out is not None:
        with publish(out, force=force) as staged:
            write_comparison(comparison, staged, lang)
    if as_json:
        print_json(comparison_data(comparison))
    else:
        print_comparison(comparison, out, lang)
    return 0
