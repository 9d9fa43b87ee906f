"""Modules of a student's own beside those of the lecture: taken where they are imported, and only then."""

import pytest
from package_kit import COURSE, LECTURE, folder, in_folder, notebook, package, refusal, zipped

from grader.course import load, reference_sources
from grader.judging.examiner import examiner
from grader.judging.findings import PASSED
from grader.submission import MAX_FILE, open_submission
from grader.submission.packing import build, choose

UTILS = b"def rise(f, x, h):\n    return f(x + h) - f(x)\n"


def opened(tmp_path, files, as_zip=False):
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    return open_submission(path, COURSE, LECTURE)


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize("around", ["", f"{LECTURE.id}/", "ada/"])
@pytest.mark.parametrize(
    "line",
    [
        "import utils",
        "from utils import rise",
        "from .utils import rise",
        "from . import utils",
        f"from {LECTURE.id}.utils import rise",
        f"from {LECTURE.id} import utils",
        "def slope():\n    import utils",
    ],
)
def test_a_module_that_is_imported_is_taken_and_said(tmp_path, line, around, as_zip):
    """In every usual way to import it; what nobody imports stays out."""
    files = {"derivatives.py": line.encode(), "utils.py": UTILS, "other.py": b"1/0"}
    found = opened(tmp_path, in_folder(files, around.rstrip("/") or "."), as_zip)
    assert found.files == {"derivatives.py": line.encode(), "utils.py": UTILS}
    assert found.remarks == ("utils.py was taken too, because derivatives.py imports it",)


def test_what_is_imported_by_way_of_another_is_taken(tmp_path):
    """Also in a circle."""
    files = {"engine.py": b"import a\n", "a.py": b"import b\n", "b.py": b"import a\n"}
    assert opened(tmp_path, files).files == files


def test_it_runs(tmp_path):
    """The function that uses it is right."""
    source = reference_sources(LECTURE)["derivatives.py"].replace(
        "import math\n", "import math\n\nfrom utils import rise\n"
    )
    source += "\n\ndef slope(f, x, h):\n    return rise(f, x, h) / h\n"
    submission = opened(tmp_path, {"derivatives.py": source.encode(), "utils.py": UTILS})
    with examiner(LECTURE, 1) as judge:
        report = judge.examine(submission, ["slope"])
    assert {finding.status for finding in report.findings} == {PASSED}


def test_what_a_module_must_not_import_does_not_come_by_way_of_another(tmp_path):
    """Neither at once nor further on; the rule would not see it there."""
    files = {"engine.py": b"import a\n", "a.py": b"import b\n", "b.py": b"import torch\n", "nn.py": b"import b\n"}
    found = opened(tmp_path, files)
    assert sorted(found.files) == ["a.py", "engine.py", "nn.py"]
    assert found.remarks[0] == "b.py was not taken: engine.py imports it, and it imports torch"


@pytest.mark.parametrize("name", ["math", "random", "torch", "numpy", "grader", "sys"])
def test_a_module_that_is_called_like_a_library_is_never_taken(tmp_path, name):
    """It would stand in for that library in the measuring itself."""
    files = {"nn.py": f"import {name}\n".encode(), f"{name}.py": b"1/0"}
    assert opened(tmp_path, files).files == {"nn.py": files["nn.py"]}


def test_what_a_notebook_imports_is_taken(tmp_path):
    """As for a module."""
    files = {
        "work.ipynb": notebook("from utils import rise", "def slope(f, x, h): return rise(f, x, h)"),
        "utils.py": UTILS,
    }
    assert sorted(opened(tmp_path, files).files) == ["derivatives.py", "utils.py"]


def test_it_is_packed_and_taken_from_the_package(tmp_path):
    """With its hash in the manifest, so that a change is seen."""
    home = folder(tmp_path / "home", in_folder({"derivatives.py": b"import utils\n", "utils.py": UTILS}))
    file = package(tmp_path, build(choose(home, LECTURE), COURSE, "ada"))
    assert open_submission(file, COURSE).files == {"derivatives.py": b"import utils\n", "utils.py": UTILS}
    file.write_bytes(build(choose(home, LECTURE), COURSE, "ada").replace(b"return f(x", b"return f(y"))
    assert "utils.py" in refusal(file)


def test_more_than_anybody_writes_are_refused(tmp_path):
    """Each would have to be read."""
    names = [f"m{number}" for number in range(21)]
    files = {"engine.py": f"import {', '.join(names)}".encode(), **{f"{name}.py": b"" for name in names}}
    path = folder(tmp_path / "ada", files)
    assert refusal(path) == f"the modules of {LECTURE.id} import more than 20 others of your own"


def test_one_that_is_too_large_is_refused(tmp_path):
    """As a module of the lecture is."""
    path = folder(tmp_path / "ada", {"engine.py": b"import utils", "utils.py": b"#" * (MAX_FILE + 1)})
    assert refusal(path) == f"utils.py is larger than {MAX_FILE:,} bytes"


def test_one_that_is_a_link_is_not_followed(tmp_path):
    """Wherever it leads."""
    path = folder(tmp_path / "ada", {"engine.py": b"import utils"})
    (path / "utils.py").symlink_to("/etc/passwd")
    assert refusal(path) == "utils.py is a link, which is not followed; hand in the file itself"


# ---- what a lecture borrows of an earlier one

MICROGPT, MICROGRAD = load().lecture("lecture9_microgpt"), load().lecture("lecture1_micrograd")
USES = b"try:\n    from engine import Value\nexcept ModuleNotFoundError:\n    Value = float\n"
BEGUN = b"class Value: ...\n"


def borrowed(place, files):
    return open_submission(folder(place / "ada", files), load(), MICROGPT)


def test_an_engine_of_lecture_1_comes_along_with_what_imports_it(tmp_path):
    """From its own folder in the same course folder; and that is said."""
    found = borrowed(tmp_path, {"lecture9_microgpt/autograd.py": USES, "lecture1_micrograd/engine.py": BEGUN})
    assert found.files == {"autograd.py": USES, "engine.py": BEGUN}
    assert found.remarks == ("engine.py was taken too, because autograd.py imports it",)


def test_a_copy_beside_it_counts_more(tmp_path):
    copy = BEGUN + b"x = 1\n"
    files = {"lecture9_microgpt/autograd.py": USES, "lecture9_microgpt/engine.py": copy}
    assert borrowed(tmp_path, {**files, "lecture1_micrograd/engine.py": BEGUN}).files["engine.py"] == copy


def test_an_engine_that_nobody_has_begun_is_not_borrowed(tmp_path):
    stub = (load().folders.exercises / MICROGRAD.id / "engine.py").read_bytes()
    found = borrowed(tmp_path, {"lecture9_microgpt/autograd.py": USES, "lecture1_micrograd/engine.py": stub})
    assert found.files == {"autograd.py": USES}


def test_what_is_packed_holds_what_was_borrowed(tmp_path):
    """So that grading finds it without the course folder."""
    home = folder(tmp_path, {"lecture9_microgpt/autograd.py": USES, "lecture1_micrograd/engine.py": BEGUN})
    choice = choose(home, MICROGPT)
    assert choice.included == {"autograd.py": USES, "engine.py": BEGUN}
