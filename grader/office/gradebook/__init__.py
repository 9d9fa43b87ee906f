"""A folder of submissions in; a report per student and one CSV out. No entry, however broken, stops the batch."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.course import Lecture
from grader.office.gradebook.class_run import Run
from grader.office.gradebook.crew import Alone, Crew, Pool
from grader.office.gradebook.csv_table import to_csv
from grader.office.gradebook.inbox import GRADEBOOK, SEED_FILE, check_apart, entries
from grader.office.gradebook.marks_folder import Marks, class_seed, left_over
from grader.office.gradebook.rows import BROKEN, GRADED, REJECTED, WAITING, Row

__all__ = [
    "BROKEN", "GRADEBOOK", "GRADED", "REJECTED", "SEED_FILE", "WAITING",
    "Row", "check_apart", "class_seed", "entries", "grade", "left_over", "to_csv",
]  # fmt: skip


def grade(
    inbox: Path,
    out: Path,
    lecture: Lecture | None,
    jobs: int,
    seed: int | None,
    arrived: Callable[[Row], None],
    *,
    level: str = "process",
    cluster: str = "",
    again: bool = False,
) -> list[Row]:
    """Grade every entry, `jobs` at a time, or on a cluster; call `arrived` for each as it comes.

    Rows are in the order of the names. Without a seed it is the one that is kept in `out`. What a run that was stopped
    has done is not done again. Raises UsageError.
    """
    found = entries(inbox)
    check_apart(inbox, out)
    with Marks(out) as marks:
        chosen = class_seed(out, seed)
        with _written(marks, found) as rows, _crew(jobs, cluster, marks.scratch, lecture, chosen, level) as crew:
            run = Run(marks, crew, lecture, chosen, level, again)
            for row in run.rows(found):
                rows[row.student] = row
                arrived(row)
        marks.forget_all_but(run.used)
    return list(rows.values())


@contextmanager
def _written(marks: Marks, found: Iterable[tuple[str, Path]]) -> Iterator[dict[str, Row]]:
    """Rows by name, in order: all wait until they are replaced. However this ends, the gradebook is written."""
    rows = {name: Row(name, WAITING, "run the same command again") for name, _ in found}
    try:
        yield rows
    finally:
        marks.write_gradebook(list(rows.values()))


def _crew(jobs: int, cluster: str, scratch: Path, lecture: Lecture | None, seed: int, level: str) -> Crew:
    if cluster:
        from grader.office.gradebook.cluster import Cluster

        return Cluster(cluster, lecture, seed, level)
    return Pool(jobs, scratch) if jobs > 1 else Alone()
