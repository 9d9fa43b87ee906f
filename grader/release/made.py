"""Made mistakes recorded, exercise by exercise: where each lies, what may be said of it, and what it gave."""

from collections.abc import Mapping

from grader.course import Lecture
from grader.inside.plain import Plain
from grader.judging.mistakes.made.making import copies_of, slips_of, solutions
from grader.judging.mistakes.made.slip import Slip
from grader.release.copies import Copies
from grader.release.questions import Group
from grader.release.tables import Given, Sheet

KINDS = {"slips": slips_of, "copies": copies_of}


def made_parts(lecture: Lecture, copies: Copies, ours: Mapping[Group, Given]) -> dict[str, Plain]:
    """A part for each kind of made mistakes in each exercise.

    Where our solution does not run the function that a slip lies in, the slip changes nothing, and is not tried.
    """
    places = {id(s): [e, n] for e, slips in slips_of(lecture).items() for n, s in enumerate(slips)}
    parts = {}
    for kind, made in KINDS.items():
        for exercise, slips in made(lecture).items():
            sheet = Sheet(ours)
            for slip in slips:
                edited = {slip.place.file: slip.applied(solutions(lecture)[slip.place.file].text)}
                where = {(slip.place.file, slip.place.function)}
                sheet.add(copies.gave(edited, where, patient=False))
            parts[f"{kind}-{exercise}"] = {"told": [_told(slip, places) for slip in slips], "table": sheet.told()}
    return parts


def _told(slip: Slip, places: Mapping[int, Plain]) -> Plain:
    place = slip.place
    inner = places[id(slip.inner)] if slip.inner else None
    return [place.exercise, place.file, place.function, place.result, slip.clause, slip.size, inner]
