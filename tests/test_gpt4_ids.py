"""GPT-4's own ids by our solution of lecture 8: with a part of its table always, with all of it where it is there.

The table is fetched by `grader data --ranks`; where the package tiktoken is installed, its ids are held beside ours.
"""

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import load, ranks, reference_sources
from grader.inside.modules import Modules

# letters that Unicode has had for long, and nothing of U+001C to U+001F, about which libraries disagree
TEXTS = st.text(st.sampled_from("abcehlotw \n\r\t'SEL190é안😀<|>_.,"), max_size=30)
SPECIAL = {"<|endoftext|>": 100257, "<|fim_prefix|>": 100258, "<|fim_middle|>": 100259}
RECORDED = {
    "hello123!!!? (안녕하세요!) 😉": [
        15339, 4513, 12340, 30, 320, 31495, 230, 75265, 243, 92245, 16715, 57037,
    ],
    "hello world!!!? (안녕하세요!) lol123 😉": [
        15339, 1917, 12340, 30, 320, 31495, 230, 75265, 243, 92245, 16715, 28509, 4513, 57037,
    ],
    "<|endoftext|>hello world": [27, 91, 8862, 728, 428, 91, 29, 15339, 1917],
}  # fmt: skip
# every token of the table, longer than a byte, that lies in a chunk of one of these texts
PART = {
    268: "en", 269: "or", 289: " w", 301: "el", 303: "nd", 320: " (", 326: " l", 327: "ex", 337: "ol", 383: "he",
    385: "lo", 408: "end", 428: "ext", 509: "ld", 616: "ell", 657: "ll", 668: "te", 717: "12", 728: "ft", 781: " lo",
    1073: "of", 1146: "wo", 1342: "text", 1410: "orld", 1419: "23", 1917: " world", 2302: "xt", 2438: "rl", 3001: "!!",
    3055: "do", 4191: " wor", 4513: "123", 4896: "ello", 7459: b"\xed\x95", 8862: "endo", 9468: b"\xf0\x9f",
    11410: b" \xf0\x9f", 12340: "!!!", 14450: "oft", 14901: b"\xec\x84", 14957: "world", 15269: b"\xec\x9a",
    15339: "hello", 16582: "하", 16715: "!)", 24670: " wo", 27623: b" \xf0\x9f\x98", 28509: " lol", 31495: b"\xec\x95",
    34444: "tex", 36811: "요", 42529: "세", 50222: "hel", 50810: "wor", 51402: "세요", 57037: " 😉", 57195: "hell",
    58490: "!?", 60419: "lol", 64419: "fte", 75265: b"\xeb\x85", 76460: b"\xf0\x9f\x98", 90314: "ndo", 92245: "하세요",
}  # fmt: skip
# the ranks of single bytes: those that Latin-1 can print come first
FIRST = [*range(33, 127), *range(161, 173), *range(174, 256)]


def part_of_the_table() -> dict[bytes, int]:
    singles = {bytes([byte]): rank for rank, byte in enumerate(chain(FIRST, sorted({*range(256)} - {*FIRST})))}
    return singles | {token.encode() if isinstance(token, str) else token: rank for rank, token in PART.items()}


@pytest.fixture(scope="module")
def ours() -> Iterator[SimpleNamespace]:
    lecture = load().lecture("lecture8_tokenizer")
    with Modules(lecture.id, reference_sources(lecture)).fresh(("basic", "regex_tokenizer", "gpt4")) as modules:
        yield SimpleNamespace(**modules)


@pytest.fixture(scope="module")
def table(ours):
    """The whole table, where this user has fetched it."""
    file = Path(os.environ["GRADER_TESTS_LECTURES_LIST"]).with_name(ranks.RANKS.file)
    if not file.exists():
        pytest.skip("the table of ranks is not here; get it with: grader data --ranks")
    return ours.gpt4.read_ranks(file.read_text(encoding="ascii"))


@pytest.fixture(scope="module")
def part(ours):
    return ours.gpt4.GPT4Tokenizer(part_of_the_table())


@pytest.fixture(scope="module")
def gpt4(ours, table):
    """GPT-4's tokenizer, all of it."""
    return ours.gpt4.GPT4Tokenizer(table)


@pytest.mark.parametrize("whole", [False, True], ids=["part", "whole"])
@pytest.mark.parametrize("text", RECORDED)
def test_ids_of_gpt4(request, text, whole):
    """Those that others have recorded, there and back."""
    t = request.getfixturevalue("gpt4" if whole else "part")
    t.register_special_tokens(SPECIAL)
    assert t.encode(text, allowed_special="none") == RECORDED[text]
    assert t.decode(RECORDED[text]) == text
    assert t.encode("<|endoftext|>hello world", allowed_special="all") == [100257, 15339, 1917]


def test_a_part_is_what_stands_in_the_table(ours, table):
    """And nothing is left out of it that these texts could need."""
    known = part_of_the_table()
    assert {token: table[token] for token in known} == known
    chunks = {chunk.encode() for text in RECORDED for chunk in ours.regex_tokenizer.split_text(text)}
    parts = {chunk[i:j] for chunk in chunks for i in range(len(chunk)) for j in range(i + 1, len(chunk) + 1)}
    assert parts & set(table) <= set(known)


@pytest.fixture(scope="module")
def public(gpt4):
    """The same tokenizer by other people, where it is installed."""
    return pytest.importorskip("tiktoken").Encoding(
        "cl100k", pat_str=gpt4.pattern, mergeable_ranks={token: rank for rank, token in gpt4.vocab.items()},
        special_tokens=SPECIAL,
    )  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(text=TEXTS)
def test_ids_of_a_public_tokenizer(gpt4, public, text):
    """For any text their ids are ours, special tokens among them or not."""
    gpt4.register_special_tokens(SPECIAL)
    assert gpt4.encode_ordinary(text) == public.encode_ordinary(text)
    text += "<|endoftext|>" + text
    assert gpt4.encode(text, allowed_special="all") == public.encode(text, allowed_special="all")
    assert gpt4.decode(public.encode_ordinary(text)) == text
