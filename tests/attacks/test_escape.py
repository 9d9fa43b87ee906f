"""Escape: no process, file, limit or piece of the machine outside a worker changes by what happens inside."""

from attacks.attacks_kit import Attack, assert_harmless
from attacks.corpus.escape import ESCAPES
from attacks.courts import EVERYWHERE, Courts, at, level_of


@at(EVERYWHERE, ESCAPES)
def test_nothing_outside_is_changed(courts: Courts, attack: Attack, place: str) -> None:
    """From the level on at which it must be impossible, nothing outside changes; below, the attack is a real one."""
    assert_harmless(attack, level_of(place), courts.verdict(place, attack))
