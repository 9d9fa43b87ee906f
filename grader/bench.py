"""What grading costs: `python -m grader.bench` prints seconds per submission beside two named baselines.

(a) one plain pytest process per submission that runs the same checks, student code and reference in one interpreter;
(b) the floor: a fork of a warm process that imports the submission and runs the same checks, with nothing between.
Every way of grading gets the same distinct submissions, a third of them wrong.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from grader.audit import alternatives, as_submission
from grader.check import examiner
from grader.compare import first_difference
from grader.course import Lecture, load, reference_sources
from grader.declared import needs_of
from grader.misconceptions import edited_sources, known_mistakes
from grader.probes import REGISTRY
from grader.sandbox.modules import Modules
from grader.subjects import RETURNED, Observation, Reference
from grader.submission import Submission
from grader.suite import questions

REPEATS = 5
SEED = 7
PLAIN_TEST = """\
import os, pytest
from pathlib import Path
from grader.bench import cases, judge_in_process, lecture_named
LECTURE = lecture_named(os.environ["BENCH_LECTURE"])
FILES = {p.name: p.read_text() for p in Path(os.environ["BENCH_FOLDER"]).glob("*.py")}
@pytest.mark.parametrize("case", cases(LECTURE), ids=lambda case: case[0])
def test_case(case):
    assert judge_in_process(LECTURE, FILES, [case]) == 1
