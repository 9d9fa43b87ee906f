"""Lecture 8, public checks of files.py: a tokenizer written down, and read back."""

from grader.inside.probes import lecture8_tokenizer as probes
from grader.judging.suite import exercise

PATTERN = r" ?\p{L}+| +"


@exercise("save-model", points=2)
def test_lines_of_the_file(agree):
    """Pattern, special tokens and merges stand in the file, line by line, merges by rising id."""
    agree(probes.saved, pattern=PATTERN, special={"<|end|>": 1000}, merges=[(97, 98, 256), (256, 99, 257)])
    agree(probes.saved, pattern="é", special={}, merges=[])
    agree(
        probes.saved,
        pattern=".", special={"b ": 7000, "a b": 1001}, merges=[(98, 99, 257), (97, 97, 256), (10, 257, 258)],
    )  # fmt: skip


@exercise("load-model", points=2)
def test_what_is_read(agree):
    """Everything that the file tells is known afterwards, and nothing else."""
    agree(probes.loaded, lines=[PATTERN, "1", "1000 <|end|>", "97 98", "256 99"])
    agree(probes.loaded, lines=["é", "0"])
    agree(probes.loaded, lines=["x", "1", "1000 <|e|>", "98 99", "97 98"])
    agree(probes.loaded, lines=[" .", "2", "7000 a b ", "1001  c", "98 99", "200 97", "257 256"])
