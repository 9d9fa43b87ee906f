"""What a student is shown, for many folders: run with our kit and with a student kit, and held side by side.

As a program, `release_kit.py LECTURE FOLDER` prints one JSON object: the name of each folder in FOLDER to all texts.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

TESTS = Path(__file__).parent


def shown(lecture_id: str, folder: Path) -> dict[str, list[str]]:
    """For each course folder in `folder` what check, the hint, the overview, the list and the replay say."""
    from grader.course import load
    from grader.judging.examiner import examiner

    lecture = load().lecture(lecture_id)
    found = {}
    with examiner(lecture, 1, tries_made=True) as judge:
        for root in sorted(folder.iterdir()):
            found[root.name] = list(_shown(judge, lecture, root))
    return found


def _shown(judge, lecture, root: Path):
    from grader.course import load
    from grader.desk import overview
    from grader.desk.hints import next_hint
    from grader.desk.progress import Progress
    from grader.errors import UsageError
    from grader.report.as_json import to_json
    from grader.submission import open_submission

    def plain(text: str, colour: str) -> str:
        return text

    course, progress = load(), Progress(root)
    submission = open_submission(root, course, lecture, "you", own=True)
    report = judge.examine(submission, hidden=False)
    progress.remember(report)
    ids = [exercise.id for exercise in lecture.exercises]
    yield _without_running(overview.check_text(report, course, progress, ids, False, 80, plain, True))
    alone = replace(course, lectures=(lecture,))  # a kit may have fewer than there are
    yield overview.status_text(alone, progress, 80, plain)
    yield overview.list_text(alone, progress, 80, plain)
    found = [_without_time(finding) for finding in json.loads(to_json(report))["findings"]]
    yield _without_running(json.dumps(found, indent=1))
    for id in report.cases:
        exercise = course.exercise(id)
        yield next_hint(exercise, progress, 80)
        try:
            yield _replayed(exercise, lecture, submission, progress, plain)
        except UsageError as error:
            yield str(error)


def _replayed(exercise, lecture, submission, progress, plain) -> str:
    from grader.course import load
    from grader.desk import overview
    from grader.desk.replay import replay

    case = replay(exercise, lecture, submission.sources(), progress.failing_case(exercise))
    return overview.replay_text(exercise, case, load(), progress, 80, plain)


def _without_running(text: str) -> str:
    """What was running when an endless loop was stopped is another line each time."""
    return re.sub(r"running lecture\w+/[^\n]*", "running", text)


def _without_time(finding: dict) -> dict:
    return {key: value for key, value in finding.items() if key != "seconds"}


def shown_by(kit: Path, lecture: str, folder: Path, course: Path | None = None) -> dict[str, list[str]]:
    """The same, by the kit whose package `grader` lies in that folder."""
    environment = {**os.environ, "PYTHONPATH": str(kit), "PYTHONSAFEPATH": "1", "GRADER_OURS_ALONE": "1"}
    environment.pop("GRADER_COURSE", None)
    environment |= {"GRADER_COURSE": str(course)} if course else {}
    done = subprocess.run(
        [sys.executable, __file__, lecture, str(folder)], env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


if __name__ == "__main__":
    print(json.dumps(shown(sys.argv[1], Path(sys.argv[2]))))