"""


def submissions(lecture: Lecture, count: int) -> list[Submission]:
    """Distinct submissions: the reference under other names, every third with a known mistake in it."""
    variants = [(m, v) for m in known_mistakes(lecture.id) for v in m.variants]
    found = []
    for number in range(count):
        sources = reference_sources(lecture)
        if number % 3 == 2:
            mistake, variant = variants[number // 3 % len(variants)]
            sources |= edited_sources(variant, lecture, mistake.id)
        marked = {name: f"{text}\n# submission {number}\n" for name, text in sources.items()}
        found.append(as_submission(f"s{number:04}", lecture, marked))
    return found


def cases(lecture: Lecture) -> list[tuple[str, dict[str, Any]]]:
    """Every probe (by name) and input that the suites ask for."""
    return [(probe.name, inputs) for probe, inputs in questions(lecture, SEED)]


def lecture_named(id: str) -> Lecture:
    """For the generated pytest file."""
    return load().lecture(id)


def judge_in_process(lecture: Lecture, files: dict[str, str], asked: list[tuple[str, dict[str, Any]]]) -> int:
    """How many cases agree, with student code and reference in this very process: fast, and open to every trick."""
    reference = Reference(lecture)
    modules = Modules(lecture.id, files)
    return sum(_agrees(modules, reference, name, inputs) for name, inputs in asked)


def _agrees(modules: Modules, reference: Reference, name: str, inputs: dict[str, Any]) -> bool:
    probe = REGISTRY[name]
    expected: Observation = reference.observe(probe, inputs)
    try:
        with modules.fresh(probe.modules) as loaded:
            found = probe(loaded, inputs)
    except Exception:
        return False
    return expected.kind == RETURNED and first_difference(found, expected.value, probe.tolerance) is None


def ours(lecture: Lecture, handed_in: list[Submission]) -> list[float]:
    """Seconds for each submission through the whole path: worker, comparison, diagnosis, report."""
    with examiner(lecture, SEED) as judge:
        judge.examine(handed_in[0])  # suites collected, reference observed: once per class
        return [_seconds(judge.examine, submission) for submission in handed_in]


def plain_pytest(lecture: Lecture, handed_in: list[Submission]) -> list[float]:
    """Seconds for each submission with a new pytest process that checks it in its own interpreter."""
    with tempfile.TemporaryDirectory() as place:
        test = Path(place) / "test_plain.py"
        test.write_text(PLAIN_TEST, encoding="utf-8")
        return [_seconds(_run_pytest, lecture, submission, Path(place), test) for submission in handed_in]


def _run_pytest(lecture: Lecture, submission: Submission, place: Path, test: Path) -> None:
    folder = place / submission.student
    folder.mkdir()
    for name, data in submission.files.items():
        (folder / name).write_bytes(data)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        str(place),
    ]
    environment = {**os.environ, "BENCH_LECTURE": lecture.id, "BENCH_FOLDER": str(folder)}
    done = subprocess.run([*command, str(test)], env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"pytest could not run: {done.stdout[-500:].decode()}")


def bare_fork(lecture: Lecture, handed_in: list[Submission]) -> list[float]:
    """Seconds for each submission in a fork of this process, which has everything in memory already."""
    for name in needs_of(lecture.id).preload:
        import_module(name)
    asked = cases(lecture)
    judge_in_process(lecture, reference_sources(lecture), asked)
    reference = Reference(lecture)
    for name, inputs in asked:
        reference.observe(REGISTRY[name], inputs)
    return [_seconds(_fork, lecture, submission, asked, reference) for submission in handed_in]


def _fork(lecture: Lecture, submission: Submission, asked: list[Any], reference: Reference) -> None:
    pid = os.fork()
    if pid == 0:
        try:
            modules = Modules(lecture.id, submission.sources())
            for name, inputs in asked:
                _agrees(modules, reference, name, inputs)
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def processor_seconds(lecture: Lecture) -> Iterator[tuple[str, float, float]]:
    """For each correct submission: its name, and processor time in the worker and on the trusted side."""
    correct = [as_submission("reference", lecture, reference_sources(lecture)), *alternatives(lecture, load())]
    with examiner(lecture, SEED) as judge:
        judge.examine(correct[0])
        for submission in correct:
            before = _worker_seconds(judge.box.process.pid), time.process_time()
            for _ in range(REPEATS):
                judge.examine(submission)
            after = _worker_seconds(judge.box.process.pid), time.process_time()
            worker, trusted = ((late - early) / REPEATS for late, early in zip(after, before, strict=True))
            yield submission.student, worker, trusted


def _worker_seconds(warm: int) -> float:
    """Processor time of all workers of a warm process that have ended, as Linux keeps it."""
    fields = Path(f"/proc/{warm}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _seconds(act: Callable[..., object], *arguments: object) -> float:
    started = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m grader.bench", description=__doc__)
    parser.add_argument("--submissions", type=int, default=50, help="how many distinct submissions (default 50)")
    parser.add_argument("--pytest", type=int, default=10, help="how many of them the slow baseline gets (default 10)")
    parser.add_argument("lectures", nargs="*", metavar="LECTURE", help="which lectures (default all)")
    options = parser.parse_args()
    for lecture in [load().lecture(word) for word in options.lectures] or load().lectures:
        handed_in = submissions(lecture, options.submissions)
        print(f"{lecture.id}: {len(handed_in)} submissions, {len(cases(lecture))} measurements each", flush=True)
        floor = bare_fork(lecture, handed_in)
        mine = ours(lecture, handed_in)
        plain = plain_pytest(lecture, handed_in[: options.pytest])
        print("  seconds per submission          median       mean        max")
        for name, times in (("grader", mine), ("(a) a pytest process each", plain), ("(b) a bare fork each", floor)):
            row = f"{statistics.median(times):>10.3f} {statistics.mean(times):>10.3f} {max(times):>10.3f}"
            print(f"  {name:<28} {row}   ({len(times)} submissions)")
        median = statistics.median(mine)
        print(f"  grader against (a): {statistics.median(plain) / median:.1f} times as fast")
        print(f"  grader against (b): {median / statistics.median(floor):.2f} times the floor")
        print("  processor seconds of a correct submission   in the worker   on the trusted side")
        for name, worker, trusted in processor_seconds(lecture):
            print(f"  {name:<42} {worker:>14.3f} {trusted:>21.3f}")


if __name__ == "__main__":
    main()
