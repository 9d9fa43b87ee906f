"""Small programs: the same numbers in the same order as Python would compute them, and nothing else runs."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.inside.expressions import MAX_CHARACTERS, BadExpression, leaves, parse, run
from grader.inside.expressions import _parsed_by_python as parsed_by_python
from grader.inside.notation import Unusual, usual_steps

FUNCTIONS = {"exp": math.exp, "tanh": math.tanh, "sin": math.sin}
NAMES = {"a": 2.5, "b": -3.0, "c": 0.5}

operators = st.sampled_from(["+", "-", "*", "/", "**", " + ", " - -", "*-", "/-", "**-"])
atoms = st.sampled_from([*NAMES, "2.0", "0.25", "-c", "-1.5"])


def chained(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Operands with operators between them, so that precedence decides, and parentheses or a call around some."""
    wrapped = st.one_of(inner, inner.map("({})".format), inner.map("-({})".format), inner.map("tanh({})".format))
    pairs = st.lists(st.tuples(operators, wrapped), min_size=1, max_size=3)
    return st.tuples(wrapped, pairs).map(lambda parts: parts[0] + "".join(map("".join, parts[1])))


expressions = chained(st.recursive(atoms, chained, max_leaves=3))


class Logged:
    """An operand that notes every operation: which one, and on what."""

    def __init__(self, text: str, log: list[str]) -> None:
        self.text = text
        self.log = log

    def _note(self, form: str, *others: object) -> "Logged":
        made = Logged(form.format(self.text, *(getattr(o, "text", o) for o in others)), self.log)
        self.log.append(made.text)
        return made

    def __add__(self, other: object) -> "Logged":
        return self._note("({}+{})", other)

    def __radd__(self, other: object) -> "Logged":
        return self._note("({1}+{0})", other)

    def __sub__(self, other: object) -> "Logged":
        return self._note("({}-{})", other)

    def __rsub__(self, other: object) -> "Logged":
        return self._note("({1}-{0})", other)

    def __mul__(self, other: object) -> "Logged":
        return self._note("({}*{})", other)

    def __rmul__(self, other: object) -> "Logged":
        return self._note("({1}*{0})", other)

    def __truediv__(self, other: object) -> "Logged":
        return self._note("({}/{})", other)

    def __rtruediv__(self, other: object) -> "Logged":
        return self._note("({1}/{0})", other)

    def __pow__(self, other: object) -> "Logged":
        return self._note("({}**{})", other)

    def __rpow__(self, other: object) -> "Logged":
        return self._note("({1}**{0})", other)

    def __neg__(self) -> "Logged":
        return self._note("(-{})")


def tanh(x: object) -> object:
    return x._note("tanh({})") if isinstance(x, Logged) else math.tanh(x)  # type: ignore[arg-type]


def outcome(compute: object) -> str:
    """What a computation gives, or the type of what it raises; nan is nan."""
    try:
        return repr(compute())
    except (ArithmeticError, TypeError) as error:
        return type(error).__name__


def value(program: str, **names: float) -> object:
    return run(parse(program, FUNCTIONS), names)


# ---- like Python


@given(expressions)
@settings(deadline=None, max_examples=150)
def test_an_expression_has_the_value_that_python_gives_it(text):
    """Precedence, grouping, signs and errors are those of Python on floats."""
    expected = outcome(lambda: eval(text, {"tanh": math.tanh}, dict(NAMES)))
    assert expected == outcome(lambda: value(text, **NAMES))


@given(expressions)
@settings(deadline=None, max_examples=150)
def test_operations_run_in_the_order_of_python(text):
    """Each operation, on what, and after which others: gradients are summed in this order."""
    ours: list[str] = []
    pythons: list[str] = []
    try:
        eval(text, {"tanh": tanh}, {name: Logged(name, pythons) for name in NAMES})
    except (ArithmeticError, TypeError):  # numbers alone overflowed, or became complex
        return
    run(parse(text, {"tanh": tanh}), {name: Logged(name, ours) for name in NAMES})
    assert pythons == [step for step in ours if any(name in step for name in NAMES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a - b - c", 5.0),
        ("a ** 2.0 ** c", 2.5 ** (2.0**0.5)),
        ("-a ** 2", -6.25),
        ("2 * -a", -5.0),
        ("a / c * b", -15.0),
        ("exp(c - c) * a", 2.5),
        ("-exp(c - c)", -1.0),
    ],
)
def test_precedence_is_that_of_python(text, expected):
    """From left to right, but for powers."""
    assert expected == value(text, **NAMES)


@pytest.mark.parametrize("sign", ["+", "~", "not "])
def test_another_sign_in_front_is_not_taken_for_a_minus(sign):
    """It is refused, or means what it means in Python."""
    expected = eval(f"a * ({sign}2)", {}, {"a": 3.0})
    try:
        found = value(f"a * ({sign}2)", a=3.0)
    except BadExpression:
        return
    assert expected == found


written = st.one_of(
    st.lists(st.tuples(st.sampled_from(["", "d = ", "out=", "t1 = "]), expressions).map("".join), max_size=3).map(
        "; ".join
    ),
    st.text("ab=+-*/()01. ;\nxe_exp", max_size=12),
)


@given(written)
@settings(deadline=None, max_examples=300)
def test_what_is_written_in_the_usual_way_is_what_python_reads(text):
    """The quick way to read a program gives the same steps under the same names, or leaves it to Python's parser."""
    try:
        found = usual_steps(text, FUNCTIONS)
    except Unusual:
        return
    assert repr(found) == repr([(s.target, s.sign, s.operands, s.named) for s in parsed_by_python(text, FUNCTIONS)])


