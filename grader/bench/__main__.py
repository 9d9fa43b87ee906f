"""Print what grading costs: `python -m grader.bench` says seconds per submission beside named baselines.

`python -m grader.bench desk` says what a student waits for.

Every way of grading gets the same distinct submissions, a third of them wrong, one at a time.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from grader.bench import desk, diagnosis, layers
from grader.bench.ways import SEED, bare_fork, cases, ours, plain_pytest, seconds_of, submissions
from grader.course import Lecture, load
from grader.office import gradebook
from grader.sandbox import isolation
from grader.submission import Submission, packing


def main() -> None:
    """Parse, measure, print."""
    if sys.argv[1:2] == ["desk"]:
        desk.main(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m grader.bench", description=__doc__)
    parser.add_argument("--submissions", type=int, default=50, help="how many distinct submissions (default 50)")
    parser.add_argument("--pytest", type=int, default=10, help="how many of them baseline (a) gets (default 10)")
    parser.add_argument("--jobs", type=int, default=2, help="up to how many at a time, for a whole class (default 2)")
    parser.add_argument("lectures", nargs="*", metavar="LECTURE", help="which lectures (default lecture 1)")
    options = parser.parse_args()
    print_layers()
    for lecture in [load().lecture(word) for word in options.lectures or ("1",)]:
        handed_in = submissions(lecture, options.submissions)
        print(f"\n{lecture.id}: {len(handed_in)} submissions, {len(cases(lecture))} measurements each", flush=True)
        print_ways(lecture, handed_in, options.pytest)
        print_jobs(handed_in, options.jobs)
        diagnosis.print_costs(lecture, diagnosis.costs(lecture), verbose=False)


def print_layers() -> None:
    """What each layer of isolation adds to a worker, and each level to the start of the warm process."""
    level = isolation.best()
    print(f"milliseconds of each layer of a worker at level {level!r}, torch in memory   median        max")
    for name, times in layers.measured(level).items():
        print(f"  {name:<68} {1e3 * statistics.median(times):>10.2f} {1e3 * max(times):>10.2f}")
    for each in isolation.offered():
        times = layers.starts(each)
        print(f"  {f'start of the warm process at {each}, once':<68} "
              f"{1e3 * statistics.median(times):>10.2f} {1e3 * max(times):>10.2f}", flush=True)  # fmt: skip


def print_ways(lecture: Lecture, handed_in: list[Submission], for_pytest: int) -> None:
    """Seconds per submission, one way per line, and the two ratios that matter."""
    floor = bare_fork(lecture, handed_in)
    levels = {level: ours(lecture, handed_in, level) for level in isolation.offered()}
    plain = plain_pytest(lecture, handed_in[:for_pytest])
    print("  seconds per submission            median       mean        max")
    named = {f"grader, {level}": times for level, times in levels.items()}
    for name, times in {**named, "(a) a pytest process each": plain, "(b) a bare fork each": floor}.items():
        row = f"{statistics.median(times):>10.3f} {statistics.mean(times):>10.3f} {max(times):>10.3f}"
        print(f"  {name:<30} {row}   ({len(times)} submissions)")
    mean = statistics.mean(levels[isolation.best()])
    print(f"  throughput of {isolation.best()}: {statistics.mean(plain) / mean:.1f} times that of (a), "
          f"{mean / statistics.mean(floor):.2f} times the seconds of (b)", flush=True)  # fmt: skip


def print_jobs(handed_in: list[Submission], most: int) -> None:
    """Submissions per second of a whole class through `grader grade`, start and reports included."""
    with tempfile.TemporaryDirectory() as place:
        inbox = Path(place) / "inbox"
        inbox.mkdir()
        for submission in handed_in:
            choice = packing.Choice(submission.lecture, submission.files, (), ())
            packed = packing.build(choice, load(), submission.student)
            (inbox / f"{submission.student}.zip").write_bytes(packed)
        for jobs in range(1, most + 1):
            out = Path(place) / f"marks{jobs}"
            seconds = seconds_of(
                gradebook.grade, inbox, out, None, jobs, SEED, lambda row: None, gradebook.How(isolation.best())
            )
            print(f"  grade --jobs {jobs}: {len(handed_in) / seconds:.2f} submissions per second", flush=True)


if __name__ == "__main__":
    main()
