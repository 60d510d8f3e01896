"""Linli from Python: read a case, solve it to a verified run folder, verify one again.

``solve`` reads as the method's table of contents (design section 2).
"""

import contextlib
import difflib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from optimizer.admission import warning
from optimizer.axes import Settings
from optimizer.case import Case, changed_since, read_case
from optimizer.certify import certify, certify_in_child
from optimizer.endings import CRASH, ENDINGS, INTERRUPT, KILLED, MEMORY
from optimizer.errors import CallError, Issue, NoPlanCanExist, NoPlanFound, Text
from optimizer.export.formats import export_all
from optimizer.hold import Held, held, not_written
from optimizer.interrupts import interrupts
from optimizer.kept import kept_plan, with_news_of_it
from optimizer.musts import FailedMust, impossible_musts
from optimizer.publish import refuse_if_holds, refuse_if_taken, staged_for
from optimizer.pulse import pulsed
from optimizer.reread import verify as verify_with_raw
from optimizer.result import Result, read_result
from optimizer.run_folder import (
    run_inputs,
    set_status,
    set_verdict,
    write_run,
    write_without_plan,
)
from optimizer.run_plan import plan_of
from optimizer.solve.journal import resume
from optimizer.solve.outcome import Outcome, SolveOptions
from optimizer.solver_version import refuse_wrong_solver
from optimizer.verify import Report, VerifyError
from optimizer.verify import verify as verify_folder

__all__ = ["SolveOptions", "check", "read_case", "read_result", "show", "solve", "verify"]

DEFAULTS = SolveOptions()
LEAST_SEARCH_S = 0.1  # where reading the input took the whole limit
CERTIFY_MOST_S, CERTIFY_LEAST_S = 60.0, 0.5  # for the duals of all levels
CERTIFY_GRACE = 0.05  # of a time limit, where it is used up
NOTHING = Outcome("infeasible", None, (), "none", "proved by counting before the build")
Progress = Callable[[str, Any], None]
STAYS = Text(
    "上一次运行留下的方案仍保留,下一次运行从它出发。",
    "The plan that the run before left stays: the next run begins there.",
)
ALMOST = Text("正在写出方案;再按一次 Ctrl-C 放弃。", "Writing the plan; Ctrl-C again gives it up.")


def silent(_kind: str, _data: Any) -> None:
    """Progress that nobody watches."""


def check(path: Path, *, allow_outside: bool = False) -> tuple[Issue, ...]:
    """Warnings of the case at *path*; InputError with every fault where it has any."""
    return read_case(path, allow_outside=allow_outside).issues


def solve(
    path: Path,
    out: Path,
    options: SolveOptions = DEFAULTS,
    *,
    force: bool = False,
    allow_outside: bool = False,
    progress: Progress = silent,
    in_child: bool = True,
    lang: str = "zh",
    settings: Settings | None = None,
    start: Path | None = None,
) -> Result:
    """Solve scenario *path* into run folder *out*, verified before it appears there.

    With *settings* it is that point of the scenario's ``[compare]``; *start* is a run folder whose
    plan is start and floor where it keeps every rule of this case.

    Raises InputError and CallError (exit 2); NoPlanCanExist (4) and NoPlanFound (5) once *out* says
    why. A plan that the verifier faults is published as ``broken``, without exports (exit 6).
    """
    begun = time.monotonic()
    refuse_wrong_solver()
    refuse_if_taken(out, force=force)
    with pulsed(progress) as tell:
        case = read_case(path, allow_outside=allow_outside, settings=settings)
        refuse_if_holds(out, case.scenario.path, case.scenario.data)
        options = options if start is None else replace(options, start=plan_of(read_result(start)))
        with held(out) as place:
            refuse_if_taken(out, force=force)
            failed = impossible_musts(case.instance)
            if (short := warning(case.instance)) is not None:
                tell("note", short)
            outcome = NOTHING if failed else _solved(case, options, place, tell, in_child, begun)
            if outcome.plan is None:
                _without_plan(case, outcome, options, failed, place, force)
            asked = (case, outcome, options, place, _seconds_to_certify(outcome, options, begun))
            result = record(*asked, force=force, progress=tell, lang=lang, in_child=in_child)
            _forget(place)
    return result