@pytest.mark.parametrize(
    "program", ["d = a*b; e = (d + -2.0) ** -3; tanh(e)", "a - -b", "L=-exp(a)/10\nL * L", "t1*t1"]
)
def test_what_lectures_write_is_the_usual_way(program):
    """Python's own parser is not asked for these."""
    assert usual_steps(program, FUNCTIONS)


# ---- programs


@pytest.mark.parametrize("end", ["; ", ";", "\n", ";\n", " ;  ", "\n\n", "\n  "])
def test_lines_may_be_parted_either_way(end):
    """By semicolons or line ends, with any space around."""
    assert value(f"d = a*b{end}e = d + c{end}e * 2", **NAMES) == -14.0


def test_every_step_is_kept_by_its_name():
    """The results are there for whoever asks for them, the last one under its own name."""
    names = dict(NAMES)
    run(parse("d = a*b; e = d + c", FUNCTIONS), names)
    assert {name: names[name] for name in ("d", "e")} == {"d": -7.5, "e": -7.0}


def test_steps_say_what_they_are_made_from():
    """Target, sign and operands; inner results have names of their own."""
    steps = parse("L = (a*b + 2.0) ** -3; exp(L)", FUNCTIONS)
    assert [("*", ("a", "b")), ("+", (steps[0].target, 2.0)), ("**", (steps[1].target, -3)), ("exp", ("L",))] == [
        (step.sign, step.operands) for step in steps
    ]
    assert [step.target for step in steps[2:]] == ["L", "out"]


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("a * b", ["a", "b"]),
        ("b * a + b", ["b", "a"]),
        ("d = a*b; d + c", ["a", "b", "c"]),
        ("d = x*x; e = d*d; e*e", ["x"]),
        ("exp(a) + 1", ["a"]),
        ("2 * 3", []),
    ],
)
def test_leaves_are_the_names_that_have_to_be_given(program, expected):
    """Those used and not computed, in the order of their first use; functions are none."""
    assert expected == leaves(parse(program, FUNCTIONS))


@pytest.mark.parametrize(
    "program",
    ["t2 = a + b; c = a*b + t2", "t1 = a + b; c = a*b + t1", "t1 = a*b; t3 = t1 + c; d = (a + b) * t3"],
)
def test_any_name_may_be_chosen(program):
    """The names of inner results never displace a name of the program's."""
    expected = dict(NAMES)
    exec(program, {}, expected)
    names = dict(NAMES)
    run(parse(program, FUNCTIONS), names)
    assert expected.items() <= names.items()


def test_a_leaf_may_have_any_name():
    """The names of inner results never displace a number that is to be given."""
    assert leaves(parse("c = a*b + t1", FUNCTIONS)) == ["a", "b", "t1"]


# ---- nothing else


@pytest.mark.parametrize(
    "program",
    [
        "",
        "   ",
        ";",
        "# nothing",
        "a",
        "2.0",
        "c = a",
        "a +",
        "a * b; c = a*b",
        "a = b = c * 2",
        "a += 1",
        "a, b = c*2, c*3",
        "a.b = c * 2",
        "a[0] = c * 2",
        "a @ b",
        "a // b",
        "a % b",
        "a << 2",
        "a and b",
        "a < b",
        "a if b else c",
        "'a' * 2",
        "b'a' * 2",
        "True * a",
        "None * a",
        "1j * a",
        "... * a",
        "[a] * 2",
        "(a, b) * 2",
        "{a: b}",
        "a.b * 2",
        "a[0] * 2",
        "f'{a}' * 2",
        "lambda: a",
        "(a := 2) * b",
        "[x for x in a]",
        "import os",
        "del a",
        "pass",
        "assert a",
        "def f(): a * b",
        "if a: b * c",
        "log(a)",
        "print(a)",
        "exp(a, b)",
        "exp()",
        "exp(x=a)",
        "exp(*a)",
        "exp(**a)",
        "exp(a)(b)",
        "a(b)",
        "(a*b)(c)",
        "math.exp(a)",
        "__import__('os').system('true')",
        "exp(__import__('os'))",
        "a * \0",
        "a * (b",
        "(" * 250 + "a*b" + ")" * 250,
        "a*b" + " " * MAX_CHARACTERS,
    ],
)
def test_anything_else_is_refused(program):
    """Names, numbers, five operators, minus, and the functions given; everything else is no program."""
    with pytest.raises(BadExpression):
        parse(program, FUNCTIONS)


@pytest.mark.parametrize(
    "program",
    ["a+" * 999 + "a", "-" * 1990 + "a", "exp(" * 190 + "a" + ")" * 190, "a**" * 600 + "a"],
    ids=["sum", "signs", "calls", "powers"],
)
def test_a_very_deep_program_is_computed_or_refused(program):
    """A program within the length that is allowed is no error of ours, however it is nested."""
    try:
        steps = parse(program, FUNCTIONS)
    except BadExpression:
        return
    assert leaves(steps) == ["a"]


@given(st.one_of(st.text(max_size=40), st.text("ab=+-*/()0. ;\n'[]{}:,exp\\", max_size=40)))
@settings(deadline=None, max_examples=150)
def test_any_text_is_a_program_or_refused(text):
    """Whatever is typed, the answer is steps or BadExpression."""
    try:
        steps = parse(text, FUNCTIONS)
    except BadExpression:
        return
    assert steps
