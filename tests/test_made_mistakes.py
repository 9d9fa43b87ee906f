"""Mistakes that nobody wrote down: where they lie and of which kind is said if it is certain, and never the line."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

import jsonschema
import pytest
from click.testing import CliRunner

from grader.cli import cli
from grader.course import Lecture, load, names, reference_sources
from grader.course.stubs import stub_of
from grader.judging import workshop
from grader.judging.examiner import Examiner, examiner
from grader.judging.findings import FAILED, AsIf, Report
from grader.judging.mistakes.diagnosis import is_part
from grader.judging.mistakes.made import telling
from grader.judging.mistakes.made.making import copies_of, slips_of, solutions
from grader.judging.mistakes.made.slip import Slip
from grader.judging.shared_answers import Answers
from grader.proof.audit import as_submission
from grader.report.as_html import to_html
from grader.report.as_json import to_dict
from grader.report.terminal import detail, plain

LECTURES = pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
ENGINE = "engine.py"
PRODUCT = "self.grad += other.data * out.grad\n            other.grad += self.data * out.grad"
SLOPE_OF_TANH = "(1 - out.data**2) * out.grad"
TERM_TOO_MANY = "a term stood there that does not belong there"
SWEEP = "for v in reversed(topo):"


@dataclass(frozen=True)
class Seen:
    """A case, and how a known mistake stands to it."""

    agrees: bool
    given: bool
    showing: bool

    def is_given_by(self, way: object) -> bool:
        return self.given

    def shows(self, way: object) -> bool:
        return self.showing


@pytest.fixture(scope="module")
def judge(answers: Answers) -> Iterator[Examiner]:
    """An examiner for lecture 1."""
    with examiner(load().lectures[0], 1, answers=answers, tries_made=True) as one:
        yield one


def report_on(judge: Examiner, *edits: tuple[str, str], exercises: tuple[str, ...] = ()) -> Report:
    """The report on our solution with these edits in its engine."""
    sources = reference_sources(judge.lecture)
    for old, new in edits:
        assert old in sources[ENGINE]
        sources[ENGINE] = sources[ENGINE].replace(old, new)
    return judge.examine(as_submission("made", judge.lecture, sources), exercises)


def said(report: Report) -> dict[str, set[AsIf]]:
    """What is said of each exercise."""
    found: dict[str, set[AsIf]] = {}
    for finding in report.findings:
        if finding.as_if:
            found.setdefault(finding.exercise, set()).add(finding.as_if)
    return found


def sentence(report: Report, exercise: str) -> str:
    return " ".join(one.sentence for one in said(report).get(exercise, set()))


# ---- what is said


@pytest.mark.parametrize(
    ("old", "new", "exercise", "expected"),
    [
        (SLOPE_OF_TANH, "(1 + out.data**2) * out.grad", "value-tanh",
         "It behaves exactly as if, in tanh of Value, where grad is set, a term had the other sign."),
        (PRODUCT, PRODUCT.replace("other.data *", "(other.data + 1) *"), "value-mul",
         f"It behaves exactly as if, in __mul__ of Value, where grad is set, {TERM_TOO_MANY}."),
        (SWEEP, "for v in reversed(topo[:-1]):", "value-backward",
         "It behaves exactly as if, in backward of Value, one small thing were otherwise."),
    ],
)  # fmt: skip
def test_a_mistake_that_nobody_wrote_down_is_located(judge, old, new, exercise, expected):
    """Where it lies and of which kind it is."""
    report = report_on(judge, (old, new), exercises=(exercise,))
    assert sentence(report, exercise) == expected
    assert report.mistakes == ()


def test_another_hand_makes_the_same_mistake(judge):
    """What counts is what the code gives, however it is written."""
    other = "(out.data * out.data + 1.0) * out.grad"
    assert "a term had the other sign" in sentence(report_on(judge, (SLOPE_OF_TANH, other)), "value-tanh")


def test_a_known_mistake_is_told_by_its_name_alone(judge):
    """Nothing is said with less certainty beside it."""
    report = report_on(judge, (SLOPE_OF_TANH, "(1 - self.data**2) * out.grad"))
    assert [mistake.id for mistake in report.mistakes] == ["tanh-from-input"]
    assert said(report) == {}


def test_a_made_mistake_does_not_take_the_name_of_a_known_one_beside_it(judge):
    """Each is told of the checks in which it shows."""
    own_data = PRODUCT, "self.grad += self.data * out.grad\n            other.grad += other.data * out.grad"
    report = report_on(judge, own_data, ("self.data * other.data", "self.data - other.data"), exercises=("value-mul",))
    wrong = [f for f in report.findings if f.status == FAILED]
    assert {(m.id, f.as_if) for f in wrong for m in f.misconceptions} == {("mul-own-data", None)}
    assert {f.as_if.kind for f in wrong if f.as_if} == {"two values were subtracted instead of multiplied"}
    assert all(f.misconceptions or f.as_if for f in wrong)


@pytest.mark.parametrize(
    ("elsewhere", "can_be_told"),
    [
        (Seen(agrees=False, given=False, showing=False), True),  # something else alone went wrong there
        (Seen(agrees=False, given=True, showing=True), True),
        (Seen(agrees=False, given=False, showing=True), False),  # the two show in one, mixed
        (Seen(agrees=True, given=False, showing=True), False),
    ],
)
def test_a_known_mistake_is_told_apart_only_where_it_shows_unmixed(elsewhere, can_be_told):
    """Of what only the two together give it could not be said that it is exactly as one of them."""
    cases = [Seen(agrees=False, given=True, showing=True), elsewhere]
    assert is_part(cast(Any, "a way to make it"), cast(Any, cases)) is can_be_told
    assert not is_part(cast(Any, "a way to make it"), cast(Any, [Seen(agrees=False, given=False, showing=False)]))


def test_a_known_mistake_beside_what_no_small_change_gives_is_not_told(judge):
    own_data = PRODUCT, "self.grad += self.data * out.grad\n            other.grad += other.data * out.grad"
    other = "self.data * other.data", "self.data * 3.7 + math.sin(other.data)"
    report = report_on(judge, own_data, other, exercises=("value-mul",))
    assert not report.mistakes
    assert said(report) == {}


def test_nothing_is_said_where_the_cause_lies_in_another_exercise(judge):
    """A sweep that runs twice doubles the gradient of every operation, and none of them is at fault."""
    report = report_on(judge, (SWEEP, "for v in [*reversed(topo), *reversed(topo)]:"))
    assert report.status_of("value-exp") == "failed"
    assert said(report) == {}


def test_nothing_is_said_of_what_no_small_change_gives(judge):
    """A slope that is cut off at a half is no slip."""
    assert said(report_on(judge, (SLOPE_OF_TANH, "min(0.5, 1 - out.data**2) * out.grad"))) == {}


def test_a_result_that_is_always_nothing_says_nothing(judge):
    """Many things give zeros."""
    sources = reference_sources(judge.lecture)
    text = sources["derivatives.py"]
    sources["derivatives.py"] = text.replace("return (f(x + h) - f(x)) / h", "return 0.0")
    assert sources["derivatives.py"] != text
    report = judge.examine(as_submission("made", judge.lecture, sources), ["slope"])
    assert report.status_of("slope") == "failed"
    assert said(report) == {}


def test_an_exception_says_itself_where_it_was_raised(judge):
    """That a slip raises the same is no proof."""
    report = report_on(judge, (SLOPE_OF_TANH, "(1 - out.dat**2) * out.grad"))
    assert report.status_of("value-tanh") == "errored"
    assert said(report) == {}


# ---- of several slips


def two(slip: Slip, **changes) -> list[Slip]:
    return [slip, replace(slip, **changes)]


@pytest.fixture
def slip(lecture: Lecture) -> Slip:
    """A sign in the slope of tanh."""
    return next(one for one in slips_of(lecture)["value-tanh"] if one.clause == "a term had the other sign")


def test_slips_of_two_functions_say_nothing(slip):
    assert telling.told(two(slip, place=replace(slip.place, function="Value.exp"))) is None
    assert telling.told([]) is None


def test_slips_of_two_kinds_say_the_place_alone(slip):
    told = telling.told(two(slip, clause="something else were so"))
    assert told.kind == ""
    assert (
        told.sentence
        == "It behaves exactly as if, in tanh of Value, where grad is set, one small thing were otherwise."
    )


def test_slips_in_two_places_of_a_function_say_the_function_alone(slip):
    told = telling.told(two(slip, place=replace(slip.place, result="in what it returns")))
    assert told.where == "in tanh of Value"


def test_what_is_plainly_the_smaller_change_is_said(slip):
    told = telling.told(two(slip, clause="something else were so", new="1 - (2 * out.data ** 2 + 4 * out.data) - 7"))
    assert told.kind == slip.clause


# ---- the sentences


def sentences(lecture: Lecture) -> Iterator[tuple[Slip, str]]:
    """All that can be said of a lecture's slips."""
    for slips in slips_of(lecture).values():
        for slip in slips:
            yield slip, telling.sentence_of(slip.place.told, slip.clause)
            yield slip, telling.sentence_about(slip.place.told)


