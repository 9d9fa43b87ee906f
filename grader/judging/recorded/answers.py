"""Recorded observations, looked up by what was asked."""

import array
import hashlib
import sys
from collections.abc import Callable, Mapping
from typing import Any

from grader.inside.plain import Array, Plain
from grader.inside.probe import REGISTRY, Probe
from grader.judging.recorded.archive import Archive
from grader.judging.sketches import IN_SHORT
from grader.sandbox.observation import NOT_PLAIN, RETURNED, Asked, Observation

UNKNOWN = Observation(NOT_PLAIN, text="this was not recorded")
MANY = "each"
REMEMBERED = 2_000
KEY = 12  # bytes of a hash
AS_OURS = 0  # in the place of an answer that is the same as that of our solution


def keys_of(probe: Probe, inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """What a question is called in a recording; one that asks several at once is called as each of them is."""
    asked = Asked.of(inputs)
    key = probe.name, asked.sha256
    if key not in KNOWN:
        one = REGISTRY[probe.name.removesuffix(f".{MANY}")]
        parts = asked[MANY] if probe.is_many else [asked]
        KNOWN[key] = tuple(_key(one, Asked.of(part)) for part in parts)
        if len(KNOWN) > REMEMBERED:
            del KNOWN[next(iter(KNOWN))]
    return KNOWN[key]


KNOWN: dict[tuple[str, bytes], tuple[str, ...]] = {}


def _key(probe: Probe, asked: Asked) -> str:
    return hashlib.sha256(probe.name.encode() + b" " + asked.sha256).hexdigest()[: 2 * KEY]


def composed(probe: Probe, inputs: Mapping[str, Any], answer: Callable[[str], Observation]) -> Observation:
    """The answer to a question, by its key; of several at once, put together from the answers to each."""
    answers = [answer(key) for key in keys_of(probe, inputs)]
    if not probe.is_many:
        return answers[0]
    stopped = next((one for one in answers if one.kind != RETURNED), None)
    if stopped and stopped.kind == IN_SHORT:
        return UNKNOWN
    return stopped or Observation(RETURNED, [one.value for one in answers])


class Answered:
    """The answers of our solution, by the keys of the questions."""

    def __init__(self, archive: Archive) -> None:
        self.told: dict[str, Plain] = archive.part("ours") or {}
        self.known: dict[str, Observation] = {}

    def answer(self, key: str) -> Observation:
        """What it gave, if that was asked."""
        if key not in self.known:
            self.known[key] = observation(self.told[key]["answer"]) if key in self.told else UNKNOWN
        return self.known[key]


class Table:
    """What each of many wrong copies gave: of every question the different answers, and which of them each gave."""

    def __init__(self, ours: Answered, told: Mapping[str, Plain]) -> None:
        self.ours = ours
        self.told = told
        self.known: dict[tuple[str, int], Observation] = {}
        self.numbers: dict[str, array.array[int]] = {}

    def answer(self, key: str, number: int) -> Observation:
        """What the copy of this number gave."""
        which = self._numbers(key)[number] if key in self.told else AS_OURS
        if which == AS_OURS:
            return self.ours.answer(key)
        if (key, which) not in self.known:
            self.known[key, which] = observation(self.told[key][0][which - 1])
        return self.known[key, which]

    def _numbers(self, key: str) -> "array.array[int]":
        if key not in self.numbers:
            self.numbers[key] = unpacked(self.told[key][1])
        return self.numbers[key]


class Recorded:
    """One wrong copy, by its number in a table."""

    def __init__(self, table: Table, number: int) -> None:
        self.table = table
        self.number = number

    def observe(self, probe: Probe, inputs: Mapping[str, Any]) -> Observation:
        """What it gave when it was recorded."""
        return composed(probe, inputs, lambda key: self.table.answer(key, self.number))


def observation(told: Plain) -> Observation:
    """An observation as it was written."""
    kind, value, type, text = told
    return Observation(kind, value, type, text)


def as_told(one: Observation) -> list[Plain]:
    """An observation as it is written."""
    return [one.kind, one.value, one.type, one.text]


def packed(numbers: list[int]) -> Array:
    """Small whole numbers as data."""
    found = array.array("h", numbers)
    if sys.byteorder == "big":
        found.byteswap()
    return Array("int16", (len(numbers),), found.tobytes())


def unpacked(numbers: Array) -> "array.array[int]":
    """These numbers again."""
    found = array.array("h")
    found.frombytes(numbers.data)
    if sys.byteorder == "big":
        found.byteswap()
    return found
