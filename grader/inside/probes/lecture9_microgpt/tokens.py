"""What is measured of tokens.py: letters, tokens, counts of pairs, and the loss of a document."""

from types import ModuleType
from typing import Any

from grader.inside.probe import EXACT, probe
from grader.inside.probes.lecture9_microgpt.shared import ROUNDING, items, number, text, whole

MOST_SHOWN = 6


def _brief(docs: list[str]) -> str:
    """Some documents as a student would type them, or how many there are."""
    if len(docs) <= MOST_SHOWN:
        return repr(docs)
    return f"[{', '.join(map(repr, docs[:3]))}, ... {len(docs)} documents]"


@probe(EXACT, lambda docs: f"letters_of({_brief(docs)})")
def letters_found(tokens: ModuleType, *, docs: list[str]) -> Any:
    """The letters of some documents, in order."""
    found = items(tokens.letters_of(list(docs)), "letters_of(...)")
    return [text(letter, f"letters_of(...)[{i}]") for i, letter in enumerate(found)]


@probe(EXACT, lambda doc, letters: f"encode({doc!r}, list({letters!r}))")
def encoded(tokens: ModuleType, *, doc: str, letters: str) -> Any:
    """The tokens of a document."""
    return [whole(token, "a token") for token in items(tokens.encode(doc, list(letters)), "encode(...)")]


@probe(EXACT, lambda row, letters: f"decode({row}, list({letters!r}))")
def decoded(tokens: ModuleType, *, row: list[int], letters: str) -> Any:
    """The text of tokens."""
    return text(tokens.decode(list(row), list(letters)), "decode(...)")


@probe(EXACT, lambda docs, letters: f"count_pairs({_brief(docs)}, list({letters!r}))")
def pairs(tokens: ModuleType, *, docs: list[str], letters: str) -> Any:
    """The table of counts."""
    rows = items(tokens.count_pairs(list(docs), list(letters)), "count_pairs(...)")
    return {
        f"after {([*letters, 'BOS'] + ['?'] * len(rows))[i]}": [
            whole(n, f"counts[{i}][{j}]") for j, n in enumerate(items(row, f"counts[{i}]"))
        ]
        for i, row in enumerate(rows)
    }


@probe(ROUNDING, lambda counts, doc, letters: f"pair_loss({counts}, {doc!r}, list({letters!r}))")
def loss_of_pairs(tokens: ModuleType, *, counts: list[list[int]], doc: str, letters: str) -> Any:
    """The mean loss of a document, and the table afterwards."""
    table = [list(row) for row in counts]
    loss = number(tokens.pair_loss(table, doc, list(letters)), "pair_loss(...)")
    return {"loss": loss, "counts afterwards": table}
