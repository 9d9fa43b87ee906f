"""Who writes an exercise right keeps its points, however wrong the exercises are that it needs."""

import pytest
from needs_kit import Class, needs, ways

from grader.course import load
from grader.judging import steps

UNSEEN = "nothing is wrong with the operation by itself: it shows only here, so here it costs"
MIXED = "a + 1 and a * 2 are computed by the very methods that are wrong"
ALIKE = ("not written", "raises", "closure-called-early 0", "local-grad-without-chain 0", "scalar-not-wrapped 0")
REFLECTED = {
    "value-add": (
        "add-uses-product-rule 0", "local-grad-without-chain 1", "nothing-handed-on 0", "plus-number-not-wrapped 0",
        "return-missing 0", "share-to-wrong-operand 0", "share-to-wrong-operand 1",
    ),
    "value-mul": (
        "grad-for-data 0", "grad-for-data 1", "grad-for-data 3", "local-grad-without-chain 2", "mul-both-to-self 0",
        "mul-one-own-data 0", "mul-own-data 0", "nothing-handed-on 1", "return-missing 1", "share-to-wrong-operand 2",
        "times-number-not-wrapped 0",
    ),
}  # fmt: skip
LOST = {
    **{
        (exercise, f"value-{need}", f"missing-child {number}"): UNSEEN
        for exercise in ("trace", "value-backward")
        for need, numbers in (("add", (0, 1, 3)), ("mul", (0, 2, 3)))
        for number in numbers
    },
    **{
        ("value-backward", need, way): UNSEEN
        for need in REFLECTED
        for way in ("closure-on-self 0", "closure-hides-backward 0")
    },
    **{("value-reflected", need, way): MIXED for need, own in REFLECTED.items() for way in (*ALIKE, *own)},
}


@pytest.mark.course
@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_what_is_right_keeps_its_points_whatever_it_needs(lecture, monkeypatch):
    """Each need of the course goes wrong in each known way; what cannot be told apart is listed with the reason."""
    # points are looked at, and not which case is shown: the search for the smallest takes half of the time
    monkeypatch.setattr(steps.ForAll, "candidates", property(lambda step: step.wider))
    judge, lost = Class(lecture), set()
    pairs = [(need, way, exercise) for exercise, need in needs(lecture) for way in ways(lecture, need, exercise.id)]
    for need, way, exercise in sorted(pairs, key=lambda pair: (pair[0], pair[1].name)):
        if judge.lost(exercise, way):
            lost.add((exercise.id, need, way.name))
    assert lost == {one for one in LOST if load().exercise(one[0]).lecture == lecture.id}
