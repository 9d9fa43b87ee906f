"""The inbox and the class's seed: names as they are, folders that are safe and never shared, one number for a class."""

from pathlib import Path

import pytest
from gradebook_kit import ONE_FILE, SEED, folder, graded, report_of, table

from grader.errors import UsageError
from grader.office.gradebook import GRADED, REJECTED, SEED_FILE, Row, class_seed, to_csv
from grader.office.gradebook.csv_table import AFTER
from grader.office.intake import read_inbox, safe_name
from grader.office.intake.reading import plain_name
from grader.submission.naming import file_name

# ---- names


@pytest.mark.parametrize(
    ("entry", "name", "folder"),
    [
        ("ada.zip", "ada", "ada"),
        ("ada", "ada", "ada"),
        ("Ada.ZIP", "Ada", "Ada"),
        ("lecture1_micrograd-ada.IPYNB", "ada", "ada"),
        ("lecture1_micrograd-ada.zip", "ada", "ada"),
        ("ada.lovelace.zip", "ada.lovelace", "ada.lovelace"),
        ("a b\tc.zip", "a b\\tc", "a_b_tc"),
        ("..zip", ".", "unnamed"),
        ("...", "...", "unnamed"),
        ("-rf.zip", "-rf", "rf"),
        ("=cmd|'x'!A1.zip", "=cmd|'x'!A1", "cmd__x__A1"),
        ("x" * 300, "x" * 100 + " ... (200 more characters)", "x" * 80),
        ("李.zip", "李", "student-c16667"),
        ("Zoë Łukasz.zip", "Zoë Łukasz", "Zoe_ukasz-fd76c5"),
        ("محمد.ipynb", "محمد", "student-0cb4c9"),
    ],
)
def test_a_name_stays_what_it_is_and_its_folder_is_safe(entry, name, folder):
    """In any script; the folder has letters, digits and a few signs, and nothing that climbs, hides or is an option."""
    assert (name, folder) == (plain_name(entry), safe_name(plain_name(entry)))


def test_control_characters_and_broken_bytes_are_shown_and_harmless():
    """What a terminal would obey is written out in a name, and is no part of a folder's."""
    assert plain_name("\x1b[31mred\u202e.zip") == "\\x1b[31mred\\u202e"
    assert safe_name(plain_name("\udcff\udcfe")) == "udcff_udcfe"


def test_one_name_written_in_two_ways_has_one_folder():
    """An accent of its own or on its letter: it is the same name, with the same hash in every run."""
    assert safe_name("Zoe\u0308") == safe_name("Zo\u00eb")
    assert safe_name("Zo\u00eb") != safe_name("Zoe")


@pytest.mark.parametrize(("name", "file"), [("Zoë 李", "Zoë_李"), ("../a", "a"), ("\udcff", "unnamed")])
def test_a_package_is_called_after_the_student_in_any_script(name, file):
    """So that the name arrives as it is; nothing in it leads elsewhere."""
    assert file_name(name) == file


def folders_of(inbox: Path, files: list[str]) -> list[str]:
    inbox.mkdir(exist_ok=True)
    for file in files:
        (inbox / file).write_bytes(b"PK\x03\x04")
    return [one.folder for one in read_inbox(inbox).hand_ins]


@pytest.mark.parametrize(
    "files",
    [
        ["ada", "ada.zip"],
        ["ada.zip", "lecture1_micrograd-ada.zip"],
        ["ada", "Ada.zip", "ADA.ZIP"],
        ["ada", "ada-2", "ada.zip"],
        ["a b", "a_b", "a_b-2"],
        ["x" * 85, "x" * 90, "x" * 100],
        ["李", "李.zip", "王", "student"],
    ],
    ids=" and ".join,
)
def test_two_entries_never_share_a_folder(tmp_path, files):
    """Nobody's report replaces another's, not even where a file system takes two names for one."""
    names = [name.lower() for name in folders_of(tmp_path / "inbox", files)]
    assert len(files) == len(set(names))


def test_two_entries_of_one_name_are_told_apart(tmp_path):
    """The first in order keeps the name, the next gets a number; whether they are one person, nothing says."""
    assert folders_of(tmp_path / "inbox", ["ada", "ada.zip", "ben"]) == ["ada", "ada-2", "ben"]


def test_a_name_in_another_script_stands_in_gradebook_and_report(tmp_path):
    """With the folder of its reports and the original entry's name in columns of their own."""
    folder(tmp_path / "inbox", "李 Zoë", ONE_FILE)
    graded(tmp_path / "inbox", tmp_path / "out")
    (line,) = table(tmp_path / "out")
    assert (line["student"], line["folder"], line["entry"]) == ("李 Zoë", safe_name("李 Zoë"), "李 Zoë")
    assert report_of(tmp_path / "out", line["folder"])["submission"]["student"] == "李 Zoë"


def test_other_files_are_no_submissions(tmp_path):
    """What no student hands in has no row and is told of; a zip without an ending is one."""
    inbox = tmp_path / "inbox"
    assert folders_of(inbox, ["ada", "ben.zip"]) == ["ada", "ben"]
    for name in ("grades.csv", "index.html", "class.toml", "notes.txt"):
        (inbox / name).write_text("something")
    found = read_inbox(inbox)
    assert [one.folder for one in found.hand_ins] == ["ada", "ben"]
    assert found.left_alone == ("class.toml", "grades.csv", "index.html", "notes.txt")


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
    assert (line["student"], line["folder"]) == ("'=HYPERLINK(1)", "HYPERLINK_1")
    assert line["reason"].startswith("'=HYPERLINK(1).zip is not")


def test_a_class_of_rejected_entries_has_a_gradebook():
    """Without a single report there are no columns for exercises, and still a line for everybody."""
    assert to_csv([Row("ada", REJECTED, "why")]).splitlines() == [
        f"student,lecture,mark,score,max_score,status,reason,{','.join(AFTER)}",
        "ada,,,,,rejected,why,,,,,,,,,,",
    ]


# ---- inbox and seed


def test_an_inbox_that_is_not_there_is_a_usage_error(tmp_path):
    """The sentence says what belongs there."""
    with pytest.raises(UsageError, match=r"no folder .* to grade"):
        read_inbox(tmp_path / "nowhere")


def test_an_empty_inbox_is_a_usage_error(tmp_path):
    """Hidden files do not count, nor what a system puts beside everything."""
    (tmp_path / ".DS_Store").write_bytes(b"")
    (tmp_path / "Thumbs.db").write_bytes(b"")
    (tmp_path / "__MACOSX").mkdir()
    with pytest.raises(UsageError, match=r"is empty\. Put one zip, folder or notebook per student into it"):
        read_inbox(tmp_path)


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
