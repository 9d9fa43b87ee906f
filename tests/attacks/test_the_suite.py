"""The suite itself: enough attacks, each with a name of its own, and the weakest level at which it must fail."""

from attacks.corpus.benign import BENIGN
from attacks.corpus.denial import DENIALS
from attacks.corpus.escape import ESCAPES
from attacks.corpus.forged_frames import FORGED_FRAMES
from attacks.corpus.forged_objects import FORGED_OBJECTS
from attacks.corpus.forged_tensors import FORGED_TENSORS
from attacks.corpus.hidden import HIDDEN
from attacks.corpus.packages import REFUSED, TAKEN

from grader.inside.levels import LEVELS, PROCESS

CATEGORIES = {
    "forged scores": (*FORGED_OBJECTS, *FORGED_FRAMES, *FORGED_TENSORS), "reading what is hidden": HIDDEN,
    "denial of service": DENIALS, "escape": ESCAPES, "benign": BENIGN,
}  # fmt: skip


def test_there_are_enough_attacks_of_every_kind():
    """The corpus does not shrink by accident."""
    assert sum(len(attacks) for name, attacks in CATEGORIES.items() if name != "benign") >= 60
    assert all(len(attacks) >= 20 for attacks in CATEGORIES.values())
    assert len({*REFUSED, *TAKEN}) >= 20


def test_each_has_a_name_of_its_own_and_a_sentence():
    """A failing test says which attack it was and what that one tries."""
    attacks = [attack for attacks in CATEGORIES.values() for attack in attacks]
    assert len({attack.name for attack in attacks}) == len(attacks)
    assert all(attack.tries.endswith(".") for attack in attacks)


def test_each_must_fail_at_some_level():
    """The strongest level leaves nothing possible, and what is not tame is not possible where it is run."""
    attacks = [attack for attacks in CATEGORIES.values() for attack in attacks]
    assert {attack.impossible_from for attack in attacks} <= set(LEVELS)
    assert all(attack.impossible_from != PROCESS for attack in attacks if not attack.tame)
