"""The smallest case in which an exercise failed last, measured once more: `grader check EXERCISE --replay`.

What is kept lies in the student's own folder and may be anything; our solution, too, meets it in a worker alone.
"""

import base64
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from grader.course import Exercise, Lecture
from grader.course.safe_text import clean
from grader.desk.typed import Typed
from grader.errors import UsageError
from grader.inside import plain
from grader.inside.probe import REGISTRY, Probe
from grader.judging import messages
from grader.judging.case import LARGEST, Case
from grader.judging.findings import ERRORED, FAILED, PASSED, TODO, Finding
from grader.judging.sides import observed_apart
from grader.judging.suite import PUBLIC
from grader.sandbox import Sandbox
from grader.sandbox.observation import RETURNED, Observation
from grader.sandbox.observation import TODO as NOT_WRITTEN
from grader.sandbox.sandboxed import Sandboxed

MOST_SHOWN = 20_000


@dataclass(frozen=True)
class Question:
    """One probe and its inputs."""

    probe: Probe
    inputs: Mapping[str, Any]


def replay(exercise: Exercise, lecture: Lecture, files: dict[str, str], found: Any) -> Case:
    """What the submission's code gives now in the case that was kept. Raises UsageError if there is none."""
    question = kept_question(exercise, lecture, found)
    with Sandbox(lecture.id) as box:
        expected = observed_apart(lecture, box, question.probe, question.inputs)
        if expected.kind != RETURNED:
            raise _stale(exercise)
        return Case(question.probe, question.inputs, _observed(box, files, question), expected)


def kept_question(exercise: Exercise, lecture: Lecture, found: Any) -> Question:
    """The case that was kept of an exercise, to be asked again. Raises UsageError if there is none."""
    if found is None:
        raise UsageError(
            f"No failing case of {exercise.id} is kept here: its last check passed, or there was none. "
            f"Check it: grader check {exercise.id}"
        )
    question = _question(lecture, found)
    if question is None:
        raise _stale(exercise)
    return question


def as_finding(exercise: Exercise, case: Case, lines: Typed) -> Finding:
    """The case as a finding without points; its sentence is what a student types in, and a remark on a line below."""
    status = PASSED if case.agrees else {RETURNED: FAILED, NOT_WRITTEN: TODO}.get(case.yours.kind, ERRORED)
    difference, message = (None, "") if case.agrees else (messages.difference(case), messages.of_case(case))
    program = clean(f"{lines.program}\n{lines.remark}".rstrip(), MOST_SHOWN, keep_newlines=True)
    return Finding(exercise.id, "replay", program, PUBLIC, status, 0, 0, 0.0, difference, message=message)


def _question(lecture: Lecture, found: Any) -> Question | None:
    """What was kept, if it is a question that can be asked: whatever else it is, is nothing."""
    import_module(f"grader.inside.probes.{lecture.id}")
    try:
        probe = REGISTRY[found["probe"]]
        inputs = plain.decode(base64.b64decode(found["inputs"][: LARGEST + 1], validate=True))
        inspect.signature(probe.measure).bind(*probe.modules, **inputs)
        probe.show(**inputs)
    except Exception:  # it may be anything
        return None
    return Question(probe, inputs) if probe.name.startswith(f"{lecture.id}.") else None


def _observed(box: Sandbox, files: dict[str, str], question: Question) -> Observation:
    with Sandboxed(box, files) as subject:
        return subject.observe(question.probe, question.inputs)


def _stale(exercise: Exercise) -> UsageError:
    return UsageError(
        f"What is kept of the last failing case of {exercise.id} cannot be measured any more. "
        f"Check it again: grader check {exercise.id}"
    )
