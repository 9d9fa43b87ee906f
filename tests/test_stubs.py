"""Stubs: the reference without its solutions, and written so that no student's work is ever lost."""

import ast
import re
from pathlib import Path

import pytest

from grader.course import load, reference_sources
from grader.course.stubs import solution_ids, stale, stub_of, stubs_of, write_stubs
from grader.course.whole_files import write_whole
from grader.errors import Fault, UsageError

COURSE = load()
PAIRS = [
    pytest.param(source, stubs_of(lecture)[name], id=f"{lecture.id}/{name}")
    for lecture in COURSE.lectures
    for name, source in reference_sources(lecture).items()
]
REGION = re.compile(r"^( *)### BEGIN SOLUTION ([a-z0-9-]+)\n.*?^ *### END SOLUTION\n", re.MULTILINE | re.DOTALL)
SMALL = '''def double(x):
    """Twice x."""
    ### BEGIN SOLUTION double
    y = x
    return x + y
    ### END SOLUTION


AFTER = 1
'''
SMALL_STUB = '''def double(x):
    """Twice x."""
    raise NotImplementedError("double")  # TODO: your code goes here


AFTER = 1
'''
WORK = "# a student's evening\n"


def definitions(source: str) -> dict[str, tuple[str | None, str]]:
    """Docstring and signature of the module, its classes and their methods, and its functions, by name."""
    tree = ast.parse(source)
    found = {"": (ast.get_docstring(tree, clean=False), "")}
    for node in tree.body:
        inner = node.body if isinstance(node, ast.ClassDef) else []
        for item in (node, *inner):
            if isinstance(item, ast.ClassDef | ast.FunctionDef):
                name = item.name if item is node else f"{node.name}.{item.name}"
                arguments = ast.dump(item.args) if isinstance(item, ast.FunctionDef) else ""
                found[name] = (ast.get_docstring(item, clean=False), arguments)
    return found


def engine(root: Path) -> Path:
    return root / COURSE.lectures[0].id / "engine.py"


