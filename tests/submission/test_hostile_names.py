"""Names and kinds of files in a package that are refused, each with one sentence, which stands here word for word."""

import stat
import zipfile

import pytest
from package_kit import (
    AGAIN,
    ENGINE,
    UNUSUAL,
    folder,
    package,
    refusal,
    whole,
    with_flag,
    zipped,
)

DEFLATED = zipfile.ZIP_DEFLATED

# ---- names


@pytest.mark.parametrize(
    "name",
    [
        "/engine.py",
        "//host/engine.py",
        "/etc/passwd",
        "../engine.py",
        "a/../../engine.py",
        "lecture1_micrograd/../engine.py",
        "..",
        "C:/engine.py",
        "C:engine.py",
        "engine.py:stream",
        "__MACOSX/../../engine.py",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    """Absolute paths, steps to the parent, drives and streams, also where nothing would be read."""
    raw = zipped({**whole(), name: ENGINE})
    assert refusal(package(tmp_path, raw)) == f"{name} is not a plain file name; {AGAIN}"


@pytest.mark.parametrize("name", ["lecture1_micrograd\\engine.py", "..\\engine.py", "\\\\host\\engine.py", "a\\"])
def test_a_name_with_a_backslash_is_refused(tmp_path, name):
    """Some programs for Windows write folders so; others would make one file of an odd name."""
    expected = f"{name} has a backslash in its name, where other programs write a slash for a folder; {AGAIN}"
    assert refusal(package(tmp_path, zipped({name: ENGINE}))) == expected


def test_a_name_with_a_nul_is_refused(tmp_path):
    """Such a name is one file for some programs and another for others."""
    raw = zipped({"engine.py~x": ENGINE}).replace(b"engine.py~x", b"engine.py\0x")
    assert refusal(package(tmp_path, raw)) == f"engine.py\\x00x is not a plain file name; {AGAIN}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("engine.py", "engine.py"),
        ("engine.py", "Engine.PY"),
        ("straße.md", "STRASSE.md"),
        ("engine.py", ".//engine.py"),
    ],
)
def test_a_name_that_comes_twice_is_refused(tmp_path, first, second):
    """Two files of one name, or of names that some systems take for one, leave open which of them counts."""
    place = "~" * len(second.encode())
    raw = zipped({first: ENGINE, place: b""}).replace(place.encode(), second.encode())
    raw = with_flag(raw, 0x800) if not first.isascii() else raw
    expected = f"{second} is in the package twice (capital letters do not count); {AGAIN}"
    assert refusal(package(tmp_path, raw)) == expected


def test_an_accent_that_is_written_in_two_ways_is_one_name(tmp_path):
    """As one character or as two: the same file on some systems."""
    raw = zipped({"\xe9tude.md": b"", "e\u0301tude.md": b"", **whole()})
    assert "is in the package twice" in refusal(package(tmp_path, raw))


@pytest.mark.parametrize("name", ["engine\x1b[31m.py/../x", "\u202eyp.enigne\\x", "../" + "long" * 500, "\n= 1:2"])
def test_a_hostile_name_is_shown_harmless(tmp_path, name):
    """Control characters and endless names do not reach the instructor's terminal."""
    assert AGAIN in refusal(package(tmp_path, zipped({name: b""})))


def test_a_hostile_name_of_the_package_is_shown_harmless(tmp_path):
    """The name of the file in the inbox is the student's as well."""
    sentence = refusal(package(tmp_path, b"", "\x1b[2J\u202e.zip"))
    assert sentence == "\\x1b[2J\\u202e.zip is not a readable zip (it is empty); hand it in again"


# ---- what is no plain file


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK, stat.S_IFDIR])
@pytest.mark.parametrize("name", ["engine.py", "notes.txt"])
def test_a_link_or_special_file_in_a_zip_is_refused(tmp_path, kind, name):
    """A link could name any file of the grading machine, a device wait for ever."""
    sentence = refusal(package(tmp_path, zipped({name: b"/etc/passwd"}, mode=kind | 0o777)))
    assert sentence == f"{name} is a link or a special file; hand in the file itself"


def test_a_link_to_a_folder_in_a_zip_is_refused(tmp_path):
    """Even if it is written like a folder."""
    sentence = refusal(package(tmp_path, zipped({"lecture/": b"/etc"}, mode=stat.S_IFLNK | 0o777)))
    assert sentence == "lecture/ is a link or a special file; hand in the file itself"


@pytest.mark.parametrize("flag", [0x1, 0x41, 0x2001], ids=hex)
def test_an_encrypted_zip_is_refused(tmp_path, flag):
    """There is no password to try."""
    sentence = refusal(package(tmp_path, with_flag(zipped(whole()), flag)))
    assert sentence == "derivatives.py is encrypted; pack it without a password: grader pack"


@pytest.mark.parametrize("method", UNUSUAL)
def test_a_zip_of_an_unusual_kind_is_refused(tmp_path, method):
    """Other ways to compress have limits of their own, which nobody here has checked."""
    expected = f"derivatives.py is packed by a method that is not taken; {AGAIN}"
    assert refusal(package(tmp_path, zipped(whole(), method))) == expected


@pytest.mark.parametrize("inner", ["inner.zip", "a/inner.7z", "lecture1_micrograd-ada.tar.gz"])
def test_an_archive_in_an_archive_is_refused(tmp_path, inner):
    """It is not opened, however deep they are nested; the sentence says which one to hand in."""
    nested = zipped({inner: zipped(whole())})
    if "/" in inner:
        assert refusal(package(tmp_path, nested)) == "ada.zip holds none of the files of any lecture of this course"
    else:
        expected = (
            f"ada.zip holds none of the files of any lecture of this course, but another archive, {inner}; "
            "hand in that one by itself"
        )
        assert refusal(package(tmp_path, nested)) == expected


def test_a_zip_in_a_zip_in_a_folder_is_refused(tmp_path):
    """The zip in a student's folder is opened, and no other in it."""
    path = folder(tmp_path / "ada", {"a.zip": zipped({"b.zip": zipped(whole())})})
    assert "a.zip holds none of the files" in refusal(path)
    assert "another archive, b.zip" in refusal(path)
