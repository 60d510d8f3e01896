"""A defect of ours (exit 1): one line with an id on the screen, everything else in a local file.

Source: contract section 3; reliability.md section 7 (S48).
"""

import os
import platform
import secrets
import sys
import tempfile
import traceback
from pathlib import Path

from optimizer import __version__
from optimizer.errors import Text


def record_defect(error: BaseException) -> Text:
    """Write *error* with its traceback to a file of this user; what to tell them."""
    id = secrets.token_hex(4)
    lines = [
        f"linli {__version__}, Python {platform.python_version()}, {platform.system()}\n",
        f"{sys.argv[1:]}\n",
        *traceback.format_exception(error),
    ]
    path = _written(f"defect-{id}.log", "".join(lines))
    return Text(
        f"程序自身出错,编号 {id};您的文件没有改动。详情在 {path},请随编号一起报告。",
        f"A defect of Linli, id {id}; your files are unchanged. Details: {path}; report both.",
    )


def _written(name: str, text: str) -> Path | str:
    for folder in (_state_folder(), Path(tempfile.gettempdir()) / "linli"):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(handle, "w", encoding="utf-8") as file:
                file.write(text)
            return folder / name
        except OSError:
            continue
    return "(–)"


def _state_folder() -> Path:
    given = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(given) if given else Path.home() / ".local" / "state") / "linli"
