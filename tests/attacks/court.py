"""The trusted process of the attack suite: grades what it is sent, and reports what came of it and what was left.

Started with the level, a folder of its own, and a secret on its command line. Jobs come as lines of JSON.
"""

import ctypes
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from attacks.secrets_planted import Planted
from attacks.traces import Traces

from grader.course import load, reference_sources
from grader.judging import examiner, suite
from grader.judging.findings import FAULT, Report
from grader.judging.mistakes.known import known_mistakes
from grader.report.as_json import to_dict
from grader.sandbox import Limits
from grader.submission import Submission

PR_SET_CHILD_SUBREAPER = 36
LIMITS = {"patient": Limits(), "hurried": Limits(submission_seconds=4.0, check_seconds=0.3)}
SETTLING = 3.0  # what is killed needs a moment until it is gone
NEXT = {  # what is judged of the next submission, so that it goes fast
    "lecture1_micrograd": ("slope", "value-backward", "neuron", "softmax"),
    "lecture2_bigram": ("split-words", "one-hot"),
    "lecture4_batchnorm": ("linear",),
}
NOTHING: dict[str, Any] = {"score": 0, "statuses": {}, "messages": [], "printed": "", "report": {"findings": []}}
FLEETING = {"processes", "descriptors"}


class Bench:
    """The examiners, the planted secrets, and the eyes on what is left behind."""

    def __init__(self, level: str, folder: Path, stack: ExitStack) -> None:
        self.level = level
        self.stack = stack
        self.planted = Planted(folder)
        self.traces = Traces(folder, self.planted.marker, self.planted.key + 1)
        self.examiners: dict[str, examiner.Examiner] = {}
        self.before: dict[str, Any] = {}
        self.standing: dict[str, Any] = {}

    def examiner(self, lecture: str, pace: str) -> examiner.Examiner:
        if lecture not in self.examiners:
            made = examiner.examiner(load().lecture(lecture), self.planted.seed, level=self.level)
            self.examiners[lecture] = self.stack.enter_context(made)
            self.before[lecture] = self.honest(lecture)
            self.standing = {}
        self.examiners[lecture].box.limits = LIMITS[pace]
        return self.examiners[lecture]

    def honest(self, lecture: str) -> dict[str, Any]:
        """What of the reference's report must always be the same."""
        files = reference_sources(load().lecture(lecture))
        files = {name: f"{text}\n# {self.planted.tokens['neighbour']}\n" for name, text in files.items()}
        self.examiners[lecture].box.limits = LIMITS["patient"]
        report = self.examiners[lecture].examine(_submission(lecture, files), NEXT[lecture])
        return {
            "score": f"{report.score} of {report.max_score}",
            "findings": [{k: v for k, v in f.items() if k != "seconds"} for f in to_dict(report)["findings"]],
        }

    def judge(self, job: dict[str, Any]) -> dict[str, Any]:
        """The attack, and then an honest submission."""
        attack = job["attack"]
        lecture = attack["lecture"]
        examiner = self.examiner(lecture, "hurried" if attack["hurried"] else "patient")
        before = self.standing or self.traces.standing()
        started = time.monotonic()
        try:
            said = _said(
                examiner.examine(_submission(lecture, self.files(attack)), attack["exercises"], attack["hidden"])
            )
        except Exception as error:  # as grading a class would: a row that says the grader failed
            said = NOTHING | {"faults": [repr(error)]}
        seconds = time.monotonic() - started
        following = self.honest(lecture)
        left = self._left(before)
        visits = self.planted.visits()
        if left:
            self.traces.clear()
            self.standing = {}
        return {
            **said,
            "seconds": round(seconds, 3),
            "isolation": examiner.box.level,
            "tokens": {**self.planted.tokens, "seed": str(self.planted.seed)},
            "visits": visits,
            "left": left,
            "next": following,
            "next before": self.before[lecture],
        }

    def files(self, attack: dict[str, Any]) -> dict[str, str]:
        """What the attack hands in, with what an attacker knows: where things are, and what to search for."""
        clues = f"CLUES = {self.planted.clues(self._needles())!r}\n" if "CLUES" in attack["code"] else ""
        own = {"derivatives.py": clues + attack["code"]} if attack["code"] else {}
        return {**attack["beside"], **own}

    def _needles(self) -> dict[str, str]:
        lecture = load().lecture("lecture1_micrograd")
        hidden = next(test.sentence for test in suite.tests_of(lecture) if test.visibility == suite.HIDDEN)
        line = max(reference_sources(lecture)["engine.py"].splitlines(), key=len).strip()
        mistake = next(iter(known_mistakes(lecture.id))).sentence
        return {"hidden check": hidden, "reference": line, "misconception": mistake, **self.planted.tokens}

    def _left(self, before: dict[str, Any]) -> dict[str, Any]:
        """What differs from before, after a moment for what is still ending."""
        until = time.monotonic() + SETTLING
        while True:
            self.standing = self.traces.standing()
            left = _changes(before, self.standing)
            if not FLEETING.intersection(left) or time.monotonic() > until:
                return left
            time.sleep(0.02)


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {
        what: {"gone": [x for x in value if x not in after[what]], "new": [x for x in after[what] if x not in value]}
        for what, value in before.items()
        if value != after[what]
    }


def _said(report: Report) -> dict[str, Any]:
    """The report, and what of it is asked for most."""
    return {
        "score": report.score,
        "max_score": report.max_score,
        "statuses": {id: report.status_of(id) for id in dict.fromkeys(f.exercise for f in report.findings)},
        "faults": [f.message for f in report.findings if f.status == FAULT],
        "messages": [f.message for f in report.findings if f.message],
        "printed": "".join(dict.fromkeys(f.printed for f in report.findings)),
        "report": to_dict(report),
    }


def _submission(lecture: str, files: dict[str, str]) -> Submission:
    return Submission("student", load().lecture(lecture), {name: text.encode() for name, text in files.items()})


def _answers(bench: Bench) -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        job = json.loads(line)
        yield bench.judge(job) if job else {"pid": os.getpid(), "uid": os.getuid()}


def main() -> None:
    """Serve until standard input ends. Orphans come to us, so that none gets out of sight."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    os.set_inheritable(0, False)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    with ExitStack() as stack:
        bench = Bench(sys.argv[1], Path(sys.argv[2]), stack)
        stack.callback(bench.planted.close)
        for answer in _answers(bench):
            print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
