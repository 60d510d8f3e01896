"""Formats a plan is written in: one file a format and one line here."""

import importlib.util
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from optimizer.errors import CallError, Text
from optimizer.export.report import write_report
from optimizer.export.workbook import write_workbook
from optimizer.result import Result


@dataclass(frozen=True, slots=True)
class Exporter:
    """``write(result, path, lang)`` writes one format; ``needs`` is a package of an extra."""

    suffix: str
    write: Callable[[Result, Path, str], None]
    needs: str = ""
    extra: str = ""

    @property
    def is_installed(self) -> bool:
        """The package it needs is there."""
        return not self.needs or importlib.util.find_spec(self.needs) is not None


EXPORTERS: Mapping[str, Exporter] = {
    "xlsx": Exporter(".xlsx", write_workbook),
    "html": Exporter(".html", write_report, needs="jinja2", extra="report"),
}
STEM = "plan"


def export_all(result: Result, folder: Path, lang: str) -> list[Text]:
    """Every installed format into *folder*; for each other, which extra it needs."""
    missing = []
    for name, exporter in EXPORTERS.items():
        if exporter.is_installed:
            exporter.write(result, folder / f"{STEM}{exporter.suffix}", lang)
        else:
            missing.append(_needs(name, exporter))
    return missing


def export_named(result: Result, folder: Path, names: Iterable[str], lang: str) -> list[Path]:
    """The formats called *names*; CallError for an unknown or missing one."""
    written = []
    for name in names:
        exporter = EXPORTERS.get(name.strip())
        if exporter is None:
            known = ", ".join(EXPORTERS)
            raise CallError(
                Text(f"没有格式 {name!r};可选 {known}。", f"No format {name!r}; there are {known}.")
            )
        if not exporter.is_installed:
            raise CallError(_needs(name, exporter))
        path = folder / f"{STEM}{exporter.suffix}"
        exporter.write(result, path, lang)
        written.append(path)
    return written


def _needs(name: str, exporter: Exporter) -> Text:
    return Text(
        f"{name} 需要安装 linli[{exporter.extra}]。", f"{name} needs linli[{exporter.extra}]."
    )
