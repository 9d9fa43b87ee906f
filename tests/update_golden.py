"""Write the expected report of every golden submission anew, and what is told of every known mistake:

    python tests/update_golden.py [LECTURE | SITUATION | messages ...]

Read the difference aloud before you commit it: each message in it is what a student will be told.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from golden import LIMITS, SEED, Situation, lasting, situations
from mistake_messages import as_text, file_of, mistake_messages

from grader.course import Lecture, load
from grader.judging.examiner import Examiner, examiner


def main() -> None:
    """All situations, or those named on the command line."""
    wanted = set(sys.argv[1:])
    chosen = [s for s in situations() if not wanted or wanted & {s.name, s.lecture.id, f"{s.lecture.id}/{s.name}"}]
    with tempfile.TemporaryDirectory() as nothing:
        os.environ["XDG_CACHE_HOME"] = nothing  # as in the tests: the project's own list of names, for everybody
        write(chosen)
        write_messages([e for e in load().lectures if not wanted or wanted & {"messages", e.id}])


def write(chosen: list[Situation]) -> None:
    """With one examiner for each lecture."""
    for lecture in load().lectures:
        if not any(situation.lecture == lecture for situation in chosen):
            continue
        with examiner(lecture, SEED, LIMITS, tries_made=True) as judge:
            for situation in chosen:
                if situation.lecture == lecture:
                    changed = update(situation, judge)
                    print(f"{'wrote' if changed else 'same '}  {lecture.id}/{situation.name}")


def write_messages(lectures: list[Lecture]) -> None:
    """What is told of each known mistake."""
    for lecture in lectures:
        with examiner(lecture, SEED, LIMITS) as judge:
            file_of(lecture).write_text(as_text(mistake_messages(judge)), encoding="utf-8")
        print(f"wrote  messages/{lecture.id}.json")


def update(situation: Situation, judge: Examiner) -> bool:
    """Write its expected report; whether that changed."""
    report = lasting(situation.report(judge), situation.varies)
    expected = json.dumps(report, indent=1, ensure_ascii=True) + "\n"
    changed = not situation.expected_file.exists() or situation.expected_file.read_text(encoding="utf-8") != expected
    situation.expected_file.write_text(expected, encoding="utf-8")
    return changed


if __name__ == "__main__":
    main()
