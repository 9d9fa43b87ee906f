"""The arrows between files: they point one way, little runs beside student code, and the command starts light."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from grader.course import PROJECT

GRADER = PROJECT / "grader"
NUMBERS = {"numpy", "torch"}

# what runs in the process of a student's code, or is loaded into the process that this is forked from
BESIDE_STUDENT_CODE = [
    "grader.plain",
    "grader.probes",
    "grader.sandbox.confine",
    "grader.sandbox.frames",
    "grader.sandbox.kernel",
    "grader.sandbox.levels",
    "grader.sandbox.modules",
    "grader.sandbox.warm",
    "grader.sandbox.worker",
]
BASE = [
    "grader.course",
    "grader.declared",
    "grader.errors",
    "grader.plain",
    "grader.plaintext",
    "grader.rules",
    "grader.stubs",
    "grader.submission",
    "grader.writing",
]
MIDDLE = [
    "grader.case",
    "grader.compare",
    "grader.diagnose",
    "grader.misconceptions",
    "grader.names",
    "grader.outputs",
    "grader.pages",
    "grader.pairs",
    "grader.probes",
    "grader.report",
    "grader.sandbox",
    "grader.subjects",
]


def name_of(file: Path) -> str:
    parts = file.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(file): file for file in GRADER.rglob("*.py")}


@cache
def imports(module: str) -> set[str]:
    """All that a module imports, also inside functions; what only a type checker would import is left out."""
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    unreal = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for part in ast.walk(node)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and id(node) not in unreal:
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and id(node) not in unreal:
            assert node.level == 0, f"{module} imports relatively"
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & FILES.keys()
            found |= inner or {str(node.module)}
    return found


def belongs(module: str, packages: list[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def own(modules: set[str]) -> set[str]:
    return {module for module in modules if module.split(".")[0] == "grader" and module != "grader"}


def foreign(modules: set[str]) -> set[str]:
    """Packages that neither Python nor this project brings."""
    return {module.split(".")[0] for module in modules} - sys.stdlib_module_names - {"grader"}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Some modules that import each other in a circle; empty if there are none."""
    left = dict(graph)
    while free := [module for module, needs in left.items() if not needs & left.keys()]:
        for module in free:
            del left[module]
    return sorted(left)


def every(packages: list[str]) -> list[str]:
    return sorted(module for module in FILES if belongs(module, packages))


def modules_after(code: str) -> set[str]:
    """What a fresh interpreter has imported when it has run this code."""
    program = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_walk_sees_the_imports():
    """The tests below look at something: imports inside functions, of submodules, and under another name."""
    seen = set().union(*(imports(module) for module in every(["grader.cli"])))
    assert {"click", "rich.progress", "grader.draw", "grader.check"} <= seen
    assert "numpy" in imports("grader.compare.numbers")


def test_no_modules_import_each_other_in_a_circle():
    """Not even inside functions."""
    assert circle({module: own(imports(module)) - {module} for module in FILES}) == []


def test_a_circle_would_be_found():
    """The test above can fail."""
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


@pytest.mark.parametrize("module", every(BESIDE_STUDENT_CODE))
def test_little_is_imported_beside_student_code(module):
    """The standard library, numpy, torch, and each other: no answer is reachable from there."""
    assert foreign(imports(module)) <= NUMBERS
    assert {name for name in own(imports(module)) if not belongs(name, BESIDE_STUDENT_CODE)} == set()


def test_the_channel_imports_no_more_than_frames():
    """The trusted end of the pipes depends on nothing that knows what is sent."""
    found = imports("grader.sandbox.channel")
    assert own(found) | foreign(found) == {"grader.sandbox.frames"}


@pytest.mark.parametrize("module", every(["grader.plain", "grader.sandbox.frames", "grader.sandbox.warm"]))
def test_the_lowest_files_import_the_standard_library_alone(module):
    """Even numpy and torch are only looked up where somebody else has imported them."""
    assert own(imports(module)) | foreign(imports(module)) == set()


@pytest.mark.parametrize("module", every(BASE))
def test_the_base_imports_the_base(module):
    """Course, submission and plain data know nothing of grading."""
    assert {name for name in own(imports(module)) if not belongs(name, BASE)} == set()


@pytest.mark.parametrize("module", every(MIDDLE))
def test_subjects_comparison_and_report_import_nothing_above(module):
    """They know neither commands nor packages, gradebooks or audits."""
    assert {name for name in own(imports(module)) if not belongs(name, [*BASE, *MIDDLE])} == set()


@pytest.mark.parametrize("module", every(["grader.misconceptions"]))
def test_misconceptions_are_not_imported_beside_student_code(module):
    """Nor is anything that holds an expected value."""
    importers = {name for name in FILES if module in imports(name)}
    assert not importers & set(every(BESIDE_STUDENT_CODE))


def outside_the_command_line(modules: set[str]) -> set[str]:
    return {module for module in modules if not belongs(module, ["grader.cli"])}


def test_only_the_program_itself_imports_the_command_line():
    """Whatever the commands do can be done without them."""
    importers = {module for module in FILES if any(belongs(name, ["grader.cli"]) for name in imports(module))}
    assert outside_the_command_line(importers) == {"grader.__main__"}


@pytest.mark.parametrize("package", ["click", "rich"])
def test_only_the_command_line_imports(package):
    """What belongs to a terminal stays there."""
    importers = {module for module in FILES if package in foreign(imports(module))}
    assert importers
    assert outside_the_command_line(importers) == set()


@pytest.mark.parametrize("package", ["pickle", "marshal", "shelve", "dill", "joblib"])
def test_nothing_unpickles(package):
    """What crosses the line is plain data, both ways."""
    assert [module for module in FILES if package in {name.split(".")[0] for name in imports(module)}] == []


def test_source_is_executed_in_one_place():
    """In the file that the worker and the reference share, and nowhere else."""
    calls = ("eval", "exec", "compile", "__import__")
    callers = {
        module
        for module, file in FILES.items()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in calls
    }
    assert callers == {"grader.sandbox.modules"}


def test_the_command_line_is_imported_light():
    """Before a command is known, nothing slow is imported."""
    assert not modules_after("import grader.cli") & {"torch", "numpy", "pytest", "rich", "jinja2", "graphviz"}


@pytest.mark.parametrize(
    "args",
    [["--help"], ["--version"], ["list"], ["list", "--json"], ["status"], ["hint", "slope"], ["check", "slope"]],
    ids=" ".join,
)
def test_a_command_does_not_import_torch(course_folder, args):
    """What needs no tensor does not wait for torch to load."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "grader", "-C", str(course_folder), *args],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    seen = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.returncode in (0, 1)
    assert "grader.cli" in seen
    assert "torch" not in seen
