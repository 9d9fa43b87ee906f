"""Files whose names are nearly right: taken where nothing else can be meant, and said; else named."""

import pytest
from package_kit import COURSE, ENGINE, LECTURE, folder, in_folder, notebook, package, refusal, zipped

from grader.course import load
from grader.judging.findings import TODO, Finding, Report
from grader.office.gradebook.rows import row_of
from grader.submission import MAX_FILE, Submission, open_submission

STUB = (load().folders.exercises / LECTURE.id / "engine.py").read_bytes()
NEARLY = [
    "engine (1).py",
    "Engine.py",
    "ENGINE.PY",
    "engine.py.txt",
    "doe_jane_engine.py",
    "engine - Copy.py",
    "engine-final-2.py",
]


@pytest.fixture(params=[False, True], ids=["folder", "zip"])
def opened(tmp_path, request):
    """What is taken of these files, handed in as a folder or as a zip."""

    def given(files: dict[str, bytes]) -> Submission:
        return open_submission(
            package(tmp_path, zipped(files)) if request.param else folder(tmp_path / "ada", files), COURSE
        )

    return given


@pytest.mark.parametrize("around", ["", "ada/", f"{LECTURE.id}/"])
@pytest.mark.parametrize("name", NEARLY)
def test_a_name_that_is_nearly_right_is_taken_and_said(opened, name, around):
    """Where it is the only candidate, alone or beside other modules."""
    for beside in ({}, {f"{around}nn.py": b"x = 1\n"}):
        found = opened({f"{around}{name}": ENGINE, **beside})
        assert found.files["engine.py"] == ENGINE
        assert found.remarks == (f"{name} was taken as engine.py",)


def test_it_counts_more_than_the_stub(opened):
    """A browser that kept the stub and saved the work beside it."""
    assert opened({"engine.py": STUB, "engine (1).py": ENGINE}).files == {"engine.py": ENGINE}


def test_a_module_of_the_right_name_counts_alone(opened):
    """What is called nearly like it is an older version, or a copy."""
    found = opened({"engine.py": ENGINE, "engine (1).py": b"x = 1\n"})
    assert (found.files, found.remarks) == ({"engine.py": ENGINE}, ())


def test_two_candidates_that_differ_are_named(opened):
    """Neither is taken, and who reads the marks sees that something is there."""
    found = opened({"nn.py": b"x = 1\n", "engine (1).py": ENGINE, "engine (2).py": b"y = 1\n"})
    assert found.files == {"nn.py": b"x = 1\n"}
    assert found.remarks == ("engine.py is missing; engine (1).py and engine (2).py resemble it and were not taken",)


def test_two_candidates_that_are_the_same_are_one(opened):
    """Downloaded twice."""
    assert opened({"engine (1).py": ENGINE, "engine (2).py": ENGINE}).files == {"engine.py": ENGINE}


@pytest.mark.parametrize("name", ["test_engine.py", "engine_old.py", "engine.bak.py", "Engine stub.py"])
def test_what_says_that_it_is_something_else_is_only_named(opened, name):
    """A test, an old version."""
    found = opened({"nn.py": b"x = 1\n", name: ENGINE})
    assert found.files == {"nn.py": b"x = 1\n"}
    assert found.remarks == (f"engine.py is missing; {name} resembles it and was not taken",)


@pytest.mark.parametrize(
    "name", ["engines.py", "myengine.py", "engine.txt", "engine.pyc", "engine_nn.py", "engine.py~"]
)
def test_other_names_resemble_nothing(opened, name):
    """Not a whole word of the name, no module, or two at once."""
    found = opened({"nn.py": b"x = 1\n", name: ENGINE})
    assert (found.files, found.remarks) == ({"nn.py": b"x = 1\n"}, ())


def test_stubs_that_resemble_nothing_missing_are_not_mentioned(opened):
    """A whole lecture, and a test beside it."""
    assert opened(in_folder({"engine.py": ENGINE, "test_engine.py": b""})).remarks == ()


@pytest.mark.parametrize(
    "mark", ["# Engine.py", "# engine.py (final version)", "# Ada Lovelace, 12345\n# engine.py", "# my engine.py:"]
)
def test_a_mark_that_is_nearly_right_loses_nothing(opened, mark):
    """Such a cell counts as any other: what it defines is taken, and it is said from which cell."""
    found = opened({"work.ipynb": notebook(f"{mark}\nclass Value: ...\nValue()")})
    assert "class Value: ...\n" in found.sources()["engine.py"]
    assert found.remarks == ("work.ipynb: engine.py from cell 1; no cell was left out",)


def test_a_file_that_is_too_large_is_refused_under_its_own_name(tmp_path):
    """The limits are those of a module."""
    path = package(tmp_path, zipped({"engine.py.txt": b"#" * (MAX_FILE + 1)}))
    assert refusal(path) == f"engine.py.txt is larger than {MAX_FILE:,} bytes"


def test_a_hostile_name_that_is_nearly_right_is_shown_harmless(tmp_path):
    """In what is said stands no control character of a student."""
    path = folder(tmp_path / "ada", {"\x1b[2J engine.py": ENGINE})
    assert open_submission(path, COURSE).remarks == ("\\x1b[2J engine.py was taken as engine.py",)


def test_a_link_that_is_nearly_right_is_not_followed(tmp_path):
    """As one of the right name is not."""
    path = folder(tmp_path / "ada", {})
    (path / "Engine.py").symlink_to("/etc/passwd")
    assert refusal(path) == "Engine.py is a link, which is not followed; hand in the file itself"


def test_at_home_only_the_right_name_counts(tmp_path):
    """There the student can call it as it must be called."""
    path = folder(tmp_path / "home", in_folder({"nn.py": b"x = 1\n", "engine (1).py": ENGINE}))
    assert open_submission(path, COURSE, LECTURE, own=True).files == {"nn.py": b"x = 1\n"}


def test_what_resembles_a_module_is_named_where_nothing_else_is_there(tmp_path):
    """In the sentence of the refusal."""
    path = folder(tmp_path / "ada", {"engine (1).py": ENGINE, "engine (2).py": b"x = 1\n"})
    assert refusal(path) == (
        "ada holds none of the files of any lecture of this course; "
        "engine.py is missing; engine (1).py and engine (2).py resemble it and were not taken"
    )


def test_a_row_never_says_not_handed_in_of_what_is_there(opened):
    """It names the file, and what is really absent apart from it."""
    submission = opened({"nn.py": b"x = 1\n", "test_engine.py": ENGINE, "Training.py": b"y = 2\n"})
    findings = tuple(Finding(one.id, "", "", "public", TODO, 0, 1, 0.0) for one in LECTURE.exercises)
    row = row_of(Report(submission, findings, {"isolation": ""}))
    assert row.why == (
        "engine.py is missing; test_engine.py resembles it and was not taken; "
        "not handed in: derivatives.py, drawing.py, softmax.py; Training.py was taken as training.py"
    )
