"""A made mistake beside a known one: slips in a copy of our solution that has the known one in it already."""

from collections.abc import Mapping

from grader.judging.mistakes.edits import beside
from grader.judging.mistakes.known import Edit
from grader.judging.mistakes.made.making import slips_of
from grader.judging.mistakes.made.slip import Slip
from grader.judging.mistakes.made.trying import Slips
from grader.judging.sketches import name_of


class SlipsBeside(Slips):
    """The slips of a lecture where one way to make a known mistake is there as well."""

    kinds = (slips_of,)

    def __init__(self, slips: Slips, edits: tuple[Edit, ...]) -> None:
        super().__init__(slips.lecture, slips.effort, slips.workshop, slips.book, slips.answers)
        self.edits = edits
        self.base = name_of(slips.base, *([edit.file, edit.old, edit.new] for edit in edits))

    def _edited(self, slip: Slip) -> Mapping[str, str] | None:
        return beside(self.edits, (slip.place.file, slip.start, slip.end, slip.new), self.lecture)
