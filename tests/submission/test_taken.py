"""What students really hand in, and what is taken of it: folders and zips of every harmless kind."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from package_kit import COURSE, ENGINE, LECTURE, OTHER, TAKEN, folder, in_folder, noise, package, whole, zipped

from grader.course import PROJECT, load
from grader.submission import Submission, open_submission

MAC = {"__MACOSX/._engine.py": b"\0\5\x16\7", "__MACOSX/x/._engine.py": b"\0\5\x16\7", ".DS_Store": b"\0\0\0\1Bud1"}
WORKPLACE = {
    ".venv/bin/python": b"",
    ".git/HEAD": b"",
    "__pycache__/engine.pyc": b"",
    ".ipynb_checkpoints/a.ipynb": b"{",
}


def opened(tmp_path: Path, files: dict[str, bytes], as_zip: bool) -> dict[str, bytes]:
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    return open_submission(path, COURSE).files


@pytest.mark.parametrize("lecture", [None, LECTURE])
@pytest.mark.parametrize("arrange", [dict, in_folder])
@pytest.mark.parametrize("as_zip", [False, True])
def test_a_whole_submission_is_opened(tmp_path, lecture, arrange, as_zip):
    """A folder or a zip, with the files at the top or in the lecture's folder, with the lecture told or found."""
    files = arrange(whole())
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    assert Submission("ada", LECTURE, whole()) == open_submission(path, COURSE, lecture)


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize(
    "around",
    [
        "ada",
        "lecture1",
        "Lecture 1 - micrograd",
        "repo-main/ada",
        f"zero-to-hero-main/exercises/{LECTURE.id}",
        "Übung/李",
    ],
)
def test_folders_around_the_files_do_no_harm(tmp_path, around, as_zip):
    """As made by "Compress", by a download from GitHub, or by a student who renamed the lecture's folder."""
    assert whole() == opened(tmp_path, in_folder(whole(), around), as_zip)


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize("beside", [MAC, WORKPLACE], ids=["macOS", "workplace"])
@pytest.mark.parametrize("around", ["ada", LECTURE.id])
def test_what_programs_add_is_left_out(tmp_path, around, beside, as_zip):
    """Finder, git, Python and Jupyter leave files of their own behind, beside the student's and among them."""
    assert whole() == opened(tmp_path, in_folder(whole(), around) | beside | in_folder(beside, around), as_zip)


@pytest.mark.parametrize("as_zip", [False, True])
def test_what_lies_beside_is_not_asked_for_its_size(tmp_path, as_zip):
    """A script of the lecture as PDF does not cost a student the marks."""
    assert whole() == opened(tmp_path, {**whole(), "lecture.pdf": noise(7_000_000)}, as_zip)


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_whole_course_folder_is_opened_for_the_lecture_that_is_graded(tmp_path, as_zip):
    """All lectures, the notes and pictures of a term: more files than any lecture has."""
    files = {f"{lecture.id}/{name}": name.encode() for lecture in load().lectures for name in lecture.files}
    files |= {f"pictures/{number}.svg": b"<svg/>" for number in range(300)} | {"course.toml": b"", "exercises.py": b""}
    path = package(tmp_path, zipped(in_folder(files, "ada"))) if as_zip else folder(tmp_path / "ada", files)
    for lecture in load().lectures:
        assert open_submission(path, load(), lecture).files == {name: name.encode() for name in lecture.files}


@pytest.mark.parametrize("as_zip", [False, True])
def test_the_lecture_that_was_worked_on_is_found(tmp_path, as_zip):
    """In a whole course folder in which the other lectures are as they were handed out."""
    files = {
        f"{lecture.id}/{name}": (PROJECT / "exercises" / lecture.id / name).read_bytes()
        for lecture in load().lectures
        for name in lecture.modules
    }
    files["lecture2_bigram/counts.py"] += b"\nx = 1\n"
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    assert open_submission(path, load()).lecture.id == "lecture2_bigram"


@pytest.mark.parametrize("as_zip", [False, True])
def test_the_lecture_with_the_most_files_is_found(tmp_path, as_zip):
    """Two lectures have a file of one name; the others say which is meant."""
    lecture = load().lecture("4")
    files = dict.fromkeys(lecture.files, b"x = 1")
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    assert open_submission(path, load()).lecture == lecture


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_part_of_a_lecture_is_opened(tmp_path, as_zip):
    """Unfinished work may be handed in; what is missing is told in course order."""
    files = {"engine.py": ENGINE}
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    expected = tuple(name for name in LECTURE.files if name != "engine.py")
    assert expected == open_submission(path, COURSE).missing


