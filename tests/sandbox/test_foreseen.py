"""Questions that will surely be asked travel together, and the observations are those of one question each."""

import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sandbox_kit import INPUTS, LECTURE, assert_still_good

from grader.inside.probes import lecture1_micrograd as probes
from grader.sandbox import Limits, Sandbox, Worker
from grader.sandbox.foreseen import Course, Foreseen
from grader.sandbox.observation import DIED, RETURNED, TIMED_OUT, Asked, Observation
from grader.sandbox.sandboxed import Sandboxed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a worker does to itself differs elsewhere")

SLOPE = probes.slope_of_curve
QUESTIONS = [Asked({**INPUTS, "x": float(x)}) for x in range(1, 7)]
BAD = QUESTIONS[2]["x"]


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """One for all: what goes over the pipes is the same at every level."""
    with Sandbox(LECTURE.id) as made:
        yield made


def code_of(deed: str) -> dict[str, str]:
    """A derivatives.py that gives back x, and does something else besides where x is 3."""
    code = f"""
        import os, signal, sys, threading, time
        def slope(f, x, h):
            if x == {BAD}: {deed}
            return x
        """
    return {"derivatives.py": textwrap.dedent(code)}


def observed(box: Sandbox, files: dict[str, str], foreseen: list[Foreseen]) -> list[Observation]:
    """What each of the questions gives, asked in their order."""
    with Sandboxed(box, files) as subject:
        subject.foresee(foreseen)
        return [subject.observe(SLOPE, inputs) for inputs in QUESTIONS]


def all_of(questions: list[Asked]) -> list[Foreseen]:
    return [Foreseen(SLOPE, inputs) for inputs in questions]


