"""What nobody recognised in a class: wrong output without a known mistake, those whose code gives the same together.

It is read from the reports that `grader grade` has written. What stands in them was handed in by strangers.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import UsageError
from grader.office.gradebook import GRADEBOOK
from grader.office.gradebook.marks_folder import Marks
from grader.office.intake.safe_names import told_apart
from grader.office.unrecognised.reading import Wrong, wrong_in


@dataclass(frozen=True)
class Group:
    """Students whose code for one exercise gives the same wrong output, and the smallest case that shows it."""

    lecture: str
    exercise: str
    students: tuple[str, ...]
    checks: tuple[str, ...]
    smallest: Wrong


@dataclass(frozen=True)
class Findings:
    """The groups, those of most students first; how many reports were read, and whose could not be."""

    groups: tuple[Group, ...]
    reports: int
    left_out: tuple[str, ...]


def unrecognised(place: Path, lectures: Collection[str] = ()) -> Findings:
    """What the reports in this folder of marks, or beside this gradebook, leave unexplained. Raises UsageError."""
    folder = place.parent if place.name == GRADEBOOK else place
    files = sorted(folder.glob("[!.]*/report.json")) if folder.is_dir() else []
    if not files:
        raise UsageError(f"There are no reports in {folder}. They are made by: grader grade INBOX --out {folder}")
    found = {file.parent.name: wrong_in(file) for file in files}
    left_out = tuple(student for student, wrong in found.items() if wrong is None)
    if len(left_out) == len(found):
        raise UsageError(
            f"The reports in {folder} are not of this version of the grader. "
            f"Mark the class again, and then look: grader grade INBOX --out {folder} --again"
        )
    read = {student: wrong for student, wrong in found.items() if wrong is not None}
    return Findings(tuple(_groups(read, lectures)), len(read), left_out)


def with_names(found: Findings, place: Path) -> Findings:
    """The same with the students' names, where the gradebook there says what those are."""
    rows = Marks(place.parent if place.name == GRADEBOOK else place).book().rows
    names = {row.place: told_apart(row.student, row.place) for row in rows}
    groups = [replace(one, students=tuple(names.get(name, name) for name in one.students)) for one in found.groups]
    return replace(found, groups=tuple(groups), left_out=tuple(names.get(name, name) for name in found.left_out))


def _groups(read: dict[str, list[Wrong]], lectures: Collection[str]) -> list[Group]:
    """Together are those of whom every check of an exercise that went wrong gave the same."""
    together: dict[tuple[object, ...], list[tuple[str, Sequence[Wrong]]]] = defaultdict(list)
    for student, wrong in read.items():
        for exercise in dict.fromkeys(one.exercise for one in wrong):
            own = [one for one in wrong if one.exercise == exercise]
            if not lectures or own[0].lecture in lectures:
                key = own[0].seed, *sorted((one.test, one.outputs) for one in own)
                together[own[0].lecture, exercise, key].append((student, own))
    groups = [_group(members) for members in together.values()]
    return sorted(groups, key=lambda group: (-len(group.students), group.lecture, group.exercise, group.students))


def _group(members: list[tuple[str, Sequence[Wrong]]]) -> Group:
    own = members[0][1]
    smallest = min(own, key=lambda one: (len(one.inputs), one.test))
    return Group(
        smallest.lecture,
        smallest.exercise,
        tuple(student for student, _ in members),
        tuple(one.test for one in own),
        smallest,
    )
