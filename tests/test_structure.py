"""The house keeps its shape: import arrows, sizes, docstrings, registries, words."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([*ROOT.glob("models/**/*.py"), *ROOT.glob("optimizer/**/*.py")])
IDS = [str(path.relative_to(ROOT)) for path in FILES]
BANNED_NAMES = {"utils", "common", "helpers", "core", "manager"}
STANDARD = set(sys.stdlib_module_names)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def files_below(*places: str) -> list[Path]:
    return [p for p in FILES if any(str(p.relative_to(ROOT)).startswith(x) for x in places)]


def test_models_import_nothing_of_optimizer():
    for path in files_below("models/"):
        assert not {m for m in imports_of(path) if m.split(".")[0] == "optimizer"}, path


def test_the_verifier_imports_the_standard_library_and_itself_only():
    for path in files_below("optimizer/checks/", "optimizer/verify.py"):
        for module in imports_of(path):
            own = module.startswith("optimizer.checks")
            assert own or module.split(".")[0] in STANDARD, f"{path}: {module}"


def test_only_the_model_and_the_solve_import_pyomo_or_highspy():
    for path in FILES:
        place = str(path.relative_to(ROOT))
        if not place.startswith(("models/", "optimizer/solve/")):
            assert not {m for m in imports_of(path) if m.split(".")[0] in ("pyomo", "highspy")}, (
                path
            )


def test_nothing_imports_the_command_line():
    for path in FILES:
        if path.name not in ("cli.py", "__main__.py"):
            assert not {m for m in imports_of(path) if m.startswith("optimizer.cli")}, path


def test_no_module_has_a_name_that_says_nothing():
    assert not {p.stem for p in FILES} & BANNED_NAMES


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_files_families_and_functions_keep_their_size(path):
    text = path.read_text("utf-8")
    limit = 150 if path.parent.name in ("constraints", "objectives") else 400
    assert text.count("\n") <= limit
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 40, f"{path}:{node.lineno} {node.name}"


@pytest.mark.parametrize(
    "path", [p for p in files_below("models/constraints/") if p.stem != "__init__"], ids=str
)
def test_a_family_has_mathematics_symbols_with_units_and_a_source(path):
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    assert ".. math::" in said
    assert re.search(r"symbol\s+code\s+meaning\s+unit", said)
    assert "Source:" in said
    assert re.search(r"HZ-\d\d|contract", said)
    assert re.search(r"\b(Local|Linking)\b", said)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_no_code_runs_text_or_a_shell(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            assert name not in ("eval", "exec", "compile", "__import__"), f"{path}:{node.lineno}"
            assert name not in ("os.system", "os.popen", "yaml.load"), f"{path}:{node.lineno}"
            assert not name.endswith(".read_pickle"), f"{path}:{node.lineno}"
        if isinstance(node, ast.keyword) and node.arg in ("shell", "allow_pickle"):
            raise AssertionError(f"{path}:{node.lineno}")
    banned = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
    assert not {module.split(".")[0] for module in imports_of(path)} & banned


def test_help_needs_neither_pyomo_nor_pandas():
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom optimizer.cli import app\n"
        "result = CliRunner().invoke(app, ['--help'])\n"
        "assert result.exit_code == 0, result.output\n"
        "heavy = {'pyomo', 'pandas', 'numpy', 'highspy', 'scipy', 'pydantic'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_constraint_family_and_goal_is_registered():
    from models.constraints import FAMILIES
    from models.objectives import GOALS

    names = {family.add.__module__.rsplit(".", 1)[1] for family in FAMILIES}
    assert names == {p.stem for p in files_below("models/constraints/") if p.stem != "__init__"}
    goals = {goal.expression.__module__.rsplit(".", 1)[1] for goal in GOALS.values()}
    assert goals == {p.stem for p in files_below("models/objectives/") if p.stem != "__init__"}


def test_the_formulation_page_is_what_the_docstrings_say():
    from models.formulation import PAGE, page

    assert PAGE.read_text("utf-8") == page(), "run python -m models.formulation"


def test_ci_runs_the_test_command_of_the_readme():
    commands = re.findall(r"```sh\n(.*?)\n```", (ROOT / "README.md").read_text("utf-8"))
    assert len(commands) == 2
    assert commands[1] in (ROOT / ".ci" / "run").read_text("utf-8")


def test_every_declared_dependency_is_locked_with_hashes_and_names_no_host():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", "\n".join(lock.splitlines()[2:]))
    locked = {entry.partition("==")[0].partition("[")[0] for entry in entries}
    groups = (project["dependencies"], *project["optional-dependencies"].values())
    asked = [line for group in groups for line in group]
    names = {re.match(r"[\w.-]+", line)[0] for line in asked if not line.startswith("linli[")}
    assert names <= locked
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock
    assert "uv pip compile" in lock.splitlines()[1]
    assert "--require-hashes -r requirements.lock" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_durations_come_from_a_clock_that_never_goes_back():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                said = ast.unparse(node.func)
                assert said not in ("time.time", "time.time_ns"), f"{path}:{node.lineno}"
