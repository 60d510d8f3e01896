"""Mutants of the verifier's checks: one place of one check changed, by name.

A comparison turned or widened, a constant moved by one either way, a condition said to hold or not
or without one of its parts, a filter or a ``not`` dropped, any for all, least for most, a report
left out. A name holds no line number: it stays when others move.
"""

import ast
import copy
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import optimizer.checks as package
from optimizer import verify as program

HERE = Path(package.__file__).parent
READERS = ("__init__", "folder", "columns", "shape")  # held by tests of damaged folders
TURNED = {ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt}
WIDENED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
OTHER = {ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In}
SWAPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult}
CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}
REPORTS = ("broken", "rule", "same", "equal", "reason")
OF_FILES = ("digests", "sweep")  # checks of files as they lie, not of their content alone
#: modules whose classes are made of another one's, in order
MADE_OF = {"inputs": ("hosts", "facts"), "hosts": ("facts",)}


@dataclass(frozen=True)
class Mutant:
    """``tree`` of check *module* with one place changed."""

    module: str
    name: str
    tree: ast.Module


def modules() -> list[str]:
    """Checks that judge, by name."""
    return sorted(p.stem for p in HERE.glob("*.py") if p.stem not in READERS)


def mutants_of(module: str) -> Iterator[Mutant]:
    """Every mutant of *module*; of those with the same name the later ones are numbered."""
    tree, met = _tree(module), Counter[str]()
    for number, (node, inside) in enumerate(_walk(tree, "")):
        for operator, change in _changes(node):
            changed = copy.deepcopy(tree)
            change(next(n for k, (n, _) in enumerate(_walk(changed, "")) if k == number))
            text = ast.unparse(node).split("\n")[0][:70]
            name = f"{module}.{inside or 'module'} {operator}: {text}"
            met[name] += 1
            numbered = name if met[name] == 1 else f"{name} #{met[name]}"
            yield Mutant(module, numbered, ast.fix_missing_locations(changed))


def unchanged(module: str) -> Mutant:
    """*module* as it is, put in place like a mutant: no folder may show it."""
    return Mutant(module, f"{module} unchanged", _tree(module))


def _walk(node: ast.AST, inside: str) -> Iterator[tuple[ast.AST, str]]:
    """Every node with the function it stands in."""
    for child in ast.iter_child_nodes(node):
        name = getattr(child, "name", "") if isinstance(child, ast.FunctionDef) else ""
        yield child, inside
        yield from _walk(child, name or inside)


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    for kind, changes in CHANGES.items():
        if isinstance(node, kind):
            yield from changes(node)


def _of_compare(node: ast.Compare):
    for word, table in (("turned", TURNED), ("widened", WIDENED), ("turned", OTHER)):
        if len(node.ops) == 1 and type(node.ops[0]) in table:
            yield word, lambda n, t=table: n.ops.__setitem__(0, t[type(n.ops[0])]())


def _of_and_or(node: ast.BoolOp):
    is_and = isinstance(node.op, ast.And)
    other = ast.Or if is_and else ast.And
    yield "and/or", lambda n: setattr(n, "op", other())
    for k, part in enumerate(node.values):
        nothing = ast.Constant(is_and)
        if not isinstance(part, ast.Constant) and ast.unparse(part) != "ZERO":  # a default
            yield f"without part {k + 1}", lambda n, k=k, v=nothing: n.values.__setitem__(k, v)


def _of_not(node: ast.UnaryOp):
    if isinstance(node.op, ast.Not):
        yield "without not", lambda n: setattr(n, "operand", ast.UnaryOp(ast.Not(), n.operand))


def _of_filter(node: ast.comprehension):
    for k in range(len(node.ifs)):
        yield f"without filter {k + 1}", lambda n, k=k: n.ifs.__setitem__(k, ast.Constant(True))


def _of_call(node: ast.Call):
    if isinstance(node.func, ast.Name) and node.func.id in CALLED:
        yield "other call", lambda n: setattr(n.func, "id", CALLED[n.func.id])


def _of_if(_node: ast.If | ast.IfExp):
    for value in (True, False):
        yield f"if {value}", lambda n, v=value: setattr(n, "test", ast.Constant(v))


def _of_constant(node: ast.Constant):
    if type(node.value) is int:
        yield "+1", lambda n: setattr(n, "value", n.value + 1)
        if node.value:
            yield "-1", lambda n: setattr(n, "value", n.value - 1)


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
    ast.UnaryOp: _of_not,
    ast.comprehension: _of_filter,
    ast.Call: _of_call,
    ast.If: _of_if,
    ast.IfExp: _of_if,
    ast.Constant: _of_constant,
    ast.BinOp: _of_sum,
    ast.Expr: _of_statement,
}


@contextmanager
def in_place(mutant: Mutant) -> Iterator[None]:
    """The verifier has *mutant* in place of the module it is of."""
    changed = [mutant.module, *MADE_OF.get(mutant.module, ())]
    spaces = {name: vars(sys.modules[f"{package.__name__}.{name}"]) for name in changed}
    before = {name: dict(space) for name, space in spaces.items()}
    try:
        for name, space in spaces.items():
            tree = mutant.tree if name == mutant.module else _tree(name)
            exec(compile(tree, str(HERE / f"{name}.py"), "exec"), space)
            _hand_on(before[name], space)
        yield
    finally:
        for name, space in spaces.items():
            after = dict(space)
            space.clear()
            space.update(before[name])
            _hand_on(after, space)


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse((HERE / f"{module}.py").read_text("utf-8"))


def _hand_on(old: dict, new: dict) -> None:
    """Who took something of a module gets what it is now, the tables of the checks too."""
    own = {
        id(v): k
        for k, v in old.items()
        if getattr(v, "__module__", "") == new["__name__"] or isinstance(v, tuple)
    }
    for module in [m for n, m in sys.modules.items() if n.startswith(package.__name__)]:
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


@cache
def concerned(module: str) -> frozenset[str]:
    """Names of the checks that *module* is part of."""
    entries = (*program.CHECKS, *program.CHECKS_WITHOUT_PLAN)
    of_folder = {
        name for name, check in entries if module in _parts(check.__module__.rpartition(".")[2])
    }
    return frozenset(of_folder | {name for name in OF_FILES if module in _parts(name)})


@cache
def _parts(module: str) -> frozenset[str]:
    """*module* and every module of the checks that it takes something of."""
    found, waiting = {module}, [module]
    while waiting:
        taken = {
            alias.name if node.module == package.__name__ else node.module.rpartition(".")[2]
            for node in ast.walk(_tree(waiting.pop()))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package.__name__)
            for alias in node.names
        }
        own = {
            name for name in taken if (HERE / f"{name}.py").exists()
        }  # not those of a subpackage
        waiting += sorted(own - found)
        found |= own
    return frozenset(found)
