"""What is measured of counts.py: vocabularies, pairs, tables, losses, and names drawn from a table."""

from types import ModuleType
from typing import Any

from grader.inside.arrays import shown
from grader.inside.chance import steady_chance
from grader.inside.names import names
from grader.inside.plain import Array
from grader.inside.probe import EXACT, NotAsStated, Tolerance, probe
from grader.inside.probes.lecture2_bigram.shared import (
    SHARES,
    brief,
    dictated,
    fractions,
    made_up,
    numbered,
    parts,
    plain_number,
    seeded,
    told,
    typed,
    vocabulary,
)
from grader.inside.tensors import (
    array_of,
    as_items,
    dictated_numbers,
    generator,
    next_number,
    number_of,
    tensor,
    whole_numbers,
)

AVERAGE = Tolerance(2e-6, "a float32 loss is off by 2e-7, the nearest mistake by 1e-2")


@probe(EXACT, lambda words: f"build_vocabulary({brief(words)})")
def tables_of_vocabulary(counts: ModuleType, *, words: list[str]) -> Any:
    """Both tables."""
    stoi, itos = _vocabulary(counts, words)
    return {"stoi": stoi, "itos": itos}


@probe(EXACT, lambda words: f"stoi, itos = build_vocabulary({brief(words)})")
def size_of_vocabulary(counts: ModuleType, *, words: list[str]) -> Any:
    """How many characters, which numbers they have, and whether one table undoes the other."""
    stoi, itos = _vocabulary(counts, words)
    return {
        "len(stoi)": len(stoi),
        "stoi['.']": stoi.get("."),
        "the numbers": sorted(stoi.values(), key=str),
        "itos undoes stoi": itos == {number: character for character, number in stoi.items()},
    }


def _vocabulary(counts: ModuleType, words: list[str]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """The student's tables as dicts; itos may be any sequence, and is then counted from 0."""
    stoi, itos = parts(counts.build_vocabulary(list(words)), "build_vocabulary(...)", "stoi, itos")
    if not isinstance(stoi, dict):
        raise NotAsStated("stoi, the first part of build_vocabulary(...), should be a dict")
    return stoi, itos if isinstance(itos, dict) else dict(enumerate(as_items(itos, "itos")))


@probe(EXACT, lambda word: f"bigrams({word!r})")
def pairs_of_word(counts: ModuleType, *, word: str) -> Any:
    """The pairs of one word."""
    pairs = as_items(counts.bigrams(word), f"bigrams({word!r})")
    return {"bigrams": [as_items(pair, "a bigram") for pair in pairs]}


@probe(EXACT, lambda words, letters: typed(f"count_bigrams({brief(words)}, stoi)", stoi=letters))
def table_of_counts(counts: ModuleType, *, words: list[str], letters: str) -> Any:
    """The table of counts."""
    return {"N": whole_numbers(counts.count_bigrams(list(words), vocabulary(letters)), "count_bigrams(...)")}


@probe(EXACT, lambda first: f"count_bigrams(words, stoi); words are the first {first:,} names of the list")
def table_of_names(counts: ModuleType, *, first: int) -> Any:
    """The table of counts of real names."""
    stoi = vocabulary("abcdefghijklmnopqrstuvwxyz")
    return {"N": whole_numbers(counts.count_bigrams(names(first), stoi), "count_bigrams(...)")}


@probe(SHARES, lambda N, smoothing: f"bigram_probabilities({shown(N)}, {smoothing})")
def table_of_shares(counts: ModuleType, *, N: Array, smoothing: float) -> Any:
    """The table of probabilities, and the counts as the call left them."""
    given = tensor(N)
    P = fractions(counts.bigram_probabilities(given, smoothing), "bigram_probabilities(...)")
    return {"P": array_of(P), "N afterwards": given}


def _shown_names(P: Array, letters: str, count: int, seed: int) -> str:
    return typed(f"sample_names(P, itos, {count}, generator)", P=P, itos=letters, generator=seeded(seed))


@probe(EXACT, _shown_names)
def names_from_table(counts: ModuleType, *, P: Array, letters: str, count: int, seed: int) -> Any:
    """Names from a table of probabilities, and where the generator stands afterwards."""
    return made_up(counts, lambda source: counts.sample_names(tensor(P), numbered(letters), count, source), seed)


def _dictated_names(P: Array, letters: str, count: int, script: list[int]) -> str:
    return typed(f"sample_names(P, itos, {count}, generator); {told(script)}", P=P, itos=letters)


@probe(SHARES, _dictated_names)
def draws_from_table(counts: ModuleType, *, P: Array, letters: str, count: int, script: list[int]) -> Any:
    """Names when the draws are dictated, and the row of P behind each draw."""
    return dictated(counts, lambda source: counts.sample_names(tensor(P), numbered(letters), count, source), script)


def _often(times: int) -> str:
    return "" if times == 1 else f", {times} times"


@probe(EXACT, lambda p, times, seed: typed(f"draw(p, generator){_often(times)}", p=p, generator=seeded(seed)))
def draws_by_hand(counts: ModuleType, *, p: Array, times: int, seed: int) -> Any:
    """Several draws in a row, and where the generator stands afterwards."""
    source = generator(seed)
    with steady_chance():
        found = [plain_number(counts.draw(tensor(p), source), "draw(...)") for _ in range(times)]
    return {"draws": found, "the generator's next number": next_number(source)}


@probe(
    EXACT,
    lambda p, numbers: typed(f"draw(p, generator), where torch.rand gives {' then '.join(map(str, numbers))}", p=p),
)
def draws_of_given_numbers(counts: ModuleType, *, p: Array, numbers: list[float]) -> Any:
    """What is drawn for numbers that the generator is made to give."""
    with steady_chance(), dictated_numbers([counts], numbers):
        return {"draws": [plain_number(counts.draw(tensor(p), generator(0)), "draw(...)") for _ in numbers]}


@probe(AVERAGE, lambda P, words, letters: typed(f"average_nll(P, {brief(words)}, stoi)", P=P, stoi=letters))
def loss_of_table(counts: ModuleType, *, P: Array, words: list[str], letters: str) -> Any:
    """The average loss of a table on some words."""
    return {"loss": number_of(counts.average_nll(tensor(P), list(words), vocabulary(letters)), "average_nll(...)")}
