"""Formats a plan is written in: one file a format and one line here."""

import importlib.util
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimizer.counted import listening
from optimizer.errors import CallError, Text
from optimizer.export.csv_folder import write_csv, write_raw_csv
from optimizer.export.document import write_each, write_volume
from optimizer.export.geojson import write_geojson
from optimizer.export.gpkg import write_gpkg
from optimizer.export.place import placed
from optimizer.export.report import write_report
from optimizer.export.workbook import write_workbook
from optimizer.hold import held, not_written
from optimizer.result import Result

Progress = Callable[[str, Any], None]


@dataclass(frozen=True, slots=True)
class Exporter:
    """``write(result, path, lang)`` writes one format to ``file``, a name inside the run folder.

    ``needs`` are packages of ``extra``; ``with_solve`` says that every solve writes it.
    """

    file: str
    write: Callable[[Result, Path, str], None]
    needs: tuple[str, ...] = ()
    extra: str = ""
    with_solve: bool = False

    @property
    def is_installed(self) -> bool:
        """The packages it needs are there."""
        return all(importlib.util.find_spec(package) for package in self.needs)


WORD = ("docx", "matplotlib", "PIL")
GIS = ("geopandas", "pyogrio", "shapely")
EXPORTERS: Mapping[str, Exporter] = {
    "xlsx": Exporter("plan.xlsx", write_workbook, with_solve=True),
    "gpkg": Exporter("plan.gpkg", write_gpkg, GIS, "gis", with_solve=True),
    "geojson": Exporter("plan.geojson", write_geojson),
    "csv": Exporter("csv", write_csv),
    "csv-raw": Exporter("csv-raw", write_raw_csv),
    "docx": Exporter("plan.docx", write_volume, WORD, "report"),
    "docx-each": Exporter("docx-each", write_each, WORD, "report"),
    "html": Exporter("plan.html", write_report, ("jinja2",), "report", with_solve=True),
}


def export_all(result: Result, folder: Path, lang: str) -> list[Text]:
    """Into *folder* what every solve writes; for each format left out, the extra it needs."""
    wanted = {name: one for name, one in EXPORTERS.items() if one.with_solve}
    _write(result, folder, [one for one in wanted.values() if one.is_installed], lang)
    return [_needs(name, one) for name, one in wanted.items() if not one.is_installed]


def _silent(_kind: str, _data: Any) -> None:
    """A progress that shows nothing."""


def export_named(
    result: Result, folder: Path, names: Iterable[str], lang: str, progress: Progress = _silent
) -> list[Path]:
    """The formats called *names*, all or none; CallError for one unknown, missing or unwritable.

    *progress* is told ("format", file) and ("count", (done, all)).
    """
    chosen = [_exporter(name.strip()) for name in dict.fromkeys(names)]
    try:
        with held(folder):
            _write(result, folder, chosen, lang, progress)
    except OSError as error:
        raise CallError(not_written(folder, error)) from error
    except KeyError as error:
        raise CallError(_of_another_version(result, str(error))) from error
    return [folder / one.file for one in chosen]


def _of_another_version(result: Result, missing: str) -> Text:
    made_by = result.plan_json.get("versions", {}).get("linli", "?")
    return Text(
        f"{result.directory} 由另一版本(linli {made_by})写成,缺 {missing};请重新求解。",
        f"{result.directory} was written by another version (linli {made_by}) and lacks {missing}: "
        "solve again.",
    )


def _write(
    result: Result,
    folder: Path,
    chosen: Iterable[Exporter],
    lang: str,
    progress: Progress = _silent,
) -> None:
    with placed(folder) as staged, listening(lambda *count: progress("count", count)):
        for one in chosen:
            progress("format", one.file)
            one.write(result, staged / one.file, lang)


def _exporter(name: str) -> Exporter:
    found = EXPORTERS.get(name)
    if found is None:
        known = ", ".join(EXPORTERS)
        raise CallError(
            Text(f"没有格式 {name!r};可选 {known}。", f"No format {name!r}; there are {known}.")
        )
    if not found.is_installed:
        raise CallError(_needs(name, found))
    return found


def _needs(name: str, exporter: Exporter) -> Text:
    return Text(
        f"{name} 需要安装 linli[{exporter.extra}]。", f"{name} needs linli[{exporter.extra}]."
    )
