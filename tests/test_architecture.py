"""The shape of the codebase, checked."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAX_LINES = 350

# What each layer may import of ours. `app.py` may import anything.
MAY_IMPORT = {
    "agent": {"agent", "tools", "tenants"},
    "tools": {"tools", "forecasting", "knowledge", "tenants"},
    "forecasting": {"forecasting", "tenants"},
    "knowledge": {"knowledge", "tenants"},
    "tenants": {"tenants"},
}
SOURCES = [path for layer in MAY_IMPORT for path in sorted((ROOT / layer).rglob("*.py"))]
SOURCES.append(ROOT / "app.py")
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# Loading any of these runs code that came with the data, or turns text into code.
DANGEROUS_IMPORTS = {"pickle", "cPickle", "cloudpickle", "dill", "shelve", "marshal"}
DANGEROUS_CALLS = {
    "eval",
    "exec",
    "os.system",
    "os.popen",
    "joblib.load",
    "pd.read_pickle",
    "pandas.read_pickle",
    "torch.load",
    "yaml.load",
    "gr.load",
}
# Names that say nothing of what a file holds.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> set[str]:
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module)
    return modules


def calls(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines without its docstring, which may be as long as it needs."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_import_goes_up(path):
    layer = path.relative_to(ROOT).parts[0]
    packages = {module.split(".")[0] for module in imports(parsed(path))}
    ours = packages & (set(MAY_IMPORT) | {"app", "tests"})

    assert ours <= MAY_IMPORT.get(layer, set(MAY_IMPORT))


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=name_of)
def test_every_file_can_be_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_every_function_fits_on_a_screen(path):
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.walk(parsed(path)) if isinstance(node, functions)]
    too_long = {node.name: length for node in found if (length := code_lines(node)) > 40}

    assert too_long == {}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_name_says_what_the_file_holds(path):
    assert path.stem not in EMPTY_NAMES


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_that_is_loaded_can_run_code(path):
    tree = parsed(path)
    dangerous = {module for module in imports(tree) if module.split(".")[0] in DANGEROUS_IMPORTS}
    for call in calls(tree):
        spelled = ast.unparse(call.func)
        keywords = {word.arg: ast.unparse(word.value) for word in call.keywords}
        if spelled in DANGEROUS_CALLS:
            dangerous.add(spelled)
        if keywords.get("shell") == "True" or keywords.get("allow_pickle") == "True":
            dangerous.add(ast.unparse(call))

    assert dangerous == set()


def test_only_access_makes_a_principal():
    makers = {
        name_of(path)
        for path in SOURCES
        for call in calls(parsed(path))
        if ast.unparse(call.func).split(".")[-1] == "Principal"
    }

    assert makers <= {"tenants/access.py"}


def test_the_seal_of_a_principal_is_held_by_access_alone():
    holders = {name_of(path) for path in SOURCES if "_SEAL" in path.read_text(encoding="utf-8")}

    assert holders <= {"tenants/principal.py", "tenants/access.py"}


def test_the_pinned_dependencies_name_no_address():
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pattern = re.compile(r"^[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+( ; .+)?$")

    assert [line for line in pins if not pattern.match(line)] == []


def test_every_dependency_is_pinned():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = set(re.findall(r'^\s+"([A-Za-z0-9-]+)(?:\[[a-z]+\])?>=', project, flags=re.MULTILINE))
    pinned = {
        line.split("==")[0] for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    }

    assert wanted - {"setuptools"} <= pinned
