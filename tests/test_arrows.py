"""The arrows between files: they point one way, little runs beside student code, and the command starts light."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from grader.course import PROJECT, load
from grader.sandbox.loading import confinement_at, files_of, what_to_load

GRADER = PROJECT / "grader"
NUMBERS = {"numpy", "torch"}

LOOSE = {"__init__", "__main__", "errors"}
# the rooms of the machine from the ground up; rooms on one floor know nothing of each other
FLOORS = [
    ["inside"], ["course"], ["submission"], ["sandbox"], ["judging"], ["report"],
    ["desk", "office"], ["proof", "release"], ["bench", "cli"], ["standby"],
]  # fmt: skip
LECTURES = "lectures"  # what judges each of them; loaded by name, and imported by nothing
INSIDE = "grader.inside"
EXECUTES = "grader.inside.modules"
COURSE_WORDS = re.compile(
    "|".join(
        rf"(?<![\w-]){re.escape(word)}(?![\w-])"
        for word in (
            *(word for lecture in load().lectures for word in (lecture.id, lecture.id.partition("_")[2])),
            *(exercise for exercise in load().exercises if "-" in exercise),
        )
    )
)


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


def every(room: str) -> list[str]:
    """All modules of a room, or below a package."""
    package = room if room.startswith("grader") else f"grader.{room}"
    return sorted(module for module in FILES if belongs(module, [package]))


def room_of(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


def floor_of(module: str) -> int:
    """0 for the ground: the package itself, its errors, and the empty package that lectures are loaded from."""
    if module in ("grader", "grader.errors", "grader.lectures"):
        return 0
    return next(i for i, floor in enumerate(FLOORS, 1) if room_of(module) in floor)


def modules_after(code: str) -> set[str]:
    """What a fresh interpreter has imported when it has run this code."""
    program = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_walk_sees_the_imports():
    """The tests below look at something: imports inside functions, of submodules, and under another name."""
    seen = set().union(*(imports(module) for module in every("cli")))
    assert {"click", "rich.progress", "grader.desk.expression_graph", "grader.judging.examiner"} <= seen
    assert "numpy" in imports("grader.judging.comparison.distances")


# ---- the house


def test_there_are_ten_rooms_on_two_sides_of_a_line():
    """What measures is one folder and what a lecture is judged by another; of the machine nine more are left."""
    assert {file.stem for file in GRADER.glob("*.py")} == LOOSE
    rooms = {path.parent.name for path in GRADER.glob("*/__init__.py")}
    assert rooms == {LECTURES, *(room for floor in FLOORS for room in floor)}


@pytest.mark.parametrize("module", sorted(FILES))
def test_a_room_imports_what_lies_below_it(module):
    """Arrows point down, floor by floor; a lecture stands on the machine, and nothing stands on a lecture."""
    if module in ("grader.__main__", "grader.lectures"):
        return
    needed = {name for name in own(imports(module)) if room_of(name) != room_of(module)}
    if module == "grader":  # what a notebook's `%load_ext grader` calls has to stand there
        needed.remove("grader.desk.notebooks.magics")
    if room_of(module) == LECTURES:
        assert {room_of(name) for name in needed} <= {"inside", "judging", "desk"}
    else:
        assert {name for name in needed if floor_of(name) >= floor_of(module)} == set()


def naming_the_course(files: list[Path]) -> list[str]:
    """The lines that name a lecture or an exercise, but for commands as a student would type them."""
    return [
        f"{file.relative_to(PROJECT)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if COURSE_WORDS.search(line) and not line.lstrip().startswith("grader ")
    ]


def test_no_line_of_the_machine_names_a_lecture_or_an_exercise():
    """A course is data. Only the examples of `grader --help` name an exercise."""
    ours = {name for name in FILES if room_of(name) == LECTURES or name.startswith(f"{INSIDE}.probes.")}
    assert naming_the_course([file for name, file in FILES.items() if name not in ours]) == []
    assert len(naming_the_course([FILES[name] for name in ours])) > 100


# ---- the trust line


@pytest.mark.parametrize("module", every(INSIDE))
def test_little_is_imported_beside_student_code(module):
    """The standard library, numpy, torch, and each other: no answer is reachable from there."""
    assert foreign(imports(module)) <= NUMBERS
    assert {name for name in own(imports(module)) if not belongs(name, [INSIDE])} == set()


@pytest.mark.parametrize("lecture", [lecture.id for lecture in load().lectures])
def test_the_warm_process_is_given_files_of_one_folder(lecture):
    """Whatever it opens by name, and so whatever a worker may hold, lies inside, but for the list of names."""
    to_load = what_to_load(lecture, None, confinement_at("process"))
    files = [Path(file) for file in files_of(to_load)]
    assert len(files) > len(to_load["preload"])
    assert [file for file in files if not file.is_relative_to(GRADER / "inside")] == []


def test_the_channel_imports_no_more_than_frames():
    """The trusted end of the pipes depends on nothing that knows what is sent."""
    found = imports("grader.sandbox.channel")
    assert own(found) | foreign(found) == {"grader.inside.frames"}


@pytest.mark.parametrize("module", [f"{INSIDE}.{name}" for name in ("plain", "frames", "warm")])
def test_the_lowest_files_import_the_standard_library_alone(module):
    """Even numpy and torch are only looked up where somebody else has imported them."""
    assert own(imports(module)) | foreign(imports(module)) == set()


# ---- the command line, and what is found nowhere


def outside_the_command_line(modules: set[str]) -> set[str]:
    return {module for module in modules if not belongs(module, ["grader.cli"])}


def test_only_the_program_itself_imports_the_command_line():
    """Whatever the commands do can be done without them."""
    importers = {module for module in FILES if any(belongs(name, ["grader.cli"]) for name in imports(module))}
    assert outside_the_command_line(importers) == {"grader.__main__", "grader.standby.work"}


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
    assert callers == {EXECUTES}


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
