"""Odd but honest: whatever a level forbids, no honest submission loses a mark by it."""

from attacks.attacks_kit import Attack, assert_harmless
from attacks.corpus.benign import BENIGN
from attacks.courts import EVERYWHERE, Courts, at, level_of

from grader.inside.levels import LEVELS


@at(EVERYWHERE, [odd for odd in BENIGN if not odd.heavy])
def test_what_is_right_gets_full_marks(courts: Courts, attack: Attack, place: str) -> None:
    """Full marks at every level, and nothing left behind either."""
    assert_harmless(attack, level_of(place), courts.verdict(place, attack))


@at(LEVELS, [odd for odd in BENIGN if odd.heavy])
def test_what_is_right_and_imports_much_gets_full_marks(courts: Courts, attack: Attack, place: str) -> None:
    """The same with libraries that take seconds to import."""
    assert_harmless(attack, level_of(place), courts.verdict(place, attack))
