"""The inbox: which hand-ins there are, whose each is, who handed in nothing, and what was left alone.

It is a folder with an entry for each student, or what a platform lets an instructor download, unpacked or not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from grader.course import load
from grader.course.safe_text import clean
from grader.errors import SubmissionError, UsageError
from grader.office.intake import github, gradescope
from grader.office.intake.boxes import Box, FolderBox, ZipBox
from grader.office.intake.hand_ins import HandIn, Person
from grader.office.intake.platforms import FORMS, Told, as_sent, form_of, people_in
from grader.office.intake.roster import Roster
from grader.office.intake.safe_names import safe_name, unshared
from grader.submission.limits import MANIFEST

KINDS = (".zip", ".ipynb")
ENTRIES = re.compile(r".*\.(?:zip|ipynb|py|7z|rar|tar|gz|tgz|bz2|xz)", re.IGNORECASE | re.DOTALL)
OURS = ("seed.txt", "gradebook.csv", "gradebook.json", "class.toml", "index.html", "similar.html")


@dataclass(frozen=True)
class Inbox:
    """Hand-ins in the order of the names; who of the roster handed in nothing; what is no submission."""

    path: Path
    hand_ins: tuple[HandIn, ...]
    absent: tuple[tuple[Person, str], ...] = ()
    left_alone: tuple[str, ...] = ()
    platform: str = ""


def read_inbox(path: Path, roster: Roster | None = None) -> Inbox:
    """What lies in the inbox, and whose it is. Nothing is unpacked yet. Raises UsageError."""
    box = _box(path)
    platform, found, left_alone = _read(box, roster)
    if not found:
        shown = f" ({', '.join(left_alone[:3])} {'is' if len(left_alone) == 1 else 'are'} none)" if left_alone else ""
        what = "holds no submission" if shown else "is empty"
        raise UsageError(f"{path} {what}{shown}. Put one zip, folder or notebook per student into it.")
    known = [_known(one, roster) for one in found] if roster else found
    named, absent = _with_folders(known, _absent(known, roster) if roster else [])
    return Inbox(path, tuple(named), tuple(absent), tuple(left_alone), platform)


def check_apart(inbox: Path, out: Path) -> None:
    """Results never go where submissions are read from. Raises UsageError."""
    if inbox.resolve() in (out.resolve(), *out.resolve().parents):
        raise UsageError(f"{out} lies in {inbox}, where it would be graded itself. Choose another folder for --out.")


# ---- what the inbox is


def _box(path: Path) -> Box:
    """The folder, or the download in it. Raises UsageError."""
    if path.is_file():
        return _checked(ZipBox(path))
    if not path.is_dir():
        raise UsageError(f"There is no folder {path} to grade. Name the folder that holds the submissions.")
    box = FolderBox(path)
    inner = [name for name in box.names() if ENTRIES.fullmatch(name) or name.endswith("/")]
    return (_download(path / inner[0]) if len(inner) == 1 else None) or box


def _download(place: Path) -> Box | None:
    """The one entry of a folder, if it is a whole download: its entries are called as a platform calls them."""
    if place.is_symlink() or not (place.is_dir() or place.suffix.lower() == ".zip"):
        return None
    try:
        box: Box = FolderBox(place) if place.is_dir() else ZipBox(place)
    except UsageError:  # somebody's broken hand-in, which has its own row
        return None
    return box if gradescope.METADATA in box.names() or len(people_in(box.names())) > 1 else None


def _checked(box: ZipBox) -> ZipBox:
    names = box.names()
    ids = {f"{lecture.id}/" for lecture in load().lectures}
    if MANIFEST in names or ids & set(names) or any(name.endswith(".py") for name in names if not form_of([name])):
        raise UsageError(f"{box.name} is one student's submission. Put it into a folder, and grade that.")
    return box


# ---- whose the entries are


def _read(box: Box, roster: Roster | None) -> tuple[str, list[HandIn], list[str]]:
    """The platform, the hand-ins, and what is none. What has not the platform's form is called after the student."""
    names = box.names()
    likely = [name for name in names if name.endswith("/") or _is_entry(box, name)]
    platform, found, told = _of_platform(box, names, likely, roster)
    rest = [name for name in likely if name not in told]
    found += [_plain(box, name) for name in rest]
    return platform, found, [clean(name, 80) for name in names if name not in {*told, *rest}]


def _of_platform(
    box: Box, names: list[str], likely: list[str], roster: Roster | None
) -> tuple[str, list[HandIn], set[str]]:
    """The platform, its hand-ins, and the entries that they consist of."""
    if gradescope.METADATA in names:
        found = gradescope.hand_ins(box)
        return "Gradescope", found, {gradescope.METADATA, *(part for one in found for part, _ in one.parts)}
    if folders := github.clones(box):
        return "GitHub Classroom", github.hand_ins(box, folders, roster), set(folders)
    platform = form_of(likely)
    told = {name: read for name in names if platform and (read := FORMS[platform](name))}
    return platform, _grouped(box, told), set(told)


