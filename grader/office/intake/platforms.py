"""The names that learning platforms give to what they let an instructor download, read from their form alone.

A form says whose an entry is, when it came, and what it was called by who sent it. An inbox has one form: the one that
most of its entries have, if at least half of them do.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from grader.office.intake.hand_ins import Person


@dataclass(frozen=True)
class Told:
    """What the name of one entry tells. `sent_as`: the file's name when it was sent; empty for a whole folder.

    `no_file`: it belongs to the person, and holds nothing that was handed in as a file.
    """

    person: Person
    sent_as: str = ""
    when: datetime | None = None
    attempt: int | None = None
    late: bool = False
    no_file: bool = False


Form = Callable[[str], Told | None]

CANVAS = re.compile(r"(?P<name>[^_/]+)_(?P<late>LATE_)?(?P<id>\d+)_(?P<file>\d+)_(?P<sent>[^/]+)")
MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<sent>[^/]*))?(?P<folder>/)?")
BRIGHTSPACE = re.compile(r"(?P<id>\d+)-\d+ - (?P<name>.+) - (?P<when>[^/]*\d{4}[^/]*)/")
BLACKBOARD = re.compile(r".+_(?P<id>[^_/]+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<sent>[^/]+)|\.txt)")
RESENT = re.compile(r"(?P<stem>.+)-(?P<number>\d{1,3})(?P<ending>\.\w+)")
BRIGHTSPACE_TIMES = ("%b %d, %Y %I%M %p", "%d %B, %Y %I%M %p", "%B %d, %Y %I%M %p", "%b %d, %Y %H%M")


def canvas(entry: str) -> Told | None:
    """`lovelaceada_LATE_123_456_engine-1.py`: the first number is the person's, the second the file's."""
    found = CANVAS.fullmatch(entry)
    if not found:
        return None
    again = RESENT.fullmatch(found["sent"])
    person = Person(found["name"], {"id": found["id"]})
    return Told(person, found["sent"], attempt=int(again["number"]) if again else 0, late=bool(found["late"]))


def moodle(entry: str) -> Told | None:
    """`Ada Lovelace_4711_assignsubmission_file/`, with or without a last `_`, or with the file's name behind it."""
    found = MOODLE.fullmatch(entry)
    if not found or not (found["folder"] or found["sent"]):
        return None
    sent = "" if found["folder"] else found["sent"]
    return Told(Person(found["name"], {"moodle": found["id"]}), sent, no_file=found["kind"] != "file")


def brightspace(entry: str) -> Told | None:
    """`12345-67890 - Ada Lovelace - Oct 3, 2024 1145 PM/`."""
    found = BRIGHTSPACE.fullmatch(entry)
    if not found:
        return None
    return Told(Person(found["name"], {"brightspace": found["id"]}), when=_time(found["when"], BRIGHTSPACE_TIMES))


def blackboard(entry: str) -> Told | None:
    """`Lecture 1_alovelace_attempt_2024-10-03-23-45-00_engine.py`; the same with `.txt` at once is a note."""
    found = BLACKBOARD.fullmatch(entry)
    if not found:
        return None
    when = _time(found["when"], ("%Y-%m-%d-%H-%M-%S",))
    return Told(Person(found["id"], {"login": found["id"]}), found["sent"] or "", when, no_file=not found["sent"])


FORMS: Mapping[str, Form] = {
    "Canvas": canvas,
    "Moodle": moodle,
    "Brightspace": brightspace,
    "Blackboard": blackboard,
}


def form_of(entries: Iterable[str]) -> str:
    """The platform whose form most of these entries have, at least half of them; empty if there is none."""
    names = list(entries)
    counts = {platform: sum(form(name) is not None for name in names) for platform, form in FORMS.items()}
    best = max(counts, key=lambda platform: counts[platform])
    return best if 2 * counts[best] >= max(len(names), 1) else ""


def people_in(entries: Iterable[str]) -> set[str]:
    """The numbers of the people whose entries these are, if they have a platform's form."""
    names = list(entries)
    platform = form_of(names)
    told = [FORMS[platform](name) for name in names] if platform else []
    return {one.person.id for one in told if one is not None}


def as_sent(name: str, modules: Iterable[str]) -> str:
    """The name without the number that a platform puts behind a file that is sent again, where it is a module's."""
    again = RESENT.fullmatch(name)
    plain = again["stem"] + again["ending"] if again else name
    return plain if plain in set(modules) else name


def _time(text: str, forms: Iterable[str]) -> datetime | None:
    for form in forms:
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form)
    return None
