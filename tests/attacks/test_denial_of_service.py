"""Denial of service: whatever a submission uses up, it is stopped, costs its own points alone, and leaves nothing."""

from attacks.attacks_kit import Attack, assert_harmless
from attacks.corpus.denial import DENIALS
from attacks.courts import Courts, at, level_of

from grader.inside.levels import LEVELS


@at(LEVELS, DENIALS)
def test_nobody_else_pays(courts: Courts, attack: Attack, place: str) -> None:
    """What cannot end is ended; the other exercises of the same file count, and so does the next submission."""
    assert_harmless(attack, level_of(place), courts.verdict(place, attack))
