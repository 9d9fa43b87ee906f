"""`grader stubs --to` over a folder that is there: what is new comes to it, what was written stays, and it is said."""

import re
from pathlib import Path

import pytest
from command_kit import run

from grader.course import load
from grader.course.kept_copies import HANDED_OUT, handed_out, keep_copy
from grader.course.merging import Merge, Unreadable, merged
from grader.course.pieces import pieces_of
from grader.course.upgrade import bring

NAME = "lecture/shapes.py"
BASE = '''"""Shapes."""

import math


class Circle:
    """Round."""

    def area(self):
        """The area."""
        raise NotImplementedError("area")  # TODO: your code goes here


def last(x):
    """The last one."""
    raise NotImplementedError("last")  # TODO: your code goes here
'''
NEW = BASE.replace("import math\n", "import math\nimport random\n").replace(
    '"""The area."""', '"""The area, of any."""'
)
NEW = NEW.replace(
    "\n\ndef last",
    '''
    def edge(self):
        """The way around."""
        raise NotImplementedError("edge")  # TODO: your code goes here


def first(x):
    """The first one."""
    raise NotImplementedError("first")  # TODO: your code goes here


def last''',
)
MINE = BASE.replace('raise NotImplementedError("area")  # TODO: your code goes here', "return math.pi  # mine").replace(
    "\n\ndef last",
    "\n    def my_own(self):\n        return 1\n\n\nNOTES = [1]\n\n\ndef last",
)


def files_of(home: Path) -> dict[str, str]:
    return {
        path.relative_to(home).as_posix(): path.read_bytes().decode()
        for path in home.rglob("*")
        if path.is_file() and not path.is_relative_to(home / HANDED_OUT)
    }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder to which the first version of a stub was handed out."""
    bring(tmp_path, {NAME: BASE})
    return tmp_path


@pytest.mark.parametrize("base", [BASE, None], ids=["known", "older kit"])
def test_what_is_new_comes_to_what_was_written(base):
    """An exercise behind the one it follows in the stub, a method in its class; every line of theirs is there."""
    merge = merged(MINE, base, NEW)
    assert isinstance(merge, Merge)
    assert merge.added == ["import random", "edge", "first"]
    assert merge.renewed == (["Circle.area"] if base else [])
    assert re.findall(r"(?:def|class) (\w+)", merge.text) == ["Circle", "area", "edge", "my_own", "first", "last"]
    ahead = iter(merge.text.split("\n"))
    assert all(line in ahead for line in MINE.split("\n") if "The area" not in line), "in the same order"
    compile(merge.text, NAME, "exec")


def test_a_stub_that_still_raises_gets_the_newer_statement_even_if_nobody_knows_what_was_handed_out():
    """Whoever has not begun loses nothing by it."""
    merge = merged(BASE + "\n\nX = 1\n", None, NEW)
    assert isinstance(merge, Merge)
    assert '"""The area, of any."""' in merge.text
    assert merge.text.endswith("X = 1\n")


def test_what_both_have_changed_stays_and_is_said():
    """The student's statement with notes in it is not overwritten."""
    mine = MINE.replace('"""The area."""', '"""The area. Note: pi."""')
    merge = merged(mine, BASE, NEW)
    assert isinstance(merge, Merge)
    assert merge.left == ["Circle.area"]
    assert '"""The area. Note: pi."""' in merge.text


def test_what_the_student_has_taken_out_stays_out():
    """An import or an exercise that was there and was removed does not come back."""
    mine = MINE.replace("import math\n", "").partition("\n\ndef last")[0] + "\n"
    merge = merged(mine, BASE, NEW)
    assert isinstance(merge, Merge)
    assert "import math\n" not in merge.text
    assert "def last" not in merge.text


@pytest.mark.parametrize(
    "theirs",
    [
        BASE.replace("def last(x):", "def last(x:"),
        "x = 1; y = 2\n" + BASE,
    ],
)
def test_what_cannot_be_told_apart_is_left_alone(theirs):
    """Nothing is put into what is no Python now."""
    assert merged(theirs, BASE, NEW) == Unreadable()


@pytest.mark.parametrize("theirs", ["# notes\n", '"""Shapes."""\n', "print('mine')\n"])
def test_a_file_that_was_emptied_stays_so(theirs):
    """Somebody keeps the work elsewhere, as in a notebook."""
    assert merged(theirs, BASE, NEW) is None


@pytest.mark.parametrize(
    "theirs",
    [
        MINE.replace("def last(x):", "from elsewhere import first\n\n\ndef last(x):"),
        MINE.replace("def last(x):", "first = len\n\n\ndef last(x):"),
    ],
)
def test_what_is_there_in_another_form_is_not_put_in(theirs):
    """A name that is imported or assigned has a meaning already."""
    merge = merged(theirs, None, NEW)
    assert isinstance(merge, Merge)
    assert "def first" not in merge.text


def test_the_pieces_of_a_module_are_its_text():
    """Nothing is lost between them, in any module of the course."""
    for lecture in load().lectures:
        for folder in (load().folders.exercises, load().folders.reference):
            for module in lecture.modules:
                text = (folder / lecture.id / module).read_text(encoding="utf-8")
                pieces = pieces_of(text)
                assert pieces is not None
                assert "".join(piece.text for piece in pieces) == text
                assert len({piece.name for piece in pieces}) == len(pieces)