@pytest.mark.parametrize("as_zip", [False, True])
def test_files_of_no_exercise_are_left_out(tmp_path, as_zip):
    """Notes, a conftest.py, and stubs that lie deeper do not become part of a submission."""
    files = {"engine.py": ENGINE, "conftest.py": b"1/0", "notes.txt": b"", "deep/er/engine.py": b""}
    assert opened(tmp_path, files, as_zip) == {"engine.py": ENGINE}


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_file_beside_the_lectures_folder_is_taken(tmp_path, as_zip):
    """It was put there in a hurry, and the folder has none of that name that was begun."""
    files = {f"{LECTURE.id}/engine.py": ENGINE, "nn.py": b"# here\n", "engine.py": b""}
    assert opened(tmp_path, files, as_zip) == {"engine.py": ENGINE, "nn.py": b"# here\n"}


def test_another_lecture_is_recognised(tmp_path):
    """Without a lecture given, the files say which one it is."""
    assert open_submission(folder(tmp_path / "ada", {"bigram.py": b""}), COURSE).lecture == OTHER


@pytest.mark.parametrize("name", ["ada.zip", "upload_17.zip", "ada (1).ZIP"])
def test_the_one_zip_in_a_folder_is_opened(tmp_path, name):
    """Learning platforms make a folder for each student and put the package into it as it is."""
    path = folder(tmp_path / "ada", {name: zipped(in_folder(whole())), "onlinetext.html": b"<p>here"})
    assert Submission("ada", LECTURE, whole()) == open_submission(path, COURSE)


# ---- zips by many programs


@pytest.mark.parametrize("method", TAKEN)
def test_a_zip_of_the_usual_kinds_is_opened(tmp_path, method):
    """Stored and deflated packages are the same submission."""
    assert whole() == open_submission(package(tmp_path, zipped(whole(), method)), COURSE).files


@pytest.mark.parametrize("mode", [0, 0o600, 0o100755], ids=oct)
def test_a_zip_without_file_types_is_opened(tmp_path, mode):
    """Many programs that write zips note no file type, or nothing at all, where Unix would keep it."""
    assert whole() == open_submission(package(tmp_path, zipped(whole(), mode=mode)), COURSE).files


@pytest.mark.parametrize("mode", [0, 0o40755, 0o100644], ids=oct)
def test_a_zip_with_folders_of_its_own_is_opened(tmp_path, mode):
    """Entries for folders carry nothing, so they do no harm, twice neither."""
    raw = zipped({f"{LECTURE.id}/": b"", **in_folder(whole()), f"{LECTURE.id}//": b""}, mode=mode)
    raw = raw if mode != 0o40755 else zipped({f"{LECTURE.id}/": b""}, mode=mode)
    if mode == 0o40755:
        buffer = io.BytesIO(raw)
        with zipfile.ZipFile(buffer, "a") as archive:
            for name, data in in_folder(whole()).items():
                archive.writestr(name, data)
        raw = buffer.getvalue()
    assert whole() == open_submission(package(tmp_path, raw), COURSE).files


def test_a_path_that_begins_with_a_dot_is_the_same_path(tmp_path):
    """As some programs write them."""
    raw = zipped({f"./{LECTURE.id}//{name}": data for name, data in whole().items()})
    assert whole() == open_submission(package(tmp_path, raw), COURSE).files


class Stream(io.BytesIO):
    """A place to write to that cannot be rewound, such as a network connection."""

    def seekable(self) -> bool:
        return False

    def seek(self, *place: int) -> int:
        raise io.UnsupportedOperation

    tell = seek


@pytest.mark.parametrize("large", [False, True], ids=["", "zip64"])
@pytest.mark.parametrize("method", TAKEN)
@pytest.mark.parametrize("place", [io.BytesIO, Stream])
def test_a_zip_written_by_a_server_is_opened(tmp_path, place, method, large):
    """Sizes that are told after the content, or in fields for very large files."""
    buffer = place()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in whole().items():
            with archive.open(name, "w", force_zip64=large) as file:
                file.write(data)
    assert whole() == open_submission(package(tmp_path, buffer.getvalue()), COURSE).files


def test_a_zip_with_an_end_for_very_large_ones_is_opened(tmp_path, monkeypatch):
    """Some programs always write the list's place in the fields of zip64."""
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    raw = zipped(whole())
    assert b"PK\6\6" in raw
    assert whole() == open_submission(package(tmp_path, raw), COURSE).files