def record(
    case: Case,
    outcome: Outcome,
    options: SolveOptions,
    place: Held,
    certify_s: float = CERTIFY_MOST_S,
    *,
    force: bool = False,
    progress: Progress = silent,
    lang: str = "zh",
    in_child: bool = True,
) -> Result:
    """Write the plan of *outcome* to the run folder held, verified and exported before it is there.

    The duals of the bound audit get *certify_s* seconds.
    The first Ctrl-C of a run waits for it, the second ends it and leaves the folder as it was.
    """
    asked = threading.Event()

    def ask() -> None:
        asked.set()
        progress("note", ALMOST)

    heard = int(outcome.ended == INTERRUPT)
    with interrupts(ask, heard), staged_for(place, force=force) as folder:
        progress("stage", "writing")
        changed = _changed(case, progress)
        write_run(run_inputs(case), outcome, options, folder, changed)
        if certify_s >= CERTIFY_LEAST_S:
            progress("stage", "certifying")
            (certify_in_child if in_child else certify)(folder, certify_s, asked.is_set)
        progress("stage", "verifying")
        verdict = _verified(folder)
        set_verdict(folder, verdict)
        result = read_result(folder, is_published=False)
        if verdict.ok:
            progress("stage", "exporting")
            for left_out in export_all(result, folder, lang):
                progress("note", left_out)
    return replace(result, directory=place.directory)


def _seconds_to_certify(outcome: Outcome, options: SolveOptions, started: float) -> float:
    """For the duals of the bound audit: what is left of the limit, or its grace; 0 after Ctrl-C."""
    if outcome.ended == INTERRUPT:
        return 0.0
    left = _what_is_left(options, started).seconds
    if options.seconds is None or left is None:
        return CERTIFY_MOST_S
    return min(CERTIFY_MOST_S, max(left, CERTIFY_GRACE * options.seconds))


def _verified(folder: Path) -> Report:
    """The verifier on a staged *folder*; OSError where the system keeps a file of it back."""
    try:
        return verify_folder(folder, is_published=False)
    except VerifyError as error:
        if error.refused is not None:
            raise error.refused from error
        raise


def show(path: Path, rows: str, *, allow_outside: bool = False) -> list[str]:
    """The expanded rows ``FAMILY[.ROW[INDEX]]`` of a case, with names and units.

    Raises CallError where there is no such family or row.
    """
    from models.build import build
    from models.constraints import FAMILIES
    from models.rows import rows_of

    family = rows.partition(".")[0]
    names = [known.name for known in FAMILIES]
    if family not in names:
        raise CallError(_no_such(rows, family, names))
    model = build(read_case(path, allow_outside=allow_outside).instance)
    every = list(rows_of(model, family))
    wanted = rows.replace("'", "")
    found = [r.text() for r in every if _is_part(r.name.replace("'", ""), wanted)]
    if not found:
        known = sorted({row.name.partition("[")[0] for row in every})
        raise CallError(_no_such(rows, rows, known))
    return found