# ---- files


def test_a_file_that_nobody_changed_is_renewed_whole(home):
    """It is the stub as it was handed out, so there is no work in it."""
    done = bring(home, {NAME: NEW})
    assert done.renewed == [NAME]
    assert files_of(home) == {NAME: NEW}
    assert bring(home, {NAME: NEW}).is_nothing


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_file_that_was_worked_on_is_put_aside_first(home, ends, start):
    """Letter by letter as it was; line ends and a mark at the beginning stay in the new one."""
    before = (start + MINE).replace("\n", ends).encode()
    (home / NAME).write_bytes(before)
    done = bring(home, {NAME: NEW})
    ((merge, place),) = done.merged.values()
    assert (home / place).read_bytes() == before
    assert (home / NAME).read_bytes() == (start + merge.text).replace("\n", ends).encode()
    assert bring(home, {NAME: NEW}).kept == [NAME]


@pytest.mark.parametrize("work", [b"", b"# caf\xe9\n", b"\xff\xfe\0", b"def (", MINE.encode()])
def test_where_the_course_is_as_it_was_nothing_is_touched(home, work):
    """Whatever the file has become."""
    (home / NAME).write_bytes(work)
    assert bring(home, {NAME: BASE}).kept == [NAME]
    assert (home / NAME).read_bytes() == work
    assert not (home / ".grader" / "kept").exists()


def test_a_broken_file_gets_what_is_new_once_it_is_mended(home):
    """What was handed out is not forgotten meanwhile."""
    (home / NAME).write_text(MINE + "def (", encoding="utf-8")
    assert bring(home, {NAME: NEW}).unreadable == [NAME]
    assert handed_out(home, NAME) == BASE
    (home / NAME).write_text(MINE, encoding="utf-8")
    assert bring(home, {NAME: NEW}).merged[NAME][0].renewed == ["Circle.area"]


def test_copies_never_replace_each_other(tmp_path):
    """Each content has a place of its own; the same one is kept once."""
    places = [keep_copy(tmp_path, NAME, data) for data in (b"1", b"2", b"1", b"3")]
    assert places == [f".grader/kept/{NAME}.{number}" for number in (1, 2, 1, 3)]
    assert [(tmp_path / place).read_bytes() for place in places] == [b"1", b"2", b"1", b"3"]


def test_the_command_says_what_it_did(tmp_path):
    """Which exercises were put in, and where the file is as it was."""
    home, engine = tmp_path / "home", "lecture1_micrograd/engine.py"
    assert run("stubs", "--to", home, cwd=tmp_path).returncode == 0
    new = (home / engine).read_text(encoding="utf-8")
    old = re.sub(r"    def relu\(self\):.*?\n(?=    def backward)", "", new, flags=re.DOTALL)
    (home / HANDED_OUT / engine).write_text(old, encoding="utf-8")
    (home / engine).write_text(old.replace("import math", "import math  # mine"), encoding="utf-8")
    done = run("stubs", "--to", home, cwd=tmp_path)
    assert done.stdout.splitlines() == [
        f"{engine}: put in value-relu; what you have written stays.",
        f"  As it was: {home}/.grader/kept/{engine}.1",
    ]
    assert (home / engine).read_text(encoding="utf-8") == new.replace("import math", "import math  # mine")


def test_the_command_tells_statements_that_changed_and_files_that_it_cannot_read(tmp_path):
    """What was renewed; what both have changed, and where the new text lies; what is to be mended first."""
    home, file, nn = tmp_path / "home", "lecture1_micrograd/derivatives.py", "lecture1_micrograd/nn.py"
    run("stubs", "--to", home, cwd=tmp_path)
    for name in (file, nn):
        old = (home / name).read_text(encoding="utf-8").replace('"""Slope of f', '"""The slope of f')
        old = old.replace("What a neuron", "Once what a neuron").replace('"""The gradient of f', '"""An old one of f')
        (home / HANDED_OUT / name).write_text(old, encoding="utf-8")
        mine = old.replace('"""The slope of f', '"""My slope of f').replace("Once what", "Mine: what")
        mine = mine.replace('raise NotImplementedError("gradf")  # TODO: your code goes here', "return [1, 2, 3]")
        (home / name).write_text(mine if name == file else f"{mine}\ndef (", encoding="utf-8")
    done = run("stubs", "--to", home, cwd=tmp_path)
    assert done.stdout.splitlines() == [
        f"{file}: newer statements of gradf.",
        f"  As it was: {home}/.grader/kept/{file}.1",
        f"{nn} cannot be read now, so nothing new was put in. Mend it and run this again.",
        f"{file}: the course has changed slope, symmetric_slope too; yours stays.",
        f"  Its new text: {home}/{HANDED_OUT}/{file}",
    ]
    assert "return [1, 2, 3]" in (home / file).read_text(encoding="utf-8")
    again = run("stubs", "--to", home, cwd=tmp_path).stdout
    assert again.splitlines()[-1] == f"Kept as they are, because they have been worked on: {file}."