def test_a_zip_with_a_comment_is_opened(tmp_path):
    """It is nobody's work, and it is not read."""
    file = package(tmp_path, zipped(whole()))
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"made with love"
    assert whole() == open_submission(file, COURSE).files


@pytest.mark.parametrize("name", ["ada.zip", "ada.ZIP", "ada"])
def test_what_a_zip_is_called_does_not_matter(tmp_path, name):
    """It is told by its contents."""
    assert Submission("ada", LECTURE, whole()) == open_submission(package(tmp_path, zipped(whole()), name), COURSE)


@pytest.mark.parametrize("name", ["Notizen für Ada.txt", "笔记.md", "e\u0301tude.txt", "a b & c;$(x).txt", "-rf"])
def test_names_of_other_files_may_be_in_any_script(tmp_path, name):
    """Nothing is done with them."""
    assert whole() == open_submission(package(tmp_path, zipped({name: b"", **whole()})), COURSE).files


# ---- bytes and hashes


@pytest.mark.parametrize("written", ["x = 1\r\ny = 2\r\n", "x = 1\ry = 2\r", "\ufeffx = 1\ny = 2\n"])
def test_sources_have_plain_line_ends_and_no_mark_in_front(tmp_path, written):
    """What editors on other systems add to a file changes nothing."""
    path = folder(tmp_path / "ada", {"engine.py": written.encode()})
    assert open_submission(path, COURSE).sources()["engine.py"] == "x = 1\ny = 2\n"


def test_bytes_that_are_not_text_become_a_mark(tmp_path):
    """A source in another encoding is still opened; the damage stays visible where it is."""
    path = folder(tmp_path / "ada", {"engine.py": b"caf\xe9 = 1\n"})
    assert open_submission(path, COURSE).sources() == {"engine.py": "caf\ufffd = 1\n"}


def test_the_student_is_who_the_caller_says(tmp_path):
    """A name that is given counts more than the name of the file."""
    assert open_submission(package(tmp_path, zipped(whole())), COURSE, student="eve").student == "eve"


def test_opening_executes_nothing(tmp_path):
    """The code in a submission does not run when it is opened and read."""
    trap = tmp_path / "sprung"
    source = f"open({str(trap)!r}, 'w').close()\n".encode()
    open_submission(folder(tmp_path / "ada", {"engine.py": source}), COURSE).sources()
    assert not trap.exists()


def test_opening_writes_nothing(tmp_path, monkeypatch):
    """Not beside the package, not in the folder where the grader stands, not where temporary files go."""
    for place in ("inbox", "here", "temporary"):
        (tmp_path / place).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    open_submission(package(tmp_path / "inbox", zipped(in_folder(whole()))), COURSE)
    left = [Path(root, name) for root, _, names in os.walk(tmp_path) for name in names]
    assert left == [tmp_path / "inbox" / "ada.zip"]


def test_the_hash_depends_on_names_and_contents_alone(tmp_path):
    """The same files give the same hash however they are packed; a byte that moves to another file does not."""
    one = open_submission(folder(tmp_path / "a", whole()), COURSE)
    other = open_submission(package(tmp_path, zipped(in_folder(whole()), zipfile.ZIP_DEFLATED)), COURSE)
    moved = Submission("", LECTURE, {"engine.py": b"ab", "nn.py": b"c"})
    assert one.sha256 == other.sha256
    assert moved.sha256 != Submission("", LECTURE, {"engine.py": b"a", "nn.py": b"bc"}).sha256


def test_files_of_data_that_are_too_large_cost_their_own_exercise(tmp_path):
    """Weights are cut one byte after the limit, in a zip as in a folder, and whoever reads them says so."""
    lecture = load().lecture("3")
    files = {"mlp.py": b"x = 1\n", "weights.safetensors": noise(4_900_000)}
    for path in (folder(tmp_path / "ada", files), package(tmp_path, zipped(files, zipfile.ZIP_DEFLATED))):
        found = open_submission(path, load(), lecture).files
        assert (found["mlp.py"], len(found["weights.safetensors"])) == (b"x = 1\n", 4_200_001)


def test_a_manifest_of_our_own_goes_with_its_package(tmp_path):
    """A package that was unpacked and packed again, with a folder around it, is still that package."""
    manifest = json.dumps({"lecture": LECTURE.id, "student": "ada"}).encode()
    files = in_folder({**in_folder(whole()), "manifest.json": manifest}, "lecture1_micrograd-ada")
    assert whole() == open_submission(package(tmp_path, zipped(files)), COURSE).files
