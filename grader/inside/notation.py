"""Small programs that are written in the usual way, read in a fraction of the time that Python's own parser takes.

What is written otherwise is neither read nor refused here: `usual_steps` says that it is Unusual, and whoever asks
looks more closely. What is read means what it means in Python.
"""

import itertools
import re
from collections.abc import Container
from keyword import iskeyword
from typing import Any

MAX_USUAL = 200  # characters, so that nothing is nested deeply
LINE_END = re.compile(r"[;\n]")
WORDS = re.compile(r"\w+")
TOKENS = re.compile(r"[A-Za-z_][A-Za-z_0-9]*|[0-9]+\.[0-9]+|0|[1-9][0-9]*|\*\*|[^ ]")
NAME = re.compile(r"[A-Za-z_]")
DIGIT = re.compile(r"[0-9]")
BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}  # how closely each sign binds; what is no such sign ends an operand
POWER = BINDS["**"]
END, LAST = "", "out"  # behind a line, and what a result is called that has no name


class Unusual(Exception):
    """A program that is written otherwise, or is none."""


def lines_of(program: str) -> list[str]:
    """Its lines, which may be parted either way, without the empty ones."""
    return [line for part in LINE_END.split(program) if (line := part.strip())]


def usual_steps(program: str, functions: Container[str]) -> list[tuple[str, str, tuple[Any, ...], bool]]:
    """Of each step the target, the sign, the operands, and whether the program names the target. Raises Unusual."""
    if len(program) > MAX_USUAL:
        raise Unusual
    reader, lines = _Reader(functions, set(WORDS.findall(program))), lines_of(program)
    for number, line in enumerate(lines, 1):
        reader.read(line, last=number == len(lines))
    return reader.steps


class _Reader:
    """Reads line by line. An operand is a name or a number; an operation gets a name that the program does not use."""

    def __init__(self, functions: Container[str], taken: set[str]) -> None:
        self.functions = functions
        self.taken = taken
        self.steps: list[tuple[str, str, tuple[Any, ...], bool]] = []

    def read(self, line: str, last: bool) -> None:
        """NAME = EXPRESSION, or in the last line an expression alone; its last operation has the name."""
        before, self.tokens = len(self.steps), [*TOKENS.findall(line), END, END]
        is_named = self.tokens[1] == "="
        target, self.at = (self._name(self.tokens[0]), 2) if is_named else (LAST, 0)
        self._expression(1)
        is_whole = self.tokens[self.at] == END and len(self.steps) > before
        if not is_whole or not (is_named or (last and LAST not in self.taken)):
            raise Unusual
        inner, sign, operands, _ = self.steps.pop()
        self.taken.discard(inner)
        self.steps.append((target, sign, operands, True))

    def _expression(self, least: int) -> Any:
        """The operand that begins here, with all that follows it and binds at least so closely."""
        left = self._operand()
        while (binds := BINDS.get(sign := self.tokens[self.at], 0)) >= least:
            self.at += 1
            right = self._expression(POWER if binds == POWER else binds + 1)
            left = self._step(sign, left, right)
        return left

    def _operand(self) -> Any:
        token = self.tokens[self.at]
        self.at += 1
        if DIGIT.match(token):
            return float(token) if "." in token else int(token)
        if token == "-":
            return self._minus()
        if token == "(":
            return self._closed()
        if self.tokens[self.at] != "(":
            return self._name(token)
        if token not in self.functions:
            raise Unusual
        self.at += 1
        return self._step(token, self._closed())

    def _minus(self) -> Any:
        """A number with a minus is another number, unless it has one already, which is left to others to tell."""
        operand = self._expression(POWER)
        if isinstance(operand, str):
            return self._step("neg", operand)
        if operand <= 0:
            raise Unusual
        return -operand

    def _closed(self) -> Any:
        inner = self._expression(1)
        if self.tokens[self.at] != ")":
            raise Unusual
        self.at += 1
        return inner

    def _name(self, token: str) -> str:
        if not NAME.match(token) or iskeyword(token):
            raise Unusual
        return token

    def _step(self, sign: str, *operands: Any) -> str:
        name = self._fresh()
        self.steps.append((name, sign, operands, False))
        return name

    def _fresh(self) -> str:
        name = next(f"t{n}" for n in itertools.count(1) if f"t{n}" not in self.taken)
        self.taken.add(name)
        return name
