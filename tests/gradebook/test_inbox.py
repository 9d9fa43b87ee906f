"""The inbox and the class's seed: names that are safe and never shared, and one number for each class."""

from pathlib import Path

import pytest
from gradebook_kit import ONE_FILE, SEED, folder, graded, report_of, table

from grader.errors import UsageError
from grader.office.gradebook import GRADED, REJECTED, SEED_FILE, Row, class_seed, entries, student_name, to_csv

# ---- names


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("ada.zip", "ada"),
        ("ada", "ada"),
        ("Ada.ZIP", "Ada"),
        ("ada.ipynb", "ada"),
        ("lecture1_micrograd-ada.IPYNB", "ada"),
        ("lecture1_micrograd-ada.zip", "ada"),
        ("ada.lovelace.zip", "ada.lovelace"),
        ("a b\tc.zip", "a_b_c"),
        ("../../etc", "etc"),
        ("..zip", "unnamed"),
        ("...", "unnamed"),
        ("-rf.zip", "rf"),
        ("=cmd|'x'!A1.zip", "cmd__x__A1"),
        ("\x1b[31mred\u202e.zip", "31mred"),
        ("李.zip", "unnamed"),
        ("\udcff\udcfe", "unnamed"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_is_safe_as_a_folder(entry, name):
    """Letters, digits and a few signs inside; nothing that climbs, hides, or is taken for an option or a formula."""
    assert name == student_name(Path(entry))


def names_of(inbox: Path, files: list[str]) -> list[str]:
    inbox.mkdir(exist_ok=True)
    for file in files:
        (inbox / file).write_bytes(b"")
    return [name for name, _ in entries(inbox)]


@pytest.mark.parametrize(
    "files",
    [
        ["ada", "ada.zip"],
        ["ada.zip", "lecture1_micrograd-ada.zip"],
        ["ada", "Ada.zip", "ADA.ZIP"],
        ["ada", "ada-2", "ada.zip"],
        ["a b", "a_b", "a_b-2"],
        ["x" * 85, "x" * 90, "x" * 100],
        ["李", "李.zip", "unnamed", "unnamed-2"],
    ],
    ids=" and ".join,
)
def test_two_entries_never_share_a_name(tmp_path, files):
    """Nobody's report replaces another's, not even where a file system takes two names for one."""
    names = [name.lower() for name in names_of(tmp_path / "inbox", files)]
    assert len(files) == len(set(names))


def test_two_entries_of_one_student_are_told_apart(tmp_path):
    """The first in order keeps the name, the next gets a number."""
    assert names_of(tmp_path / "inbox", ["ada", "ada.zip", "ben"]) == ["ada", "ada-2", "ben"]


@pytest.mark.parametrize("name", [SEED_FILE, "gradebook.csv"])
def test_an_entry_named_like_a_file_of_the_class_stops_nothing(tmp_path, name):
    """Whoever hands in seed.txt.zip or gradebook.csv.zip is graded, and the gradebook is written."""
    folder(tmp_path / "inbox", name, ONE_FILE)
    class_seed(tmp_path / "out", SEED)
    (row,) = graded(tmp_path / "inbox", tmp_path / "out").values()
    assert row.status == GRADED
    assert len(table(tmp_path / "out")) == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"])
def test_a_cell_like_a_formula_is_quoted(text):
    """A spreadsheet that opens the gradebook computes nothing that a student wrote."""
    assert f",'{text}," in to_csv([Row("ada", REJECTED, text)])


def test_a_name_like_a_formula_is_harmless_in_the_gradebook(tmp_path):
    """Neither the name nor the reason, in which the name stands once more, begins like a formula."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "=HYPERLINK(1).zip").write_bytes(b"")
    graded(tmp_path / "inbox", tmp_path / "out")
    (line,) = table(tmp_path / "out")
    assert (line["student"], line["reason"][:25]) == ("HYPERLINK_1", "'=HYPERLINK(1).zip is not")


def test_a_class_of_rejected_entries_has_a_gradebook():
    """Without a single report there are no columns for exercises, and still a line for everybody."""
    assert to_csv([Row("ada", REJECTED, "why")]).splitlines() == [
        "student,lecture,score,max_score,status,reason,mistakes,isolation,sha256",
        "ada,,,,rejected,why,,,",
    ]


# ---- inbox and seed


def test_an_inbox_that_is_not_there_is_a_usage_error(tmp_path):
    """The sentence says what belongs there."""
    with pytest.raises(UsageError, match=r"no folder .* to grade"):
        entries(tmp_path / "nowhere")


def test_an_empty_inbox_is_a_usage_error(tmp_path):
    """Hidden files do not count, nor what a system puts beside everything."""
    (tmp_path / ".DS_Store").write_bytes(b"")
    (tmp_path / "Thumbs.db").write_bytes(b"")
    (tmp_path / "__MACOSX").mkdir()
    with pytest.raises(UsageError, match=r"is empty\. Put one zip, folder or notebook per student into it"):
        entries(tmp_path)


def test_a_seed_is_drawn_once_and_kept(tmp_path):
    """Grading one more student later asks the same questions."""
    seed = class_seed(tmp_path / "out", None)
    assert f"{seed}\n" == (tmp_path / "out" / SEED_FILE).read_text()
    assert seed == class_seed(tmp_path / "out", None)


def test_two_classes_have_seeds_of_their_own(tmp_path):
    """What leaks from one class is of no use in another."""
    seeds = {class_seed(tmp_path / str(number), None) for number in range(5)}
    assert len(seeds) == 5


def test_a_given_seed_is_kept(tmp_path):
    """It replaces the one that was there, and later runs use it."""
    class_seed(tmp_path, None)
    assert class_seed(tmp_path, 42) == 42
    assert class_seed(tmp_path, None) == 42


@pytest.mark.parametrize("text", [b"", b"many", b"-1", b"1.5", "\u00b2".encode(), b"\xff"])
def test_a_seed_file_that_holds_no_number_is_a_usage_error(tmp_path, text):
    """The sentence says how to give one."""
    (tmp_path / SEED_FILE).write_bytes(text)
    with pytest.raises(UsageError, match=r"does not hold a number.*--seed N"):
        class_seed(tmp_path, None)


def test_the_seed_stands_in_the_report(tmp_path):
    """So that anybody can ask the same questions again."""
    folder(tmp_path / "inbox", "ada", ONE_FILE)
    graded(tmp_path / "inbox", tmp_path / "out")
    assert report_of(tmp_path / "out", "ada")["circumstances"]["seed"] == SEED
