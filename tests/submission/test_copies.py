"""Several copies of a lecture in one hand-in: what was worked on counts; two of that kind are refused."""

import io
import os
import zipfile
from datetime import UTC, datetime

import pytest
from package_kit import COURSE, ENGINE, LECTURE, folder, in_folder, notebook, package, refusal, zipped

from grader.course import load
from grader.errors import SubmissionError
from grader.submission import Submission, open_submission

STUBS = {name: (load().folders.exercises / LECTURE.id / name).read_bytes() for name in LECTURE.modules}
DONE = {**STUBS, "engine.py": ENGINE}
KEEP = "keep one of them, or grade with --copies newest"


@pytest.fixture(params=[False, True], ids=["folder", "zip"])
def place(tmp_path, request):
    """These files, handed in as a folder or as a zip."""
    return lambda files: package(tmp_path, zipped(files)) if request.param else folder(tmp_path / "ada", files)


def opened(path) -> Submission:
    return open_submission(path, COURSE)


@pytest.mark.parametrize(
    ("stubs", "work"),
    [
        ("", "work/"),
        (f"{LECTURE.id}/", f"my work/{LECTURE.id}/"),
        ("course/exercises/", "ada/"),
        ("exercises/", "ada/"),
        ("a/", "b/c/"),
    ],
)
def test_untouched_stubs_do_not_hide_the_work(place, stubs, work):
    """Wherever the two lie; and it is said which was taken, where somebody might have looked elsewhere."""
    found = opened(place({**in_folder(STUBS, stubs.rstrip("/") or "."), **in_folder(DONE, work.rstrip("/"))}))
    assert found.files == DONE
    assert all(remark.endswith("holds untouched stubs alone") for remark in found.remarks)


def test_work_beside_a_folder_of_stubs_counts(place):
    """File by file: the folder has the lecture's name, and the finished module lies beside it."""
    assert opened(place({**in_folder(STUBS), "engine.py": ENGINE})).files == DONE


def test_what_was_taken_is_said(place):
    """With both places."""
    found = opened(place({**in_folder(STUBS, "a"), **in_folder(DONE, "b/c")}))
    assert found.remarks == ("taken from b/c; a holds untouched stubs alone",)


def test_the_same_work_twice_is_one(place):
    """A copy to be on the safe side."""
    assert opened(place({**in_folder(DONE, "a"), **in_folder(DONE, "b")})).files == DONE


def test_stubs_alone_are_stubs(place):
    """Wherever they lie: nobody has begun."""
    assert opened(place({**in_folder(STUBS, "a"), **in_folder(STUBS, "b/c")})).files == STUBS


@pytest.mark.parametrize("deeper", ["b", "b/c"])
def test_two_that_were_begun_and_differ_are_refused_by_name(place, deeper):
    """Which of them counts is not for the grader to guess, however deep one lies."""
    path = place({**in_folder(DONE, "a"), **in_folder({**STUBS, "nn.py": b"x = 1\n"}, deeper)})
    expected = f"holds {LECTURE.id} in two places, a and {deeper}, and they differ; {KEEP}"
    assert refusal(path) == f"{path.name} {expected}"


def test_a_module_in_the_folder_and_beside_it_is_refused_if_both_were_begun(place):
    """The same, for one file."""
    sentence = refusal(place({**in_folder(DONE), "engine.py": b"x = 1\n"}))
    expected = f"engine.py is in {LECTURE.id} and in the folder around it, and they differ; keep one of them"
    assert sentence == expected


def test_a_notebook_beside_stubs_makes_a_copy_that_was_begun(place):
    """The stubs lie higher, the work deeper in a notebook."""
    found = opened(place({**STUBS, **in_folder({**STUBS, "w.ipynb": notebook("class Value: ...")}, "work")}))
    assert found.files["engine.py"] == b"# code cell 1\nclass Value: ...\n"


def test_more_copies_than_anybody_makes_are_refused(place):
    """Each would have to be read."""
    path = place({f"{number}/engine.py": b"" for number in range(21)})
    assert refusal(path) == f"{path.name} holds {LECTURE.id} in more than 20 places; keep one of them"


def test_a_students_own_folder_may_hold_copies(tmp_path):
    """A backup stops no check: what lies least deep is theirs."""
    path = folder(tmp_path / "home", {**in_folder(DONE), **in_folder({"engine.py": b"x = 1\n"}, "backup")})
    assert open_submission(path, COURSE, LECTURE, own=True).files == DONE


def test_a_hostile_name_of_a_copy_is_shown_harmless(tmp_path):
    """In a sentence of ours stands no control character of a student."""
    path = folder(tmp_path / "ada", {**STUBS, "\x1b[2J/engine.py": ENGINE})
    assert opened(path).remarks == ("taken from \\x1b[2J; the top holds untouched stubs alone",)


OLDER, NEWER = 1_700_000_000, 1_700_000_002


def dated_folder(place, files):
    """These files, each changed at its time."""
    made = folder(place / "ada", {name: data for name, (data, _) in files.items()})
    for name, (_, time) in files.items():
        os.utime(made / name, (time, time))
    return made


def dated_zip(place, files):
    """The same in a zip, with the times that its list has."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, (data, time) in files.items():
            archive.writestr(zipfile.ZipInfo(name, datetime.fromtimestamp(time, UTC).timetuple()[:6]), data)
    return package(place, buffer.getvalue())


@pytest.mark.parametrize("dated", [dated_folder, dated_zip])
@pytest.mark.parametrize(("a", "b", "counts"), [(OLDER, NEWER, "b"), (NEWER, OLDER, "a")])
def test_the_newest_of_two_that_differ_counts_if_it_is_asked_for(tmp_path, dated, a, b, counts):
    """And it is said which other one there was."""
    path = dated(tmp_path, {"a/engine.py": (ENGINE, a), "b/engine.py": (ENGINE + b"x = 1\n", b)})
    found = open_submission(path, COURSE, newest=True)
    assert found.files == {"engine.py": ENGINE if counts == "a" else ENGINE + b"x = 1\n"}
    other = "b" if counts == "a" else "a"
    assert found.remarks == (f"taken from {counts}, the newest copy; {other} is older",)


@pytest.mark.parametrize("dated", [dated_folder, dated_zip])
def test_of_two_of_one_time_none_is_the_newest(tmp_path, dated):
    path = dated(tmp_path, {"a/engine.py": (ENGINE, OLDER), "b/engine.py": (ENGINE + b"x = 1\n", OLDER)})
    with pytest.raises(SubmissionError, match=r"and they differ; keep one of them$"):
        open_submission(path, COURSE, newest=True)
