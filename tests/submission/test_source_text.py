"""A module is read in the encoding that it names, as Python reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from package_kit import LECTURE

from grader.course import reference_sources
from grader.judging.examiner import examiner
from grader.judging.findings import PASSED
from grader.submission import Submission, text_of

REMARK = "# d\u00e9riv\u00e9e, ou pente\n"


@pytest.mark.parametrize("line", ["# -*- coding: latin-1 -*-", "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :"])
def test_right_code_in_the_encoding_that_it_names_passes(line):
    source = f"{line}\n{REMARK}{reference_sources(LECTURE)['derivatives.py']}".encode("latin-1")
    with examiner(LECTURE, 1) as judge:
        report = judge.examine(Submission("ada", LECTURE, {"derivatives.py": source}), ["slope"])
    assert {finding.status for finding in report.findings} == {PASSED}


@pytest.mark.parametrize("encoding", ["iso8859-15", "cp1251", "koi8-r", "shift_jis", "gb18030", "euc_kr", "utf-8"])
def test_what_is_written_in_an_encoding_is_read_in_it(encoding):
    letters = {"cp1251": "ж", "koi8-r": "ж", "shift_jis": "字", "gb18030": "字", "euc_kr": "글"}.get(encoding, "é")
    text = f"# coding: {encoding}\nname = '{letters}'\n"
    assert text_of(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["rot13", "utf-7", "unicode_escape", "base64", "no-such-thing", "idna"])
def test_what_is_no_encoding_of_letters_is_not_taken_at_its_word(encoding):
    text = f"# coding: {encoding}\nname = '+AOk-'\n"
    assert text_of(text.encode()) == text


def test_what_is_utf_8_is_read_as_that_whatever_a_line_in_it_says():
    """A notebook's cells are joined as UTF-8, and the first may have been copied from a file in latin-1."""
    text = "# code cell 1\n# -*- coding: latin-1 -*-\nname = 'é'\n"
    assert text_of(text.encode()) == text


def test_without_a_coding_line_it_is_utf_8():
    assert text_of(b"\xef\xbb\xbfa = '\xc3\xa9'\r\nb = 1\r") == "a = 'é'\nb = 1\n"
    assert text_of("a = 'é'".encode("latin-1")) == "a = '\ufffd'"


@given(st.one_of(st.binary(max_size=60), st.binary(max_size=40).map(lambda rest: b"# coding: gb18030\n" + rest)))
def test_any_bytes_are_text(data):
    assert "\r" not in text_of(data)
