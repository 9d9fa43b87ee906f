"""Packing: the same work gives the same bytes, the student is told what goes in, and nothing can be claimed."""

import hashlib
import io
import json
import os
import platform
import zipfile
from pathlib import Path

import pytest
from package_kit import package, zipped

from grader import __version__
from grader.course import load
from grader.errors import SubmissionError
from grader.submission import MAX_FILE, open_submission
from grader.submission.packing import SCHEMA, Choice, build, choose, unpromised

COURSE = load()
LECTURE = COURSE.lectures[0]


@pytest.fixture
def home(tmp_path):
    """A course folder in which every file of the lecture is written."""
    for name in LECTURE.files:
        write(tmp_path, name, f"# {name}\n".encode())
    return tmp_path


def write(root: Path, name: str, data: bytes) -> Path:
    file = root / LECTURE.id / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    return file


def packed(root: Path, student: str = "ada") -> bytes:
    return build(choose(root, LECTURE), COURSE, student)


def entries(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest(raw: bytes) -> dict[str, object]:
    return json.loads(entries(raw)["manifest.json"])


def test_the_same_files_give_the_same_bytes(home):
    """Packing twice changes nothing, so two packages can be told apart by their hash."""
    assert packed(home) == packed(home)


def test_times_and_permissions_do_not_show(home):
    """Neither when a file was written nor who may read it is in the package."""
    before = packed(home)
    for name in LECTURE.files:
        os.utime(home / LECTURE.id / name, (1, 1))
        (home / LECTURE.id / name).chmod(0o700)
    assert before == packed(home)


def test_the_order_of_the_files_does_not_show():
    """However a folder lists its files, the package has them in the order of their names."""
    files = {name: name.encode() for name in LECTURE.files}
    backwards = dict(reversed(files.items()))
    expected = build(Choice(LECTURE, files, (), ()), COURSE, "ada")
    assert expected == build(Choice(LECTURE, backwards, (), ()), COURSE, "ada")


def test_the_place_of_the_folder_does_not_show(home, tmp_path_factory):
    """No path of the student's machine is in the package."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for name in LECTURE.files:
        write(elsewhere, name, (home / LECTURE.id / name).read_bytes())
    assert packed(home) == packed(elsewhere)
    assert str(home).encode() not in packed(home)


@pytest.mark.parametrize("change", [b"# other\n", b""])
def test_another_content_gives_other_bytes(home, change):
    """A changed file shows."""
    before = packed(home)
    write(home, "engine.py", change)
    assert before != packed(home)


def test_the_package_holds_the_files_and_a_manifest(home):
    """Exactly the lecture's files, byte for byte in its folder, and manifest.json."""
    expected = {f"{LECTURE.id}/{name}": f"# {name}\n".encode() for name in LECTURE.files}
    found = entries(packed(home))
    del found["manifest.json"]
    assert expected == found


def test_the_manifest_says_what_was_packed(home):
    """Versions, lecture, student, Python and the hash of every file; no time, no machine, no score."""
    expected = {
        "schema": SCHEMA,
        "course": COURSE.version,
        "grader": __version__,
        "lecture": LECTURE.id,
        "student": "ada",
        "python": platform.python_version(),
        "files": {f"{LECTURE.id}/{name}": hashlib.sha256(f"# {name}\n".encode()).hexdigest() for name in LECTURE.files},
    }
    assert expected == manifest(packed(home))


@pytest.mark.parametrize("student", ["Zoë 李", 'quote"\n\\', "\udcff", ""])
def test_the_manifest_holds_any_name(home, student):
    """Whatever a student is called, the manifest is JSON."""
    assert student == manifest(packed(home, student))["student"]


def test_every_entry_is_an_ordinary_file_of_one_date(home):
    """Readable by its owner, stored, at the first date that a zip can hold."""
    with zipfile.ZipFile(io.BytesIO(packed(home))) as archive:
        told = {
            (entry.date_time, entry.external_attr, entry.compress_type, entry.create_system)
            for entry in archive.infolist()
        }
    assert told == {((1980, 1, 1, 0, 0, 0), 0o100644 << 16, zipfile.ZIP_STORED, 3)}


def test_what_lies_beside_is_told_and_stays_out(home):
    """Notes and folders are named as ignored; Python's own cache is not worth a word."""
    for name in ("notes.txt", "extra.py", "__pycache__/engine.pyc", ".hidden"):
        (home / LECTURE.id / name).parent.mkdir(exist_ok=True)
        write(home, name, b"")
    assert choose(home, LECTURE).ignored == (".hidden", "extra.py", "notes.txt")
    assert len(LECTURE.files) + 1 == len(entries(packed(home)))


def test_what_is_missing_is_told(home):
    """Unfinished work may be packed, and the student is told what is not in it."""
    (home / LECTURE.id / "nn.py").unlink()
    (home / LECTURE.id / "training.py").unlink()
    assert choose(home, LECTURE).missing == ("nn.py", "training.py")


def test_an_empty_folder_is_not_packed(tmp_path):
    """The error names the files that were looked for and the command that writes them."""
    (tmp_path / LECTURE.id).mkdir()
    with pytest.raises(SubmissionError, match=r"nothing to pack: none of derivatives\.py.*grader stubs --to"):
        choose(tmp_path, LECTURE)


def test_a_folder_that_is_not_there_is_not_packed(tmp_path):
    """Nor is nothing at all."""
    with pytest.raises(SubmissionError, match="nothing to pack"):
        choose(tmp_path, LECTURE)


def test_a_file_that_would_be_refused_is_not_packed(home):
    """The limit of the grader is known before handing in."""
    write(home, "engine.py", b"#" * (MAX_FILE + 1))
    with pytest.raises(SubmissionError, match=r"engine\.py is larger than 1,000,000 bytes"):
        choose(home, LECTURE)


def test_a_score_that_a_folder_claims_stays_out(home):
    """A manifest.json of the student's own making is ignored like any other file."""
    write(home, "manifest.json", b'{"score": 100}')
    assert choose(home, LECTURE).ignored == ("manifest.json",)
    assert "score" not in manifest(packed(home))


def test_a_score_that_a_package_claims_is_ignored(home, tmp_path):
    """What a manifest says besides the lecture and the hashes changes nothing in the submission."""
    files = entries(packed(home))
    claims = {**json.loads(files["manifest.json"]), "score": 100, "points": {"slope": 2}, "student": "eve"}
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        for name, data in {**files, "manifest.json": json.dumps(claims).encode()}.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    honest = tmp_path / "honest" / "ada.zip"
    honest.parent.mkdir()
    honest.write_bytes(packed(home))
    assert open_submission(honest, COURSE) == open_submission(tmp_path / "ada.zip", COURSE)


@pytest.mark.parametrize("lecture", [None, LECTURE])
def test_a_package_is_the_same_submission_as_its_folder(home, tmp_path_factory, lecture):
    """What the grader opens has the hash of what lies in the student's folder."""
    file = tmp_path_factory.mktemp("inbox") / "ada.zip"
    file.write_bytes(packed(home))
    assert open_submission(home, COURSE, LECTURE).sha256 == open_submission(file, COURSE, lecture).sha256


def test_what_may_not_be_there_at_grading_is_said(home):
    """The standard library, what a kit brings, the lecture's modules and one's own are there."""
    text = "import math, torch\nimport pandas as pd\nfrom engine import Value\nfrom utils import half\nimport scipy.fft"
    write(home, "nn.py", text.encode())
    write(home, "utils.py", b"import requests\ndef half(x): return x / 2\n")
    assert unpromised(choose(home, LECTURE)) == [("nn.py", "pandas"), ("nn.py", "scipy"), ("utils.py", "requests")]


NONE = ["2.7", "3.14rc2", "3.x", 3.12, "3.12\n\n"]
VERSIONS = [("3.13.1", "3.13.1"), ("3.14.0rc2", "3.14.0rc2"), ("3.14", "3.14"), *((said, "") for said in NONE)]


@pytest.mark.parametrize(("said", "read"), VERSIONS)
def test_the_python_of_a_package_is_read(home, tmp_path, said, read):
    """Text of somebody else's: only a version is taken."""
    files = entries(packed(home))
    claims = {**json.loads(files["manifest.json"]), "python": said}
    raw = zipped({**files, "manifest.json": json.dumps(claims).encode()})
    assert open_submission(package(tmp_path, raw), COURSE).python == read
