"""A report as text for a terminal: words carry the verdict, colour only repeats it, the last line is the summary."""

import textwrap
from collections.abc import Callable
from dataclasses import replace

from grader.judging import messages
from grader.judging.findings import BLOCKED, ERRORED, FAILED, FAULT, PASSED, TODO, Finding, Report, Shown
from grader.report.broken import broken_file, sentence, stopped_by, unseen
from grader.report.in_words import with_ours
from grader.report.words import COLOURS, WORDS, Paint, plain

SHORT = 14  # letters of a place, beside which long values may stand
MOST_LINES = 10  # of what is said of one check, unless all is asked for
MOST_PRINTED, MOST_PRINTED_IN_FULL = 3, 10  # lines that are shown of what a student prints in a check
LONG = ("with ", "at ", "running ")  # how those lines of a message begin that may be cut


def overview(report: Report, width: int, paint: Paint, places: Callable[[str], str], verbose: bool) -> str:
    """A lecture: one line per exercise, then the first that is wrong in full (all of them if verbose)."""
    ids = list(dict.fromkeys(finding.exercise for finding in report.findings))
    stopped = stopped_by(report)
    ids = [id for id in ids if not any(id in others for others in stopped.values())]
    lines = [_exercise_line(report, id, width, paint) for id in ids]
    for others in stopped.values():
        lines += ["", *_import_error(report, others, width, paint)]
    wrong = [id for id in ids if report.status_of(id) in (FAULT, FAILED, ERRORED)]
    shown = ids if verbose else wrong[:1]
    for id in shown:
        lines += ["", detail(report, id, width, paint, places(id), verbose)]
    if len(wrong) > len(shown):
        lines += [
            "",
            f"{_others(len(wrong) - len(shown))} See all: grader check {report.submission.lecture.id} -v",
        ]
    return "\n".join(lines)


def detail(report: Report, id: str, width: int, paint: Paint, place: str, verbose: bool) -> str:
    """One exercise: a line per check, and the first wrong one in full (all of them if verbose)."""
    findings = report.of_exercise(id)
    lines = [f"{id}   {place}"]
    if broken_file(report, id):
        return "\n".join([*lines, *_import_error(report, [id], width, paint)])
    explained = False
    for finding in findings:
        above = len(lines)
        lines += _finding_line(finding, width, paint).splitlines()
        if finding.status == PASSED and finding.message:
            lines += [f"{'':10}{line}" for line in _wrap(finding.message, width)]
        if finding.status not in (PASSED, TODO) and (verbose or not explained):
            lines += _body(finding, width, verbose)
            explained = True
        if finding.printed:
            room = MOST_LINES - len(lines) + above
            shown = _printed(finding, width, verbose, room)
            lines[-1:] = [lines[-1], *shown] if verbose or room > 0 else [f"{lines[-1]}   {shown[0].strip()}"]
    return "\n".join(lines)


def _import_error(report: Report, ids: list[str], width: int, paint: Paint) -> list[str]:
    """That a file cannot be imported, why, and all of which nothing could be seen."""
    broken = broken_file(report, ids[0])
    assert broken is not None
    findings = [finding for id in ids for finding in report.of_exercise(id)]
    points, most = sum(f.points for f in findings), sum(f.max_points for f in findings)
    all_of_it = replace(findings[0], status=ERRORED, sentence=sentence(broken), points=points, max_points=most)
    why = [line for text in (*broken.told.splitlines(), unseen(ids)) for line in _wrap(text, width)]
    return [_finding_line(all_of_it, width, paint), *_indented(why)]


def single(finding: Finding, width: int, paint: Paint, place: str) -> str:
    """One case that was measured again: what to type in, what happened, yours and expected."""
    program, _, remark = finding.sentence.partition("\n")
    first, *rest = _typed(program, width)
    rest += textwrap.wrap(remark, width - 12, initial_indent="# ", subsequent_indent="# ")
    told = [line for line in with_ours(finding.message.splitlines()) if not line.startswith("with ")]
    body = _difference(finding.difference, width) if finding.difference else told
    lines = [*rest, *(line for part in body for line in _wrap(part, width))]
    return "\n".join([f"{finding.exercise}   {place}", f"  {_word(finding.status, paint)} {first}", *_indented(lines)])


def _typed(program: str, width: int) -> list[str]:
    """A program in lines that can be typed in as they stand: broken between its statements alone."""
    lines = [""]
    for statement in program.split("; "):
        longer = f"{lines[-1]}; {statement}" if lines[-1] else statement
        if len(longer) <= width - 10:
            lines[-1] = longer
        else:
            lines.append(statement)
    return [line for line in lines if line]


def _indented(lines: list[str]) -> list[str]:
    return [f"{'':10}{line}" for line in lines]


def _exercise_line(report: Report, id: str, width: int, paint: Paint) -> str:
    findings = report.of_exercise(id)
    status = report.status_of(id)
    score = f"{sum(f.points for f in findings)}/{sum(f.max_points for f in findings)}"
    blocker = next((f.blocked_by for f in findings if f.blocked_by), "") if status == BLOCKED else ""
    named = dict.fromkeys(named.id for f in findings for named in f.misconceptions)
    note = f"waits for {blocker}" if blocker else f"[{' '.join(named)}]" if named else ""
    return f"  {_word(status, paint)} {id:<20}{score:>6}   {note}".rstrip()


def _finding_line(finding: Finding, width: int, paint: Paint) -> str:
    score = f"{finding.points}/{finding.max_points}"
    room = width - 10 - len(score) - 2
    first, *rest = textwrap.wrap(finding.sentence, max(room, 30)) or [""]
    line = f"  {_word(finding.status, paint)} {first:<{room}}  {score}"
    return "\n".join([line, *(f"{'':10}{part}" for part in rest)])


