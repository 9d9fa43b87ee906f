"""The roster: the columns that platforms export say who is in the class, and who handed in nothing has a row."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest
from gradebook_kit import ONE_FILE, SEED, folder, table

from grader.errors import UsageError
from grader.office import gradebook
from grader.office.gradebook import ABSENT, GRADED
from grader.office.intake import Roster, read_inbox, read_roster

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Lecture 1 (55),Current Score
    Points Possible,,,,,100,(read only)
"Lovelace, Ada",123,s-1,ada,A,,
"Lovelace, Ada",125,s-3,ada2,A,,
"Turing, Alan",124,s-2,aturing,B,,
"""
MOODLE = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (submission),Feedback comments
Participant 4711,Ada Lovelace,ada@example.org,Submitted,,100.00,"Thursday, 3 October 2024, 11:45 PM",
Teilnehmer/in4712,Zoë van Dyk,zoe@example.org,Nothing,,100.00,-,
"""
GRADESCOPE = "First Name,Last Name,SID,Email,Total\nAda,Lovelace,123,ada@example.org,\n小龙,李,124,li@example.org,\n"
GITHUB = '"identifier","github_username","github_id","name"\n"s-1","ada-l","9","Ada Lovelace"\n"s-2","ada-m","10",""\n'
CLASSROOM = (
    "assignment_name,github_username,roster_identifier,submission_timestamp,points_awarded\n"
    "micrograd,ada-l,s-1,2024-10-03T21:45:00Z,0\n"
)
BRIGHTSPACE = "OrgDefinedId,Username,Last Name,First Name,Email\n#s1,#ada,Lovelace,Ada,ada@example.org\n"
BLACKBOARD = '"Last Name"\t"First Name"\t"Username"\t"Student ID"\n"Lovelace"\t"Ada"\t"alovelace"\t"s-1"\n'


def roster(tmp_path: Path, text: str, encoding: str = "utf-8") -> Roster:
    file = tmp_path / "roster.csv"
    file.write_bytes(text.encode(encoding))
    return read_roster(file)


def inbox(tmp_path: Path, *names: str) -> Path:
    for name in names:
        (tmp_path / "inbox" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "inbox" / name).write_text("# nothing yet\n")
    return tmp_path / "inbox"


def people(found) -> tuple[list[str], list[str]]:
    here = [f"{one.person.name} {one.folder}" for one in found.hand_ins]
    return here, [f"{person.name} {place}" for person, place in found.absent]


# ---- what platforms export


@pytest.mark.parametrize(
    ("text", "entry", "name", "absent"),
    [
        (CANVAS, "lovelaceada_125_9_engine.py", "Lovelace, Ada", ["Lovelace, Ada", "Turing, Alan"]),
        (CANVAS, "turingalan_LATE_124_9_engine.py", "Turing, Alan", ["Lovelace, Ada", "Lovelace, Ada"]),
        (CANVAS, "aturing.zip", "Turing, Alan", ["Lovelace, Ada", "Lovelace, Ada"]),
        (CANVAS, "Alan Turing.zip", "Turing, Alan", ["Lovelace, Ada", "Lovelace, Ada"]),
        (MOODLE, "Zoë van Dyk_4712_assignsubmission_file/engine.py", "Zoë van Dyk", ["Ada Lovelace"]),
        (GRADESCOPE, "李小龙/engine.py", "小龙 李", ["Ada Lovelace"]),
        (GITHUB, "ada-m/engine.py", "s-2", ["Ada Lovelace"]),
        (BRIGHTSPACE, "9-9 - Ada Lovelace - Oct 3, 2024 1145 PM/engine.py", "Ada Lovelace", []),
        (BRIGHTSPACE, "s1.zip", "Ada Lovelace", []),
        (BLACKBOARD, "L_alovelace_attempt_2024-10-03-23-45-00_engine.py", "Ada Lovelace", []),
        ("name\nada\nben\n", "ada.zip", "ada", ["ben"]),
    ],
)
def test_a_hand_in_is_mapped_to_its_person(tmp_path, text, entry, name, absent):
    """By a number or a login, else by the name in any order; and who handed in nothing is told."""
    found = read_inbox(inbox(tmp_path, entry), roster(tmp_path, text))
    assert [one.person.name for one in found.hand_ins] == [name]
    assert [one.doubt for one in found.hand_ins] == [""]
    assert [person.name for person, _ in found.absent] == absent


def test_who_hands_in_later_takes_nobodys_folder(tmp_path):
    """Of two with one name each has the number in the folder's name, whether both have handed in or one."""
    class_ = roster(tmp_path, CANVAS)
    first = people(read_inbox(inbox(tmp_path, "lovelaceada_123_9_engine.py"), class_))
    both = people(read_inbox(inbox(tmp_path, "lovelaceada_125_9_engine.py"), class_))
    assert first[0] + first[1][:1] == both[0] == ["Lovelace, Ada Lovelace__Ada-123", "Lovelace, Ada Lovelace__Ada-125"]


