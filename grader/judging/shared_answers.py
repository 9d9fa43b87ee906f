"""What the reference and the misconceptions gave, kept in one file for all processes that grade a class together.

Each question is then observed once for a class, however many processes ask it. The file holds plain data, lives as
long as the run, and lies where no student's process may look. If it cannot be used, each process observes for itself.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from grader.inside import plain
from grader.sandbox.observation import Observation

PATIENCE = 30.0  # seconds to wait for another process that is writing
LARGEST = 1 << 26


class Answers:
    """The answers in one file, which is made if it is not there."""

    def __init__(self, file: Path) -> None:
        self.connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        with suppress(sqlite3.Error):
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = OFF")  # the file outlives no run
            self.connection.execute("CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, answer BLOB)")

    def recall(self, question: str, observe: Callable[[], Observation]) -> Observation:
        """The answer that is kept, else the one that is observed now, which is kept from then on."""
        with suppress(sqlite3.Error):
            found = self.connection.execute("SELECT answer FROM answers WHERE question = ?", (question,)).fetchone()
            if found and (known := _if_whole(found[0])):
                return known
        observation = observe()
        with suppress(sqlite3.Error, plain.NotPlain):
            answer = _encoded(observation)
            self.connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (question, answer))
            return _decoded(answer)  # whoever asks, first or later, gets the very same
        return observation

    def close(self) -> None:
        self.connection.close()


def _encoded(observation: Observation) -> bytes:
    return plain.encode([observation.kind, observation.value, observation.type, observation.text])


def _if_whole(answer: bytes) -> Observation | None:
    """What was kept; None if it cannot be read, as after the machine has stopped in the middle of writing."""
    try:
        return _decoded(answer)
    except (plain.NotPlain, ValueError, TypeError):
        return None


def _decoded(answer: bytes) -> Observation:
    kind, value, type, text = plain.decode(answer, limit=LARGEST)
    return Observation(kind, value, type, text)
