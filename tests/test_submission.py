"""Opening submissions: folders and zips of every kind, each hostile or broken one refused in one clear sentence."""

import contextlib
import io
import json
import os
import random
import stat
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import Course, Exercise, Lecture, load
from grader.errors import SubmissionError
from grader.submission import MAX_ENTRIES, MAX_FILE, Submission, open_submission

LECTURE = load().lectures[0]
OTHER = Lecture("lecture2_other", 2, "other", (Exercise("x", "lecture2_other", "bigram.py", "", 1, (), ()),), {})
COURSE = Course("A course", "1", (LECTURE, OTHER))
ENGINE = b"class Value: ...\n"
TAKEN = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]
UNUSUAL = [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def whole() -> dict[str, bytes]:
    return {name: f"# {name}\n".encode() for name in LECTURE.files}


def in_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    return {f"{LECTURE.id}/{name}": data for name, data in files.items()}


def folder(place: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return place


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_STORED, mode: int = 0o100644) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that ends at a NUL may come twice
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16 | 0x20  # without the bit of DOS, zipfile puts a mode in for 0
            entry.compress_type = method
            archive.writestr(entry, data)
    return buffer.getvalue()


def package(place: Path, raw: bytes) -> Path:
    file = place / "ada.zip"
    file.write_bytes(raw)
    return file


def with_flag(raw: bytes, flag: int) -> bytes:
    """The zip with a general purpose flag set in every header."""
    edited = bytearray(raw)
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = raw.find(signature)
        while at >= 0:
            edited[at + offset] |= flag
            at = raw.find(signature, at + 1)
    return bytes(edited)


def refusal(path: Path, lecture: Lecture | None = None) -> str:
    """The one clear sentence that a package is refused with."""
    with pytest.raises(SubmissionError) as caught:
        open_submission(path, COURSE, lecture)
    sentence = str(caught.value)
    assert sentence.isprintable()
    assert 15 < len(sentence) < 300
    return sentence


# ---- what is accepted


@pytest.mark.parametrize("lecture", [None, LECTURE])
@pytest.mark.parametrize("arrange", [dict, in_folder])
@pytest.mark.parametrize("as_zip", [False, True])
def test_a_whole_submission_is_opened(tmp_path, lecture, arrange, as_zip):
    """A folder or a zip, with the files at the top or in the lecture's folder, with the lecture told or found."""
    files = arrange(whole())
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    assert Submission("ada", LECTURE, whole()) == open_submission(path, COURSE, lecture)


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_part_of_a_lecture_is_opened(tmp_path, as_zip):
    """Unfinished work may be handed in; what is missing is told in course order."""
    files = {"engine.py": ENGINE}
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    expected = tuple(name for name in LECTURE.files if name != "engine.py")
    assert expected == open_submission(path, COURSE).missing


@pytest.mark.parametrize("as_zip", [False, True])
def test_files_of_no_exercise_are_left_out(tmp_path, as_zip):
    """Notes, a conftest.py and other people's modules do not become part of a submission."""
    files = {"engine.py": ENGINE, "conftest.py": b"1/0", "notes.txt": b"", "deep/er/engine.py": b"1/0"}
    path = package(tmp_path, zipped(files)) if as_zip else folder(tmp_path / "ada", files)
    assert open_submission(path, COURSE).files == {"engine.py": ENGINE}


def test_another_lecture_is_recognised(tmp_path):
    """Without a lecture given, the files say which one it is."""
    assert open_submission(folder(tmp_path / "ada", {"bigram.py": b""}), COURSE).lecture == OTHER


@pytest.mark.parametrize("method", TAKEN)
def test_a_zip_of_the_usual_kinds_is_opened(tmp_path, method):
    """Stored and deflated packages are the same submission."""
    assert whole() == open_submission(package(tmp_path, zipped(whole(), method)), COURSE).files


@pytest.mark.parametrize("mode", [0, 0o600, 0o100755], ids=oct)
def test_a_zip_without_file_types_is_opened(tmp_path, mode):
    """Many programs that write zips note no file type, or nothing at all, where Unix would keep it."""
    assert whole() == open_submission(package(tmp_path, zipped(whole(), mode=mode)), COURSE).files


def test_a_zip_with_folders_of_its_own_is_opened(tmp_path):
    """Entries for folders carry nothing, so they do no harm."""
    raw = zipped({f"{LECTURE.id}/": b"", **in_folder(whole())})
    assert whole() == open_submission(package(tmp_path, raw), COURSE).files


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


def test_the_hash_depends_on_names_and_contents_alone(tmp_path):
    """The same files give the same hash however they are packed; a byte that moves to another file does not."""
    one = open_submission(folder(tmp_path / "a", whole()), COURSE)
    other = open_submission(package(tmp_path, zipped(in_folder(whole()), zipfile.ZIP_DEFLATED)), COURSE)
    moved = Submission("", LECTURE, {"engine.py": b"ab", "nn.py": b"c"})
    assert one.sha256 == other.sha256
    assert moved.sha256 != Submission("", LECTURE, {"engine.py": b"a", "nn.py": b"bc"}).sha256


# ---- what is refused


@pytest.mark.parametrize("lecture", [None, LECTURE])
def test_an_empty_folder_is_refused(tmp_path, lecture):
    """The sentence says which files were looked for."""
    path = folder(tmp_path / "ada", {"notes.txt": b""})
    assert f"ada holds none of the files of {LECTURE.id} (derivatives.py" in refusal(path, lecture)


def test_nothing_at_all_is_refused(tmp_path):
    """A path that is not there."""
    assert refusal(tmp_path / "nobody").endswith("nobody is neither a folder nor a file")


def test_a_named_pipe_is_refused(tmp_path):
    """Reading one would wait for ever."""
    os.mkfifo(tmp_path / "ada.zip")
    assert refusal(tmp_path / "ada.zip").endswith("ada.zip is neither a folder nor a file")


def test_a_folder_for_another_lecture_is_refused(tmp_path):
    """Files of lecture 1 do not become a submission for lecture 2."""
    path = folder(tmp_path / "ada", in_folder(whole()))
    assert f"ada holds none of the files of {OTHER.id} (bigram.py)" == refusal(path, OTHER)


def test_a_zip_for_another_lecture_is_refused(tmp_path):
    """If the package says for what it is, so does the sentence."""
    files = {**in_folder(whole()), "manifest.json": json.dumps({"lecture": LECTURE.id}).encode()}
    sentence = refusal(package(tmp_path, zipped(files)), OTHER)
    assert f"ada.zip is for {LECTURE.id}, and {OTHER.id} is being graded" == sentence


def test_a_zip_with_files_of_another_lecture_is_refused(tmp_path):
    """Without a manifest, the sentence says which files were looked for."""
    sentence = refusal(package(tmp_path, zipped(whole())), OTHER)
    assert f"ada.zip holds none of the files of {OTHER.id} (bigram.py)" == sentence


@pytest.mark.parametrize("files", [{}, {"notes.txt": b""}, {"deep/engine.py": ENGINE}])
def test_a_zip_of_something_else_is_refused(tmp_path, files):
    """An empty zip, or one without any file of the course."""
    sentence = refusal(package(tmp_path, zipped(files)))
    assert sentence == "ada.zip holds none of the files of any lecture of this course"


@pytest.mark.parametrize("raw", [b"", b"PK", b"x" * 1000, b"PK\3\4" * 50, b"Rar!\x1a\7\1\0", b"\x1f\x8b\x08"])
def test_a_file_that_is_no_zip_is_refused(tmp_path, raw):
    """Whatever is called .zip."""
    assert refusal(package(tmp_path, raw)).startswith("ada.zip is not a readable zip (")


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_zip_is_refused(tmp_path, kept):
    """An upload that broke off."""
    raw = zipped(whole())
    assert "is not a readable zip" in refusal(package(tmp_path, raw[: int(len(raw) * kept)]))


@pytest.mark.parametrize("method", UNUSUAL)
def test_a_zip_of_an_unusual_kind_is_refused(tmp_path, method):
    """Other ways to compress have limits of their own, which nobody here has checked."""
    assert refusal(package(tmp_path, zipped(whole(), method))).startswith(f"{LECTURE.files[0]} is packed by a method")


@pytest.mark.parametrize("method", TAKEN)
def test_a_zip_with_damaged_contents_is_refused(tmp_path, method):
    """Contents that do not unpack, or not to what was packed."""
    raw = bytearray(zipped({"engine.py": ENGINE * 50}, method))
    start = raw.find(b"engine.py") + len("engine.py")
    raw[start : start + 10] = b"\xff" * 10
    assert "is not a readable zip" in refusal(package(tmp_path, bytes(raw)))


def test_a_zip_with_a_nameless_entry_is_refused_or_opened(tmp_path):
    """An entry without a name is odd, and no error of ours."""
    path = package(tmp_path, zipped({"": b"", **whole()}))
    with contextlib.suppress(SubmissionError):
        assert whole() == open_submission(path, COURSE).files


def test_an_encrypted_zip_is_refused(tmp_path):
    """There is no password to try."""
    sentence = refusal(package(tmp_path, with_flag(zipped(whole()), 1)))
    assert f"{LECTURE.files[0]} is encrypted" == sentence


@pytest.mark.parametrize(
    ("files", "method"),
    [
        ({"engine.py": b"#" * (MAX_FILE + 1)}, zipfile.ZIP_STORED),
        ({"engine.py": b"#" * (MAX_FILE - 1)}, zipfile.ZIP_DEFLATED),
        ({"notes.txt": b"#" * (MAX_FILE - 1)}, zipfile.ZIP_DEFLATED),
    ],
    ids=["size", "ratio", "ratio of a file that is not asked for"],
)
def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path, files, method):
    """By its size, or by how much larger it is than what was packed; before it is unpacked."""
    sentence = refusal(package(tmp_path, zipped(files, method)))
    assert f"{next(iter(files))} unpacks to " in sentence


