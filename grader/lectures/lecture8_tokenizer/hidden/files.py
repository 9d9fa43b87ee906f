"""Lecture 8, hidden checks of files.py: other tokenizers."""

from grader.inside.probes import lecture8_tokenizer as probes
from grader.judging.suite import exercise


@exercise("save-model", points=1)
def test_lines_of_other_files(agree, draw):
    """The file is right for other tokenizers."""
    merges = [(draw.randrange(256), 255 - i, 256 + i) for i in range(4)]
    draw.shuffle(merges)
    special = {f"<|{word}|> ": draw.randint(500, 9000) for word in draw.words(3)}
    agree(probes.saved, pattern=r"\w+ ", special=special, merges=merges)


@exercise("load-model", points=1)
def test_other_files(agree, draw):
    """What is read is right for other files."""
    special = [f"{draw.randint(500, 9000)} <|{word}|> {word}" for word in draw.words(3)]
    merges = [f"{draw.randrange(256)} {draw.randrange(256 + i)}" for i in range(4)]
    agree(probes.loaded, lines=[r"\w+ ", "3", *special, *merges])