DEEDS = {
    "nothing": "pass",
    "prints": "print('at three'); print('an error', file=sys.stderr)",
    "raises": "raise ValueError('at three')",
    "returns nothing plain": "return object()",
    "leaves": "os._exit(3)",
    "kills itself": "os.kill(os.getpid(), 9)",
    "speaks between the answers": "os.write(4, b'noise')",
    "closes the requests": "os.close(3)",
    "speaks after its answer": "threading.Timer(0.02, lambda: os.write(4, b'noise')).start()",
    "burns processor time behind its answer": "signal.raise_signal(signal.SIGXCPU)",
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_foreseen_is_observed_as_if_it_were_not(box: Sandbox, deed: str) -> None:
    """Whatever a student's code does, and whichever question it does it under."""
    files = code_of(DEEDS[deed])
    ahead, alone = observed(box, files, all_of(QUESTIONS)), observed(box, files, [])
    unlike = [n for n, (one, other) in enumerate(zip(ahead, alone, strict=True)) if one != other]
    # what speaks out of turn may do so before or after the next question is put, now as ever
    assert unlike == [] or "speaks" in deed or "closes" in deed
    assert [one.value for n, one in enumerate(ahead) if n not in (2, 3)] == [1.0, 2.0, 5.0, 6.0]
    assert_still_good(box)


def test_a_hang_is_stopped_at_the_limit_of_its_own_question(box: Sandbox) -> None:
    """It costs that one observation, with its line, and what comes behind is asked of a fresh worker."""
    files = code_of("[0 for _ in iter(int, 1)]")
    with Sandbox(box.lecture, Limits(check_seconds=0.5), box.level) as hurried:
        found = observed(hurried, files, all_of(QUESTIONS))
    assert [one.kind for one in found] == [RETURNED, RETURNED, TIMED_OUT, RETURNED, RETURNED, RETURNED]
    assert found[2].text == "stopped after 0.5 s"
    assert found[2].frames[-1].line == 4


def test_no_question_lies_in_the_pipe_while_code_runs_that_is_not_asked_it(box: Sandbox) -> None:
    """What comes next may be hidden: a student's code never finds it, however many are foreseen."""
    looks = "import select\ndef slope(f, x, h):\n    return len(select.select([3], [], [], 0.02)[0])\n"
    files = {"derivatives.py": looks}
    assert [one.value for one in observed(box, files, all_of(QUESTIONS))] == [0] * len(QUESTIONS)


def test_what_was_foreseen_and_is_not_asked_leaves_no_answer_behind(box: Sandbox) -> None:
    """Another question than the next one gets its own answer."""
    with Sandboxed(box, code_of("pass")) as subject:
        subject.foresee(all_of(QUESTIONS))
        found = [subject.observe(SLOPE, QUESTIONS[place]) for place in (0, 4, 5, 1)]
    assert [one.value for one in found] == [1.0, 5.0, 6.0, 2.0]


def test_all_are_asked_with_the_first_one_and_once(box: Sandbox) -> None:
    """The worker has nothing more to do when the others are asked for."""
    with Sandboxed(box, code_of("pass")) as subject:
        subject.foresee(all_of(QUESTIONS))
        subject.observe(SLOPE, QUESTIONS[0])
        assert subject.asked == len(QUESTIONS)
        subject.end()
        assert [subject.observe(SLOPE, one).value for one in QUESTIONS[1:]] == [2.0, 3.0, 4.0, 5.0, 6.0]
        assert subject.worker is None


def test_after_the_first_loss_each_question_waits_for_its_turn(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a submission that always dies is not asked everything twice."""
    workers: list[Worker] = []
    begin = box.worker
    monkeypatch.setattr(box, "worker", lambda files: workers.append(begin(files)) or workers[-1])
    files = {"derivatives.py": "import os\ndef slope(f, x, h): os._exit(1)\n"}
    assert {one.kind for one in observed(box, files, all_of(QUESTIONS))} == {DIED}
    assert len(workers) == 1 + len(QUESTIONS)


def test_hidden_questions_never_travel_with_public_ones(box: Sandbox) -> None:
    """Code that looks for all that its process was asked finds none in the company of the other kind."""
    looks = """
        import sys
        def slope(f, x, h):
            at = sys._getframe()
            while "questions" not in at.f_locals:
                at = at.f_back
            return [bytes(inputs).decode() for _, inputs in at.f_locals["questions"]]
        """
    hidden = [number % 2 == 1 for number in range(len(QUESTIONS))]
    foreseen = [Foreseen(SLOPE, inputs, is_hidden) for inputs, is_hidden in zip(QUESTIONS, hidden, strict=True)]
    found = observed(box, {"derivatives.py": textwrap.dedent(looks)}, foreseen)
    written = [one.encoded.decode() for one in QUESTIONS]
    for one, is_hidden in zip(found, hidden, strict=True):
        assert one.value == [text for text, other in zip(written, hidden, strict=True) if other == is_hidden]


def test_what_may_take_long_is_asked_alone(box: Sandbox) -> None:
    """Nobody would know which of them it is that hangs."""
    slow = replace(SLOPE, seconds=5.0)
    course = Course([Foreseen(slow, QUESTIONS[0]), Foreseen(slow, QUESTIONS[1]), *all_of(QUESTIONS[2:])])
    assert [one.inputs for one in course.together(slow, QUESTIONS[0])] == QUESTIONS[:1]
    assert [one.inputs for one in course.together(SLOPE, QUESTIONS[2])] == QUESTIONS[2:]


def test_answers_that_take_a_while_are_news_one_by_one(box: Sandbox) -> None:
    """Together they take longer than anybody waits for news."""
    with Sandboxed(box, {"derivatives.py": "import time\ndef slope(f, x, h): time.sleep(0.15)\n"}) as subject:
        subject.foresee(all_of(QUESTIONS))
        assert {subject.observe(SLOPE, one).kind for one in QUESTIONS} == {RETURNED}
        assert subject.asked == len(QUESTIONS)


def test_what_was_not_foreseen_is_asked_alone() -> None:
    """And what was before a question that is asked now comes no more."""
    course = Course(all_of(QUESTIONS[:3]))
    assert course.together(SLOPE, QUESTIONS[5]) == [Foreseen(SLOPE, QUESTIONS[5])]
    assert course.together(SLOPE, QUESTIONS[1]) == all_of(QUESTIONS[1:3])
    assert course.together(SLOPE, QUESTIONS[0]) == all_of(QUESTIONS[:1])
