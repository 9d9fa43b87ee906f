"""Where attacks are judged: a court at each level of isolation, some of them opened by an ordinary user."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Self

import pytest
from attacks import ordinary_user
from attacks.attacks_kit import Attack, Court

from grader.inside.levels import LEVELS, PROCESS
from grader.sandbox.isolation import best, offered

ORDINARY = "by an ordinary user"
BY_AN_ORDINARY_USER = tuple(f"{level} {ORDINARY}" for level in LEVELS if level != PROCESS)
EVERYWHERE = (*LEVELS, *BY_AN_ORDINARY_USER)
BEST = "best"

Verdict = dict[str, Any]


def at(places: Sequence[str], attacks: Sequence[Attack]) -> Callable[[Any], Any]:
    """Parametrise a test by attack and place, so that one attack is judged at all places before the next one."""

    def mark(test: Any) -> Any:
        by_attack = pytest.mark.parametrize("attack", attacks, ids=lambda attack: attack.name)(test)
        return pytest.mark.parametrize("place", places, ids=lambda place: place.replace(" ", "-"))(by_attack)

    return mark


class Courts:
    """Each is opened when it is first needed; all are closed in the end. Use it with `with`."""

    def __init__(self, asked: Mapping[str, list[str]]) -> None:
        self.asked = asked
        self.stack = ExitStack()
        self.made: dict[str, Court] = {}
        self.verdicts: dict[tuple[str, str], Future[Verdict]] = {}

    def __enter__(self) -> Self:
        self.pool = self.stack.enter_context(ThreadPoolExecutor(len(EVERYWHERE)))
        return self

    def __exit__(self, *error: object) -> None:
        self.stack.close()

    def verdict(self, place: str, attack: Attack) -> Verdict:
        """What came of the attack at this place. Skips the test where it cannot or must not be run."""
        reason = self._obstacle(place, attack)
        if reason:
            pytest.skip(reason)
        if (place, attack.name) not in self.verdicts:
            for other in self.asked[attack.name]:
                if not self._obstacle(other, attack):
                    self.verdicts[other, attack.name] = self.pool.submit(self._court(other).judge, attack)
        return self.verdicts[place, attack.name].result()

    def _obstacle(self, place: str, attack: Attack) -> str:
        level = level_of(place)
        if level not in offered():
            return f"this machine does not offer the level {level}"
        if ORDINARY in place and not ordinary_user.command():
            return "no ordinary user can be had: the tests do not run as root, or nobody else may read the interpreter"
        if not attack.tame and not attack.holds_at(level):
            return f"would do harm at the level {level}, where it is not impossible"
        return ""

    def _court(self, place: str) -> Court:
        if place not in self.made:
            command = ordinary_user.command() if ORDINARY in place else []
            self.made[place] = self.stack.enter_context(Court(level_of(place), command))
        return self.made[place]


def level_of(place: str) -> str:
    """The level at a place."""
    return best() if place == BEST else place.partition(" ")[0]
