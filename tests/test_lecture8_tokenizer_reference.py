"""Our solution of lecture 8: the examples in its docstrings, the lecture's numbers, round trips."""

import doctest
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import load, reference_sources
from grader.inside.modules import Modules
from grader.inside.probes.lecture8_tokenizer.exercises import many_chunks

NAMES = ("basic", "regex_tokenizer", "gpt4", "files", "exercises")
# letters that Unicode has had for long, and nothing of U+001C to U+001F, about which libraries disagree
TEXTS = st.text(st.sampled_from("abc \n\r\t'S1é안😀<|>_"), max_size=20)
UNTIMED = settings(deadline=None, max_examples=40)


@pytest.fixture(scope="module")
def ours() -> Iterator[SimpleNamespace]:
    lecture = load().lecture("lecture8_tokenizer")
    with Modules(lecture.id, reference_sources(lecture)).fresh(NAMES) as modules:
        yield SimpleNamespace(**modules)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "files"])
def test_examples_in_docstrings(ours, name):
    """Every example that a student can type gives what the docstring says."""
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in doctest.DocTestFinder().find(getattr(ours, name)):
        runner.run(test)
    assert runner.tries > 0
    assert runner.failures == 0


def test_the_lectures_example(ours):
    """Three merges, of which the second is a tie: the first seen wins, and the ids are those of the lecture."""
    t = ours.basic.BasicTokenizer()
    t.train("aaabdaaabac", 259)
    assert list(t.merges) == [(97, 97), (256, 97), (257, 98)]
    assert t.encode("aaabdaaabac") == [258, 100, 258, 97, 99]
    assert ours.basic.merge([97, 97, 97], (97, 97), 256) == [256, 97]


@UNTIMED
@given(TEXTS, TEXTS)
def test_round_trips_and_borders(ours, learned, text):
    """What was encoded comes back, twice the same ids, chunk by chunk, whatever was learned."""
    t = ours.regex_tokenizer.RegexTokenizer()
    t.register_special_tokens({"<|>": 1000, "<|>a": 1001})
    t.train(learned * 3, 262)
    for allowed in ("all", "none"):
        ids = t.encode(text, allowed_special=allowed)
        assert t.decode(ids) == text
        assert t.encode(t.decode(ids), allowed_special=allowed) == ids
    chunks = ours.regex_tokenizer.split_text(text)
    assert "".join(chunks) == text
    assert t.encode_ordinary(text) == [idx for chunk in chunks for idx in t.encode_ordinary(chunk)]


@UNTIMED
@given(TEXTS)
def test_merges_in_the_order_of_learning(ours, text):
    """One merge after the other, each on the whole text, gives the ids that encode gives."""
    t = ours.basic.BasicTokenizer()
    t.train(text * 2, 264)
    ids = list(text.encode())
    for pair, idx in t.merges.items():
        ids = ours.basic.merge(ids, pair, idx)
    assert t.encode(text) == ids


def test_less_work_gives_the_same_merges(ours):
    """Ties included, and on a text of 100 kB."""
    chunks = many_chunks(1)[:3000]
    t = ours.regex_tokenizer.RegexTokenizer()
    t.train("".join(chunks), 256 + 12)
    assert ours.regex_tokenizer.split_text("".join(chunks)) == chunks
    assert ours.exercises.fast_train(chunks, 12) == t.merges
    assert 90_000 < sum(map(len, many_chunks(1))) < 110_000


def test_a_table_of_merges_comes_back(ours):
    """Ranks made of what training learned lead back to the same merges, and to the same ids."""
    t = ours.regex_tokenizer.RegexTokenizer()
    t.train("low lower lowest slow slower", 270)
    table = {token: rank for rank, token in t.vocab.items()}
    assert ours.gpt4.recover_merges(table) == t.merges
    assert ours.gpt4.GPT4Tokenizer(table).encode("slowest") == t.encode("slowest")


def test_saved_and_loaded(ours, tmp_path):
    """What is read is what was written."""
    t, other = ours.regex_tokenizer.RegexTokenizer(r" ?\w+"), ours.regex_tokenizer.RegexTokenizer()
    t.train("low lower lowest", 260)
    t.register_special_tokens({"<| end |> ": 300})
    ours.files.save(t, str(tmp_path / "toy"))
    ours.files.load(other, str(tmp_path / "toy.model"))
    assert vars(other) == vars(t)
    assert list(other.merges) == list(t.merges)
