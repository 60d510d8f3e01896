"""V01, V19: every table and record of the folder, and every raw file, is as it was.

Source: contract section 4.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from optimizer.checks.findings import Findings
from optimizer.checks.folder import read_json

NAME, SCHEMA = "digests.json", "linli-digests/1"
OTHERS = (NAME, "exports.json")
RULE = "contract 4"


def check_folder(directory: Path, findings: Findings) -> None:
    """Every file that ``digests.json`` names, and that it names each the verifier reads."""
    data = read_json(directory / NAME) if (directory / NAME).exists() else {}
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, dict) or data.get("schema") != SCHEMA:
        findings.broken(
            RULE,
            NAME,
            "",
            SCHEMA,
            zh="缺失、损坏或版本不同。",
            en="missing, damaged or another version.",
        )
        return
    check_files(files, directory, findings, prefix=f"{NAME} ")
    read = [path for at in (directory, directory / "inputs") for path in at.glob("*.*")]
    for path in sorted(p for p in read if p.suffix in (".csv", ".json")):
        name = path.relative_to(directory).as_posix()
        if name not in files and name not in OTHERS:
            findings.broken(
                RULE,
                f"{NAME} {name}",
                "absent",
                "",
                zh="这个文件没有校验值。",
                en="this file has no digest.",
            )


def check_files(
    claimed: Mapping[str, object],
    place: Path,
    findings: Findings,
    prefix: str = "",
    above: int = 0,
) -> None:
    """Each file of *claimed*, below *place* or at most *above* folders over it, has its digest."""
    for name, digest in claimed.items():
        steps = PurePosixPath(name)
        up = steps.parts.count("..")
        leads = steps.parts[:up] == ("..",) * up
        is_inside = not steps.is_absolute() and leads and up <= above
        path = place / name
        is_there = is_inside and path.is_file()
        found = hashlib.sha256(path.read_bytes()).hexdigest() if is_there else "absent"
        findings.same(RULE, f"{prefix}{name}", str(digest), found)