def _is_part(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith((f"{wanted}.", f"{wanted}["))


def _no_such(rows: str, word: str, known: list[str]) -> Text:
    near = difflib.get_close_matches(word, known, 3, 0.3) or known
    listed = ", ".join(near)
    return Text(f"没有 {rows!r};最接近的是 {listed}。", f"No {rows!r}; the nearest are {listed}.")


def verify(directory: Path, raw: Path | None = None) -> Report:
    """Every rule re-checked on the files of a run folder, by code that shares nothing with ours."""
    return verify_with_raw(directory, raw)


def _solved(
    case: Case,
    options: SolveOptions,
    place: Held,
    progress: Progress,
    in_child: bool,
    started: float,
) -> Outcome:
    options = _what_is_left(options, started)
    if not in_child:
        from optimizer.solve.solve import solve as solve_here

        return solve_here(case.instance, options, progress)
    from optimizer.solve.child import solve_in_child

    try:
        kept = kept_plan(place, progress)
        options = replace(options, left=kept.plan)
        told = with_news_of_it(progress)
        return solve_in_child(case.instance, options, told, place.journal, kept)
    except OSError as error:
        raise CallError(not_written(place.directory, error)) from error


def _what_is_left(options: SolveOptions, started: float) -> SolveOptions:
    """*options* with the limit less what reading the input took: the user waits for both."""
    if options.seconds is None:
        return options
    left = options.seconds - (time.monotonic() - started)
    return replace(options, seconds=max(left, LEAST_SEARCH_S))


def _without_plan(
    case: Case,
    outcome: Outcome,
    options: SolveOptions,
    failed: Sequence[FailedMust],
    place: Held,
    force: bool,
) -> NoReturn:
    """Publish why there is no plan, and say it."""
    with staged_for(place, force=force) as folder:
        write_without_plan(run_inputs(case), outcome, options, failed, folder)
        proved = _proved_again(folder)
    if proved:
        _forget(place)
        raise NoPlanCanExist(_joined([_told(must, proved) for must in failed]))
    is_kept = resume(place.journal).plan is not None
    if not is_kept:
        _forget(place)
    raise NoPlanFound(_joined([_no_plan(outcome, options), *((STAYS,) if is_kept else ())]))


def _forget(place: Held) -> None:
    """The journal goes; one that cannot is where a next run begins, which harms nobody."""
    with contextlib.suppress(OSError):
        place.journal.unlink(missing_ok=True)


def _changed(case: Case, progress: Progress) -> Sequence[str]:
    """Input files that changed during the run, which is told."""
    files = changed_since(case)
    if files:
        said = ", ".join(files)
        text = Text(
            f"求解期间输入文件有改动:{said}。方案用的是改动前的输入(摘要在 plan.json);请重新求解。",
            f"Input files changed during the run: {said}. The plan is of the input before "
            "(digests in plan.json); solve again.",
        )
        progress("note", text)
    return files


def _proved_again(folder: Path) -> set[tuple[str, str]]:
    """(rule, place) of the reasons in *folder* that the verifier proves; without one: no_plan."""
    verdict = _verified(folder)
    proved = {(reason["id"], reason["scope"]) for reason in verdict.reasons if reason["ok"]}
    if not proved:
        set_status(folder, "no_plan")
        verdict = _verified(folder)
    set_verdict(folder, verdict)
    return proved


def _told(must: FailedMust, proved: set[tuple[str, str]]) -> Text:
    if (must.rule, must.place) in proved:
        return must.proof
    return Text(f"{must.proof.zh}(未重新证明)", f"{must.proof.en} (unproved)")


def _joined(texts: list[Text]) -> Text:
    return Text("\n".join(t.zh for t in texts), "\n".join(t.en for t in texts))


def _no_plan(outcome: Outcome, options: SolveOptions) -> Text:
    if outcome.ended in (MEMORY, KILLED, CRASH):
        said = ENDINGS[outcome.ended]
        return Text(f"{said.zh}还没有找到方案。", f"{said.en} No plan was found before.")
    if options.seconds is None:
        return Text(
            "没有找到满足全部锁定与必选试点的方案,但也没有证明它不存在。请放宽锁定、必选或预算。",
            "No plan that keeps every lock and required pilot was found, nor proved impossible. "
            "Relax locks, required pilots or budgets.",
        )
    return Text(
        f"限定的时间内没有找到方案({options.seconds:.0f} 秒,含读入数据;求解用了 "
        f"{outcome.wall_s:.0f} 秒)。请放宽 --time-limit 后再试。",
        f"No plan was found in the time given ({options.seconds:.0f} s, reading the input "
        f"included; the search had {outcome.wall_s:.0f} s). Allow more --time-limit.",
    )