@cache
def tokens(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


@LECTURES
def test_no_sentence_holds_a_line_or_an_expression_of_the_solution(lecture):
    """Three words or signs of code in a row, and more, stay unsaid."""
    parts = set()
    for text in reference_sources(lecture).values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.expr | ast.stmt) and not isinstance(node, ast.Constant):
                parts.add(" ".join(tokens(ast.get_source_segment(text, node) or "")))
    code = {part for part in parts if part.count(" ") >= 2}
    for told in {told for _, told in sentences(lecture)}:
        said_tokens = f" {' '.join(tokens(told))} "
        assert not [part for part in code if f" {part} " in said_tokens], told


@LECTURES
def test_no_sentence_holds_a_name_that_the_student_has_not_read(lecture):
    """What a sentence names by a name of code stands in the stub."""
    public = {word for text in reference_sources(lecture).values() for word in re.findall(r"\w+", stub_of(text))}
    for _, told in sentences(lecture):
        named = {word for word in re.findall(r"\w+", told) if "_" in word or not word.islower()} - {"It"}
        assert named <= public, told


@LECTURES
def test_a_sentence_is_short_and_blames_nobody(lecture):
    """Three lines of seventy letters at most, and no word about a person."""
    for _, told in sentences(lecture):
        assert len(told) <= 210
        assert not re.search(r"\b(you|your|wrong|should|must|error|mistake)\b", told), told


