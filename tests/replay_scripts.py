"""Failing cases of every kind for tests/test_scratch.py, and plain Python that runs the scripts made of them."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.course import Exercise, Lecture, load, reference_sources
from grader.inside import plain
from grader.inside.probe import Probe
from grader.judging.case import Case
from grader.judging.mistakes.known import edited_sources, known_mistakes
from grader.judging.subjects import Misconceived, Reference
from grader.judging.suite import PUBLIC, asked, tests_of
from grader.sandbox.observation import RAISED, RETURNED, Asked, Observation

Failing = tuple[Exercise, Case, Mapping[str, str]]

# runs each script in a process forked for it, and tells what it printed last, or what it raised
PROGRAM = """
import base64, json, os, runpy, sys
from grader.inside import plain
import grader.inside.probes.LECTURE
for folder in sys.argv[1:]:
    read, write = os.pipe()
    if os.fork() == 0:
        os.chdir(folder)
        sys.path.insert(0, folder)
        printed = []
        try:
            runpy.run_path("replay_it.py", {"print": lambda *words: printed.append(words[-1])})
            told = ["returned", base64.b64encode(plain.encode(printed[-1])).decode()]
        except Exception as error:
            told = ["raised", type(error).__name__]
        os.write(write, json.dumps(told).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        print(answer.read())
    os.wait()
"""


def failing_cases(lecture: Lecture) -> list[Failing]:
    """For each probe of the public checks a case in which a known mistake shows, with the files of that mistake."""
    ours, found = Reference(lecture), dict[str, Failing]()
    questions = list(_questions(lecture))
    for mistake in known_mistakes(lecture.id):
        edited = edited_sources(mistake.variants[0], lecture, mistake.id)
        wrong = Misconceived(lecture, edited)
        for exercise, probe, inputs in questions:
            if probe.name not in found and probe.modules and f"{probe.modules[-1]}.py" in edited:
                case = Case(probe, inputs, wrong.observe(probe, inputs), ours.observe(probe, inputs))
                if case.yours.kind in (RETURNED, RAISED) and not case.agrees:
                    found[probe.name] = exercise, case, {**reference_sources(lecture), **edited}
    return list(found.values())


def _questions(lecture: Lecture) -> Iterator[tuple[Exercise, Probe, Asked]]:
    for test in tests_of(lecture):
        if test.visibility == PUBLIC:
            for probe, inputs in asked(test, 1):
                if not probe.is_many:
                    yield load().exercise(test.exercise), probe, Asked.of(inputs)


def outcomes(folders: list[Path], lecture: Lecture) -> list[Observation]:
    """What the script in each of these folders comes to, by an interpreter that is told nothing else."""
    command = [sys.executable, "-c", PROGRAM.replace("LECTURE", lecture.id), *map(str, folders)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return [
        Observation(RETURNED, plain.decode(base64.b64decode(what)))
        if kind == RETURNED
        else Observation(kind, type=what)
        for kind, what in told
    ]
