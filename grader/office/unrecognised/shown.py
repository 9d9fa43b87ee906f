"""What nobody recognised, as text and as data."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from grader.course.safe_text import clean
from grader.office.unrecognised import Findings, Group

NAMES = 5  # so many students of a group are named
GROUPS = 20  # so many groups are told
SCHEMA = "zero-to-hero/unrecognised/1"
NEXT = (
    "Next: a kind that two students or more have in common is worth a known mistake. Write the smallest edit of the\n"
    'reference that gives the same; CONTRIBUTING.md says how, under "Add a known mistake".'
)


def unrecognised_text(found: Findings) -> str:
    """The groups, a paragraph each, and what to do with them."""
    lines = [_head(found), ""]
    for group in found.groups[:GROUPS]:
        lines += [*_paragraph(group), ""]
    if len(found.groups) > GROUPS:
        lines += [
            f"{_counted(len(found.groups) - GROUPS, 'more group')}, all with fewer students or as many: --json",
            "",
        ]
    if found.left_out:
        lines += [f"Left out, for they are not of this version of the grader: the reports of {_names(found.left_out)}."]
    return "\n".join([*lines, *([NEXT] if found.groups else [])]).rstrip()


def _head(found: Findings) -> str:
    read = _counted(found.reports, "report")
    if not found.groups:
        return f"{read}: every wrong output is explained by a known mistake."
    return f"{read}, and {_counted(len(found.groups), 'kind')} of wrong output that no known mistake explains:"


def _paragraph(group: Group) -> Iterator[str]:
    one = group.smallest
    yield f"{group.exercise}   {_counted(len(group.students), 'student')}: {_names(group.students)}"
    others = len(group.checks) - 1
    yield f"  {one.sentence}" + (f"   ({_counted(others, 'more check')} of it failed as well)" if others else "")
    yield f"  with {one.inputs}" if one.inputs else f"  in the check {one.test}"
    yield f"  {one.where}   yours {one.yours}   expected {one.expected}" if one.expected else f"  {one.yours}"


def _names(students: tuple[str, ...]) -> str:
    named = ", ".join(clean(student, 60) for student in students[:NAMES])
    more = len(students) - NAMES
    return f"{named} and {more} more" if more > 0 else named


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def unrecognised_data(found: Findings) -> dict[str, Any]:
    """All groups with all their students."""
    return {
        "schema": SCHEMA,
        "reports": found.reports,
        "left_out": [clean(student, 200) for student in found.left_out],
        "groups": [_group(group) for group in found.groups],
    }


def _group(group: Group) -> dict[str, Any]:
    case = asdict(group.smallest)
    names = ("test", "sentence", "visibility", "inputs", "where", "yours", "expected")
    return {
        "lecture": group.lecture,
        "exercise": group.exercise,
        "students": [clean(student, 200) for student in group.students],
        "checks": list(group.checks),
        "smallest": {name: case[name] for name in names},
    }
