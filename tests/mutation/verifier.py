"""``python -m tests.mutation.verifier``: mutants of the verifier itself, each met by plans.

A mutant is one line of one check changed: a comparison turned or widened, a constant moved by one,
a condition said to hold or not, a report left out, a sum that starts elsewhere. It is killed where
some folder of the battery gets another report than from the verifier as it is. The folders are good
plans and plans spoiled by the smallest unit of each column. Source: reliability.md T6.
"""

import argparse
import ast
import copy
import csv
import shutil
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from pathlib import Path

import optimizer.checks as package
from optimizer import verify as program
from optimizer.case import read_case
from optimizer.digests import write_digests
from optimizer.run_folder import run_inputs, set_verdict, write_run
from optimizer.solve.solve import solve
from tests.bad_input.base import write_csv
from tests.mutation.battery import prepare_all
from tests.mutation.run import EXACT

ARGUED = Path(__file__).with_name("verifier.toml")
HERE = Path(package.__file__).parent
READERS = ("__init__", "findings", "folder", "columns", "shape")  # held by the damaged folders
TURNED = {ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt}
WIDENED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
OTHER = {ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In}
#: modules whose classes are made of another one's, in order
MADE_OF = {"inputs": ("hosts", "facts"), "hosts": ("facts",)}
SWAPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult}
REPORTS = ("broken", "rule", "same", "equal")


@dataclass(frozen=True)
class Mutant:
    """``tree`` of check *module* with one place changed."""

    module: str
    line: int
    operator: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return f"{self.module}:{self.line} {self.operator}: {self.text}"


def modules() -> list[str]:
    """Checks that judge, by name."""
    return sorted(p.stem for p in HERE.glob("*.py") if p.stem not in READERS)


def mutants_of(module: str) -> Iterator[Mutant]:
    """Every mutant of *module*."""
    source = (HERE / f"{module}.py").read_text("utf-8")
    tree = ast.parse(source)
    for number, node in enumerate(ast.walk(tree)):
        for operator, change in _changes(node):
            changed = copy.deepcopy(tree)
            change(next(n for k, n in enumerate(ast.walk(changed)) if k == number))
            text = ast.unparse(node).split("\n")[0][:70]
            yield Mutant(module, node.lineno, operator, text, ast.fix_missing_locations(changed))


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    for kind, changes in CHANGES.items():
        if isinstance(node, kind):
            yield from changes(node)


def _of_compare(node: ast.Compare):
    for word, table in (("turned", TURNED), ("widened", WIDENED), ("turned", OTHER)):
        if len(node.ops) == 1 and type(node.ops[0]) in table:
            yield word, lambda n, t=table: n.ops.__setitem__(0, t[type(n.ops[0])]())


def _of_and_or(node: ast.BoolOp):
    other = ast.Or if isinstance(node.op, ast.And) else ast.And
    yield "and/or", lambda n: setattr(n, "op", other())


def _of_if(_node: ast.If):
    for value in (True, False):
        yield f"if {value}", lambda n, v=value: setattr(n, "test", ast.Constant(v))


def _of_constant(node: ast.Constant):
    if type(node.value) is int:
        yield "+1", lambda n: setattr(n, "value", n.value + 1)


def _of_sum(node: ast.BinOp):
    if type(node.op) in SWAPPED:
        yield "operator", lambda n: setattr(n, "op", SWAPPED[type(n.op)]())


def _of_statement(node: ast.Expr):
    """A report, a check called or handed on that is left out."""
    call = node.value
    name = call.func if isinstance(call, ast.Call) else None
    is_report = isinstance(name, ast.Attribute) and name.attr in REPORTS
    if is_report or isinstance(name, ast.Name) or isinstance(call, ast.YieldFrom):
        yield "left out", lambda n: setattr(n, "value", ast.Constant(None))


CHANGES = {
    ast.Compare: _of_compare,
    ast.BoolOp: _of_and_or,
    ast.If: _of_if,
    ast.Constant: _of_constant,
    ast.BinOp: _of_sum,
    ast.Expr: _of_statement,
}


# -- what they meet -------------------------------------------------------------------------------


def report_of(folder: Path) -> object:
    """What the verifier, as it stands, says of *folder*."""
    try:
        found = program.verify(folder)
    except program.VerifyError as error:
        return "refused", str(error)
    rules = [tuple(map(str, rule.values())) for rule in found.rules]
    return rules, [tuple(map(str, v.values())) for v in found.violations]


def folders(place: Path, most: int) -> list[Path]:
    """Good plans of the battery and, of each, plans spoiled in one cell."""
    found: list[Path] = []
    placed = read_case(write_csv(place / "placed"))  # the battery's own distances are given
    cases = [placed, *(case.case for case in prepare_all(place / "cases")[:most])]
    for number, case in enumerate(cases):
        folder = place / str(number)
        outcome = solve(case.instance, EXACT)
        if outcome.plan is None:
            continue
        folder.mkdir()
        write_run(run_inputs(case), outcome, EXACT, folder)
        said = program.verify(folder, is_published=False)
        set_verdict(folder, said.rules, said.violations)
        write_digests(folder)
        found += [folder, *_spoiled(folder, place, number)]
    return found


