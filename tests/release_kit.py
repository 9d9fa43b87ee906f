"""What a student is shown, for many folders: run with our kit and with a student kit, and held side by side.

As a program it runs beside whichever package `grader` is found first:
`release_kit.py show LECTURE FOLDER` prints what is shown of each folder in FOLDER, `release_kit.py record LECTURE KIT
[FILE]` makes the student kit of a lecture, with all made mistakes or with what FILE says was looked at, and
`release_kit.py redraw LECTURE KIT` makes one without mistakes, with a torch that draws other numbers.
"""

import json
import os
import pickle
import subprocess
import sys
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

TESTS = Path(__file__).parent
ANSWERS = "GRADER_TESTS_ANSWERS"  # where what our solution and the known mistakes give is kept for all tests

Shown = dict[str, list[str]]
LookedAt = dict[str, list[str]]  # of made mistakes: parts of a recording, and questions by their keys
NOTHING: LookedAt = {"parts": [], "questions": []}


def shown(lecture_id: str, folder: Path) -> tuple[Shown, LookedAt]:
    """For each course folder in `folder` what check, the hint, the overview, the list and the replay say.

    Beside it, which made mistakes were looked at. What the code in a folder gives is measured by whoever comes first.
    """
    from grader.course import load
    from grader.judging.examiner import examiner
    from grader.judging.shared_answers import Answers

    lecture, looked_at = load().lecture(lecture_id), {name: set[str]() for name in NOTHING}
    kept, found = Kept(folder.with_name(f"{folder.name}.measured")), {}
    answers = Answers(Path(os.environ[ANSWERS])) if ANSWERS in os.environ else None
    with watched(looked_at), examiner(lecture, 1, answers=answers, tries_made=True) as judge:
        for root in sorted(folder.iterdir()):
            found[root.name] = list(_shown(judge, lecture, root, kept))
    kept.write()
    return found, {name: sorted(seen) for name, seen in looked_at.items()}


@contextmanager
def watched(looked_at: dict[str, set[str]]):
    """Keep which made mistakes are looked at, and in which questions. Those beside a known one are in no recording."""
    from grader.judging.mistakes.made.trying import Slips
    from grader.judging.recorded.answers import keys_of

    left, answer = Slips._left, Slips._answer

    def kinds(self, exercise):
        for kind in self.kinds:
            looked_at["parts"].update(
                [f"{kind.__name__.removesuffix('_of')}-{exercise}"] if type(self) is Slips else []
            )
            yield kind(self.lecture).get(exercise, ())

    def asked(ask):
        def noted(self, of, case):
            looked_at["questions"].update(keys_of(case.probe, case.inputs) if type(self) is Slips else [])
            return ask(self, of, case)

        return noted

    with patch.multiple(Slips, _kinds=kinds, _left=asked(left), _answer=asked(answer)):
        yield


class Kept:
    """What the code in each folder gave to each question, in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.known = pickle.loads(file.read_bytes()) if file.exists() else {}
        self.alike = {}

    def of(self, root: Path, subject) -> "Once":
        return Once(subject, self.known.setdefault(root.name, {}), self.alike)

    def write(self) -> None:
        self.file.write_bytes(pickle.dumps(self.known))


class Once:
    """A submission's code, which is asked what is not known yet. What is alike is kept once for all."""

    def __init__(self, subject, known, alike) -> None:
        self.subject = subject
        self.known = known
        self.alike = alike

    def observe(self, probe, inputs):
        from grader.sandbox.observation import Asked

        key = probe.name, Asked.of(inputs).sha256
        if key not in self.known:
            one = self.subject.observe(probe, inputs)
            self.known[key] = self.alike.setdefault((one.digest, replace(one, value=None)), one)
        return self.known[key]


def _shown(judge, lecture, root: Path, kept: Kept):
    from grader.course import load
    from grader.desk import overview, standing
    from grader.desk.hints import next_hint
    from grader.desk.progress import Progress
    from grader.errors import UsageError
    from grader.report.as_json import to_json
    from grader.sandbox.sandboxed import Sandboxed
    from grader.submission import open_submission

    def plain(text: str, colour: str) -> str:
        return text

    course, progress = load(), Progress(root)
    submission = open_submission(root, course, lecture, "you", own=True)
    with Sandboxed(judge.box, submission.sources()) as subject:
        once = kept.of(root, subject)
        report = judge.judge(submission, once, hidden=False)
    progress.remember(report)
    ids = [exercise.id for exercise in lecture.exercises]
    alone = replace(course, lectures=(lecture,))  # a kit may have fewer than there are
    yield overview.check_text(report, alone, progress, ids, False, 80, plain, True)
    yield standing.status_text(alone, progress, 80, plain)
    yield standing.list_text(alone, progress, 80, plain)
    found = [_without_time(finding) for finding in json.loads(to_json(report))["findings"]]
    yield json.dumps(found, indent=1)
    yield "\n".join(report.submission.remarks)
    for id in report.cases:
        exercise = course.exercise(id)
        yield next_hint(exercise, progress, 80)
        try:
            with replaying(judge.box, once):
                yield _replayed(exercise, lecture, submission, progress, plain)
        except UsageError as error:
            yield str(error)