@LECTURES
def test_every_slip_is_another_program(lecture):
    """Each can be read as Python, and differs from our solution."""
    sources = reference_sources(lecture)
    for slips in slips_of(lecture).values():
        texts = [slip.applied(sources[slip.place.file]) for slip in slips]
        assert len({(slip.place.file, text) for slip, text in zip(slips, texts, strict=True)}) == len(texts)
        for text in texts[::5]:
            ast.parse(text)


# ---- the reports


def test_it_stands_in_every_report(judge):
    """In ten lines on a terminal, on the page, and in the document, where it is no known mistake."""
    report = report_on(judge, (SLOPE_OF_TANH, "(1 + out.data**2) * out.grad"), exercises=("value-tanh",))
    told = sentence(report, "value-tanh")
    lines = detail(report, "value-tanh", 80, plain, "", False).splitlines()
    body = [line for line in lines if line.startswith(" " * 10)]
    assert told in " ".join(line.strip() for line in body)
    assert len(body) <= 10
    assert max(map(len, lines)) <= 80
    assert told in to_html(report)
    document = to_dict(report)
    found = [finding for finding in document["findings"] if finding["as_if"]]
    assert {finding["as_if"]["sentence"] for finding in found} == {told}
    assert [finding["misconceptions"] for finding in found] == [[] for _ in found]


# ---- the workshop, and what is kept


def test_a_slip_that_crashes_ends_no_more_than_a_worker(judge, monkeypatch):
    """It is tried where it can do no harm, and the next one is tried all the same."""
    place = workshop.Workshop(judge.lecture)
    probe, inputs = question(judge)
    text = reference_sources(judge.lecture)[ENGINE]
    crash = text.replace('return f"Value', 'import ctypes; ctypes.string_at(0); return f"Value')
    endless = text.replace('return f"Value', '\n        while True: pass\n        return f"Value')
    try:
        kinds = [place.observe({ENGINE: one}, probe, inputs).kind for one in (crash, endless, text)]
    finally:
        place.close()
    assert kinds == ["died", "timed out", "returned"]


def question(judge: Examiner):
    """What is asked about the text of a Value."""
    from grader.judging.suite import questions

    return next((probe, inputs) for probe, inputs in questions(judge.lecture, 1) if "text" in probe.name)


