"""Clones of GitHub Classroom: a folder for each repository, called after the assignment and the student's login.

Nothing of git is run in them, for what lies in a repository is a stranger's.
"""

from collections.abc import Iterable

from grader.office.intake.boxes import Box
from grader.office.intake.hand_ins import HandIn, Person
from grader.office.intake.roster import Roster

ALL = "-submissions"


def clones(box: Box) -> list[str]:
    """The folders that are repositories, if this is what the inbox consists of."""
    folders = [name for name in box.names() if name.endswith("/")]
    found = [name for name in folders if _is_clone(box, name)]
    return found if found and len(found) == len(folders) else []


def _is_clone(box: Box, folder: str) -> bool:
    place = box.place(folder)
    return place is not None and (place / ".git").exists()


def hand_ins(box: Box, folders: Iterable[str], roster: Roster | None) -> list[HandIn]:
    """A hand-in for each repository. A login is cut out where something says which part of the name it is."""
    assignment = box.name.removesuffix(ALL) + "-" if box.name.endswith(ALL) else ""
    known = [one.ids["github"] for one in roster.people if "github" in one.ids] if roster else []
    found = []
    for folder in folders:
        name = folder.rstrip("/")
        login = _login(name, assignment, known)
        person = Person(login, {"github": login}) if login else Person(name)
        found.append(HandIn(person, name, box, ((folder, ""),)))
    return found


def _login(name: str, assignment: str, known: Iterable[str]) -> str:
    """The login at the end of a repository's name: the longest in the roster, else what is behind the assignment."""
    ends = [login for login in known if name.casefold().endswith(f"-{login.casefold()}")]
    if ends:
        return max(ends, key=len)
    return name.removeprefix(assignment) if assignment and name.startswith(assignment) else ""
