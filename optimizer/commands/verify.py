"""``linli verify``: a run folder re-checked."""

from pathlib import Path
from typing import Annotated

import typer

from optimizer.commands.command import DEFAULT_LANG, Folder, Json, Lang, ends_well, print_json
from optimizer.errors import CallError, Text


@ends_well
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
        raise CallError(
            Text(f"结果文件夹读不了:{error}。", f"The run folder cannot be read: {error}.")
        ) from error
    if as_json:
        print_json({"rules": report.rules, "violations": report.violations})
    else:
        print_verdict(report, lang)
    return 0 if report.ok else 6