def check(course_folder, *options: str):
    return CliRunner().invoke(cli, ["-C", str(course_folder), "check", "value-tanh", *options])


def test_a_second_check_tries_no_slip_again(finished_folder, lecture, monkeypatch):
    """What the first one has found is kept in the user's cache, beside the list of names."""
    file = finished_folder / lecture.id / ENGINE
    file.write_text(file.read_text().replace(SLOPE_OF_TANH, "(1 + out.data**2) * out.grad"))
    first = check(finished_folder)
    assert "a term had the other sign" in " ".join(first.output.split())
    assert list(names.cache_folder().glob(f"answers-{lecture.id}-*"))

    def untimely(*arguments):
        raise AssertionError("a slip was tried again")

    monkeypatch.setattr(workshop.Workshop, "observe", untimely)
    assert check(finished_folder).output == first.output


def test_a_cache_that_is_broken_costs_nothing(finished_folder, lecture):
    """What cannot be read is observed anew."""
    file = finished_folder / lecture.id / ENGINE
    file.write_text(file.read_text().replace(SLOPE_OF_TANH, "(1 + out.data**2) * out.grad"))
    first = check(finished_folder)
    for kept in names.cache_folder().glob(f"answers-{lecture.id}-*"):
        kept.write_bytes(b"no database" * 1000)
    assert check(finished_folder).output == first.output


def test_where_nothing_can_be_kept_a_check_goes_on(finished_folder, lecture, monkeypatch, tmp_path):
    """A cache that cannot be written is no reason to stop."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert check(finished_folder).exit_code == 0


def test_the_document_keeps_to_its_schema(judge):
    from importlib import resources

    schema = json.loads(resources.files("grader.report").joinpath("report.schema.json").read_text())
    report = report_on(judge, (SLOPE_OF_TANH, "(1 + out.data**2) * out.grad"), exercises=("value-tanh",))
    jsonschema.validate(to_dict(report), schema)


# ---- slips of somebody who divides the work otherwise


def test_what_is_wrong_through_an_earlier_exercise_is_told_there_alone(judge):
    """Whoever builds the gradient on a slope of their own is told of the slope."""
    sources = reference_sources(judge.lecture)
    text = sources["derivatives.py"]
    along = "lambda x, i=i: f(*args[:i], x, *args[i + 1:])"
    own = f"    return [symmetric_slope({along}, args[i], h) for i in range(len(args))]\n"
    head, _, rest = text.partition("    ### BEGIN SOLUTION numerical-gradient\n")
    text = head + own + rest.partition("    ### END SOLUTION\n")[2]
    assert text.count("/ (2 * h)") == 1
    sources["derivatives.py"] = text.replace("/ (2 * h)", "/ (3 * h)")
    report = judge.examine(as_submission("made", judge.lecture, sources), ["symmetric-slope", "numerical-gradient"])
    assert set(said(report)) == {"symmetric-slope"}


@LECTURES
def test_slips_in_copies_are_programs_and_lie_in_the_caller(lecture):
    """Each can be read as Python, differs from all others, and is as large as the slip in it."""
    copies = [slip for slips in copies_of(lecture).values() for slip in slips]
    assert len({tuple(slip.name) for slip in copies}) == len(copies) > 100
    public = {(scope.name, file) for file, one in solutions(lecture).items() for scope in one.functions()}
    for slip in copies[::40]:
        ast.parse(slip.new)
        assert (slip.place.function, slip.place.file) in public
        assert slip.size == slip.inner.size
        assert slip.clause == slip.inner.clause


def test_who_writes_out_what_ours_calls_is_told_in_which_function(judge):
    """A training step that is written out in `train`, with a slip: `gradient_step` itself is right."""
    sources = reference_sources(judge.lecture)
    step = "gradient_step(model.parameters(), lr)\n"
    assert sources["training.py"].count(f"        {step}") == 1
    own = "for p in model.parameters():\n            p.data += -2 * lr * p.grad\n"
    sources["training.py"] = sources["training.py"].replace(step, own)
    report = judge.examine(as_submission("made", judge.lecture, sources), ["train-mlp"], hidden=False)
    assert sentence(report, "train-mlp").startswith("It behaves exactly as if, in train, ")
