"""What came of the edits of a lecture, as text and as data."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from grader.proof.mutants import holes_text

if TYPE_CHECKING:
    from grader.proof.edits.survey import Survey

KINDS = ("equivalent", "unnoticed", "told", "stopped", "silent", "wrong")


def survey_text(survey: "Survey") -> str:
    """How many are found, and how many located in which way; then the holes."""
    counts, hands = counted(survey), len({edit.place.hand for edit in survey.edits})
    done = f"{len(survey.outcomes)} of {len(survey.edits)} edits of {hands} correct solutions in other hands"
    hidden = f"by hidden checks alone {counts['hidden']}"
    lines = [
        f"{survey.lecture.id}: {done}, in {survey.seconds:.0f} s",
        f"  {'equivalent':<15} {counts['equivalent']:>4}",
        f"  {'unnoticed':<15} {counts['unnoticed']:>4}",
        f"  {'found':<15} {counts['found']:>4}   {hidden}; {survey.located:.0%} located",
        f"    {'told where':<13} {counts['told']:>4}   by a name, or by what it behaves like",
        f"    {'shown the line':<13} {counts['stopped']:>3}   of an exception, or its function's",
        f"    {'silent':<13} {counts['silent']:>4}   only its own exercise fails in {counts['alone']}",
        f"    {'told wrong':<13} {counts['wrong']:>4}",
    ]
    return "\n".join([*lines, *holes_text(survey.holes)])


def survey_data(survey: "Survey") -> dict[str, Any]:
    """The same as data, with the edits of which nothing is said."""
    return {
        "made": len(survey.edits),
        "judged": len(survey.outcomes),
        **counted(survey),
        "located": round(survey.located, 3),
        "of_silent": [f"{one.edit.place.told} {one.edit.at}: {one.edit.becomes}" for one in survey.of("silent")],
        "seconds": round(survey.seconds, 1),
    }


def counted(survey: "Survey") -> dict[str, int]:
    """How many there are of each kind; `alone`: silent ones beside which no other exercise fails."""
    kinds = Counter(map(survey.kind, survey.outcomes))
    hidden = sum(outcome.seen == "hidden" for outcome in survey.outcomes)
    alone = sum(outcome.alone for outcome in survey.of("silent"))
    return {"found": len(survey.found), "hidden": hidden, **{kind: kinds[kind] for kind in KINDS}, "alone": alone}
