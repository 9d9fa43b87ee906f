"""Lecture 8 at full length: its example, GPT-4's ids, and the text of lecture 7 in characters and in tokens."""

import hashlib
import os
from collections import Counter
from pathlib import Path

import lecture_kit as kit
import pytest

from grader.course import ranks

pytestmark = pytest.mark.lecture

TEXT, SHA256 = "tinyshakespeare.txt", "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"
EXAMPLE = [258, 100, 258, 97, 99]  # aaabdaaabac after three merges
CHARACTERS, HII = 65, [46, 47, 47, 1, 58, 46, 43, 56, 43]  # of the text; "hii there" in them
HELLO = [15339, 4513, 12340, 30, 320, 31495, 230, 75265, 243, 92245, 16715, 57037]
LEFT = [15339, 1917, 12340, 30, 320, 31495, 230, 75265, 243, 92245, 16715, 28509, 4513, 57037]
SPECIAL = [100257, 15339, 1917]
MERGES, TOKENS = 64, 730_265  # of the whole text, learned from itself
BEGINNING = 20_000  # characters, from which another trainer learns too
OWN = "computed here; no source prints it"


def cached(name: str) -> Path:
    """A file that this user has fetched. (The tests have an empty cache of their own.)"""
    return Path(os.environ["GRADER_TESTS_LECTURES_LIST"]).with_name(name)


@pytest.fixture(scope="module")
def ours():
    return kit.reference(8)


@pytest.fixture(scope="module")
def text() -> str:
    """The text of lecture 7, which the lecture begins with."""
    if not cached(TEXT).exists():
        pytest.skip("the lectures' text is not here; get it with: grader data --text")
    data = cached(TEXT).read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256
    return data.decode("ascii")


def test_the_lectures_example(ours, record):
    """Three merges of eleven letters."""
    t = ours.basic.BasicTokenizer()
    t.train("aaabdaaabac", 256 + 3)
    record("L8.01", "ids of aaabdaaabac", str(EXAMPLE), str(t.encode("aaabdaaabac")))
    assert t.encode("aaabdaaabac") == EXAMPLE


def test_ids_of_gpt4(ours, record):
    """Those that are printed beside the lecture's code, and those of its exercise."""
    if not cached(ranks.RANKS.file).exists():
        pytest.skip("the table of ranks is not here; get it with: grader data --ranks")
    table = ours.gpt4.read_ranks(cached(ranks.RANKS.file).read_text(encoding="ascii"))
    t = ours.gpt4.GPT4Tokenizer(table)
    t.register_special_tokens({"<|endoftext|>": 100257})
    assert (len(table), len(t.merges)) == (100_256, 100_000)
    for id, printed, written in [
        ("L8.02", HELLO, "hello123!!!? (안녕하세요!) 😉"),
        ("L8.03", SPECIAL, "<|endoftext|>hello world"),
        ("L8.05", LEFT, "hello world!!!? (안녕하세요!) lol123 😉"),
    ]:
        found = t.encode(written, allowed_special="all")
        record(id, f"GPT-4's {len(found)} ids", str(printed), str(found))
        assert found == printed
        assert t.decode(found) == written


def test_characters_of_the_text(ours, text, record):
    """Before any merge a tokenizer of characters is that of lecture 7."""
    t = ours.exercises.CodePointTokenizer()
    t.train(text, 256 + CHARACTERS)
    found = [idx - 256 for idx in t.encode("hii there")]
    record("L8.06", "different characters of the text", str(CHARACTERS), str(len(t.chars)))
    record("L8.06", "hii there in characters", str(HII), str(found))
    assert (len(t.chars), len(t.merges), found) == (CHARACTERS, 0, HII)


def test_tokens_of_the_text(ours, text, record):
    """All of it, learned with less work: from 1,115,394 bytes to two thirds of that."""
    chunks = ours.regex_tokenizer.split_text(text)
    t = ours.regex_tokenizer.RegexTokenizer()
    t.merges = ours.exercises.fast_train(chunks, MERGES)
    found = sum(len(t.encode_chunk(chunk.encode())) * times for chunk, times in Counter(chunks).items())
    record("L8.10", f"tokens of the text after {MERGES} merges", "", str(found), OWN)
    assert "".join(chunks) == text
    assert found == TOKENS


def test_merges_of_the_text_by_another_trainer(ours, text, record):
    """The public package's own teaching code takes the first seen of equals too: every token has the same rank."""
    trainer = pytest.importorskip("tiktoken._educational")
    t = ours.regex_tokenizer.RegexTokenizer()
    t.train(text[:BEGINNING], 256 + MERGES)
    theirs = trainer.bpe_train(text[:BEGINNING], 256 + MERGES, t.pattern, visualise=None)
    same = sum(t.vocab[rank] == token for token, rank in theirs.items())
    record("L8.11", "of 320 tokens, how many another trainer learns with the same rank", str(256 + MERGES), str(same))
    assert {rank: token for token, rank in theirs.items()} == t.vocab
