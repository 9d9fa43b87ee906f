"""The sentences of a report. What was looked at, yours and expected, what was running; never a blame."""

import math
import re

from grader.course.safe_text import clean
from grader.judging.case import Case
from grader.judging.comparison import first_difference, show
from grader.judging.findings import Broken, Reach, Shown
from grader.sandbox.observation import DIED, NOT_PLAIN, RETURNED, TIMED_OUT, TODO, Frame, Observation

# what a refusal of plain data calls the place, and what a student calls it: result['a.grad'] is a.grad
PRINTED = "something was printed and nothing returned: what print shows goes no further"
NONE = " is None (is a return missing?)"  # as the probes say it
NO_TEXT = re.compile(r"__\w+__ returned non-\w+ \(type NoneType\)")  # as Python says it of methods such as __repr__
NOT_TRIED = "Whatever depends on draws is tried at grading alone: torch draws other numbers here."
RESULT = re.compile(r"^result(?:\['([\w. ']{1,40})'\])?")


def difference(case: Case, pattern: str = "", way: str = "") -> Shown | None:
    """The first difference of a case in which both sides returned something."""
    if case.yours.kind != RETURNED:
        return None
    found = first_difference(case.yours.value, case.expected.value, case.probe.tolerance)
    if found is None:
        return None
    way = way or _printed_instead(case.yours)
    gap = "" if found.gap is None or not math.isfinite(found.gap) else _size(found.gap)
    sides = clean(found.where, 80), clean(found.yours), clean(found.expected)
    if found.spread is None:
        return Shown(*sides, inputs(case), gap, pattern=pattern, way=way)
    spread = found.spread
    reached = Reach(clean(spread.step, 80), spread.shape, spread.wrong, spread.entries, spread.is_list)
    return Shown(*sides, inputs(case), gap, _share(found.relative), reached, pattern, way)


def _size(gap: float) -> str:
    """How far off, in three digits; a whole number in all of its digits."""
    if isinstance(gap, int):
        return show(gap)
    return f"{gap:.0f}" if gap >= 1000 and gap == int(gap) else show(float(f"{gap:.3g}"))


def _share(relative: float | None) -> str:
    """A gap as a share of what is expected; empty where that says nothing."""
    return f"{100 * relative:.3g}%" if relative is not None and 1e-6 < relative < 10 else ""


def reach(shown: Shown) -> str:
    """How much of a step is wrong, and where most."""
    assert shown.reach is not None
    one, place = shown.reach, shown.where.removeprefix(shown.reach.step)
    count = f"{one.wrong:,} of {one.entries:,} entries differ{'s' if one.wrong == 1 else ''}"
    word = "at" if one.wrong == 1 else "first at" if one.is_list else "most at"
    shape = "" if one.is_list else f", shape {one.shape}"
    return f"{one.step}{shape}: {count}, {word} {place}"


def remarks(shown: Shown) -> list[str]:
    """What turns expected into yours, and where the way was left, each as a sentence if it is known."""
    return [_sentence(text) for text in (shown.pattern, shown.way) if text]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def inputs(case: Case) -> str:
    """How the case is written down, such as a = Value(2.0); c = a + a."""
    return case.probe.show(**case.inputs)


def of_case(case: Case, pattern: str = "", way: str = "") -> str:
    """What went wrong, in one sentence and, for an exception, the lines where."""
    yours = case.yours
    if yours.kind == TODO:
        return "Not written yet."
    if yours.kind == RETURNED:
        found = difference(case, pattern, way)
        assert found is not None
        return "\n".join([*_told(found), f"with {found.inputs}"])
    return "\n".join(filter(None, [_what_happened(yours), _sentence(_printed_instead(yours)), f"with {inputs(case)}"]))


def _printed_instead(yours: Observation) -> str:
    """That printing is not returning, where nothing came back and something was printed; else empty."""
    is_none = (yours.kind == RETURNED and yours.value is None) or NONE in yours.text or NO_TEXT.fullmatch(yours.text)
    return PRINTED if is_none and yours.printed else ""


