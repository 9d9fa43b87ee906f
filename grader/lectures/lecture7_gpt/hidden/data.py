"""Lecture 7, hidden checks of data.py: other texts and other pieces."""

from grader.inside.probes import lecture7_gpt as probes
from grader.judging.suite import exercise

LETTERS = "abcdefgh XYZ.\n"


def a_text(draw, length):
    """Letters in any order."""
    return "".join(draw.choice(LETTERS) for _ in range(length))


@exercise("char-vocabulary", points=1)
def test_vocabulary_of_another_text(agree, draw):
    """Other texts are numbered as stated."""
    agree(probes.numbered_characters, text=a_text(draw, 30))
    agree(probes.numbered_characters, text=a_text(draw, 4))


@exercise("encode", points=1)
def test_numbers_of_another_text(agree, draw):
    """Other texts become numbers as stated, also an empty one."""
    stoi = {ch: i for i, ch in enumerate(draw.sample(LETTERS, len(LETTERS)))}
    agree(probes.encoded_text, text=a_text(draw, 12), stoi=stoi)
    agree(probes.encoded_text, text="", stoi=stoi)


@exercise("decode", points=1)
def test_text_of_other_numbers(agree, draw):
    """Other numbers become text as stated."""
    itos = dict(enumerate(draw.sample(LETTERS, len(LETTERS))))
    agree(probes.decoded_text, ids=[draw.randrange(len(LETTERS)) for _ in range(12)], itos=itos)


@exercise("get-batch", points=2)
def test_other_pieces(agree, draw):
    """Other data is cut into pieces as stated."""
    for block_size, batch_size in ((3, 5), (1, 4), (6, 1)):
        numbers = draw.integers(block_size + 7, low=0, high=50)
        seed = draw.randrange(10**6)
        agree(probes.drawn_batch, numbers=numbers, block_size=block_size, batch_size=batch_size, seed=seed)
    tight = draw.integers(7, low=0, high=50)
    agree(probes.drawn_batch, numbers=tight, block_size=5, batch_size=20, seed=draw.randrange(10**6))
