"""The probes of lecture 8: how work is counted, what is read of a page, texts that are made up, steps by themselves."""

import sys
from types import SimpleNamespace

import pytest

from grader.course import load, reference_sources
from grader.inside.modules import Modules
from grader.inside.probe import ALONE, NotAsStated
from grader.inside.probes import lecture8_tokenizer as probes
from grader.inside.probes.lecture8_tokenizer.counted import lines_run
from grader.inside.probes.lecture8_tokenizer.exercises import ENOUGH
from grader.inside.probes.lecture8_tokenizer.shared import brief, merges_from, vocab_from
from grader.judging.properties import pool, texts

LECTURE = load().lecture("lecture8_tokenizer")
FILES = reference_sources(LECTURE)
NAMES = ("basic", "regex_tokenizer", "gpt4", "files", "exercises")
LOOP = """
def loop(count):
    for i in range(count):
        pass
    return count


def caught(count):
    try:
        return loop(count)
    except Exception:
        return "caught"
"""


@pytest.fixture
def modules():
    """A function that gives our modules, with other text in some of them."""
    opened = []

    def given(**files: str) -> SimpleNamespace:
        changed = {**FILES, **{f"{name}.py": text for name, text in files.items()}}
        opened.append(Modules(LECTURE.id, changed).fresh(NAMES))
        return SimpleNamespace(**opened[-1].__enter__())

    yield given
    for context in reversed(opened):
        context.__exit__(None, None, None)


# ---- work


def test_lines_of_a_students_modules_are_counted_and_no_others(modules):
    """Twice the loop is twice the lines; what a library does is none of them."""
    module = modules(exercises=LOOP).exercises
    lines = [lines_run(module, 10**6, lambda count=count: module.loop(count))[0] for count in (100, 200)]
    assert 190 <= lines[1] - lines[0] <= 210
    assert lines_run(module, 10**6, lambda: sorted(range(1000)))[0] == 0


def test_work_is_stopped_above_the_limit_whatever_is_caught(modules):
    """And whoever traced before, such as a debugger, traces again afterwards."""
    module, before = modules(exercises=LOOP).exercises, sys.gettrace()
    assert lines_run(module, 500, lambda: module.caught(10**9)) == (501, None)
    assert lines_run(module, 500, lambda: module.caught(10))[1] == 10
    assert sys.gettrace() is before


def test_what_is_too_much_is_concluded_here(modules):
    """The statement says how much ours is, and what is enough is five times that."""
    found = probes.work_of_training.measure(modules().exercises, seed=1, num_merges=8)
    assert found["lines run"] == pytest.approx(60_000, rel=0.1)
    assert ENOUGH == 5 * 60_000
    assert f"{ENOUGH:,}, are too many" in FILES["exercises.py"]
    assert probes.work_of_training.conclude({**found, "lines run": ENOUGH}, seed=1)["merges"] == found["merges"]
    assert "more than 300,000" in probes.work_of_training.conclude({**found, "lines run": ENOUGH + 1})["lines run"]


# ---- what is read


@pytest.mark.parametrize(
    ("page", "spans"),
    [
        ("<span style='background: pink;'>a &lt; b</span>", [{"style": "background:pink", "text": "a < b"}]),
        ('<span style="background:red">&#x27;</span>\n', [{"style": "background:red", "text": "'"}]),
        ("", []),
    ],
)
def test_a_page_is_read_as_a_browser_shows_it(modules, page, spans):
    module = modules(exercises=f"def token_html(ids, vocab, colours):\n    return {page!r}\n").exercises
    assert probes.coloured.measure(module, tokens=[b"a"], ids=[0], colours=["pink"]) == spans


@pytest.mark.parametrize(("page", "told"), [("<b>a</b>", "a tag <b>"), ("a<span>b</span>", "'a' in no span")])
def test_a_page_of_something_else_is_told(modules, page, told):
    module = modules(exercises=f"def token_html(ids, vocab, colours):\n    return {page!r}\n").exercises
    with pytest.raises(NotAsStated, match=told):
        probes.coloured.measure(module, tokens=[b"a"], ids=[0], colours=["pink"])


def test_texts_are_shown_as_they_are_typed():
    """What cannot be seen is escaped; a long one is cut."""
    assert brief("a\n\x00é") == r"'a\n\x00é'"
    assert "100 characters" in brief("x" * 100)
    assert vocab_from(((97, 98), (256, 99)))[257] == b"abc"
    assert merges_from(((97, 98), (256, 99))) == {(97, 98): 256, (256, 99): 257}


def test_a_pair_is_a_tuple_of_two(modules):
    wrong = "def get_stats(ids, counts=None):\n    return {'ab': 1}\n"
    module = modules(basic=FILES["basic.py"] + wrong).basic
    with pytest.raises(NotAsStated, match="should be a pair of ints"):
        probes.counted_pairs.measure(module, ids=[1, 2])


# ---- made-up texts


def test_made_up_texts_begin_with_nothing_and_stay_small():
    """The same for the same seed, the empty one among them, and no larger than one that is given."""
    made = texts(("a", "bb"), longest=6, merges=())
    found = pool(made, "seed")
    assert found == pool(made, "seed")
    assert found[0] == {"text": "", "merges": ()}
    assert {sign for inputs in found for sign in inputs["text"]} == {"a", "b"}
    assert max(map(made.size, found)) > 6
    small = made.up_to({"text": "ab", "merges": ()})
    assert small.longest == 2
    assert hash(small) != hash(made)


# ---- steps by themselves


def test_methods_come_back_after_a_step_by_itself(modules):
    """A subclass of the student's is measured with others in the place of the methods that it inherits."""
    gpt4 = modules().gpt4
    inputs = {"text": "hi", "tokens": [b"hi"], "step": [1, 7]}
    before = dict(vars(gpt4.RegexTokenizer))
    (alone,) = ALONE[probes.encoded_by_ranks.name]
    assert alone.measure(gpt4, **inputs) != probes.encoded_by_ranks.measure(gpt4, **inputs)
    assert dict(vars(gpt4.RegexTokenizer)) == before