def contents(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


# ---- the text


def test_a_solution_becomes_a_line_that_says_what_is_to_do():
    """The region goes, its indentation stays, and the line that stands there raises with the exercise's id."""
    assert stub_of(SMALL) == SMALL_STUB


def test_a_source_without_solutions_is_its_own_stub():
    """What is given is given."""
    assert stub_of("import math\n\n\nX = 1\n") == "import math\n\n\nX = 1\n"


@pytest.mark.parametrize(
    "source",
    [
        "### BEGIN SOLUTION a\nx = 1\n",
        "x = 1\n### END SOLUTION\n",
        "### BEGIN SOLUTION a\n### BEGIN SOLUTION b\n### END SOLUTION\n### END SOLUTION\n",
        "### BEGIN SOLUTION a\n### END SOLUTION\n### END SOLUTION\n",
        "### END SOLUTION\n### BEGIN SOLUTION a\n",
        "### BEGIN SOLUTION a\n### BEGIN SOLUTION a\n### END SOLUTION\n",
    ],
)
def test_markers_that_do_not_pair_up_are_a_fault(source):
    """A solution could leak into the stubs otherwise."""
    with pytest.raises(Fault, match="solution marker"):
        stub_of(source)


@pytest.mark.parametrize(
    "source",
    [
        "### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n",
        "### BEGIN SOLUTION Bad_Id\nx = 1\n### END SOLUTION\n",
        "### BEGIN SOLUTION a  \nx = 1\n### END SOLUTION\n",
        "###  BEGIN SOLUTION a\nx = 1\n### END SOLUTION\n",
    ],
)
def test_a_misspelt_first_marker_is_a_fault(source):
    """The solution behind it would pass for a part of the stub; the sentence says which line it is."""
    with pytest.raises(Fault, match=r"line \d: .*solution marker"):
        stub_of(source)


@pytest.mark.parametrize(
    "source",
    [
        "if x:\n\t### BEGIN SOLUTION a\n\tx = 1\n\t### END SOLUTION\n",
        "# BEGIN SOLUTION a\nx = 1\n# END SOLUTION\n",
        "### BEGIN SOLUTION a \nx = 1\n### END SOLUTION \n",
    ],
)
def test_a_pair_of_misspelt_markers_is_a_fault(source):
    """Markers that are both written in another way would hand the solution out with the stubs."""
    with pytest.raises(Fault, match="solution marker"):
        stub_of(source)


def test_exercise_ids_are_listed_in_order_with_repeats():
    """One entry for each region."""
    source = "".join(f"### BEGIN SOLUTION {id}\n### END SOLUTION\n" for id in ("b", "a", "b"))
    assert solution_ids(source) == ["b", "a", "b"]


# ---- this course


@pytest.mark.parametrize(("source", "stub"), PAIRS)
def test_reference_and_stub_have_the_same_docstrings(source, stub):
    """Every module, class, method and function says the same in both, and takes the same arguments."""
    assert definitions(source) == definitions(stub)


@pytest.mark.parametrize(("source", "stub"), PAIRS)
def test_every_function_to_write_has_a_docstring(source, stub):
    """A student never meets a stub that does not say what is asked."""
    functions = [node for node in ast.walk(ast.parse(stub)) if isinstance(node, ast.FunctionDef)]
    unexplained = [
        node.name
        for node in functions
        if any(isinstance(part, ast.Raise) for part in node.body) and not ast.get_docstring(node)
    ]
    assert not unexplained


@pytest.mark.parametrize(("source", "stub"), PAIRS)
def test_reference_and_stub_differ_in_solutions_alone(source, stub):
    """With each region replaced by its line, the reference is the stub, byte for byte."""
    expected = REGION.sub(r'\1raise NotImplementedError("\2")  # TODO: your code goes here' + "\n", source)
    assert expected == stub
    assert "SOLUTION" not in stub


@pytest.mark.parametrize(("source", "stub"), PAIRS)
def test_every_solution_belongs_to_an_exercise_of_its_file(source, stub, request):
    """The ids at the markers are ids of course.toml."""
    file = request.node.callspec.id
    ids = {e.id for e in COURSE.exercises.values() if f"{e.lecture}/{e.file}" == file}
    assert ids == set(solution_ids(source))


def test_the_stubs_in_the_repository_are_those_of_the_reference():
    """Whoever changes the reference writes the stubs anew."""
    assert stale(COURSE) == []


# ---- writing them


def test_a_course_folder_is_written_whole(tmp_path):
    """course.toml, each lecture's README and its stubs, and nothing else."""
    expected = {"course.toml"}
    for lecture in COURSE.lectures:
        expected |= {f"{lecture.id}/{name}" for name in ("README.md", *lecture.modules)}
    written, kept = write_stubs(tmp_path / "new" / "home")
    assert (expected, []) == (set(written), kept)
    assert expected == set(contents(tmp_path / "new" / "home"))


def test_writing_again_changes_nothing(tmp_path):
    """What is already there as it should be is neither written nor reported."""
    write_stubs(tmp_path)
    assert write_stubs(tmp_path) == ([], [])


@pytest.mark.parametrize("work", [WORK.encode(), b"", "# caf\xe9\n".encode("latin-1"), b"\xff\xfe\0"])
def test_an_edited_file_is_kept(tmp_path, work):
    """A student's work stays as it is, whatever it is and in whatever encoding, and is reported as kept."""
    write_stubs(tmp_path)
    engine(tmp_path).write_bytes(work)
    assert ([], [f"{COURSE.lectures[0].id}/engine.py"]) == write_stubs(tmp_path)
    assert work == engine(tmp_path).read_bytes()


def test_an_edited_file_is_replaced_on_request(tmp_path):
    """With overwrite, and only then."""
    write_stubs(tmp_path)
    engine(tmp_path).write_text(WORK)
    written, kept = write_stubs(tmp_path, overwrite=True)
    assert ([f"{COURSE.lectures[0].id}/engine.py"], []) == (written, kept)
    assert stubs_of(COURSE.lectures[0])["engine.py"] == engine(tmp_path).read_text()


def test_a_missing_file_is_written_beside_edited_ones(tmp_path):
    """The way back to a stub is to delete the file."""
    write_stubs(tmp_path)
    engine(tmp_path).unlink()
    engine(tmp_path).with_name("nn.py").write_text(WORK)
    assert ([f"{COURSE.lectures[0].id}/engine.py"], [f"{COURSE.lectures[0].id}/nn.py"]) == write_stubs(tmp_path)


def test_files_of_the_students_own_stay(tmp_path):
    """Not even overwrite touches what the course does not bring."""
    write_stubs(tmp_path)
    notes = engine(tmp_path).with_name("notes.txt")
    notes.write_text(WORK)
    write_stubs(tmp_path, overwrite=True)
    assert notes.read_text() == WORK


def fails(self: Path, *args: object) -> None:
    raise OSError(28, "No space left on device")


def fails_half_way(self: Path, data: bytes) -> None:
    with self.open("wb") as file:
        file.write(data[: len(data) // 2])
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("method", "broken"), [("replace", fails), ("write_bytes", fails_half_way)])
def test_a_file_is_never_half_written(tmp_path, monkeypatch, method, broken):
    """When writing or renaming fails, the old file is whole, nothing is left beside it, and the error says why."""
    file = tmp_path / "report.json"
    file.write_text("the old one")
    monkeypatch.setattr(Path, method, broken)
    with pytest.raises(UsageError, match=r"report\.json cannot be written \(No space left on device\)"):
        write_whole(file, b"the new one")
    monkeypatch.undo()
    assert contents(tmp_path) == {"report.json": b"the old one"}


def test_a_file_is_replaced_whole(tmp_path):
    """Old and new never mix, and no other file appears."""
    write_whole(tmp_path / "a" / "b.txt", b"a longer text")
    write_whole(tmp_path / "a" / "b.txt", b"short")
    assert contents(tmp_path) == {"a/b.txt": b"short"}


@pytest.mark.parametrize("name", ["file/below.txt", "file/far/below.txt", "folder", "x" * 300])
def test_a_place_that_cannot_be_written_is_a_usage_error(tmp_path, name):
    """One sentence about the place, whichever way it is wrong."""
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_whole(tmp_path / name, b"")
