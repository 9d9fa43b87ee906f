"""What Python or torch says of the commonest slips, said once more in plain words. Only what its text makes certain."""

import re
from collections.abc import Iterable, Iterator

KINDS = {
    "long int": "whole numbers (int64)", "long": "whole numbers (int64)", "int": "whole numbers (int32)",
    "float": "floats (float32)", "double": "floats (float64)", "c10::half": "floats (float16)",
    "half": "floats (float16)", "bool": "True and False (bool)",
}  # fmt: skip
RECORDED = "In words: a tensor that requires gradients is changed in place while torch still records every step."
IN_PLACE = re.compile(r"RuntimeError: a (?:view of a )?leaf Variable that requires grad .* in-place operation\.")
TWO_KINDS = (
    re.compile(r"RuntimeError: expected m1 and m2 to have the same dtype, but got: ([\w: ]+) != ([\w: ]+)"),
    re.compile(r"RuntimeError: mat1 and mat2 must have the same dtype, but got (\w+) and (\w+)"),
    re.compile(r"RuntimeError: addmv input tensors must have the same dtype, but got \w+, (\w+), and (\w+)"),
    re.compile(r"RuntimeError: dot : expected both vectors to have same dtype, but found (\w+) and (\w+)"),
)

LEFT_IN = {
    "BdbQuit": (
        "In words: a debugger is started here, and in a check nobody sits at it. Take that line out, or sit at it: "
        "grader check EXERCISE --debug"
    ),
    "EOFError: EOF when reading a line": "In words: input() waits for somebody who types, and in a check nobody does.",
}
NO_FILE = re.compile(r"FileNotFoundError: \[Errno 2\] No such file or directory: '([^'/\\]{1,60})'")


def with_ours(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a message, and below each that torch says of such a slip one of ours."""
    for line in lines:
        yield line
        if said := in_words(line):
            yield said


def in_words(line: str) -> str:
    """The sentence about a line of torch's; empty if there is none."""
    if line in LEFT_IN:
        return LEFT_IN[line]
    if match := NO_FILE.fullmatch(line):
        return f"In words: a check finds no file {match[1]}; what a function works with comes as its arguments."
    if IN_PLACE.fullmatch(line):
        return RECORDED
    for pattern in TWO_KINDS:
        if match := pattern.fullmatch(line):
            one, other = (KINDS.get(kind.strip().lower(), "") for kind in match.groups())
            if one and other and one != other:
                return f"In words: the two sides of a product must be of one kind. Here are {one} and {other}."
    return ""