def _spoiled(folder: Path, place: Path, number: int) -> Iterator[Path]:
    """A tenth of the columns a plan, another tenth in the next."""
    tables = sorted([*folder.glob("*.csv"), *(folder / "inputs").glob("*.csv")])
    columns = [(table, k) for table in tables for k in range(len(_rows(table)[0]))]
    for table, column in columns[number % 10 :: 10]:
        rows = _rows(table)
        if len(rows) < 2 or not _moved(rows, column):
            continue
        copy_ = place / f"{number}-{table.parent.name}-{table.stem}-{column}"
        shutil.copytree(folder, copy_)
        with (copy_ / table.relative_to(folder)).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(rows)
        yield copy_


def _rows(table: Path) -> list[list[str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _moved(rows: list[list[str]], column: int) -> bool:
    """The last cell with a number moves by its smallest unit, a flag turns, a word is blanked."""
    for row in reversed(rows[1:]):
        cell = row[column]
        if cell:
            try:
                value = Decimal(cell)
                unit = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
                row[column] = str(1 - int(cell)) if cell in "01" else format(value + unit, "f")
            except InvalidOperation:
                row[column] = ""
            return True
    return False


# -- the run --------------------------------------------------------------------------------------


def killed(mutant: Mutant, met: list[Path], reports: dict[Path, object]) -> bool:
    """Some folder gets another report; the last one that did is asked first."""
    changed = [mutant.module, *MADE_OF.get(mutant.module, ())]
    spaces = {name: vars(sys.modules[f"optimizer.checks.{name}"]) for name in changed}
    before = {name: dict(space) for name, space in spaces.items()}
    try:
        for name, space in spaces.items():
            tree = mutant.tree if name == mutant.module else _tree(name)
            exec(compile(tree, str(HERE / f"{name}.py"), "exec"), space)
            _hand_on(before[name], space)
        return _is_seen(met, reports)
    except Exception:  # whatever a changed check raises, nobody takes it for a report
        return True
    finally:
        for name, space in spaces.items():
            after = dict(space)
            space.clear()
            space.update(before[name])
            _hand_on(after, space)


def _tree(module: str) -> ast.Module:
    return ast.parse((HERE / f"{module}.py").read_text("utf-8"))


def _is_seen(met: list[Path], reports: dict[Path, object]) -> bool:
    for folder in met:
        if report_of(folder) != reports[folder]:
            met.remove(folder)
            met.insert(0, folder)
            return True
    return False


def _hand_on(old: dict, new: dict) -> None:
    """Who took something of a module gets what it is now, the tables of the checks too."""
    own = {id(v): k for k, v in old.items() if getattr(v, "__module__", "") == new["__name__"]}
    for module in [m for n, m in sys.modules.items() if n.startswith("optimizer.checks")]:
        _replace(vars(module), own, new)
    _replace(vars(program), own, new)
    for table in ("CHECKS", "CHECKS_WITHOUT_PLAN"):
        entries = getattr(program, table)
        setattr(program, table, tuple((n, new.get(own.get(id(f)), f)) for n, f in entries))


def _replace(space: dict, own: dict[int, str], new: dict) -> None:
    if space is not new:
        for name, value in list(space.items()):
            if id(value) in own and own[id(value)] in new:
                space[name] = new[own[id(value)]]


def main() -> int:
    """Print the table; 1 where a mutant lives that nobody has argued for."""
    options = argparse.ArgumentParser(prog="python -m tests.mutation.verifier", description=__doc__)
    options.add_argument("--only", nargs="+", default=modules(), choices=modules())
    options.add_argument("--cases", type=int, default=60, help="plans of the battery")
    options.add_argument("--every", type=int, default=1, help="only every N-th mutant")
    asked = options.parse_args()
    argued = tomllib.loads(ARGUED.read_text("utf-8"))["equivalent"]
    patterns = [pattern for entry in argued for pattern in entry["mutants"]]
    total, alive = Counter(), []
    with tempfile.TemporaryDirectory() as place:
        met = folders(Path(place), asked.cases)
        reports = {folder: report_of(folder) for folder in met}
        good = sum(not said[1] for said in reports.values() if said[0] != "refused")
        print(f"{len(met)} folders, {good} without a violation", flush=True)
        for module in asked.only:
            count = Counter()
            for mutant in list(mutants_of(module))[:: asked.every]:
                fate = _fate(mutant, met, reports, patterns)
                count[fate] += 1
                if fate == "alive":
                    alive.append(mutant.name)
            total += count
            print(_line(module, count), flush=True)
    print(*alive, sep="\n")
    print(_line("in all", total))
    return int(bool(alive))


def _fate(mutant, met, reports, patterns) -> str:
    if killed(mutant, met, reports):
        return "killed"
    return "argued" if any(fnmatchcase(mutant.name, p) for p in patterns) else "alive"


def _line(name: str, count: Counter) -> str:
    kinds = "".join(f"{count[kind]:>7} {kind}" for kind in ("killed", "argued", "alive"))
    return f"{name:<16}{count.total():>6} mutants{kinds}"


if __name__ == "__main__":
    sys.exit(main())