@contextmanager
def replaying(box, once: Once):
    """Let a replay take the warm process that is there, and what was measured: an endless loop stops anywhere."""
    with (
        patch("grader.desk.replay.Sandbox", lambda lecture: nullcontext(box)),
        patch("grader.desk.replay.Sandboxed", lambda box, files: nullcontext(once)),
    ):
        yield


def _replayed(exercise, lecture, submission, progress, plain) -> str:
    from grader.course import load
    from grader.desk import overview
    from grader.desk.replay import replay

    case = replay(exercise, lecture, submission.sources(), progress.failing_case(exercise))
    return overview.replay_text(exercise, case, load(), progress, 80, plain)


def _without_time(finding: dict) -> dict:
    return {key: value for key, value in finding.items() if key != "seconds"}


def record(lecture_id: str, kit: Path, looked_at: LookedAt | None) -> None:
    """Make the student kit of a lecture; of made mistakes what was looked at alone, with those that copies are of."""
    from grader.course import load
    from grader.judging.mistakes.made.making import copies_of
    from grader.release.recording import Recorder
    from grader.release.tree import release

    lecture, made = load().lecture(lecture_id), Recorder.made
    wanted = set((looked_at or NOTHING)["parts"])
    copies = [
        slip for exercise, slips in copies_of(lecture).items() for slip in slips if f"copies-{exercise}" in wanted
    ]
    wanted |= {f"slips-{slip.inner.place.exercise}" for slip in copies}

    def fewer(recorder, wanted):
        recorder.copies.groups = list(narrowed(recorder, set(looked_at["questions"]))) if looked_at else recorder.judged
        return made(recorder, wanted)

    with patch.object(Recorder, "made", fewer):
        release(kit, [lecture], lambda part: looked_at is None or part in wanted, lambda text: None)


def narrowed(recorder, questions: set[str]):
    """The groups of a recorder with these questions alone."""
    for group in recorder.judged:
        places = [place for place, key in enumerate(group.keys) if key in questions]
        if places:
            part = replace(group, inputs=tuple(group.inputs[place] for place in places))
            recorder.answers[part] = [recorder.answers[group][place] for place in places]
            yield part


def redraw(lecture_id: str, kit: Path) -> None:
    """Make the student kit of a lecture where each generator of torch draws what belongs to the next seed."""
    import torch

    from grader.release.recording import Recorder

    class Other(torch.Generator):
        def manual_seed(self, seed: int) -> torch.Generator:
            return super().manual_seed(seed + 1)

    seeded = torch.manual_seed
    with (
        patch("torch.Generator", Other),
        patch("torch.manual_seed", lambda seed: seeded(seed + 1)),
        patch.object(Recorder, "_known", lambda recorder: {"mistakes": [], "table": {}}),
        patch.object(Recorder, "_pairs", lambda recorder: {"pairs": [], "table": {}}),
    ):
        record(lecture_id, kit, NOTHING)


def program(kit: Path, *words: object, course: Path | None = None) -> str:
    """What this file prints, run by the kit whose package `grader` lies in that folder."""
    environment = {**os.environ, "PYTHONPATH": str(kit), "PYTHONSAFEPATH": "1", "GRADER_OURS_ALONE": "1"}
    environment.pop("GRADER_COURSE", None)
    environment |= {"GRADER_COURSE": str(course)} if course else {}
    done = subprocess.run(
        [sys.executable, __file__, *map(str, words)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def shown_by(kit: Path, lecture: str, folder: Path, course: Path | None = None) -> tuple[Shown, LookedAt]:
    """What is shown by that kit, and which made mistakes it has looked at."""
    found, looked_at = json.loads(program(kit, "show", lecture, folder, course=course))
    return found, looked_at


def record_by(kit: Path, lecture: str, to: Path, looked_at: LookedAt | None) -> None:
    """The student kit of a lecture, made by that kit; see `record`."""
    file = to.with_name(f"{to.name}.looked_at.json")
    file.write_text(json.dumps(looked_at), encoding="utf-8")
    program(kit, "record", lecture, to, *([file] if looked_at else []))


if __name__ == "__main__":
    task, lecture, folder, *files = sys.argv[1:]
    if task == "record":
        record(lecture, Path(folder), *([json.loads(Path(file).read_text()) for file in files] or [None]))
    elif task == "redraw":
        redraw(lecture, Path(folder))
    else:
        print(json.dumps(shown(lecture, Path(folder))))
