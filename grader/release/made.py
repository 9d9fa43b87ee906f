"""Made mistakes recorded, exercise by exercise: where each lies, what may be said of it, and what it gave."""

from collections.abc import Callable, Iterable, Mapping

from grader.course import Lecture
from grader.inside.plain import Plain
from grader.judging.mistakes.made.making import copies_of, slips_of, solutions
from grader.judging.mistakes.made.slip import Slip
from grader.release.copies import Copies
from grader.release.questions import Group
from grader.release.tables import Given, Sheet

KINDS = {"slips": slips_of, "copies": copies_of}


def made_parts(
    lecture: Lecture, copies: Copies, ours: Mapping[Group, Given], wanted: Callable[[str], bool]
) -> dict[str, Plain]:
    """A part for each kind of made mistakes in each exercise, if it is wanted by its name.

    Where our solution does not run the function that a slip lies in, the slip changes nothing, and is not tried.
    """
    places = {id(s): [e, n] for e, slips in slips_of(lecture).items() for n, s in enumerate(slips)}
    parts: dict[str, Plain] = {}
    for kind, made in KINDS.items():
        for exercise, slips in made(lecture).items():
            if wanted(name := f"{kind}-{exercise}"):
                table = _table(lecture, copies, slips, Sheet(ours))
                parts[name] = {"told": [_told(slip, places) for slip in slips], "table": table}
    return parts


def _table(lecture: Lecture, copies: Copies, slips: Iterable[Slip], sheet: Sheet) -> Plain:
    for slip in slips:
        edited = {slip.place.file: slip.applied(solutions(lecture)[slip.place.file].text)}
        sheet.add(copies.gave(edited, {(slip.place.file, slip.place.function)}, patient=False))
    return sheet.told()


def _told(slip: Slip, places: Mapping[int, Plain]) -> Plain:
    place = slip.place
    inner = places[id(slip.inner)] if slip.inner else None
    return [place.exercise, place.file, place.function, place.result, slip.clause, slip.size, inner]
