"""The roster: who is in the class, read from a table with the columns that a platform exports."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from grader.course.safe_text import clean
from grader.errors import UsageError
from grader.office.intake.csv_files import Table, read_table
from grader.office.intake.hand_ins import Person

# what a column is called, in small letters, and what it holds
COLUMNS = {
    "student": "name", "name": "name", "full name": "name", "display name": "name",
    "first name": "first", "firstname": "first", "given name": "first", "given names": "first",
    "last name": "last", "lastname": "last", "surname": "last", "family name": "last",
    "id": "id", "user id": "id", "canvas id": "id",
    "identifier": "moodle",
    "email": "email", "email address": "email", "e-mail": "email",
    "sis login id": "login", "username": "login", "login": "login", "login id": "login", "user name": "login",
    "sis user id": "sid", "sid": "sid", "student id": "sid", "id number": "sid", "orgdefinedid": "sid",
    "roster_identifier": "sid",
    "github_username": "github", "github username": "github", "github": "github",
    "last modified (submission)": "when", "submission_timestamp": "when", "submission time": "when",
}  # fmt: skip
IDS = ("id", "moodle", "login", "email", "sid", "github", "brightspace")
NAMES = ("name", "first", "last")
MOODLE_TIMES = ("%A, %d %B %Y, %I:%M %p", "%A, %B %d, %Y, %I:%M %p", "%A, %d %B %Y, %H:%M")


@dataclass(frozen=True)
class Roster:
    """The people in the order of the file, and when the platform says each handed in, where it does."""

    file: Path
    people: tuple[Person, ...]
    times: Mapping[str, datetime]  # by the person's own id
    first_and_last: Mapping[str, tuple[str, str]]

    def find(self, person: Person) -> Person | None:
        """Who this is: by a number or a login of the same kind, else by the name, if just one person has it."""
        kinds = [kind for kind in person.ids if kind in self._kinds]
        if kinds:
            found = {self._by_id.get((kind, person.ids[kind].casefold())) for kind in kinds} - {None}
        else:
            found = set(self._by_name.get(squeezed(person.name), ()))
        places = [place for place in found if place is not None]
        return self.people[places[0]] if len(places) == 1 else None

    @cached_property
    def _kinds(self) -> set[str]:
        return {kind for one in self.people for kind in one.ids}

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], int]:
        """The place of who has this number; nobody shares one."""
        people = enumerate(self.people)
        return {(kind, id.casefold()): place for place, one in people for kind, id in one.ids.items()}

    @cached_property
    def _by_name(self) -> dict[str, set[int]]:
        """The places of all who may be called so."""
        found: dict[str, set[int]] = defaultdict(set)
        for place, one in enumerate(self.people):
            for name in self._names_of(one):
                found[squeezed(name)].add(place)
        found.pop("", None)
        return found

    def _names_of(self, one: Person) -> Iterator[str]:
        first, last = self.first_and_last.get(one.id or one.name, ("", ""))
        yield from (one.name, f"{first} {last}", f"{last} {first}", *_turned(one.name), *one.ids.values())


def squeezed(name: str) -> str:
    """Letters and digits alone, small: `Lovelace, Ada` and `lovelaceada` are one."""
    return "".join(c for c in unicodedata.normalize("NFC", name).casefold() if c.isalnum())


def _turned(name: str) -> Iterator[str]:
    """The words of a name with the last name first, wherever it begins; of `Lovelace, Ada` too."""
    words = name.replace(",", " ").split()
    yield from (" ".join(words[place:] + words[:place]) for place in range(len(words)))


def meaning(title: str) -> str:
    """What the column of this title holds; empty if that is not known."""
    return COLUMNS.get(title.strip().strip("\ufeff").casefold(), "")


def columns_of(table: Table) -> dict[str, int]:
    """Which column holds what; of two that hold the same, the first. In a GitHub table `identifier` is the class's."""
    found: dict[str, int] = {}
    for place, title in enumerate(table.header):
        found.setdefault(meaning(title), place)
    found.pop("", None)
    if "github" in found and "moodle" in found:
        found.setdefault("sid", found.pop("moodle"))
    return found


def read_roster(file: Path) -> Roster:
    """Everybody in the table. Raises UsageError, with the file and the line, if it is not one, or two are one."""
    table = read_table(file, lambda title: bool(meaning(title)))
    columns = columns_of(table)
    if not set(columns) & {*NAMES, *IDS}:
        raise UsageError(f"{file}, line 1: no column with a name, a number or an e-mail address.")
    return _read(table, columns)


def held_by(cells: tuple[str, ...], columns: Mapping[str, int]) -> dict[str, str]:
    """What a line holds, by its meaning."""
    return {what: cells[place].strip() for what, place in columns.items() if place < len(cells)}


def _read(table: Table, columns: Mapping[str, int]) -> Roster:
    people: list[Person] = []
    times: dict[str, datetime] = {}
    names: dict[str, tuple[str, str]] = {}
    seen: dict[tuple[str, str], int] = {}
    for line, cells in table.body:
        held = held_by(cells, columns)
        person = person_of(held)
        if person is None:
            continue
        _check_new(table.file, line, person, seen)
        people.append(person)
        names[person.id or person.name] = held.get("first", ""), held.get("last", "")
        if (when := _time(held.get("when", ""))) is not None:
            times[person.id or person.name] = when
    if not people:
        raise UsageError(f"{table.file} names nobody: below its header there is no line with a name or a number.")
    return Roster(table.file, tuple(people), times, names)


def person_of(held: Mapping[str, str]) -> Person | None:
    """The person of a line; None for the line of a table that is about all, as the one with the points possible."""
    name = held.get("name") or " ".join(filter(None, (held.get("first"), held.get("last"))))
    ids = {kind: _id(kind, held[kind]) for kind in IDS if held.get(kind)}
    if "points possible" in name.casefold() or not (name or ids):
        return None
    return Person(clean(name or next(iter(ids.values())), 200), ids or {"name": clean(name, 200)})


def _id(kind: str, text: str) -> str:
    """Of `Participant 4711`, in whatever language, the number; and without the sign that Brightspace puts in front."""
    number = re.search(r"(\d+)\s*$", text) if kind == "moodle" else None
    return number[1] if number else clean(text.removeprefix("#"), 100)


def _check_new(file: Path, line: int, person: Person, seen: dict[tuple[str, str], int]) -> None:
    for kind, id in person.ids.items():
        before = seen.setdefault((kind, id.casefold()), line)
        if before != line:
            raise UsageError(f"{file}, line {line}: {id} stands in line {before} already, for somebody else.")


def _time(text: str) -> datetime | None:
    if not text or text == "-":
        return None
    for form in (None, *MOODLE_TIMES):
        try:
            return datetime.strptime(text, form) if form else datetime.fromisoformat(text)
        except ValueError:
            continue
    return None
