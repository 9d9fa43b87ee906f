"""Answers that are ours byte for byte are not read again; all others are read with care."""

import pytest

from grader.inside import plain
from grader.inside.plain import Array
from grader.sandbox.familiar import LARGEST, Familiar
from grader.sandbox.observation import RETURNED, Observation
from grader.sandbox.replies import question, returned

VALUES = [
    None, True, 1, 1.0, -0.0, float("nan"), float("inf"), "é\udc80", b"\0", [], (), [1, (2.5, {"a": [None]})],
    {1: 2, "1": 3}, Array("float64", (1,), bytes(8)),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_what_is_ours_is_what_reading_would_give(value):
    """The very same, types and signs of zero included; another kit of answers gives it too."""
    known, unknown = Familiar(), Familiar()
    known.learn(Observation(RETURNED, value))
    body = plain.encode(value)
    assert known.read(body) is value
    assert repr(known.read(body)) == repr(unknown.read(body))


@pytest.mark.parametrize("body", [b"", b"NaN", b"[1", b'{"x": 1}', b'{"d": [[1, 2], [1, 3]]}', b"[" * 99])
def test_what_is_not_ours_is_refused_as_ever(body):
    """Bytes that nobody learnt are read, and refused if they are in no agreed form."""
    familiar = Familiar()
    familiar.learn(Observation(RETURNED, [1]))
    with pytest.raises(plain.NotPlain):
        familiar.read(body)
    assert familiar.read(b"[ 1]") == [1]  # not the same bytes: read
    assert list(familiar.known) == [b"[1]"]


def test_only_so_much_is_kept():
    """What was learnt first is forgotten first, and what is too large is never kept."""
    familiar = Familiar(most=10)
    for number in (1111, 2222, 3333):
        familiar.learn(Observation(RETURNED, number))
    familiar.learn(Observation(RETURNED, "x" * LARGEST))
    familiar.learn(Observation(RETURNED, 3333))
    assert list(familiar.known) == [b"2222", b"3333"]
    assert familiar.size == 8


def test_what_is_always_said_is_written_as_plain_writes_it():
    """A question, and what a worker says of a measurement that has returned."""
    assert plain.encode({"id": 1234, "probe": "a_lecture.a_probe.each"}) == question(1234, "a_lecture.a_probe.each")
    assert plain.encode({"kind": RETURNED, "id": 1234}) == returned(1234)
