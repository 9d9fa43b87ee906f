"""The student's side of a watch: the course folder, how its files are read, and when they were saved."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.course import Exercise, Lecture
from grader.desk.progress import Progress
from grader.report.words import Paint
from grader.submission import Submission


@dataclass(frozen=True)
class Student:
    """Who watches: where the work lies, and how to write to the terminal."""

    root: Path
    open: Callable[[Lecture], Submission]
    width: Callable[[], int]
    paint: Paint

    @property
    def progress(self) -> Progress:
        """What has been done, by the files as they are now."""
        return Progress(self.root)

    def saved(self, exercise: Exercise, progress: Progress) -> str:
        """The file of an exercise, or the notebook whose cells stand in for it, and when it was saved."""
        in_notebook = progress.is_in_notebook(exercise)
        name = progress.notebooks[exercise.lecture][exercise.file] if in_notebook else exercise.file
        try:
            seconds = (self.root / exercise.lecture / Path(name).name).stat().st_mtime
        except OSError:
            return f"{name} is not there"
        return f"{name} as saved at {time.strftime('%H:%M:%S', time.localtime(seconds))}"
