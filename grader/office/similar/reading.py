"""The modules of a class as text, one lecture of it. Nothing of them is executed."""

import tempfile
from pathlib import Path

from grader.course import Lecture, load
from grader.errors import SubmissionError
from grader.office.intake import Inbox
from grader.office.intake.safe_names import told_apart
from grader.submission import open_submission


def sources_of(inbox: Inbox, lecture: Lecture) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The modules of each student, by the name that tells them apart; and whose hand-in cannot be opened."""
    found: dict[str, dict[str, str]] = {}
    left_out: list[str] = []
    with tempfile.TemporaryDirectory(prefix="grader-similar-") as scratch:
        for one in inbox.hand_ins:
            name = told_apart(one.person.name, one.folder)
            try:
                with one.on_disk(Path(scratch)) as path:
                    found[name] = open_submission(path, load(), lecture, one.person.name).sources()
            except SubmissionError:
                left_out.append(name)
    return found, left_out
