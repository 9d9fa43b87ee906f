"""A folder of submissions in; a report per student and one gradebook out. No entry, however broken, stops the batch."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.course import Lecture
from grader.errors import UsageError
from grader.office.gradebook.book import BOOK, Book
from grader.office.gradebook.class_run import Run
from grader.office.gradebook.crew import Alone, Crew, Pool
from grader.office.gradebook.csv_table import to_csv
from grader.office.gradebook.marks_folder import GRADEBOOK, SEED_FILE, Marks, class_seed, left_over
from grader.office.gradebook.policy import BEST, CLASS_FILE, LAST, NO_RULES, Rules, decided, one_each, that_counts
from grader.office.gradebook.policy.deciding import check_people
from grader.office.gradebook.policy.several import several
from grader.office.gradebook.rows import ABSENT, BROKEN, GRADED, REJECTED, WAITING, Row, absent_row, row_for
from grader.office.intake import HandIn, Inbox, check_apart, read_inbox

__all__ = [
    "ABSENT", "BOOK", "BROKEN", "CLASS_FILE", "GRADEBOOK", "GRADED", "REJECTED", "SEED_FILE", "WAITING",
    "Book", "How", "Row", "class_seed", "grade", "left_over", "read_book", "to_csv",
]  # fmt: skip


@dataclass(frozen=True)
class How:
    """How a class is marked: on what, with what, and which of several hand-ins, and of copies in one, counts."""

    level: str = "process"
    cluster: str = ""
    again: bool = False
    take: str = LAST
    newest: bool = False
    rules: Rules = NO_RULES
    changed: Callable[[Book, Book], None] = field(default=lambda before, after: None)


def grade(
    inbox: Path | Inbox,
    out: Path,
    lecture: Lecture | None,
    jobs: int,
    seed: int | None,
    arrived: Callable[[Row], None],
    how: How = How(),
) -> list[Row]:
    """Grade every hand-in, `jobs` at a time, or on a cluster; call `arrived` for each as it comes.

    Rows are in the order of the names. Without a seed it is the one that is kept in `out`. What a run that was stopped
    has done is not done again. Raises UsageError.
    """
    found = inbox if isinstance(inbox, Inbox) else read_inbox(inbox)
    check_apart(found.path, out)
    check_people(_waiting(found, found.hand_ins), how.rules)
    with Marks(out) as marks:
        chosen, terms = class_seed(out, seed), dict[str, str]()
        with _written(marks, found, terms, how) as rows, _crew(jobs, how, marks.scratch, lecture, chosen) as crew:
            run = Run(marks, crew, lecture, chosen, how.level, how.again, how.newest, terms)
            for row in run.rows(_one_each(found, run, how)):
                rows[row.place] = decided(row, how.rules)
                arrived(rows[row.place])
        marks.forget_all_but(run.used)
    return list(rows.values())


def _one_each(found: Inbox, run: Run, how: How) -> list[HandIn]:
    """The hand-in of each person that counts. To know which is the best, all of somebody who has several are marked."""
    if how.take != BEST:
        return one_each(found.hand_ins, how.take)
    best: dict[str, HandIn] = {}
    for own in several(found.hand_ins):
        marked = {row.entry: decided(replace(row, folder=own[0].folder), how.rules) for row in run.rows(_unseen(own))}
        best[own[0].folder] = that_counts(own, [marked[one.written] for one in own])
    return list({one.folder: best.get(one.folder, one) for one in found.hand_ins}.values())


def _unseen(own: list[HandIn]) -> Iterator[HandIn]:
    """Hand-ins that are marked, and of which no report is written."""
    return (replace(one, folder="") for one in own)


@contextmanager
def _written(marks: Marks, found: Inbox, terms: dict[str, str], how: How) -> Iterator[dict[str, Row]]:
    """Rows by folder, in order: all wait until they are replaced. However this ends, the gradebook is written."""
    earlier = marks.book()
    own = found.hand_ins if how.take == BEST else one_each(found.hand_ins, how.take)
    rows = {place: decided(row, how.rules) for place, row in _waiting(found, own).items()}
    try:
        yield rows
    finally:
        before = earlier.by_place()
        waiting = {place: before[place] for place, row in rows.items() if row.status == WAITING and place in before}
        told = {id: json.loads(text) for id, text in sorted(terms.items())}
        book = Book(tuple(rows.values()), {**earlier.terms, **told}, waiting)
        marks.write_gradebook(book)
        how.changed(earlier, book)


def _waiting(found: Inbox, own: Iterable[HandIn]) -> dict[str, Row]:
    """A row for everybody, in the order of the names: they wait, or have handed in nothing."""
    rows = [row_for(one, Row(one.person.name, WAITING, "run the same command again")) for one in own]
    rows += [absent_row(person, folder) for person, folder in found.absent]
    rows.sort(key=lambda row: (row.student.casefold(), row.student, row.place))
    return {row.place: row for row in rows}


def read_book(out: Path) -> Book:
    """The gradebook of a folder of marks. Raises UsageError if there is none, or one of an older kit."""
    book = Marks(out).book()
    if not book.rows:
        raise UsageError(
            f"{out} holds no {BOOK} that can be read. Run grader grade with --out {out} once more: "
            "what has not changed is not marked again."
        )
    return book


def _crew(jobs: int, how: How, scratch: Path, lecture: Lecture | None, seed: int) -> Crew:
    if how.cluster:
        from grader.office.gradebook.cluster import Cluster

        return Cluster(how.cluster, lecture, seed, how.level)
    return Pool(jobs, scratch) if jobs > 1 else Alone()
