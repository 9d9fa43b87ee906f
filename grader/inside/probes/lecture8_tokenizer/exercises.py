"""What is measured of exercises.py: merges and the work they take, tokens of characters, tokens on a page."""

import random
from collections.abc import Sequence
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, NotAsStated, probe
from grader.inside.probes.lecture8_tokenizer.counted import lines_run
from grader.inside.probes.lecture8_tokenizer.shared import (
    FIRST,
    Pairs,
    brief,
    ids_of,
    merges_of,
    text_of,
    vocab_of,
    whole,
)

ENOUGH = 300_000  # lines; five times what our solution runs
LETTERS = "aeiklmnorstu"
CHUNKS, DIFFERENT = 18_000, 70


# ---- less work


@probe(EXACT, lambda chunks, num_merges: f"fast_train({list(chunks)}, {num_merges})")
def merges_of_chunks(exercises: ModuleType, *, chunks: Sequence[str], num_merges: int) -> Any:
    """The merges that some chunks teach."""
    return merges_of(exercises.fast_train(list(chunks), num_merges), "fast_train(...)")


def many_chunks(seed: int) -> list[str]:
    """A text of 100 kB in chunks, few of which are different; some occur far more often than others."""
    rng = random.Random(seed)
    words = {" " + "".join(rng.choices(LETTERS, k=rng.randint(2, 7))): None for _ in range(2 * DIFFERENT)}
    chosen = list(words)[:DIFFERENT]
    return chosen + rng.choices(chosen, weights=[1 / (i + 1) for i in range(len(chosen))], k=CHUNKS - len(chosen))


def _concluded(found: Any, **inputs: Any) -> Any:
    """Whether it was too much is worked out on the trusted side, from what was counted."""
    if found["lines run"] > ENOUGH:
        return {"lines run": f"more than {ENOUGH:,}, and was stopped there", "merges": []}
    return {"lines run": f"at most {ENOUGH:,}", "merges": found["merges"]}


@probe(
    EXACT,
    lambda seed, num_merges: (
        f"fast_train(chunks, {num_merges}) with {CHUNKS:,} chunks of a made-up text, {DIFFERENT} of them different"
    ),
    seconds=10.0,
    conclude=_concluded,
)
def work_of_training(exercises: ModuleType, *, seed: int, num_merges: int) -> Any:
    """How many lines are run, and the merges."""
    chunks = many_chunks(seed)
    lines, found = lines_run(exercises, ENOUGH, lambda: exercises.fast_train(chunks, num_merges))
    return {"lines run": lines, "merges": [] if lines > ENOUGH else merges_of(found, "fast_train(...)")}


# ---- characters


@probe(EXACT, lambda text, vocab_size: f"t = CodePointTokenizer(); t.train({brief(text)}, {vocab_size})")
def trained_on_characters(exercises: ModuleType, *, text: str, vocab_size: int) -> Any:
    """The characters, the merges in order, and what each id stands for."""
    tokenizer = exercises.CodePointTokenizer()
    tokenizer.train(text, vocab_size)
    chars = {text_of(char, "a key of chars"): whole(idx, "an id in chars") for char, idx in tokenizer.chars.items()}
    return {"chars": chars, "merges": merges_of(tokenizer.merges, "merges"), **vocab_of(tokenizer.vocab, "vocab")}


def _merges(known: str, merges: Pairs) -> dict[tuple[int, int], int]:
    return {(a, b): idx for idx, (a, b) in enumerate(merges, FIRST + len(known))}


def _chars(known: str) -> dict[str, int]:
    return {char: idx for idx, char in enumerate(known, FIRST)}


@probe(
    EXACT,
    lambda text, known, merges: (
        f"t.encode({brief(text)}) for t = CodePointTokenizer() with t.chars = {_chars(known)}"
        f"{f', t.merges = {_merges(known, merges)}' if merges else ''}"
    ),
)
def encoded_characters(exercises: ModuleType, *, text: str, known: str, merges: Pairs) -> Any:
    """The ids of a text of characters, some of which are not known."""
    tokenizer = exercises.CodePointTokenizer()
    tokenizer.chars, tokenizer.merges = _chars(known), _merges(known, merges)
    vocab = {idx: bytes([idx]) for idx in range(FIRST)} | {idx: c.encode() for c, idx in tokenizer.chars.items()}
    for (a, b), idx in tokenizer.merges.items():
        vocab[idx] = vocab[a] + vocab[b]
    tokenizer.vocab = vocab
    return ids_of(tokenizer.encode(text), "encode(...)")


# ---- colours


class _Page(HTMLParser):
    """Reads what a browser would show: each span with its style and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[str]] = []
        self.open = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "span":
            raise NotAsStated(f"token_html(...) has a tag <{tag}> in it, where a browser would obey a token's text")
        style = "".join((dict(attrs).get("style") or "").split()).rstrip(";")
        self.found.append([style, ""])
        self.open += 1

    def handle_endtag(self, tag: str) -> None:
        self.open -= 1

    def handle_data(self, data: str) -> None:
        if self.open == 1 and self.found:
            self.found[-1][1] += data
        elif data.strip():
            raise NotAsStated(f"token_html(...) has the text {brief(data)} in no span of its own")


@probe(EXACT, lambda tokens, ids, colours: f"token_html({ids}, {dict(enumerate(tokens))}, {list(colours)})")
def coloured(exercises: ModuleType, *, tokens: Sequence[bytes], ids: list[int], colours: Sequence[str]) -> Any:
    """What a browser shows of the tokens, span by span; the ids are places in the list of tokens."""
    page = _Page()
    page.feed(text_of(exercises.token_html(list(ids), dict(enumerate(tokens)), list(colours)), "token_html(...)"))
    page.close()
    return [{"style": style, "text": text} for style, text in page.found]
