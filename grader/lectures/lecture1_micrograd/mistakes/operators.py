"""Known mistakes in engine.py of lecture 1: operators that compute something else, or never end; plain numbers."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import (
    DERIVATIVES,
    DIV_BODY,
    ENGINE,
    RDIV,
    RSUB,
    SUB_BODY,
    Ways,
    difference,
    quotient,
)

SHARES_OF_SUB = ("self.grad += out.grad", "other.grad -= out.grad")
SHARES_OF_DIV = ("self.grad += out.grad / other.data", "other.grad -= self.data / other.data**2 * out.grad")
WRAP = "other = other if isinstance(other, Value) else Value(other)\n        out = "
PLUS, TIMES = "Value(self.data + other.data", "Value(self.data * other.data"
RADD, RMUL = "        return self + other\n        ###", "        return self * other\n        ###"
NO_RADD = Edit(ENGINE, "    def __radd__(", "    def _unused_radd(")
NO_RMUL = Edit(ENGINE, "    def __rmul__(", "    def _unused_rmul(")
FOR_EVER = (
    (RADD, RADD.replace("self + other", "other + self")),
    (RMUL, RMUL.replace("self * other", "other * self")),
    (SUB_BODY, "        return self - other\n"),
    (RSUB, "return other - self"),
    (DIV_BODY, "        return self / other\n"),
    (RDIV, "return other / self"),
)


def for_ever() -> Ways:
    """Each operator made from itself, or minus and the reflected minus from each other."""
    sub = Edit(ENGINE, SUB_BODY, "        return -(other - self)\n")
    div = Edit(ENGINE, DIV_BODY, "        return (other / self) ** -1\n")
    return (
        *(edit(ENGINE, old, new) for old, new in FOR_EVER),
        *minus("return -self"),
        (sub, Edit(ENGINE, RSUB, "return -(self - other)")),
        (div, Edit(ENGINE, RDIV, "return (self / other) ** -1")),
    )


def by_own(body: str) -> Ways:
    """A difference made from other operations; also with 2 - a computed by it."""
    one = Edit(ENGINE, SUB_BODY, body)
    return ((one,), (one, Edit(ENGINE, RSUB, "return Value(other) - self")))


def minus(body: str) -> Ways:
    """Minus a Value, made in this way; what else goes wrong by it depends on which differences are made from it."""
    one = Edit(ENGINE, "return self * -1", body)
    apart = Edit(ENGINE, "self + (-other)", "self + other * -1")
    wrapped = Edit(ENGINE, "self + (-other)", "self + -(other if isinstance(other, Value) else Value(other))")
    return (
        (one,),
        (one, apart),
        (one, apart, Edit(ENGINE, RSUB, "return self * -1 + other")),
        (one, wrapped, Edit(ENGINE, RSUB, "return Value(other) - self")),
    )


MISCONCEPTIONS = (
    Misconception(
        "sub-wrong-way-round",
        "A difference of two Values is computed the wrong way round: the first is taken from the second.",
        "In a - b, whose method does Python call? Which of the two numbers is `self` in there?",
        (
            *by_own("        return -self + other\n"),
            *difference(*SHARES_OF_SUB, forward="other.data - self.data"),
        ),
    ),
    Misconception(
        "sub-adds",
        "A difference of two Values comes out as their sum.",
        "What is 5 - 2 in your engine? Where does the sign of the second number turn round?",
        (
            *by_own("        return self + other\n"),
            *difference(*SHARES_OF_SUB, forward="self.data + other.data"),
        ),
    ),
    Misconception(
        "neg-keeps-sign",
        "Minus a Value is that Value again, with the sign that it had.",
        "Print -a for a = 2. Which number has to come in there, and where does it come from?",
        (*minus("return self"), *minus("return self * 1")),
    ),
    Misconception(
        "operator-calls-itself",
        "To compute this, the program asks for the same thing again before it has anything, and never ends.",
        "Which method does Python call for the expression in that line? Is it the method that you are in?",
        for_ever(),
    ),
    Misconception(
        "floor-division",
        "A quotient is rounded down to a whole number.",
        "What is 7 / 2 in Python, and what is 7 // 2? Which of the two is in your file?",
        (
            *quotient(*SHARES_OF_DIV, forward="self.data // other.data"),
            edit(ENGINE, "        return self * other**-1\n", "        return Value((self * other**-1).data // 1)\n"),
            edit(DERIVATIVES, "return (f(x + h) - f(x)) / h", "return (f(x + h) - f(x)) // h"),
            edit(DERIVATIVES, "- f(x - h)) / (2 * h)", "- f(x - h)) // (2 * h)"),
            edit(DERIVATIVES, "- f(*down)) / (2 * h)", "- f(*down)) // (2 * h)"),
        ),
    ),
    Misconception(
        "scalar-not-wrapped",
        "Neither a + 1 nor a * 2 works: the plain number on the right is not turned into a Value.",
        "What is the type of the other operand when I write a + 1? Which attribute do you then ask it for?",
        (edit(ENGINE, WRAP, "out = ", 2),),
    ),
    Misconception(
        "plus-number-not-wrapped",
        "a * 2 works and a + 1 does not: in a sum the plain number on the right is not turned into a Value.",
        "What does your product do with a plain number first? What is the type of `other` in a + 1?",
        (edit(ENGINE, WRAP + PLUS, "out = " + PLUS),),
    ),
    Misconception(
        "times-number-not-wrapped",
        "a + 1 works and a * 2 does not: in a product the plain number on the right is not turned into a Value.",
        "What does your sum do with a plain number first? What is the type of `other` in a * 2?",
        (edit(ENGINE, WRAP + TIMES, "out = " + TIMES),),
    ),
    Misconception(
        "reflected-missing",
        "Neither 1 + a nor 2 * a works: with the plain number on the left, Python finds no method that answers.",
        "In 1 + a, Python asks the number 1 first, and it knows no Values. Which method of a is asked next?",
        ((NO_RADD, NO_RMUL),),
    ),
    Misconception(
        "reflected-plus-missing",
        "2 * a works and 1 + a does not: with the plain number on the left of +, Python finds no method that answers.",
        "Which method does Python call for 2 * a? Which one does it look for in 1 + a, and in sum([a, b])?",
        ((NO_RADD,),),
    ),
    Misconception(
        "reflected-times-missing",
        "1 + a works and 2 * a does not: with the plain number on the left of *, Python finds no method that answers.",
        "Which method does Python call for 1 + a? Which one does it look for in 2 * a?",
        ((NO_RMUL,),),
    ),
    Misconception(
        "no-plain-numbers",
        "No plain number works beside a Value: on the right it is not turned into one, on the left no method answers.",
        "What is the type of the other operand when I write a + 1? Which method does Python look for in 1 + a?",
        ((Edit(ENGINE, WRAP, "out = ", 2), NO_RADD, NO_RMUL),),
    ),
)
