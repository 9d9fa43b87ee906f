"""What resembles a known mistake in one operation of lecture 1's engine, and is not it."""

from grader.judging.mistakes.known import Edit
from grader.lectures.lecture1_micrograd.mistakes.derivatives import SLOPE
from grader.lectures.lecture1_micrograd.mistakes.functions import LOG, TANH, TWICE
from grader.lectures.lecture1_micrograd.mistakes.operands import TO_OTHER, TO_SELF
from grader.lectures.lecture1_micrograd.mistakes.operators import (
    NO_RADD,
    NO_RMUL,
    PLUS,
    RADD,
    RMUL,
    SHARES_OF_DIV,
    TIMES,
    WRAP,
)  # fmt: skip
from grader.lectures.lecture1_micrograd.mistakes.shared import (
    DERIVATIVES,
    ENGINE,
    LOG_RULE,
    SUB_BODY,
    SUM_RULE,
    TANH_RULE,
    quotient,
)  # fmt: skip
from near_misses import NearMiss, near, together

OF_OPERATIONS = {
    "grad-for-data": (
        near("a product reads its own gradient for the other factor's number", ENGINE, TO_SELF,
             TO_SELF.replace("other.data", "out.grad")),
        near("in the slope of tanh the gradient is not squared", ENGINE, TANH_RULE, "(1 - out.grad) * out.grad"),
    ),
    "share-to-wrong-operand": (
        near("a sum hands on one share alone", ENGINE, SUM_RULE.splitlines(keepends=True)[1], ""),
        NearMiss("a quotient hands on one share alone", quotient(SHARES_OF_DIV[0])[0]),
    ),
    "mul-one-own-data": (
        near("the second factor's gradient is multiplied by both numbers", ENGINE, TO_OTHER,
             TO_OTHER.replace("self.data", "self.data * other.data")),
    ),
    "sub-wrong-way-round": (
        near("a difference is the wrong way round, and doubled", ENGINE, SUB_BODY,
             "        return 2 * ((-self) + other)\n"),
    ),
    "sub-adds": (
        near("the second number is subtracted twice", ENGINE, SUB_BODY, "        return self + (-other) + (-other)\n"),
    ),
    "neg-keeps-sign": (
        near("minus a Value is half of it, without its sign", ENGINE, "return self * -1", "return self * 0.5"),
    ),
    "operator-calls-itself": (
        near("1 + a is never found out, and says so", ENGINE, RADD,
             RADD.replace("return self + other", 'raise ValueError("too deep")')),
    ),
    "floor-division": (
        near("the slope is rounded to the next whole number", DERIVATIVES, SLOPE,
             "return round((f(x + h) - f(x)) / h)"),
        NearMiss("a quotient is rounded up", quotient(*SHARES_OF_DIV, forward="-(-self.data // other.data)")[0]),
    ),
    "scalar-not-wrapped": (
        near("in 1 + a the number is lost", ENGINE, RADD, RADD.replace("self + other", "self")),
    ),
    "plus-number-not-wrapped": (
        near("in a + 1 the number counts double", ENGINE, WRAP + PLUS,
             WRAP.replace("Value(other)\n", "Value(2 * other)\n") + PLUS),
    ),
    "times-number-not-wrapped": (
        near("in a * 2 the number counts double", ENGINE, WRAP + TIMES,
             WRAP.replace("Value(other)\n", "Value(2 * other)\n") + TIMES),
    ),
    "reflected-missing": (
        together(
            near("1 + a loses the number", ENGINE, RADD, RADD.replace("self + other", "self")),
            near("2 * a loses the number", ENGINE, RMUL, RMUL.replace("self * other", "self")),
        ),
    ),
    "reflected-plus-missing": (
        near("1 + a is a + a", ENGINE, RADD, RADD.replace("self + other", "self + self")),
    ),
    "reflected-times-missing": (
        near("2 * a is a product of the number with itself", ENGINE, RMUL,
             RMUL.replace("self * other", "Value(other) * other")),
    ),
    "no-plain-numbers": (
        NearMiss("numbers on the left are not known, and those on the right are lost", (
            Edit(ENGINE, WRAP, "other = other if isinstance(other, Value) else Value(0.0)\n        out = ", 2),
            NO_RADD, NO_RMUL,
        )),
    ),
    "log-rule": (
        near("the slope of log is one divided by its input and one", ENGINE, LOG_RULE,
             "(1 / (self.data + 1)) * out.grad"),
    ),
    "log-other-base": (
        near("log is taken to the base 3", ENGINE, LOG, "math.log(self.data, 3)"),
    ),
    "log-opposite-sign": (
        near("log returns the absolute value of its result", ENGINE, LOG, f"abs({LOG})"),
    ),
    "tanh-upside-down": (
        near("below the line 2 is subtracted", ENGINE, TANH, f"({TWICE} + 1) / ({TWICE} + 2)"),
    ),
    "tanh-of-half": (
        near("tanh of a third of its input", ENGINE, TANH, "math.tanh(self.data / 3)"),
    ),
    "tanh-opposite-sign": (
        near("tanh returns its result without the sign", ENGINE, TANH, f"abs({TANH})"),
    ),
    "tanh-is-sigmoid": (
        near("twice the sigmoid", ENGINE, TANH, "2 / (1 + math.exp(-self.data))"),
    ),
}  # fmt: skip
