"""Builds the verifier as one file that anybody can run with plain Python and nothing installed.

``python -m optimizer.single_file linli_verify.pyz``, then ``python -I linli_verify.pyz DIR``. The
file is a zip of the sources: unzip it to read what it does. Source: reliability.md section 3.
"""

import shutil
import sys
import tempfile
import zipapp
from pathlib import Path

HERE = Path(__file__).resolve().parent
START = "import sys\n\nfrom optimizer.verify import main\n\nsys.exit(main())\n"
DEFAULT = "linli_verify.pyz"


def build(target: Path) -> Path:
    """Write the verifier to *target*: verify.py and checks/, standard library only."""
    with tempfile.TemporaryDirectory(prefix="linli-") as folder:
        package = Path(folder) / "optimizer"
        shutil.copytree(HERE / "checks", package / "checks", ignore=_no_bytecode)
        shutil.copy(HERE / "verify.py", package / "verify.py")
        (package / "__init__.py").write_text('"""The verifier of Linli alone."""\n', "utf-8")
        (Path(folder) / "__main__.py").write_text(START, "utf-8")
        zipapp.create_archive(folder, target, interpreter="/usr/bin/env python3", compressed=True)
    return target


def _no_bytecode(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "__pycache__"]


if __name__ == "__main__":
    print(build(Path(sys.argv[1] if len(sys.argv) > 1 else DEFAULT)))
