"""No file of a run folder names the user, the machine or a folder of theirs."""

import getpass
import platform
import socket
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from optimizer.api import SolveOptions, read_result, solve
from optimizer.export.formats import EXPORTERS, export_named
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community

PERSON, MACHINE, HOME = "zhangsan-q7", "pc-of-zhangsan-q7", "home-q7"
TRACES = ("q7",)  # part of every one of them, and of nothing else


def told(path: Path) -> str:
    """Everything that *path* holds: of an archive each member, of a database each row."""
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            members = [(name, archive.read(name)) for name in archive.namelist()]
        return "\n".join(f"{name} {data.decode('utf-8', 'replace')}" for name, data in members)
    if content.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(path)) as base:
            return "\n".join(base.iterdump()) + content.decode("latin-1")
    return content.decode("utf-8", "replace")


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A run folder with every format, written by a person on a machine that have names."""
    home = tmp_path / HOME
    (home / "tmp").mkdir(parents=True)
    for name in ("USER", "LOGNAME", "USERNAME", "LNAME"):
        monkeypatch.setenv(name, PERSON)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(home / "tmp"))
    monkeypatch.setattr(socket, "gethostname", lambda: MACHINE)
    monkeypatch.setattr(platform, "node", lambda: MACHINE)
    monkeypatch.setattr(getpass, "getuser", lambda: PERSON)
    scenario = write_case(case([community()], [building()]), home / "case")
    out = home / "out"
    solve(scenario, out, SolveOptions(gap=0.0), in_child=False)
    export_named(read_result(out), out, EXPORTERS, "zh")
    return out


def test_every_format_and_record(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    kinds = {path.suffix for path in files}
    assert kinds == {".json", ".csv", ".xlsx", ".gpkg", ".geojson", ".docx", ".html"}
    named = {path.name for path in files for trace in TRACES if trace in told(path)}
    assert named == set()


def test_the_test_sees_what_it_looks_for(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("docProps/core.xml", f"<creator>{PERSON}</creator>")
    with closing(sqlite3.connect(tmp_path / "a.gpkg")) as base:
        base.execute("create table t (said text)")
        base.execute("insert into t values (?)", (f"/home/{HOME}/a",))
        base.commit()
    assert all("q7" in told(tmp_path / name) for name in ("a.xlsx", "a.gpkg"))