def test_a_zip_that_unpacks_to_too_much_in_all_is_refused(tmp_path):
    """Many files, each within the limits, have a limit together."""
    noise = random.Random(1).randbytes(MAX_FILE - 1)
    sentence = refusal(package(tmp_path, zipped({f"{i}.bin": noise for i in range(7)})))
    assert sentence == "5.bin makes the package larger than is allowed"


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path):
    """A small size in the header does not open the way for a large content."""
    raw = zipped({"engine.py": b"#" * 3 * MAX_FILE}, zipfile.ZIP_DEFLATED)
    lying = raw.replace((3 * MAX_FILE).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert "is not a readable zip" in refusal(package(tmp_path, lying))


def test_a_zip_that_promises_more_than_it_holds_is_refused(tmp_path):
    """Contents that would go on where the file ends."""
    raw = zipped({"engine.py": b"#" * 777})
    promising = raw.replace((777).to_bytes(4, "little"), (900_000).to_bytes(4, "little"))
    assert "is not a readable zip" in refusal(package(tmp_path, promising))


@pytest.mark.parametrize("count", [MAX_ENTRIES + 1, 3000])
def test_a_zip_of_very_many_files_is_refused(tmp_path, count):
    """No lecture has so many."""
    sentence = refusal(package(tmp_path, zipped({f"{i}.py": b"" for i in range(count)})))
    assert f"the zip has {count} files, more than {MAX_ENTRIES}" == sentence


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK, stat.S_IFDIR])
def test_a_link_or_special_file_in_a_zip_is_refused(tmp_path, kind):
    """A link could name any file of the grading machine."""
    sentence = refusal(package(tmp_path, zipped({"engine.py": b"/etc/passwd"}, mode=kind | 0o777)))
    assert sentence == "engine.py is a link or a special file"