def _is_entry(box: Box, name: str) -> bool:
    """Whether a file is meant as a hand-in: by its ending, or a zip without one. A link is, and is refused."""
    place = box.place(name)
    if ENTRIES.fullmatch(name) or (place is not None and place.is_symlink()):
        return True
    try:
        return (place is None or place.is_file()) and box.read(name, 4).startswith(b"PK\x03\x04")
    except SubmissionError:  # it cannot be read, which its row will say
        return True


def _plain(box: Box, name: str) -> HandIn:
    """An entry that is called after the student."""
    return HandIn(Person(plain_name(name.rstrip("/"))), clean(name.rstrip("/"), 200), box, ((name, ""),))


def plain_name(entry: str) -> str:
    """The student's name in the entry's own name; what a package says of itself is not asked."""
    ending = next((ending for ending in KINDS if entry.lower().endswith(ending)), "")
    stem = entry[: len(entry) - len(ending)]
    for lecture in load().lectures:
        stem = stem.removeprefix(f"{lecture.id}-") or stem
    return clean(stem, 100).strip() or "unnamed"


def _grouped(box: Box, told: dict[str, Told]) -> list[HandIn]:
    """What one person sent at one time is one hand-in, of however many files. A note alone is none beside others."""
    groups: dict[tuple[str, str, datetime | None], list[str]] = defaultdict(list)
    for name, one in told.items():
        groups[one.person.name, one.person.id, one.when].append(name)
    found = [_of_group(box, names, [told[name] for name in names]) for names in groups.values()]
    with_files = {_of_one(one) for one in found if one.parts}
    return [one for one in found if one.parts or _of_one(one) not in with_files]


def _of_group(box: Box, names: list[str], told: list[Told]) -> HandIn:
    files = [(name, one) for name, one in zip(names, told, strict=True) if not one.no_file]
    attempts = [one.attempt for _, one in files if one.attempt is not None]
    return HandIn(
        person=told[0].person,
        written=clean(", ".join(name.rstrip("/") for name, _ in files) or names[0].rstrip("/"), 400),
        box=box,
        parts=tuple(_parts(files)),
        when=told[0].when,
        attempt=max(attempts) + 1 if attempts else None,
        late=any(one.late for one in told),
    )


def _parts(files: list[tuple[str, Told]]) -> Iterable[tuple[str, str]]:
    """Each file under the name that it was sent under. A number behind a name that was sent again does not count."""
    modules = {name for lecture in load().lectures for name in lecture.files}
    plain = {name: as_sent(one.sent_as, modules) for name, one in files}
    latest = {plain[name]: name for name, _ in sorted(files, key=lambda pair: pair[1].attempt or 0)}
    for name, one in files:
        yield name, plain[name] if latest[plain[name]] == name else one.sent_as


# ---- who they are


def _known(one: HandIn, roster: Roster | None) -> HandIn:
    """The hand-in under the name of the roster; of somebody who is not in it, the row says so."""
    person = roster.find(one.person) if roster else None
    if roster is None or person is None:
        name = roster.file.name if roster else ""
        return replace(one, doubt=f"{clean(one.person.name, 60)} is not in {clean(name, 60)}, or not alone there")
    merged = Person(person.name, {**person.ids, **one.person.ids})
    return replace(one, person=merged, when=one.when or roster.times.get(person.id or person.name))


def _absent(found: Iterable[HandIn], roster: Roster) -> list[Person]:
    there = {_key(one.person, roster) for one in found}
    return [person for person in roster.people if (person.name, person.id) not in there]


def _key(person: Person, roster: Roster) -> tuple[str, str]:
    known = roster.find(person)
    return (known.name, known.id) if known else ("", "")


def _with_folders(found: list[HandIn], absent: list[Person]) -> tuple[list[HandIn], list[tuple[Person, str]]]:
    """Everybody in the order of the names, each with a folder that nobody else has."""
    found.sort(key=lambda one: (one.person.name.casefold(), one.person.name, one.person.id, one.written))
    people = _counted(found, absent)
    folders: dict[tuple[str, str, str], str] = {}
    taken = {*OURS}
    for one in found:
        key = _of_one(one)
        if key not in folders:
            several = people[safe_name(one.person.name).lower()] > 1 and one.person.id != ""
            folders[key] = unshared(one.person.name, one.person.id, {*taken, *_plain_if(several, one.person.name)})
            taken.add(folders[key].lower())
    named = [replace(one, folder=folders[_of_one(one)]) for one in found]
    rows = []
    for person in absent:
        several = people[safe_name(person.name).lower()] > 1
        rows.append((person, unshared(person.name, person.id, {*taken, *_plain_if(several, person.name)})))
        taken.add(rows[-1][1].lower())
    return named, rows


def _counted(found: list[HandIn], absent: list[Person]) -> Counter[str]:
    """How many people have a name, whether they handed in or not: who comes later takes nobody's folder."""
    people = {_of_one(one) for one in found} | {(person.name, person.id, "") for person in absent}
    return Counter(safe_name(name).lower() for name, _, _ in people)


def _of_one(one: HandIn) -> tuple[str, str, str]:
    """Who is one person: of somebody without a number, each entry is somebody's own."""
    return (one.person.name, one.person.id, "" if one.person.id else one.written)


def _plain_if(several: bool, name: str) -> set[str]:
    """Of several people with one name nobody has the plain one."""
    return {safe_name(name).lower()} if several else set()
