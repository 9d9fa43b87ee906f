"""Who writes an exercise right keeps its points, however wrong the exercises are that it needs."""

import pytest
from needs_kit import Class, needs, ways

from grader.course import load

UNSEEN = "nothing is wrong with the operation by itself: it shows only here, so here it costs"
MIXED = "a + 1 and a * 2 are computed by the very methods that are wrong"
LOST = {
    **{
        (exercise, f"value-{need}", f"{way}"): UNSEEN
        for exercise in ("trace", "value-backward")
        for need, numbers in (("add", (0, 1, 3)), ("mul", (0, 2, 3)))
        for way in [f"missing-child {number}" for number in numbers]
    },
    ("value-backward", "value-add", "closure-on-self 0"): UNSEEN,
    ("value-backward", "value-mul", "closure-on-self 0"): UNSEEN,
    **{
        ("value-reflected", need, way): MIXED
        for need, own in (
            ("value-add", ("add-uses-product-rule 0",)),
            ("value-mul", ("mul-both-to-self 0", "mul-own-data 0")),
        )
        for way in (
            "not written", "raises", "closure-called-early 0", "local-grad-without-chain 0", "scalar-not-wrapped 0",
            *own,
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("lecture", load().lectures, ids=lambda lecture: lecture.id)
def test_what_is_right_keeps_its_points_whatever_it_needs(lecture):
    """Each need of the course goes wrong in each known way; what cannot be told apart is listed with the reason."""
    judge, lost = Class(lecture), set()
    pairs = [(need, way, exercise) for exercise, need in needs(lecture) for way in ways(lecture, need, exercise.id)]
    for need, way, exercise in sorted(pairs, key=lambda pair: (pair[0], pair[1].name)):
        if judge.lost(exercise, way):
            lost.add((exercise.id, need, way.name))
    assert lost == {one for one in LOST if load().exercise(one[0]).lecture == lecture.id}
