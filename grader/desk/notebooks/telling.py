"""What a check in a notebook says, as text and as a part of a page: places are those of cells, commands are magics."""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress

from grader.course import Lecture
from grader.desk.overview import summary
from grader.desk.pictures import Picture, motifs, pictures_of
from grader.desk.progress import Progress
from grader.errors import UsageError
from grader.judging.findings import ERRORED, FAILED, PASSED, TODO, Report
from grader.report import as_html, terminal
from grader.report.words import Paint
from grader.submission import Submission
from grader.submission.running import Running

MAGIC = re.compile(r"\bgrader (?=(?:check|hint) )")


def cell_text(
    report: Report, progress: Progress, ids: list[str], hidden: bool, width: int, paint: Paint, verbose: bool
) -> str:
    """A check's result, for a notebook that shows no pages."""
    places = {
        one.id: progress.place(one) if progress.source(one) is not None else "its cell was not run yet"
        for one in report.submission.lecture.exercises
    }
    if len(ids) == 1:
        body = terminal.detail(report, ids[0], width, paint, places[ids[0]], verbose)
    else:
        body = terminal.overview(report, width, paint, places.__getitem__, verbose)
    told = [*report.submission.remarks, body, "", *_below(report, ids, hidden)]
    return in_the_notebook("\n".join(told), report.submission, progress.running)


def cell_page(report: Report, progress: Progress, ids: list[str], hidden: bool) -> str:
    """The same as a part of a page, with the pictures of an exercise that has passed."""
    stuck = next((id for id in ids if report.status_of(id) in (FAILED, ERRORED, TODO)), None)
    lines = [*_below(report, ids, hidden), *([f"Stuck? grader hint {stuck}"] if stuck else [])]
    page = as_html.to_cell(report, lines, _pictures(report, ids))
    return in_the_notebook(page, report.submission, progress.running)


def _below(report: Report, ids: list[str], hidden: bool) -> Iterator[str]:
    if report.dataset:
        yield f"Measured with {report.dataset}"
    yield summary(report, report.submission.lecture, ids, hidden)


def _pictures(report: Report, ids: list[str]) -> Iterator[as_html.Shown]:
    """What is drawn of one exercise that has passed; nothing where there is no picture, or nothing to draw with."""
    lecture = report.submission.lecture
    if len(ids) != 1 or report.status_of(ids[0]) != PASSED:
        return
    for name in _names(lecture, ids[0]):
        with suppress(UsageError):
            found = pictures_of(lecture, report.submission.sources(), name)
            yield from (shown(one) for one in found if isinstance(one, Picture))


def _names(lecture: Lecture, exercise: str) -> list[str]:
    try:
        return [motif.name for motif in motifs(lecture) if motif.exercises[-1] == exercise]
    except UsageError:
        return []


def shown(picture: Picture) -> as_html.Shown:
    """A picture that stands within a page."""
    return as_html.Shown(picture.title, picture.text, base64.b64encode(picture.png()).decode())


def in_the_notebook(text: str, submission: Submission, running: Running | None) -> str:
    """The text with commands as magics, and lines of modules as lines of the cells that they come from."""
    if running is None:
        return text

    def place(found: re.Match[str]) -> str:
        return running.at(submission.lecture.id, submission.files, found[1], int(found[2])) or found[0]

    return MAGIC.sub("%", re.sub(rf"\b(?:{re.escape(submission.lecture.id)}/)?(\w+\.py):(\d+)", place, text))
