"""Hostile and broken notebooks: each is refused with one sentence, in bounded memory, and nothing of it runs."""

import tracemalloc

import pytest
from package_kit import COURSE, LECTURE, NAMES, folder, in_folder, notebook, package, refusal

from grader.course import PROJECT
from grader.submission import open_submission

AGAIN = "open it in Jupyter and save it again"
NO_CELL = f"ada.ipynb is not a notebook (cell 1 has no kind or no text); {AGAIN}"
STUB = (PROJECT / "exercises" / "lecture1_micrograd" / "engine.py").read_bytes()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"not json", "line 1 is not JSON"),
        (b"<<<<<<< HEAD", "line 1 is not JSON"),
        (notebook("x = 1")[:-5], "line 1 is not JSON"),
        (b"[" * 100_000, "it is nested too deep"),
        (b'{"a":' * 90_000, "it is nested too deep"),
        (b'{"nbformat": 4, "nbformat": 4, "cells": []}', "a key stands there twice"),
        (
            b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "source": "1/0"}]}',
            "a key stands there twice",
        ),
        (b"{}" + b"\0" * 10, "line 1 is not JSON"),
        (b"[]", "it has no list of cells"),
        (b'"text"', "it has no list of cells"),
        (b"null", "it has no list of cells"),
        (notebook(cells=None), "it has no list of cells"),
        (notebook(cells={}), "it has no list of cells"),
        (b"\xff\xfe{\0}\0", "it is not UTF-8"),
        (b"9" * 5000, "a number has more than 400 digits"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_is_no_notebook_is_refused(tmp_path, raw, reason):
    """Not JSON, cut off, in another encoding, merged by git, nested without end, or something else."""
    sentence = refusal(package(tmp_path, raw, "ada.ipynb"))
    assert sentence == f"ada.ipynb is not a notebook ({reason}); {AGAIN}"


@pytest.mark.parametrize(
    ("version", "told"),
    [
        (3, "3"),
        (5, "5"),
        (-1, "-1"),
        (4.0, "unknown"),
        ("4", "unknown"),
        (None, "unknown"),
        (True, "unknown"),
        ([4], "unknown"),
    ],
)
def test_a_notebook_of_another_format_is_refused(tmp_path, version, told):
    """Older than 2014, or from the future."""
    sentence = refusal(package(tmp_path, notebook("# engine.py", nbformat=version), "ada.ipynb"))
    assert sentence == f"ada.ipynb is of notebook format {told}, and 4 is read; {AGAIN}"


@pytest.mark.parametrize("cell", [7, None, "x", [], ["# engine.py"]], ids=str)
def test_a_cell_that_is_none_is_refused(tmp_path, cell):
    """Cells are objects."""
    assert refusal(package(tmp_path, notebook(cells=[cell]), "ada.ipynb")) == NO_CELL


@pytest.mark.parametrize("source", [7, None, {}, [7], ["x", None], [["x"]], True], ids=str)
def test_a_source_that_is_no_text_is_refused(tmp_path, source):
    """Text, or lines of text."""
    assert refusal(package(tmp_path, notebook({"cell_type": "code", "source": source}), "ada.ipynb")) == NO_CELL


def test_a_source_that_is_nested_is_refused(tmp_path):
    """As deep as a reader of JSON just takes."""
    raw = notebook({"cell_type": "code", "source": "HERE"}).replace(b'"HERE"', b"[" * 900 + b"]" * 900)
    assert refusal(package(tmp_path, raw, "ada.ipynb")) == NO_CELL


@pytest.mark.parametrize("kind", [None, 7, ["code"], {}], ids=str)
def test_a_cell_without_a_kind_is_refused(tmp_path, kind):
    """Code, markdown or raw."""
    assert refusal(package(tmp_path, notebook({"cell_type": kind, "source": ""}), "ada.ipynb")) == NO_CELL


def test_a_cell_of_an_unknown_kind_is_refused(tmp_path):
    """What nbformat does not know, it says."""
    sentence = refusal(package(tmp_path, notebook({"cell_type": "\x1b[2Jcode", "source": ""}), "ada.ipynb"))
    assert sentence.startswith("ada.ipynb is not a notebook (")
    assert sentence.endswith(f"); {AGAIN}")


def test_nothing_is_printed_about_a_notebook_that_is_refused(tmp_path, capfd):
    """The library that checks it would like to tell the terminal what the student wrote."""
    refusal(package(tmp_path, notebook({"cell_type": "evil", "source": "evil"}), "ada.ipynb"))
    assert capfd.readouterr() == ("", "")


# ---- too much


def test_a_notebook_that_is_too_large_is_refused(tmp_path):
    """Before it is read."""
    raw = notebook("# engine.py", metadata={"x": "A" * 20_000_000})
    expected = (
        "ada.ipynb is larger than 20,000,000 bytes, or all notebooks together are; clear all outputs and save it again"
    )
    assert refusal(package(tmp_path, raw, "ada.ipynb")) == expected


def test_notebooks_that_are_too_large_together_are_refused(tmp_path):
    """The limit is for all that are read."""
    raw = notebook("x = 1", metadata={"x": "A" * 11_000_000})
    path = folder(tmp_path / "ada", {"engine.ipynb": raw, "nn.ipynb": raw})
    assert refusal(path).startswith("nn.ipynb is larger than 20,000,000 bytes, or all notebooks together are; ")


@pytest.mark.parametrize("raw", [b"[" + b"[],{}," * 3_000_000, b"[" + b"1," * 9_000_000, b'{"a":' * 3_000_000])
def test_a_notebook_of_very_many_values_is_refused(tmp_path, raw):
    """Twenty megabytes of small lists would be a gigabyte in memory."""
    path = package(tmp_path, raw, "ada.ipynb")
    tracemalloc.start()
    try:
        expected = "ada.ipynb holds far more than code and pictures; clear all outputs and save it again"
        assert refusal(path) == expected
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_a_notebook_of_very_many_cells_is_refused(tmp_path):
    """Nobody has read them all."""
    raw = notebook(*(["x"] * 2001))
    assert refusal(package(tmp_path, raw, "ada.ipynb")) == "ada.ipynb has 2,001 cells, and 2,000 are the most"


def test_a_notebook_of_very_much_code_is_refused(tmp_path):
    """As much as a module may have."""
    raw = notebook("# engine.py\n" + "x" * 600_000, "y" * 600_000)
    expected = "ada.ipynb holds more than 1,000,000 characters of code"
    assert refusal(package(tmp_path, raw, "ada.ipynb")) == expected


def test_cells_that_become_too_long_as_comments_are_refused(tmp_path):
    """The limit of a module holds for what the cells become."""
    raw = notebook("# engine.py\n" + "!\n" * 490_000)
    expected = "engine.py in ada.ipynb is larger than 1,000,000 bytes"
    assert refusal(package(tmp_path, raw, "ada.ipynb")) == expected


@pytest.mark.parametrize(
    "source",
    ["(" * 900_000, '\\"""\n' * 180_000, '"' * 900_000, " " * 900_000, "a " * 450_000, "\\\n" * 450_000,
     "'''\\" * 200_000, "%" * 900_000, "?" * 900_000, "#" * 900_000, "a=" * 450_000, "x?" * 450_000, "\\" * 900_000],
    ids=lambda source: repr(source[:5]),
)  # fmt: skip
def test_any_text_is_gone_through_once(tmp_path, source):
    """A megabyte of brackets, quotes or blanks takes seconds; a reader that begins again and again would take hours."""
    path = package(tmp_path, notebook("# engine.py\n" + source), "ada.ipynb")
    assert open_submission(path, COURSE).files["engine.py"].startswith(b"# code cell 1\n")


# ---- not clear


def test_a_notebook_that_says_of_no_cell_where_it_belongs_is_refused(tmp_path):
    """The sentence says what to write."""
    expected = (
        "ada.ipynb does not say to which module its cells belong, "
        "and defines nothing that lecture1_micrograd asks for; "
        f"begin each cell that counts with a line such as # derivatives.py (modules: {NAMES})"
    )
    assert refusal(package(tmp_path, notebook("class Other: ...", "x = 1"), "ada.ipynb"), LECTURE) == expected


def test_untouched_stubs_beside_such_a_notebook_are_refused(tmp_path):
    """The work is in the notebook; a score of 0 for the stubs would lose it."""
    path = folder(tmp_path / "ada", in_folder({"engine.py": STUB, "work.ipynb": notebook("class Other: ...")}))
    assert refusal(path).startswith("lecture1_micrograd/work.ipynb does not say to which module its cells belong, and ")


def test_a_module_in_two_notebooks_is_refused(tmp_path):
    """Which of them counts is not for the grader to guess."""
    path = folder(tmp_path / "ada", {"a.ipynb": notebook("# engine.py\nx = 1"), "engine.ipynb": notebook("x = 2")})
    assert refusal(path) == "engine.py is in two notebooks, a.ipynb and engine.ipynb; keep one of them"


def test_a_broken_notebook_beside_a_stub_is_refused(tmp_path):
    """It may be where the work is."""
    path = folder(tmp_path / "ada", in_folder({"engine.py": STUB, "work.ipynb": b"{"}))
    assert refusal(path).startswith("lecture1_micrograd/work.ipynb is not a notebook (")


@pytest.mark.parametrize("raw", [b"", b" \n", notebook(), notebook({"cell_type": "markdown", "source": "# engine.py"})])
def test_a_notebook_without_code_is_nothing(tmp_path, raw):
    """As an editor makes it before it is saved for the first time."""
    expected = "ada.ipynb holds none of the files of any lecture of this course"
    assert refusal(package(tmp_path, raw, "ada.ipynb")) == expected


def test_a_hostile_name_of_a_notebook_is_shown_harmless(tmp_path):
    """In a sentence of ours stands no control character of a student."""
    path = folder(tmp_path / "ada", {"\x1b[2J\u202e.ipynb": b"{"})
    assert refusal(path).startswith("\\x1b[2J\\u202e.ipynb is not a notebook (")


def test_half_a_character_stays_visible(tmp_path):
    """A source that cannot be written as UTF-8 is still opened; the damage is where it was."""
    raw = notebook("# engine.py\nx = '\ud800'")
    found = open_submission(package(tmp_path, raw, "ada.ipynb"), COURSE).sources()
    assert found == {"engine.py": "# code cell 1\nx = '\ufffd\ufffd\ufffd'\n"}
