"""A module's text as it is run: cells of an editor, and files that are not there."""

import pytest
from package_kit import COURSE, LECTURE, folder

from grader.submission import open_submission
from grader.submission.as_run import as_run, sentence_about

READS = 'words = open("names.txt").read().splitlines()'


def lines(text: str) -> list[str]:
    return text.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return open(x).read()",
        "import math\nx = math.pi",
        "try:\n    words = open('names.txt')\nexcept OSError:\n    words = []",
        "class Value:\n    def read_text(self): return 1",
        "x = 1; words = open('names.txt')",
        "",
        "def f(:\n  open(",
    ],
    ids=["in a function", "nothing", "its own way out", "a definition", "two on a line", "empty", "unreadable"],
)
def test_what_reads_nothing_on_import_stays_as_it_is(text):
    assert (as_run(text), sentence_about("engine.py", text)) == (text, "")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"{READS}\nN = 27\ndef f(): return N", ["", "N = 27", "def f(): return N"]),
        (f"{READS}\nlongest = max(len(w) for w in words)\nN = 27", ["", "", "N = 27"]),
        (f"{READS}\ndef f(): return words", ["", "def f(): return words"]),
        (f"{READS}\nwords = ['ada']\nN = len(words)", ["", "words = ['ada']", "N = len(words)"]),
        ("with open('a.txt') as file:\n    words = file.read()\nN = words\nM = 2", ["", "", "", "M = 2"]),
        ('name = input(\n    "who? "\n)\nN = 1', ["", "", "", "N = 1"]),
        ("from pathlib import Path\nt = Path('a').read_text()", ["from pathlib import Path", ""]),
    ],
    ids=["alone", "what needs it", "a function", "given anew", "a block", "a key", "a path"],
)
def test_what_reads_on_import_is_left_out_with_what_needs_it(text, kept):
    """Every other line stays where it is, so that messages name the right one."""
    assert lines(as_run(text)) == kept


def test_the_sentence_names_the_lines():
    text = f"{READS}\nlongest = max(words)\nN = 27"
    assert sentence_about("derivatives.py", text) == (
        "derivatives.py: lines 1, 2 not run, for a check has no files beside yours and nobody who types; "
        "what a function works with comes as its arguments"
    )


@pytest.mark.parametrize("mark", ["# %%", "#%%", "# In[3]:"])
def test_magics_between_the_cells_of_an_editor_do_nothing(mark):
    text = f"{mark}\n%matplotlib inline\nx = 1\n!ls\n%timeit x\n"
    assert [line for line in lines(as_run(text)) if line and not line.startswith("#")] == ["x = 1"]


def test_a_submission_is_what_was_handed_in_and_what_is_run_says_so(tmp_path):
    """The bytes and their hash stay; the remark goes to whoever reads the marks."""
    given = f"{READS}\ndef slope(f, x, h): return (f(x + h) - f(x)) / h\n"
    found = open_submission(folder(tmp_path, {"derivatives.py": given.encode()}), COURSE, LECTURE)
    assert found.files["derivatives.py"].decode() == given
    assert found.sources()["derivatives.py"].startswith("\ndef slope")
    assert found.remarks == (sentence_about("derivatives.py", given),)


def test_of_more_statements_than_anybody_writes_nothing_is_left_out():
    """What each of them needs is not found out: a file of endless statements is run as it stands."""
    text = f"{READS}\n" + "a = b\n" * 50_000
    assert (as_run(text), sentence_about("engine.py", text)) == (text, "")


def test_a_name_is_what_it_was_given_last():
    """Also where what gave it first was left out, and where another is given later."""
    text = f"{READS}\nN = len(words)\nwords = []\nM = len(words)\nN = 2\nK = N"
    assert lines(as_run(text)) == ["", "", "words = []", "M = len(words)", "N = 2", "K = N"]


def test_a_timed_statement_that_is_nested_too_deeply_is_no_statement():
    """It becomes a comment, and nothing of ours breaks."""
    text = "# %%\n%time x = " + "-" * 100_000 + "1\n"
    assert lines(as_run(text))[1].startswith("# %time")