def _told(found: Shown) -> list[str]:
    gap = f", off by {found.gap}{f' ({found.relative})' if found.relative else ''}" if found.gap else ""
    sides = f"is {found.yours}, expected {found.expected}{gap}"
    first = [reach(found), f"{found.where} {sides}"] if found.reach else [f"{found.where} {sides}"]
    return [*first, *remarks(found)]


def _what_happened(yours: Observation) -> str:
    if yours.kind == TIMED_OUT:
        return _with_lines(f"The check was {yours.text}.", yours.frames[:2], "running")
    if yours.kind == DIED:
        return _with_lines(f"The check was lost: {yours.text}.", yours.frames[:2], "running")
    if yours.kind == NOT_PLAIN:
        return f"{RESULT.sub(_place_in_result, yours.text)}; only numbers, text, and lists of them can be compared."
    if yours.type == "NotAsStated":
        return yours.text
    text = yours.text or ("more memory was asked for than a submission may have" if yours.type == "MemoryError" else "")
    return _with_lines(f"{yours.type}: {text}" if text else yours.type, _first_and_last(yours.frames), "at")


def broken(file: str, yours: Observation) -> Broken:
    """What stopped the import of a file."""
    return Broken(file, place(yours), _what_happened(yours))


def _first_and_last(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """Where an exception came through: the function that was called, and the two lines nearest to it; each once."""
    last = frames[-2:]
    return (*(frame for frame in frames[:1] if frame not in last), *last)


def _place_in_result(match: re.Match[str]) -> str:
    return match[1] or "result"


def place(yours: Observation) -> str:
    """The student's line that was running, as file:line; empty if it is not known."""
    frame = yours.frames[0 if yours.kind in (TIMED_OUT, DIED) else -1] if yours.frames else None
    return f"{frame.file}:{frame.line}" if frame and frame.line else ""


def _with_lines(sentence: str, frames: tuple[Frame, ...], word: str) -> str:
    return "\n".join([sentence, *(f"{word} {_place(frame)}" for frame in frames)])


def _place(frame: Frame) -> str:
    function = f" in {frame.function}" if frame.function not in ("", "<module>") else ""
    source = f"    {frame.source}" if frame.source else ""
    line = f":{frame.line}" if frame.line else ""
    return f"{frame.file}{line}{function}{source}"


def absent(what: str) -> str:
    """That a function is not there yet."""
    return f"Not written yet: there is no {what}."


def blocked(blocker: str, broken: Broken | None, only: bool) -> str:
    """Why a test did not count for or against; `only`: what was named there explains all that is wrong here."""
    waits = f"Waits for {blocker}, which has not passed yet."
    if broken is not None:
        return f"{waits}\n{broken.told}"
    return f"{waits} What was recognised there gives just this: nothing else shows here." if only else waits


def alone(blocker: str) -> str:
    """Why a test counts although an exercise that it needs has not passed."""
    return f"Right by itself, without {blocker}, which has not passed yet."


def fault(text: str) -> str:
    """The kit's own failure, which costs nobody points."""
    return f"The grader itself failed here; this is not about your code. ({clean(text, 300)})"


def forbidden_import(lecture: str, file: str, name: str, line: int) -> str:
    """Which rule was broken, and where."""
    if not name:
        return f"{lecture}/{file} is nested too deeply to be read, so none of its checks were run."
    return (
        f"{lecture}/{file}:{line} imports {clean(name, 60)}; this file is to be written in plain Python, "
        "so none of its checks were run."
    )


def forbidden_use(lecture: str, file: str, name: str, line: int) -> str:
    """Which name a function uses, and where, that its statement leaves out."""
    if not name:
        return f"{lecture}/{file} is nested too deeply to be read, so this check does not count."
    return (
        f"{lecture}/{file}:{line} uses {clean(name, 60)}, which the statement leaves out, so this check does not count."
    )
