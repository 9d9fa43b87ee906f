"""Reading what is hidden: no road leads from a worker to a secret. Where the level is too weak, the attack is real."""

from attacks.attacks_kit import Attack, assert_harmless
from attacks.corpus.hidden import HIDDEN
from attacks.courts import EVERYWHERE, Courts, at, level_of


@at(EVERYWHERE, HIDDEN)
def test_nothing_hidden_is_reached(courts: Courts, attack: Attack, place: str) -> None:
    """From the level on at which it must be impossible, the search comes home with nothing; below, it finds."""
    assert_harmless(attack, level_of(place), courts.verdict(place, attack))
