"""``linli verify``: a run folder re-checked."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from optimizer.commands.command import DEFAULT_LANG, Folder, Json, Lang, ends_well, print_json
from optimizer.errors import InputError, Issue, Text

MOST_FAULTS = 200


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
    from optimizer.reread import verify as verify_folder
    from optimizer.summary import print_verdict
    from optimizer.verify import VerifyError

    try:
        report = verify_folder(folder, raw)
    except VerifyError as error:
        raise InputError(_issue(fault) for fault in error.faults[:MOST_FAULTS]) from error
    if as_json:
        print_json(asdict(report))
    else:
        print_verdict(report, lang)
    return 0 if report.ok else 6


def _issue(fault: Any) -> Issue:
    message, fix = Text(fault.zh, fault.en), Text("", "")
    return Issue("damaged-run-folder", message, fix, file=fault.place)
