"""What the commands print besides a report: the result of a check, a replay, a package, and what to do now."""

import hashlib
from collections import Counter
from pathlib import Path

from grader.course import Course, Exercise, Lecture
from grader.desk.progress import Progress
from grader.desk.replay import as_finding
from grader.desk.standing import next_step
from grader.desk.typed import typed
from grader.judging import messages
from grader.judging.case import Case
from grader.judging.findings import BLOCKED, ERRORED, FAILED, PASSED, TODO, Report
from grader.judging.suite import PUBLIC, tests_of
from grader.report import terminal
from grader.report.broken import broken_file
from grader.report.words import Paint
from grader.submission.packing import Choice, unpromised


def check_text(
    report: Report, course: Course, progress: Progress, ids: list[str], hidden: bool,
    width: int, paint: Paint, verbose: bool,
) -> str:  # fmt: skip
    """A check's result, then the score, then what to do now."""
    lecture = report.submission.lecture
    places = {e.id: progress.place(e) for e in lecture.exercises}
    if len(ids) == 1:
        body = terminal.detail(report, ids[0], width, paint, places[ids[0]], verbose)
    else:
        body = terminal.overview(report, width, paint, places.__getitem__, verbose)
    if report.dataset:
        body += f"\n\nMeasured with {report.dataset}"
    return f"{body}\n\n{summary(report, lecture, ids, hidden)}\n{_now(report, course, progress, ids)}"


def replay_text(exercise: Exercise, case: Case, course: Course, progress: Progress, width: int, paint: Paint) -> str:
    """The last failing case of an exercise measured again, and what to do now."""
    lines = typed(case, course.lecture(exercise.lecture))
    finding = as_finding(exercise, case, lines)
    body = terminal.single(finding, width, paint, progress.place(exercise))
    if finding.status == PASSED:
        return f"{body}\n\nThis case passes now. Check the others: grader check {exercise.id}"
    names = "; ".join(f"from {name} import *" for name in case.probe.modules)
    prompt = (
        f"To try it in a Python prompt, start it in {exercise.lecture} with:\n  {names}\n"
        if lines.runs and not progress.running
        else ""
    )
    place = messages.place(case.yours) if finding.status == ERRORED else ""
    return f"{body}\n\n{prompt}{_open(exercise, place, progress, stuck=True)}"


def summary(report: Report, lecture: Lecture, ids: list[str], hidden: bool) -> str:
    """How many points, and how many more hidden checks decide."""
    kind = "points" if hidden else "public points"
    line = f"{report.score} of {report.max_score} {kind}."
    public = sum(t.points for t in tests_of(lecture) if t.exercise in ids and t.visibility == PUBLIC)
    more = sum(exercise.points for exercise in lecture.exercises if exercise.id in ids) - public
    if hidden or not more:
        return line
    return f"{line} {more} more {'is' if more == 1 else 'are'} decided by hidden checks at grading."


def _now(report: Report, course: Course, progress: Progress, ids: list[str]) -> str:
    """What to open: the first that is wrong, else the first not written, else what the first blocked one waits for."""
    for status in (FAILED, ERRORED, TODO, BLOCKED):
        found = next((id for id in ids if report.status_of(id) == status), None)
        if found:
            findings = [finding for finding in report.of_exercise(found) if finding.status == status]
            if broken := broken_file(report, found):
                return f"Next: {broken.place}"
            waits_for = findings[0].blocked_by or found
            stuck = status in (TODO, BLOCKED)
            again = f"Its smallest failing case alone: grader check {found} --replay\n"
            shown = again if found in report.cases and not stuck else ""
            return shown + _open(course.exercises[waits_for], findings[0].place, progress, stuck)
    following = next_step(course, progress)
    lecture = report.submission.lecture
    if progress.done(lecture) < len(lecture.exercises):
        return following
    return f"Lecture {lecture.number} is complete. Hand it in: grader pack {lecture.id}\n{following}"


def _open(exercise: Exercise, place: str, progress: Progress, stuck: bool) -> str:
    if progress.source(exercise) is None:
        where = f"{exercise.lecture}/{exercise.file}"
        if exercise.is_data:
            return f"Next: {exercise.id}, hand in {where}; {exercise.lecture}/README.md says how"
        return f"Next: {where} is not there. This writes what is missing: grader stubs --to {progress.root}"
    hint = f"\nStuck? grader hint {exercise.id}" if stuck else ""
    return f"Next: {exercise.id}, {place or progress.place(exercise)}{hint}"


def pack_text(choice: Choice, report: Report, file: Path, data: bytes) -> str:
    """What went into a package, and how it does."""
    names = [
        f"{name} (cells of {choice.notebooks[name]})" if name in choice.notebooks else name for name in choice.included
    ]
    lines = [f"included  {', '.join(names)}", *(f"taken     {remark}" for remark in choice.remarks)]
    if choice.ignored:
        lines.append(f"ignored   {', '.join(choice.ignored)}")
    if choice.missing:
        lines.append(f"missing   {', '.join(choice.missing)}   (unfinished work may be handed in)")
    lines += [
        f"note      {file} imports {name}, which may not be there at grading" for file, name in unpromised(choice)
    ]
    ids = list(dict.fromkeys(finding.exercise for finding in report.findings))
    counts = Counter(report.status_of(id) for id in ids)
    told = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    hidden = report.submission.lecture.points - report.max_score
    return "\n".join([
        *lines,
        f"checked   {len(ids)} exercises of exactly this package: {told}",
        f"Wrote {file}   {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()[:16]}...",
        f"Public checks: {report.score} of {report.max_score} points. {hidden} more are decided at grading.",
    ])  # fmt: skip
