"""A text in pieces: every letter is there on any terminal, with colours and without, and nothing in it is obeyed."""

import re
from itertools import pairwise

import pytest
from click.testing import CliRunner

from grader.cli import cli
from grader.course import load, reference_sources
from grader.desk.pictures import Picture, page, strips
from grader.desk.pictures.strips import Strip, columns, lines, seen

LECTURE = load().lecture("lecture8_tokenizer")
HOSTILE = (b"<script>", b"\x1b[31m", b"a|b", b"\\", b"\xc3", b"\xa9", "안".encode(), "\u202e".encode(), b"\r\n", b"")
LETTERS = [r"<script>", r"\x1b[31m", "a|b", r"\\", r"\xc3", r"\xa9", "안", r"\u202e", r"\r\n", ""]


def marked(text, colour):
    """Colours that can be read: their number around each piece."""
    return f"{{{colour}:{text}}}"


def test_what_cannot_be_seen_is_escaped():
    assert [seen(piece) for piece in HOSTILE] == LETTERS


def test_without_colour_a_bar_stands_between_two_pieces():
    """One that belongs to the text is told apart from it, and so is a backslash."""
    assert lines(Strip("Yours", (b"a", b" b", b"|", b"\\", b"c")), 80, None) == ["Yours:", r"  a| b|\||\\|c"]
    assert lines(Strip("Yours", ()), 80, None) == ["Yours:"]


def test_colours_take_turns_also_over_the_end_of_a_line():
    """No two neighbours have the same; a piece that is cut has one colour."""
    strip = Strip("Yours", tuple(f"word{i} ".encode() for i in range(40)))
    found = re.findall(r"\{(\d+):([^}]*)\}", "\n".join(lines(strip, 33, marked)))
    assert [text for _, text in found] == strip.seen
    assert all(one != other for (one, _), (other, _) in pairwise(found))
    assert set(re.findall(r"\{(\d+):", "".join(lines(Strip("", (b"x" * 99,)), 20, marked)))) == {str(strips.COLOURS[0])}


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("paint", [None, lambda text, colour: text], ids=["bars", "colours"])
def test_no_line_is_too_long_and_no_letter_is_lost(width, paint):
    """Wide letters count as two columns."""
    strip = Strip("Yours", ("안녕하세요".encode() * 9, b"abc " * 50, *HOSTILE, "e\u0301".encode() * 80))
    found = lines(strip, width, paint)
    assert max(columns(line) for line in found) <= width
    text = "".join(line.removeprefix("  ") for line in found[1:])
    if paint:
        assert text == "".join(strip.seen)
    else:
        assert re.split(r"(?<!\\)\|", text.replace(r"\\", "BACKSLASH")) == [
            one.replace(r"\\", "BACKSLASH").replace("|", r"\|") for one in strip.seen
        ]


def test_the_page_shows_each_piece_in_a_span_and_obeys_none():
    picture = Picture("a", "b", "c", (), None, (Strip("<i>", HOSTILE),))
    html = page.to_html(LECTURE, [picture])
    shown = html.partition('<p class="strip">')[2].partition("</p>")[0]
    assert "&lt;i&gt;:" in html
    assert re.findall(r"<span>(.*?)</span>", shown)[:3] == ["&lt;script&gt;", r"\x1b[31m", "a|b"]
    assert shown.count("<") == 2 * len(HOSTILE)


def test_the_command_prints_a_text_in_tokens(course_folder, tmp_path):
    """An é whose two bytes were not merged is two pieces; lines fit 80 columns."""
    for name, text in reference_sources(LECTURE).items():
        (course_folder / LECTURE.id / name).write_text(text, encoding="utf-8")
    where = ("-C", str(course_folder), "draw", "tokenizer", "--only", "tokens", "--to", str(tmp_path / "to"))
    done = CliRunner(env={"COLUMNS": "80"}).invoke(cli, where)
    assert done.exit_code == 0
    words, label, *printed, last = done.stdout.splitlines()
    assert (label, last) == ("The text in your tokens:", "Drew 1 of 1 pictures.")
    assert printed[0].startswith("  The| cat| sat| on| the| mat|,|")
    assert r"| caf|\xc3|\xa9| c|" in "".join(line[2:] for line in printed)
    assert max(map(len, printed)) <= 80
    assert f"{''.join(line[2:] for line in printed).count('|') + 1} tokens" in words