def test_who_is_not_in_the_roster_or_not_alone_is_told_of(tmp_path):
    """Nothing is guessed: a name that two people have is nobody's, nor is a number of another kind."""
    found = read_inbox(inbox(tmp_path, "ben.zip", "Ada Lovelace.zip", "4711.zip"), roster(tmp_path, CANVAS))
    assert [one.doubt for one in found.hand_ins] == [
        f"{name} is not in roster.csv, or not alone there" for name in ("4711", "Ada Lovelace", "ben")
    ]
    assert len(found.absent) == 3


def test_a_canvas_number_is_not_mistaken_for_another_number(tmp_path):
    """123 is the number of one person at Canvas, and a student number of another: they are never exchanged."""
    text = "Student,ID,SIS User ID,Section\nAda,123,124,A\nAlan,124,123,A\n"
    found = read_inbox(inbox(tmp_path, "x_124_9_engine.py", "y_123_9_engine.py"), roster(tmp_path, text))
    assert people(found)[0] == ["Ada Ada", "Alan Alan"]
    assert [one.written for one in found.hand_ins] == ["y_123_9_engine.py", "x_124_9_engine.py"]


def test_hand_in_times_of_the_roster_count(tmp_path):
    """Moodle and GitHub Classroom tell them in their tables alone."""
    entry = "Ada Lovelace_4711_assignsubmission_file/engine.py"
    (one,) = read_inbox(inbox(tmp_path, entry), roster(tmp_path, MOODLE)).hand_ins
    assert one.when == datetime(2024, 10, 3, 23, 45)
    (tmp_path / "of" / "micrograd-submissions" / "micrograd-ada-l" / ".git").mkdir(parents=True)
    (one,) = read_inbox(tmp_path / "of" / "micrograd-submissions", roster(tmp_path, CLASSROOM)).hand_ins
    assert one.when == datetime(2024, 10, 3, 21, 45, tzinfo=UTC)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_separator_and_unicode_with_a_mark_is_read(tmp_path, delimiter, encoding):
    """As spreadsheets and platforms write it, with lines that end as on Windows."""
    rows = list(csv.reader(CANVAS.splitlines()))
    quoted = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert roster(tmp_path, quoted, encoding).people == roster(tmp_path, CANVAS).people


# ---- broken


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", r"line 1: none of these columns is known: nothing"),
        (b"a,b,c\n1,2,3\n", r"line 1: none of these columns is known: a, b, c"),
        (b"Student|ID\nAda|1\n", r"line 1: none of these columns is known: Student\|ID"),
        (b"Points,Grade\n1,2\n", r"line 1: none of these columns"),
        (b"Student,ID\nAda,1\nBen,1\n", r"line 3: 1 stands in line 2 already, for somebody else"),
        (b"Email,name\nA@x.org,Ada\n\na@X.org,Ben\n", r"line 4: a@X\.org stands in line 2 already"),
        (b"name\nAda\nAda\n", r"line 3: Ada stands in line 2 already"),
        (b"Student,ID\nLovelace, Ada,1\n", r"line 2: 3 cells, and the header has 2.*needs quotes"),
        (b'Student,ID\n"Ada,1\nBen,2\n', r"line 2: this is not CSV"),
        (b"Student,ID\nZo\xeb,1\n", r"line 2: this is not UTF-8\. Save it as CSV in UTF-8"),
        ("Student,ID\nAda,1\n".encode("utf-16-le"), r"line 1: (?:a NUL|none of these)"),
        ("Student,ID\nAda,1\n".encode("utf-16")[:-1], r"line \d: this is not UTF-16"),
        (b"PK\x03\x04\x00\x00 a spreadsheet", r"line 1: "),
        (b"Student,ID\n", r"names nobody"),
        (b"Student,ID\n    Points Possible,\n,\n", r"names nobody"),
    ],
)
def test_a_roster_that_is_broken_ends_in_one_sentence_with_file_and_line(tmp_path, data, said):
    """Before anything is graded, and in words that say what to do."""
    (tmp_path / "roster.csv").write_bytes(data)
    with pytest.raises(UsageError, match=said) as raised:
        read_roster(tmp_path / "roster.csv")
    assert str(raised.value).startswith(str(tmp_path / "roster.csv"))
    assert "\n" not in str(raised.value)


def test_a_roster_that_is_not_there_ends_in_one_sentence(tmp_path):
    """And so does a folder."""
    for place in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(UsageError, match="cannot be read"):
            read_roster(place)


# ---- graded


def test_who_handed_in_nothing_has_a_row_and_no_mark(tmp_path):
    """In the order of the names, with the number that the platform knows them by."""
    folder(tmp_path / "inbox", "Turing, Alan", ONE_FILE)
    found = read_inbox(tmp_path / "inbox", roster(tmp_path, CANVAS))
    rows = gradebook.grade(found, tmp_path / "out", None, 1, SEED, lambda row: None)
    assert [(row.student, row.status, row.mark) for row in rows[:2]] == [("Lovelace, Ada", ABSENT, None)] * 2
    assert rows[2].status == GRADED
    lines = [(line["student"], line["id"], line["status"], line["mark"]) for line in table(tmp_path / "out")]
    assert lines[:2] == [("Lovelace, Ada", "123", "absent", ""), ("Lovelace, Ada", "125", "absent", "")]
    assert lines[2][:2] == ("Turing, Alan", "124")