@pytest.mark.parametrize(
    "name",
    [
        "../engine.py",
        "a/../../engine.py",
        "/engine.py",
        "//host/engine.py",
        "C:/engine.py",
        "C:engine.py",
        "..\\engine.py",
        "a\\engine.py",
        "engine.py:stream",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    """Absolute names, drives, streams, backslashes and the way up are no names of files in a package."""
    assert refusal(package(tmp_path, zipped({name: ENGINE}))).endswith("is not a plain file name")


def test_a_name_with_a_nul_is_refused(tmp_path):
    """Such a name is one file for some programs and another for others."""
    raw = zipped({"engine.py~x": ENGINE}).replace(b"engine.py~x", b"engine.py\0x")
    assert refusal(package(tmp_path, raw)) == "engine.py\\x00x is not a plain file name"


@pytest.mark.parametrize("second", [b"engine.py", b"Engine.PY"])
def test_a_name_that_comes_twice_is_refused(tmp_path, second):
    """Two files of one name, or of names that some systems take for one, leave open which of them counts."""
    raw = zipped({"engine.py": ENGINE, "enginX.py": b""}).replace(b"enginX.py", second)
    assert f"{second.decode()} is in the package twice" == refusal(package(tmp_path, raw))


@pytest.mark.parametrize("name", ["engine\x1b[31m.py/../x", "\u202eyp.enigne\\x", "../" + "long" * 500])
def test_a_hostile_name_is_shown_harmless(tmp_path, name):
    """Control characters and endless names do not reach the instructor's terminal."""
    assert "is not a plain file name" in refusal(package(tmp_path, zipped({name: b""})))


# ---- the manifest


@pytest.mark.parametrize("text", [b"not json", b"", b"{", b"\xff\xff", b"[" * 100_000, b"9" * 5000])
def test_a_manifest_that_is_not_json_is_refused(tmp_path, text):
    """The sentence says what to do about it."""
    sentence = refusal(package(tmp_path, zipped({**whole(), "manifest.json": text})))
    assert sentence == "manifest.json is not JSON; pack it again: grader pack"


@pytest.mark.parametrize("text", [b"[]", b"1", b"null", b'"lecture1_micrograd"'])
def test_a_manifest_that_is_not_an_object_is_refused(tmp_path, text):
    """JSON, but nothing that could declare anything."""
    sentence = refusal(package(tmp_path, zipped({**whole(), "manifest.json": text})))
    assert sentence == "manifest.json is not an object; pack it again: grader pack"


@pytest.mark.parametrize("listed", ["0" * 64, "", 7, None, ["x"]])
def test_a_manifest_that_lies_about_a_file_is_refused(tmp_path, listed):
    """A file that was exchanged after packing, or whatever else stands where its hash belongs."""
    manifest = {"lecture": LECTURE.id, "files": {f"{LECTURE.id}/engine.py": listed}}
    files = in_folder({"engine.py": ENGINE})
    path = package(tmp_path, zipped({**files, "manifest.json": json.dumps(manifest).encode()}))
    if listed is None:
        assert open_submission(path, COURSE).files == {"engine.py": ENGINE}
    else:
        assert refusal(path).startswith("engine.py is not the file that was packed (its hash differs")


@pytest.mark.parametrize("listed", [[], "all", 7])
def test_a_manifest_that_lists_no_files_is_refused(tmp_path, listed):
    """The list of hashes has one form."""
    path = package(tmp_path, zipped({**whole(), "manifest.json": json.dumps({"files": listed}).encode()}))
    assert refusal(path) == "manifest.json lists no files; pack it again: grader pack"


@pytest.mark.parametrize("lecture", ["NaN", "{}", "[" * 900 + "]" * 900, '"\\u0000\\u202e"', "9" * 4000])
def test_a_manifest_for_no_lecture_is_refused_where_one_is_graded(tmp_path, lecture):
    """Whatever stands where the lecture's id belongs is shown harmless and short."""
    path = package(tmp_path, zipped({**whole(), "manifest.json": f'{{"lecture": {lecture}}}'.encode()}))
    assert refusal(path, LECTURE).endswith(f", and {LECTURE.id} is being graded")


# ---- folders that are not what they seem


def test_a_link_in_the_place_of_a_submission_is_refused(tmp_path):
    """A link in the inbox could name any folder of the grading machine."""
    (tmp_path / "ada").symlink_to(folder(tmp_path / "elsewhere", whole()))
    assert "ada is a link, which is not followed" in refusal(tmp_path / "ada")


@pytest.mark.parametrize("target", ["secret.py", "missing.py"])
def test_a_link_in_the_place_of_a_file_is_refused(tmp_path, target):
    """Nor are links inside a folder followed, whether they lead somewhere or not."""
    path = folder(tmp_path / "ada", {"nn.py": b""})
    (tmp_path / "secret.py").write_bytes(b"SECRET = 1\n")
    (path / "engine.py").symlink_to(tmp_path / target)
    assert refusal(path) == "engine.py is a link, which is not followed; hand in the file itself"


def test_a_link_in_the_place_of_the_lectures_folder_is_refused(tmp_path):
    """The lecture's folder is a folder."""
    path = folder(tmp_path / "ada", {"notes.txt": b""})
    (path / LECTURE.id).symlink_to(folder(tmp_path / "elsewhere", whole()))
    assert "is a link, which is not followed" in refusal(path)


def test_a_file_that_is_too_large_is_refused(tmp_path):
    """Folders have the same limit as packages."""
    path = folder(tmp_path / "ada", {"engine.py": b"#" * (MAX_FILE + 1)})
    assert refusal(path) == "engine.py is larger than 1,000,000 bytes"


def test_a_folder_in_the_place_of_a_file_counts_as_missing(tmp_path):
    """It is not a file, so it was not handed in."""
    path = folder(tmp_path / "ada", {"engine.py/x": b"", "nn.py": b""})
    assert open_submission(path, COURSE).files == {"nn.py": b""}


def test_a_file_that_cannot_be_read_is_refused(tmp_path, monkeypatch):
    """A file without permission is a reason in the student's row, not a fault of the grader."""
    path = folder(tmp_path / "ada", whole())

    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert LECTURE.files[0] in refusal(path)


# ---- whatever else there may be


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """One place that all examples of a module's properties may overwrite."""
    return tmp_path_factory.mktemp("scratch")


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=50)
def test_random_bytes_are_never_an_error_of_ours(scratch, raw):
    """Noise, alone or behind a zip's signature, is refused as a submission and nothing else."""
    for prefix in (b"", b"PK\3\4", b"PK\5\6"):
        assert refusal(package(scratch, prefix + raw))


@given(
    st.sampled_from([zipped(in_folder(whole()), method) for method in TAKEN + UNUSUAL]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=5),
)
@settings(deadline=None, max_examples=250)
def test_a_corrupted_package_is_never_an_error_of_ours(scratch, raw, edits):
    """A package with a few bytes changed is opened or refused."""
    damaged = bytearray(raw)
    for place, byte in edits:
        damaged[int(place * len(raw))] = byte
    with contextlib.suppress(SubmissionError):
        assert open_submission(package(scratch, bytes(damaged)), COURSE).files


@given(
    st.dictionaries(
        st.one_of(st.sampled_from([*LECTURE.files, *in_folder(whole()), "manifest.json"]), st.text(max_size=8)),
        st.one_of(st.sampled_from([b"{}", b"[]", b'{"lecture": 1}', b'{"files": {}}']), st.binary(max_size=20)),
        max_size=5,
    )
)
@settings(deadline=None)
def test_a_package_of_anything_is_never_an_error_of_ours(scratch, files):
    """Whatever the names and contents, a zip is opened or refused."""
    with contextlib.suppress(SubmissionError):
        assert open_submission(package(scratch, zipped(files)), COURSE).files
