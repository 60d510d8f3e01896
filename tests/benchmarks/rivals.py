"""HiGHS, SCIP and CP-SAT on the arrays of a level, one thread, telling value and bound."""

import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import highspy
import numpy as np

from optimizer.solve.session import Problem, _highs_lp

Tell = Callable[[float, float], None]  # value of the best plan or inf, bound; of the minimised cost
CP_SAT_LINE = re.compile(r"best:(\S+)\s+next:\[([^,\]]+)")


def highs(problem: Problem, gap: float, tell: Tell) -> None:
    """HiGHS on the whole model, called cold."""
    solver = highspy.Highs()
    solver.setOptionValue("log_to_console", False)  # without output_flag no progress is told
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("threads", 1)
    solver.passModel(_highs_lp(problem))
    solver.cbMipLogging.subscribe(
        lambda event: tell(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)
    )
    solver.run()
    info = solver.getInfo()
    tell(info.objective_function_value, info.mip_dual_bound)


def scip(problem: Problem, gap: float, tell: Tell) -> None:
    """SCIP through pyscipopt."""
    from pyscipopt import SCIP_EVENTTYPE, Eventhdlr

    class Teller(Eventhdlr):
        def eventinit(self):
            for kind in ("BESTSOLFOUND", "DUALBOUNDIMPROVED", "FIRSTLPSOLVED", "NODESOLVED"):
                self.model.catchEvent(getattr(SCIP_EVENTTYPE, kind), self)

        def eventexec(self, event):
            tell(self.model.getPrimalbound(), self.model.getDualbound())

    model = _in_scip(problem)
    model.setParam("limits/gap", gap)
    teller = Teller()  # pyscipopt keeps a weak reference only
    model.includeEventhdlr(teller, "teller", "tells value and bound")
    model.optimize()
    tell(model.getPrimalbound(), model.getDualbound())


def _in_scip(problem: Problem):
    from pyscipopt import Model, quicksum

    model = Model()
    model.hideOutput()
    columns = [
        model.addVar(vtype="I" if whole else "C", lb=low, ub=high if high < np.inf else None, obj=c)
        for whole, low, high, c in zip(
            problem.is_integer.tolist(),
            problem.lower.tolist(),
            problem.upper.tolist(),
            problem.cost.tolist(),
            strict=True,
        )
    ]
    matrix = problem.matrix
    for i, (low, high) in enumerate(zip(problem.row_lower, problem.row_upper, strict=True)):
        part = slice(matrix.indptr[i], matrix.indptr[i + 1])
        terms = zip(matrix.indices[part].tolist(), matrix.data[part].tolist(), strict=True)
        row = quicksum(weight * columns[j] for j, weight in terms)
        if np.isfinite(low):
            model.addCons(row >= float(low))
        if np.isfinite(high):
            model.addCons(row <= float(high))
    return model


def cpsat(problem: Problem, gap: float, tell: Tell) -> None:
    """CP-SAT through the model builder of OR-tools, which scales the amounts itself."""
    from ortools.linear_solver.python import model_builder

    model, solver = model_builder.Model(), model_builder.Solver("sat")
    model.helper.fill_model_from_sparse_data(
        problem.lower,
        problem.upper,
        problem.cost,
        problem.row_lower,
        problem.row_upper,
        problem.matrix,
    )
    for column in np.flatnonzero(problem.is_integer).tolist():
        model.helper.set_var_integrality(column, True)
    solver.enable_output(True)
    solver.set_solver_specific_parameters(
        f"num_workers:1 relative_gap_limit:{gap} log_search_progress:true log_to_stdout:true"
    )
    with _read_stdout(lambda line: _tell_line(line, tell)):
        status = solver.solve(model)
    if status not in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE):
        raise RuntimeError(f"CP-SAT ended without a plan: {status.name}")
    tell(solver.objective_value, solver.best_objective_bound)


@contextmanager
def _read_stdout(hear: Callable[[str], None]) -> Iterator[None]:
    """Lines written to descriptor 1 go to *hear*: the builder's log callback takes no Python."""
    sys.stdout.flush()
    out, (reading, writing) = os.dup(1), os.pipe()
    os.dup2(writing, 1)
    os.close(writing)
    python_out, sys.stdout = sys.stdout, os.fdopen(out, "w", encoding="utf-8")

    def listen() -> None:
        with os.fdopen(reading, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                hear(line)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield
    finally:
        os.dup2(sys.stdout.fileno(), 1)  # closes the pipe, so the listener ends
        listener.join()
        sys.stdout.close()
        sys.stdout = python_out


def _tell_line(line: str, tell: Tell) -> None:
    for value, bound in CP_SAT_LINE.findall(line):
        tell(float(value), float(bound))


RIVALS = {"highs": highs, "scip": scip, "cpsat": cpsat}