def _word(status: str, paint: Paint) -> str:
    return paint(f"{WORDS[status]:<7}", COLOURS[status])


def _body(finding: Finding, width: int, verbose: bool) -> list[str]:
    """What was looked at, yours and expected, the mistake, a question, the next command."""
    told, long = _told(finding, width, verbose)
    parts = [_wrap(text, width) for text in told]
    named, besides = [*_recognised(finding, width), *_as_if(finding, width)], _besides(finding, width)
    following = [f"Hint: grader hint {finding.exercise}"] if finding.status in (FAILED, ERRORED) else []
    every = [*parts, *named, *besides, following]
    if not verbose:
        before = _finding_line(finding, width, plain).count("\n") + 1
        over = before + sum(map(len, every)) + bool(finding.printed) - MOST_LINES
        left = _cut([part for part, text in zip(parts, told, strict=True) if text in long], over, width)
        _cut([*(part for part, text in zip(parts, told, strict=True) if text not in long), *besides], left, width)
    return _indented([line for part in every for line in part])


def _told(finding: Finding, width: int, verbose: bool) -> tuple[list[str], set[str]]:
    """What is told of a case, and which of it is cut first: inputs, both sides, lines of code.

    Of an exception that a known mistake explains, the line where it was raised is enough.
    """
    if finding.difference:
        inputs = finding.difference.inputs
        return [inputs, *_difference(finding.difference, width)], {inputs, *_sides(finding.difference, width)}
    told = finding.message.splitlines()
    if finding.misconceptions and not verbose:
        last = max((i for i, line in enumerate(told) if line.startswith("at ")), default=0)
        told = [line for i, line in enumerate(told) if i >= last or not line.startswith("at ")]
    if not finding.misconceptions:
        told = list(with_ours(told))
    return told, {line for line in told if line.startswith(LONG)}


def _cut(parts: list[list[str]], lines: int, width: int) -> int:
    """Take so many lines off the ends of these parts, each from the longest, and say so; how many could not be taken.

    One line of each stays.
    """
    whole, left = [len(part) for part in parts], max(lines, 0)
    while left and any(len(part) > 1 for part in parts):
        max(parts, key=len).pop()
        left -= 1
    for part, length in zip(parts, whole, strict=True):
        if hidden := length - len(part):
            more = f" ... ({hidden} more line{'s' if hidden > 1 else ''}: -v)"
            part[-1] = part[-1][: max(width - 10, 40) - len(more)] + more
    return left


def _recognised(finding: Finding, width: int) -> list[list[str]]:
    """The name of the mistake, the earlier one if they are two, and a question."""
    return [
        _wrap(text, width)
        for named in finding.misconceptions[:1]
        for text in (f"Recognised: {named.sentence}  [{named.id}]", f"Ask yourself: {named.question}")
    ]


def _as_if(finding: Finding, width: int) -> list[list[str]]:
    """What a made mistake says, where none was recognised."""
    return [_wrap(finding.as_if.sentence, width)] if finding.as_if else []


def _besides(finding: Finding, width: int) -> list[list[str]]:
    """The name of the other mistake."""
    return [_wrap(f"And besides: {named.sentence}  [{named.id}]", width) for named in finding.misconceptions[1:]]


def _difference(shown: Shown, width: int) -> list[str]:
    """How much of the step is wrong, both sides, and what turns one into the other."""
    reach = [messages.reach(shown)] if shown.reach else []
    return [*reach, *_sides(shown, width), *messages.remarks(shown)]


def _sides(shown: Shown, width: int) -> list[str]:
    """Both sides in one line, or one below the other beside the place, or below the place: whatever fits."""
    gap = f"   off by {shown.gap}{f' ({shown.relative})' if shown.relative else ''}" if shown.gap else ""
    place = "" if shown.reach else shown.where
    yours, expected = f"yours {shown.yours}", f"expected {shown.expected}{gap}"
    in_one = ["   ".join(filter(None, (place, yours, expected)))]
    beside = [f"{place}   {yours}", f"{'':{len(place)}}{expected}"]
    for way in (in_one, beside):
        if max(map(len, way)) <= width - 10:
            return way
    return beside if len(place) <= SHORT else [place, f"   {yours}", expected]


def _printed(finding: Finding, width: int, verbose: bool, room: int) -> list[str]:
    """What the student's code printed in a check, line by line; what is cut off is counted, if need be all of it."""
    lines = finding.printed.splitlines()
    if not verbose and room < min(len(lines), MOST_PRINTED + 1) + 1:
        return _indented([f"Your code printed {len(lines):,} line{'s' if len(lines) > 1 else ''}: -v"])
    most = MOST_PRINTED_IN_FULL if verbose else MOST_PRINTED
    hidden = len(lines) - most
    more = f"... ({hidden:,} more line{'s' if hidden > 1 else ''}{'' if verbose else ': -v'})"
    shown = [_fitted(line, width - 12) for line in lines[:most]] + ([more] if hidden > 0 else [])
    return _indented(["Your code printed:", *(f"| {line}".rstrip() for line in shown)])


def _fitted(line: str, room: int) -> str:
    """A line in its room, with the count of the letters that are left out."""
    if len(line) <= room:
        return line
    kept = room - len(f" ... ({len(line):,} more letters)")
    return f"{line[:kept]} ... ({len(line) - kept:,} more letters)"


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width - 10, 40), subsequent_indent="  ", break_on_hyphens=False)


def _others(count: int) -> str:
    return "One other exercise is not right yet." if count == 1 else f"{count} other exercises are not right yet."
