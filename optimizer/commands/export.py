"""``linli export``: a plan in other formats."""

from typing import Annotated

import typer

from optimizer.commands.command import DEFAULT_LANG, Folder, Json, Lang, ends_well, print_json

NAMES = "xlsx, gpkg, geojson, csv, csv-raw, docx, docx-each, html"
FORMATS = (
    f"格式,可多个,逗号隔开:{NAMES}。csv 在会被当作公式的文字前加 ' ,csv-raw 不加;"
    f"docx 合为一册,docx-each 一项目一份 / formats, apart by commas: {NAMES}. "
    "csv puts ' before texts a spreadsheet would take for a formula, csv-raw does not; "
    "docx is one volume, docx-each one file a project"
)


@ends_well
def export(
    folder: Folder,
    to: Annotated[str, typer.Option("--to", help=FORMATS)] = "xlsx,html",
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
) -> int:
    """把结果另存为其他格式 / write the plan in other formats."""
    from optimizer.export.formats import export_named
    from optimizer.progress import export_progress
    from optimizer.result import read_result

    with export_progress(lang) as progress:
        written = export_named(read_result(folder), folder, to.split(","), lang, progress)
    if as_json:
        print_json({"written": [str(path) for path in written]})
    else:
        for path in written:
            typer.echo(str(path))
    return 0
